"""What an editor reads about what was sent in: being read, there already, or why not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from bot.texts.failures import next_step, what_happened
from bot.texts.fitting import fitted
from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened, when

ADDRESS_CHARS = 60
TITLE_CHARS = 90
LINE_CHARS = 60
COUNTED_MINUTES = 10  # further away people look at the clock
INDEX_PAGE = 8  # lines of an index; one that failed takes three lines of a phone


class Stage(Enum):
    """How far a line of an index has come."""

    READING = "reading"
    READ = "read"
    KNOWN = "known"
    FAILED = "failed"


@dataclass(frozen=True)
class IndexLine:
    """One link of several, or a file beside them; `title` once read, `reason` if it could not be.

    `address` is a file's name for a file.
    """

    stage: Stage
    address: str
    article_id: int | None = None
    title: str | None = None
    reason: str | None = None
    is_link: bool = True


def reading(
    name: str,
    *,
    retry_at: datetime | None = None,
    reason: str | None = None,
    is_link: bool = True,
    zone: ZoneInfo,
    now: datetime,
) -> str:
    """What stands where the sheet will come; `name` is an address, a file name or empty.

    With `retry_at`, `reason` is why it could not be read yet.
    """
    first = _("Reading…") if not name else _("Reading {name} …").format(name=_brief(name))
    if retry_at is None:
        return first
    again = _("{what_happened}. I try again {when}.").format(
        what_happened=what_happened(reason or "timeout", is_link=is_link),
        when=_soon(retry_at, zone, now),
    )
    return f"{first}\n<i>{again}</i>"


def _soon(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    minutes = round((at - now).total_seconds() / 60)
    if minutes < 2:
        return _("in a minute")
    if minutes < COUNTED_MINUTES:
        return _("in {n} minutes").format(n=minutes)
    return when(at, zone, now)


def failed(
    name: str,
    reason: str,
    details: Mapping[str, Any],
    *,
    is_link: bool,
    article_id: int | None = None,
) -> str:
    """Why something could not be read, and what helps; `article_id` if an earlier reading stays."""
    lines = [f"⚠ <b>{what_happened(reason, is_link=is_link)}</b>"]
    if name:
        lines.append(_brief(name))
    step = next_step(reason, details, is_link=is_link)
    if step:
        lines += ["", step]
    if article_id is not None:
        lines.append(_("The sheet of A-{id} stays as it was.").format(id=article_id))
    return "\n".join(lines)


def read_from_text(name: str, article_id: int) -> str:
    """A link that failed, once its text was sent in."""
    read = _("Read from the text that was sent: A-{id}.").format(id=article_id)
    return f"✅ {read}\n{_brief(name)}" if name else f"✅ {read}"


def known(
    article_id: int, title: str | None, *, read_at: datetime, zone: ZoneInfo, now: datetime
) -> str:
    """The same article was sent in before."""
    head = _("This article is here already: <b>A-{id}</b>").format(id=article_id)
    name = safe(shortened(title, TITLE_CHARS)) if title else _("without a title")
    read = _("Text read {when}.").format(when=when(read_at, zone, now))
    return f"{head}\n{name}\n<i>{read}</i>"


def index(lines: Sequence[IndexLine], *, left_out: int, page: int = 0) -> str:
    """A page of several links of one message, each with how far it has come; counted over all.

    What failed has its place among them as a number, which its button has too.
    """
    first = page * INDEX_PAGE
    shown = list(enumerate(lines, 1))[first : first + INDEX_PAGE]

    def compose(scale: float) -> str:
        body = [f"<b>{_index_head(lines)}</b>"]
        if len(lines) > INDEX_PAGE:
            pages = -(-len(lines) // INDEX_PAGE)
            body[0] += " · " + _("page {n} of {all}").format(n=page + 1, all=pages)
        body += [_line(line, number, int(LINE_CHARS * scale)) for number, line in shown]
        if left_out > 0:
            more = ngettext(
                "{n} more link was left out: send it in a message of its own.",
                "{n} more links were left out: send them in another message.",
                left_out,
            )
            body.append(f"<i>{more.format(n=left_out)}</i>")
        if any(line.stage is Stage.FAILED for _number, line in shown):
            body.append(_("What helps: tap ⚠ and its number."))
        return "\n".join(body)

    return fitted(compose)


def edited_draft(article_id: int | None) -> str:
    """The message of a draft was edited after it was read."""
    ask = _("You changed this text. Shall I read it anew?")
    if article_id is None:
        return ask
    stays = _("Until then A-{id} stays as it is; afterwards its claims keep their numbers.")
    return f"{ask}\n{stays.format(id=article_id)}"


def taken() -> str:
    """A short answer of the button that reads words as a draft."""
    return _("I read it.")


def on_its_way() -> str:
    """A short answer of a button that puts something on the reading list."""
    return _("I read it again.")


def was_asked_before() -> str:
    """A short answer of a button that has nothing left to do."""
    return _("That is under way or done already.")


def _index_head(lines: Sequence[IndexLine]) -> str:
    stages = [line.stage for line in lines]
    total, failed_count = len(stages), stages.count(Stage.FAILED)
    done = total - stages.count(Stage.READING)
    are_links = all(line.is_link for line in lines)
    what = (_("{n} links") if are_links else _("{n} articles")).format(n=total)
    if done < total:
        return _("Reading {what} · {done} done").format(what=what, done=done)
    if failed_count:
        return _("{what} · {n} could not be read").format(what=what, n=failed_count)
    return _("{what} · all read").format(what=what)


def _line(line: IndexLine, number: int, width: int) -> str:
    if line.stage is Stage.READING:
        return f"⏳ {_brief(line.address, width)}"
    if line.stage is Stage.FAILED:
        why = what_happened(line.reason or "", is_link=line.is_link)
        return f"⚠ <b>{number}</b> {_brief(line.address, width)}\n   <i>{why}</i>"
    mark = "✅" if line.stage is Stage.READ else "↩"
    name = safe(shortened(line.title or line.address, width))
    was_here = f" <i>{_('here already')}</i>" if line.stage is Stage.KNOWN else ""
    return f"{mark} <b>A-{line.article_id}</b> {name}{was_here}"


def _brief(name: str, width: int = ADDRESS_CHARS) -> str:
    """An address without what every address has, or a file's name; escaped."""
    plain = name.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    cut = plain if len(plain) <= width else plain[: width - 1] + "…"
    return f"<code>{safe(cut)}</code>"  # else Telegram makes a link of half an address


