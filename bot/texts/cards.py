"""A reviewer's card in words: the claim in its paragraph, who says it, by when, its end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.texts.fitting import fitted
from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened, when
from bot.texts.quoting import quoted

QUOTE_CHARS = 520  # a screen of a phone holds about 28 lines of 40 characters
AROUND_CHARS = 160  # of the paragraph, before and after the quotation
TITLE_CHARS = 70
WHO_CHARS = 90
LINK_CHARS = 34
LINKS_SHOWN = 3
SPEAKERS_SHOWN = 2
LABEL_QUOTE_CHARS = 44


@dataclass(frozen=True)
class Speaker:
    """Who says the claim, as the text has it."""

    name: str
    role: str | None = None
    via: str | None = None
    is_inferred: bool = False


@dataclass(frozen=True)
class Card:
    """What a card shows; `before` and `after` are the rest of the quotation's paragraph."""

    assignment_id: int
    article_id: int
    number: int  # of the claim in its article
    quote: str
    due_at: datetime
    title: str | None = None
    before: str = ""
    after: str = ""
    context: str | None = None
    speakers: tuple[Speaker, ...] = ()
    speakers_sought: bool = True  # False in a language that we do not know
    links: tuple[str, ...] = ()
    sentence_url: str | None = None
    place: int = 1
    of: int = 1


def card(shown: Card, *, zone: ZoneInfo, now: datetime, is_passing: bool = False) -> str:
    """The card; while passing it asks for the reason instead of the verdict."""

    def compose(scale: float) -> str:
        parts = [_head(shown, zone, now), _paragraph(shown, scale), _sources(shown, scale)]
        parts.append(_passing() if is_passing else _question())
        return "\n\n".join(parts)

    return fitted(compose)


def label(article_id: int, number: int) -> str:
    """A claim as buttons and lists name it: A-41/2."""
    return f"A-{article_id}/{number}"


def claim_line(article_id: int, number: int, quote: str) -> str:
    """A claim in one line: A-41, claim 1 “There were 78…”."""
    name = _("A-{article}, claim {number}").format(article=article_id, number=number)
    return f"{name} {quoted(quote, LABEL_QUOTE_CHARS)}"


def _head(shown: Card, zone: ZoneInfo, now: datetime) -> str:
    if shown.of > 1:
        words = _("Claim {place} of {of} for you").format(place=shown.place, of=shown.of)
    else:
        words = _("A claim for you")
    name = label(shown.article_id, shown.number)  # as on buttons, lists and echoes
    lines = [f"<b>{words}</b> · {name} · #C{shown.assignment_id}"]
    if shown.title:
        lines.append(f"<i>{safe(shortened(shown.title, TITLE_CHARS))}</i>")
    due = f"<b>{when(shown.due_at, zone, now)}</b>"
    if shown.due_at < now:
        lines.append(_("⏰ Was due {when} (your time)").format(when=due))
    else:
        lines.append(_("Due {when} (your time)").format(when=due))
    return "\n".join(lines)


def _paragraph(shown: Card, scale: float) -> str:
    quote = safe(shortened(shown.quote, int(QUOTE_CHARS * scale) + 20))
    around = int(AROUND_CHARS * scale) + 10
    before, after = safe(_tail(shown.before, around)), safe(_start(shown.after, around))
    return f"<blockquote>{before}<b>{quote}</b>{after}</blockquote>"


def _tail(text: str, width: int) -> str:
    """The end of what precedes the quotation, cut at a word's start."""
    flat = " ".join(text.split())
    gap = " " if text[-1:].isspace() else ""
    if len(flat) > width:
        flat = "…" + (flat[-width:].partition(" ")[2] or flat[-width:])
    return flat + gap if flat else ""


def _start(text: str, width: int) -> str:
    gap = " " if text[:1].isspace() else ""
    flat = shortened(text, width)
    return gap + flat if flat else ""


def _sources(shown: Card, scale: float) -> str:
    lines = [_who(speaker, scale) for speaker in shown.speakers[:SPEAKERS_SHOWN]]
    more = len(shown.speakers) - SPEAKERS_SHOWN
    if more > 0:
        lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    if not shown.speakers and not shown.speakers_sought:
        lines.append(_("Who says it I cannot tell: I do not know this language yet."))
    elif not shown.speakers:
        lines.append(_("⚠ <b>No source given</b>: the article's own words"))
    lines.append(_links(shown.links))
    if shown.context:
        lines.append(f"<i>{safe(shortened(shown.context, WHO_CHARS))}</i>")
    if shown.sentence_url:
        words = _("Open at this sentence")
        lines.append(f'<a href="{escape(shown.sentence_url)}">{words}</a>')
    return "\n".join(lines)


def _who(speaker: Speaker, scale: float) -> str:
    width = int(WHO_CHARS * scale) + 10
    who = safe(shortened(", ".join(filter(None, (speaker.name, speaker.role))), width))
    words = _("Says: {who}").format(who=who)
    if speaker.is_inferred:
        words += " " + _("(as it seems)")
    if speaker.via:
        words += f" → {safe(shortened(speaker.via, width))}"
    return words


