"""An article with its verdicts in words: what blocks it first, then what is open, then the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts.fitting import fitted
from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened, when
from bot.texts.quoting import quoted
from bot.texts.ratings import rating_name
from bot.texts.settling import action_name, done_name, source_mark
from storage.models.claims import Action, ActionDone, ClaimStatus, Rating, SourceCheck

QUOTE_CHARS = 60  # with its number a line and a half of a phone
WORDS_CHARS = 70
TITLE_CHARS = 76
NAME_CHARS = 24


@dataclass(frozen=True)
class SummaryClaim:
    """One sent claim; `names` are its readers, who ruled, or who holds it while it is open."""

    number: int
    quote: str
    status: ClaimStatus
    verdict: Rating | None = None
    explanation: str = ""
    names: tuple[str, ...] = ()
    is_ruled: bool = False
    source_check: SourceCheck | None = None
    action: Action | None = None
    action_done: ActionDone | None = None


@dataclass(frozen=True)
class SummaryHead:
    """The article, and its claims counted over all pages."""

    article_id: int
    title: str | None
    decided: int
    cleared: int
    blocking: int
    open: int
    unchecked: int = 0
    is_own: bool = False  # the reader is the article's editor
    sent_at: datetime | None = None
    read_at: datetime | None = None
    page: int = 0
    pages: int = 1


def summary(
    head: SummaryHead, claims: Sequence[SummaryClaim], *, zone: ZoneInfo, now: datetime
) -> str:
    """One page of an article with its verdicts."""

    def compose(scale: float) -> str:
        title = safe(shortened(head.title or _("Without a title"), int(TITLE_CHARS * scale) + 20))
        first = f"<b>A-{head.article_id} · {_state(head)}</b>"
        if head.pages > 1:
            first += " · " + _("page {n} of {all}").format(n=head.page + 1, all=head.pages)
        lines = [first, title, _counts(head)]
        lines += [_claim(claim, scale) for claim in claims]
        return "\n".join([*lines, *_foot(head, zone, now)])

    return fitted(compose)


def _state(head: SummaryHead) -> str:
    if head.open:
        return _("being checked")
    if head.blocking:
        return _("not clear yet")
    return _("clear") if head.cleared else _("nothing was sent to check")


def _counts(head: SummaryHead) -> str:
    parts = [_("{n} decided").format(n=head.decided), _("{n} cleared").format(n=head.cleared)]
    if head.blocking:
        parts.append(_("{n} blocking").format(n=head.blocking))
    if head.open:
        parts.append(_("{n} open").format(n=head.open))
    return f"<b>{' · '.join(parts)}</b>"


def _claim(claim: SummaryClaim, scale: float) -> str:
    names, mark = _names(claim), source_mark(claim.source_check)
    if claim.status is ClaimStatus.CLEARED:
        done = _done(claim)
        return f"✅ <b>{claim.number} {_verdict(claim)}</b>{names}{mark}{done}"
    head = f"<b>{claim.number} {_verdict(claim)}</b>"
    quote = quoted(claim.quote, int(QUOTE_CHARS * scale) + 12)
    if claim.status is ClaimStatus.DECIDED:
        words = safe(shortened(claim.explanation, int(WORDS_CHARS * scale) + 12))
        action = f" → {action_name(claim.action)}" if claim.action else ""
        said = f"{words}{names}" if words else names.removeprefix(" – ")
        return f"⛔ {head}{mark} {quote}\n   {said}{action}"
    if claim.status is ClaimStatus.DISPUTED:
        return f"⚖️ {head} {quote}{names}"
    return f"⏳ {head} {quote}{names}"


def _verdict(claim: SummaryClaim) -> str:
    if claim.verdict is not None:
        return rating_name(claim.verdict)
    if claim.status is ClaimStatus.DISPUTED:
        return _("readers differ")
    return _("open")


def _names(claim: SummaryClaim) -> str:
    names = ", ".join(safe(shortened(name, NAME_CHARS)) for name in claim.names)
    ruled = _(" (ruled)") if claim.is_ruled else ""
    return f" – {names}{ruled}" if names else ruled


def _done(claim: SummaryClaim) -> str:
    if claim.action_done in (None, ActionDone.NOTHING_TO_DO):
        return ""
    return f" · {done_name(claim.action_done)}"


def _foot(head: SummaryHead, zone: ZoneInfo, now: datetime) -> list[str]:
    lines = []
    if head.unchecked:
        words = ngettext("{n} claim not checked", "{n} claims not checked", head.unchecked)
        line = words.format(n=head.unchecked)
        if head.sent_at is not None:
            choice = _("your choice, {when}") if head.is_own else _("the editor's choice, {when}")
            line += f" ({choice.format(when=when(head.sent_at, zone, now))})"
        lines.append(line)
    if head.read_at is not None:
        lines.append(_("Text read {when}").format(when=when(head.read_at, zone, now)))
    return lines