def _paste(_details: Mapping[str, Any]) -> str:
    return _("Copy the text and paste it here instead.")


def _file(words: str) -> Callable[[Mapping[str, Any]], str]:
    def sentence(_details: Mapping[str, Any]) -> str:
        how = _("Copy its text and paste it here, or send it as .docx, .pdf, .txt, .html or .md.")
        return f"{_(words)}\n{how}"

    return sentence


def _not_a_web_address(details: Mapping[str, Any]) -> str:
    shown = safe(shortened(str(details.get("address") or ""), ADDRESS_CHARS))
    said = _("<code>{address}</code> is no web address that I can open.").format(address=shown)
    return f"{said}\n" + _("Send one that begins with https://, or paste the text.")


def _check_needs_link(_details: Mapping[str, Any]) -> str:
    example = "<code>/check https://…</code>"
    return _("Which article? Say {example}, or reply /check to a message with a link.").format(
        example=example
    )


def _text_too_short(_details: Mapping[str, Any]) -> str:
    return _("That is too short to be an article. Send a link, or paste the whole text.")


def _text_not_awaited(details: Mapping[str, Any]) -> str:
    article_id = details.get("article_id")
    if article_id:
        return _(
            "This link is read: A-{id}. To check another text, send it without replying."
        ).format(id=article_id)
    return _("This link is still being read. If that fails, I ask you for its text.")


def _draft_in_parts(_details: Mapping[str, Any]) -> str:
    return _("This draft came in several messages. Send its whole new text as a new draft.")


def _draft_in_group(_details: Mapping[str, Any]) -> str:
    return _("Drafts stay out of groups. Send me the text in our private chat.")


def _file_too_big(_details: Mapping[str, Any]) -> str:
    return _("Telegram lets me open files of up to 20 MB. Paste the text, or send a smaller file.")


def _draft_has_no_page(details: Mapping[str, Any]) -> str:
    return _("A-{id} was sent in as a text. Send its new text as a new draft.").format(
        id=details.get("article_id")
    )


REFUSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "not_a_web_address": _not_a_web_address,
    "check_needs_link": _check_needs_link,
    "text_too_short": _text_too_short,
    "text_not_awaited": _text_not_awaited,
    "draft_in_group": _draft_in_group,
    "draft_in_parts": _draft_in_parts,
    "draft_has_no_page": _draft_has_no_page,
    "file_too_big": _file_too_big,
    "document_not_read": _file("I cannot read word processor files of this kind."),
    "picture_not_read": _file("I cannot read the words in a picture."),
    "video_not_read": _file("I cannot watch videos."),
    "sound_not_read": _file("I cannot listen to recordings."),
    "file_not_read": _file("I cannot read this kind of file."),
}
