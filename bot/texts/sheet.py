"""The claim sheet in words: an article's claims, who says them, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

from bot.claims.reasons import NO_LINK, NO_SOURCE
from bot.texts.fitting import fitted
from bot.texts.language import calendar_day, ngettext, safe, shortened, when
from bot.texts.language import gettext as _
from bot.texts.quoting import quoted
from bot.texts.ratings import rating_name
from bot.texts.settling import source_mark
from bot.texts.why import why
from storage.models.claims import ActionDone, ClaimStatus, Rating, SourceCheck

QUOTE_CHARS = 110  # three lines on a phone; shortened for display only
LEAST_QUOTE_CHARS = 70  # two lines: a claim in full is never shown shorter
BRIEF_CHARS = 76
TITLE_CHARS = 76
NAME_CHARS = 40
REASON_CHARS = 60
WHO_CHARS = 76  # role and what it came through included
CITED_SHOWN = 2  # more speakers than this are counted
CROWDED = 0.45  # so little room that only names are left of who holds a claim
CROWDED_NAME_CHARS = 17  # two of them in a phone's line


@dataclass(frozen=True)
class Cited:
    """Who says a claim, and through what."""

    name: str
    role: str | None = None
    via: str | None = None


@dataclass(frozen=True)
class Held:
    """In whose hands a claim is."""

    name: str
    due_at: datetime


@dataclass(frozen=True)
class ClaimEntry:
    """What the sheet tells of one claim."""

    number: int
    quote: str
    is_starred: bool = False
    status: ClaimStatus = ClaimStatus.NEW
    verdict: Rating | None = None
    action_done: ActionDone | None = None
    source_check: SourceCheck | None = None
    cited: tuple[Cited, ...] = ()
    is_unsourced: bool = False
    links: int = 0
    reasons: tuple[str, ...] = ()
    context: str | None = None
    language: str | None = None  # of the quote
    speakers_sought: bool = True
    held: tuple[Held, ...] = ()


@dataclass(frozen=True)
class SheetHead:
    """What the sheet tells of the article."""

    article_id: int
    title: str | None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published_on: date | None = None
    is_guessed: bool = False
    is_doubtful: bool = False
    is_closed: bool = False
    speakers_sought: bool = True  # False in a language that we do not know
    warnings: tuple[str, ...] = ()
    claims: int = 0
    sentences: int = 0
    chosen: int = 0
    sent: int = 0
    decided: int = 0
    blocking: int = 0
    goes_out_at: datetime | None = None  # when waiting claims are handed out


def sheet(
    head: SheetHead,
    full: Sequence[ClaimEntry],
    brief: Sequence[ClaimEntry],
    *,
    zone: ZoneInfo,
    now: datetime,
) -> str:
    """One page of a claim sheet, shortened until Telegram takes it."""

    def compose(scale: float) -> str:
        parts = [_head(head, scale)]
        parts += [_in_full(entry, scale, zone, now) for entry in full]
        if brief:
            lines = "\n".join(_in_brief(entry, scale, zone, now) for entry in brief)
            parts.append(f"<blockquote expandable>{lines}</blockquote>")
        before_foot = "\n" if brief else "\n\n"
        return ("\n\n".join(parts) + before_foot + _foot(head, zone, now)).rstrip()

    return fitted(compose)


def state_of(entry: ClaimEntry, scale: float, zone: ZoneInfo, now: datetime) -> str:
    """How far a sent claim has come; empty for one that was not sent."""
    if entry.status is ClaimStatus.KEPT:
        return _("⏳ waits for a reviewer")
    if entry.status in (ClaimStatus.ASSIGNED, ClaimStatus.SECOND_REVIEW):
        return _held(entry, scale, zone, now)
    if entry.status is ClaimStatus.DISPUTED:
        return _("⚖️ <b>readers differ</b> – an editor rules")
    if entry.status is ClaimStatus.DECIDED:
        return f"⛔ <b>{_verdict(entry)}</b>{source_mark(entry.source_check)}"
    if entry.status is ClaimStatus.CLEARED:
        mark = source_mark(entry.source_check)
        return f"✅ <b>{_verdict(entry)}</b>{mark}{_done(entry.action_done)}"
    return ""


def _held(entry: ClaimEntry, scale: float, zone: ZoneInfo, now: datetime) -> str:
    if scale <= CROWDED and entry.held:
        holders = entry.held[:CITED_SHOWN]
        return "👤 " + ", ".join(safe(shortened(one.name, CROWDED_NAME_CHARS)) for one in holders)
    names = [safe(shortened(one.name, int(NAME_CHARS * scale) + 4)) for one in entry.held]
    people = [
        _("with {name} until {when}").format(name=name, when=when(one.due_at, zone, now))
        for name, one in zip(names, entry.held, strict=True)
    ]
    if entry.status is ClaimStatus.SECOND_REVIEW:
        people.insert(0, _("one reading is in"))
    return "👤 " + (", ".join(people[: CITED_SHOWN + 1]) or _("an answer is in"))


def _verdict(entry: ClaimEntry) -> str:
    return rating_name(entry.verdict) if entry.verdict else _("decided")


def _done(action_done: ActionDone | None) -> str:
    return {
        ActionDone.FIXED: " · " + _("fixed"),
        ActionDone.CUT: " · " + _("cut"),
        ActionDone.OVERRIDE: " · " + _("accepted as it is"),
    }.get(action_done or ActionDone.NOTHING_TO_DO, "")


def _head(head: SheetHead, scale: float) -> str:
    title = safe(shortened(head.title or _("Without a title"), int(TITLE_CHARS * scale) + 20))
    if head.url and head.url.startswith(("http://", "https://")):
        title = f'<a href="{escape(head.url)}">{title}</a>'
    authors = shortened(", ".join(head.authors), int(NAME_CHARS * scale) + 10)
    byline = " · ".join(part for part in (safe(authors), _date(head)) if part)
    lines = [f"<b>{title}</b>", byline, " · ".join([f"A-{head.article_id}", *_counts(head)])]
    if head.is_doubtful:
        lines.append(_("⚠ Perhaps not the whole article: please compare."))
    lines += [f"⚠ {safe(_(warning))}" for warning in head.warnings]
    if not head.speakers_sought:
        lines.append(
            _(
                "⚠ I do not know this language yet: I list sentences with numbers, "
                "but not who says them."
            )
        )
    if head.is_closed:
        lines.append(_("Closed: nothing to check. Sending a claim opens it again."))
    return "\n".join(lines)


def _date(head: SheetHead) -> str:
    if head.published_on is None:
        return _("date not given")
    day = calendar_day(head.published_on)
    return _("{day}, a guess").format(day=day) if head.is_guessed else day


def _counts(head: SheetHead) -> list[str]:
    if head.sent:
        found = [ngettext("{n} claim sent", "{n} claims sent", head.sent).format(n=head.sent)]
        found.append(_("{n} decided").format(n=head.decided))
        if head.blocking:
            found.append(_("{n} blocking").format(n=head.blocking))
    elif head.sentences:
        words = ngettext(
            "{n} of {all} sentence worth a check",
            "{n} of {all} sentences worth a check",
            head.sentences,
        )
        # Two facts in one sentence are two claims, so there may be more claims than sentences.
        n = min(head.claims, head.sentences)
        found = [words.format(n=n, all=head.sentences)]
    else:
        found = [ngettext("{n} claim", "{n} claims", head.claims).format(n=head.claims)]
    return found


def _quoted(entry: ClaimEntry, width: int) -> str:
    return quoted(entry.quote, width, language=entry.language)


def _in_full(entry: ClaimEntry, scale: float, zone: ZoneInfo, now: datetime) -> str:
    star = " ★" if entry.is_starred else ""
    width = max(int(QUOTE_CHARS * scale), LEAST_QUOTE_CHARS)
    lines = [f"<b>{entry.number}{star}</b> {_quoted(entry, width)}", _who(entry, scale)]
    lines.append(state_of(entry, scale, zone, now) or _why(entry, scale))
    if entry.context and entry.status is ClaimStatus.NEW:
        lines.append(f"<i>{safe(shortened(entry.context, int(REASON_CHARS * scale) + 10))}</i>")
    return "\n".join(line for line in lines if line)


def _in_brief(entry: ClaimEntry, scale: float, zone: ZoneInfo, now: datetime) -> str:
    star = " ★" if entry.is_starred else ""
    line = f"<b>{entry.number}{star}</b> {_quoted(entry, int(BRIEF_CHARS * scale) + 8)}"
    if entry.cited:
        line += " – " + safe(shortened(entry.cited[0].name, int(NAME_CHARS * scale) + 4))
    elif entry.is_unsourced:
        line += " – ⚠ " + _("no source")
    state = state_of(entry, scale, zone, now)
    if state:
        return f"{line} · {state}"
    if entry.reasons:
        line += f" <i>({safe(shortened(why(entry.reasons)[0], int(NAME_CHARS * scale) + 4))})</i>"
    return line


def _who(entry: ClaimEntry, scale: float) -> str:
    width = int(NAME_CHARS * scale)
    if not entry.cited:
        if not entry.speakers_sought:
            return ""
        own = _("the article's own words")
        return _("⚠ <b>no source given</b> · {own}").format(own=own) if entry.is_unsourced else own
    people = []
    for cited in entry.cited[:CITED_SHOWN]:
        role = f", {cited.role}" if cited.role else ""
        via = f" → {shortened(cited.via, width)}" if cited.via else ""
        room = int(WHO_CHARS * scale) // min(len(entry.cited), CITED_SHOWN) - len(via)
        people.append(shortened(cited.name + role, max(room, width)) + via)
    more = len(entry.cited) - CITED_SHOWN
    if more > 0:
        people.append(_("and {n} more").format(n=more))
    return safe("; ".join(people))


def _why(entry: ClaimEntry, scale: float) -> str:
    told_otherwise = (NO_LINK, NO_SOURCE)
    reasons = ", ".join(why([one for one in entry.reasons if one not in told_otherwise]))
    parts = [safe(shortened(reasons, int(REASON_CHARS * scale) + 10))] if reasons else []
    if entry.links:
        count = ngettext("🔗 {n} link", "🔗 {n} links", entry.links)
        parts.append(count.format(n=entry.links))
    elif entry.cited:
        parts.append(_("no link"))
    return f"<i>{' · '.join(parts)}</i>" if parts else ""


def _foot(head: SheetHead, zone: ZoneInfo, now: datetime) -> str:
    lines = []
    if head.goes_out_at is not None:
        at = when(head.goes_out_at, zone, now)
        lines.append(_("Sent claims go out {when}.").format(when=at))
    if not head.claims and not head.sent:
        lines.append(_("I found nothing to check here."))
    if head.claims > head.sent or not head.claims:
        lines.append(_('Reply: drop 2 · add "…" · says 1 "Name"'))
    return "\n".join(lines)