def _links(links: Sequence[str]) -> str:
    shown = [link for link in links if link.startswith(("http://", "https://"))]
    if not shown:
        return _("Link in the article: {none}").format(none=f"<b>{_('none')}</b>")
    words = [_link(link) for link in shown[:LINKS_SHOWN]]
    if len(shown) > LINKS_SHOWN:
        words.append(_("and {n} more").format(n=len(shown) - LINKS_SHOWN))
    head = ngettext("Link in the article: {links}", "Links in the article: {links}", len(shown))
    return head.format(links=", ".join(words))


def _link(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].removeprefix("www.")
    shown = safe(shortened(host + parts.path.rstrip("/"), LINK_CHARS))
    return f'<a href="{escape(url)}">{shown}</a>'


def _question() -> str:
    example = _("False. Report says 68, https://… p. 3")
    return "\n".join(
        (
            _("<b>Is it true</b> – not only: was it said?"),
            _("Reply: {example}").format(example=f"<i>{example}</i>"),
            _("A photo, PDF or forward is fine too."),
        )
    )


def _passing() -> str:
    return _("<b>Pass it on: why?</b>\nIt goes to somebody else at once.")


def closed(state: str, *, line: str, pass_reason: str | None = None, kept: str = "") -> str:
    """What a card says when nothing is to do any more; `line` is its claim_line().

    `kept` is what was said towards a verdict before it went on.
    """
    ended = {
        "done": _("✅ Answered"),
        "passed": _passed(pass_reason),
        "expired": _("🤝 With somebody else now"),
        "withdrawn": _("◻️ Not needed any more"),
        "decided": _("☑️ Decided meanwhile"),
    }.get(state, _("◻️ Closed"))
    hint = "" if state in ("done", "withdrawn") else "\n" + _late_hint(kept)
    return f"<b>{ended}</b>\n{line}{hint}"


def _passed(reason: str | None) -> str:
    words = pass_reasons().get(reason or "")
    if words is None:
        return _("↪️ Passed on")
    return _("↪️ Passed on: {reason}").format(reason=words.lower())


def _late_hint(kept: str) -> str:
    if kept:
        said = _("You sent <b>{answer}</b>: it is kept.").format(answer=safe(kept))
        return said + " " + _("Reply here with what is missing, and it counts.")
    return _("If you know the answer after all, just reply here.")


def pass_reasons() -> dict[str, str]:
    """The reasons for passing a claim on, as their buttons say them."""
    return {
        "no_time": _("No time"),
        "conflict": _("Conflict of interest"),
        "language": _("Language"),
        "unclear": _("Unclear"),
    }


def why_me(reason: Mapping[str, Any], *, article_id: int) -> str:
    """The answer to "why me?" in one sentence, from the reason that the assignment keeps."""
    return f"{_how(reason)} {_why(reason, article_id)}".strip()


def _how(reason: Mapping[str, Any]) -> str:
    return {
        "passed": _("A colleague passed it on, and"),
        "overdue": _("A colleague could not get to it in time, and"),
        "away": _("The colleague who had it is away, and"),
    }.get(str(reason.get("how", "")), "")


def _why(reason: Mapping[str, Any], article_id: int) -> str:
    if reason.get("again"):
        return _("you answered it after all, so it is yours again.")
    among, load = int(reason.get("among", 1)), int(reason.get("load", 0))
    if reason.get("why") == "article":
        return _("you work on A-{article} already, and an article stays with few people.").format(
            article=article_id
        )
    if reason.get("why") == "only":
        return _("you were the only one here with a hand free who had not had it yet.")
    words = ngettext(
        "of the {among} people who could take it you held the fewest claims: {load}.",
        "of the {among} people who could take it you held the fewest claims: {load}.",
        among,
    )
    return words.format(among=among, load=load)


def passed_on(*, has_new_holder: bool) -> str:
    """What the button answers after a pass."""
    if has_new_holder:
        return _("Thank you. It is with somebody else now.")
    return _("Thank you. Nobody else is free; its editor knows.")


def nothing_next() -> str:
    """What "next" answers when nothing else is open."""
    return _("Nothing else waits for you.")


def answered_below() -> str:
    """What "why me?" answers the second time."""
    return _("I have answered that in this chat.")


def _not_open(details: Mapping[str, Any]) -> str:
    code = details.get("assignment")
    ended = {
        "done": _("#C{code} is answered already. To change the answer, reply to your card."),
        "passed": _("You passed #C{code} on. If you know the answer after all, reply to its card."),
        "expired": _("#C{code} is with somebody else now. An answer of yours still counts: reply."),
        "withdrawn": _("#C{code} is not needed any more. Thank you."),
    }.get(str(details.get("state")), _("#C{code} is not open any more."))
    return ended.format(code=code)


REFUSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "not_open": _not_open,
    "just_shown": lambda details: _(
        "The next claim, #C{code}, is in this chat already: I showed it a moment ago."
    ).format(code=details.get("assignment")),
    "no_such_assignment": lambda details: _(
        "I know no claim #C{code}. /queue shows what waits for you."
    ).format(code=details.get("assignment")),
    "not_your_claim": lambda details: _(
        "#C{code} is with somebody else. /queue shows what waits for you."
    ).format(code=details.get("assignment")),
    "nothing_to_extend": lambda _details: _(
        "You had two more hours already, or nothing is open. Pass what you cannot do: "
        "somebody else takes it at once."
    ),
}
