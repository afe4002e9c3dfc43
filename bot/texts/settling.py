"""One claim with its verdicts, as an editor reads it: who says so, and what is to be done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.texts.evidence import Shown, evidence_lines
from bot.texts.fitting import fitted
from bot.texts.language import gettext as _
from bot.texts.language import safe, shortened
from bot.texts.quoting import quoted
from bot.texts.ratings import rating_name
from storage.models.claims import Action, ActionDone, ClaimStatus, Rating, SourceCheck

QUOTE_CHARS = 200  # five lines of a phone
WORDS_CHARS = 240  # of an explanation; the whole is in the export
TITLE_CHARS = 60
NAME_CHARS = 40
EVIDENCE_LINES = 4


@dataclass(frozen=True)
class Reading:
    """One reader's verdict with what it rests on."""

    name: str
    rating: Rating
    explanation: str = ""
    evidence: Sequence[Shown] = ()


@dataclass(frozen=True)
class Decision:
    """An editor's ruling."""

    name: str
    reason: str
    evidence: Sequence[Shown] = ()


@dataclass(frozen=True)
class Change:
    """What a message about a changed verdict tells: what the desk held before."""

    before: Rating | None = None
    taken_back_by: str | None = None  # who, where a verdict was withdrawn
    is_ruling_kept: bool = False  # a reader thinks anew, the editor's ruling stands


@dataclass(frozen=True)
class ClaimDetail:
    """A claim as it stands; `asks` is the rating, or the override, whose reason is awaited."""

    article_id: int
    number: int
    quote: str
    status: ClaimStatus
    title: str | None = None
    verdict: Rating | None = None
    note: str | None = None  # of the outcome: the ratings given, where they were not equal
    source_check: SourceCheck | None = None
    action: Action | None = None
    action_done: ActionDone | None = None
    action_reason: str | None = None
    action_by: str | None = None
    readings: tuple[Reading, ...] = ()
    decision: Decision | None = None
    change: Change | None = None
    asks: Rating | ActionDone | None = None


def claim_detail(shown: ClaimDetail) -> str:
    """The claim with its verdicts, as HTML that fits one message."""

    def compose(scale: float) -> str:
        parts = [_head(shown), _quote(shown, scale), *_readings(shown, scale)]
        if shown.decision is not None:
            parts.append(_decision(shown.decision, scale))
        parts.append(_foot(shown, scale))
        return "\n".join(part for part in parts if part)

    return fitted(compose)


def action_name(action: Action) -> str:
    """What the text needs, as a wish: "fix the wording"."""
    return {
        Action.OK: _("nothing to do"),
        Action.FIX_WORDING: _("fix the wording"),
        Action.ADD_SOURCE: _("add a source"),
        Action.CUT: _("cut it"),
        Action.ASK_AUTHOR: _("ask the author"),
    }[action]


def source_mark(check: SourceCheck | None) -> str:
    """Behind a verdict in a list, where its source does not bear the claim out; else nothing."""
    return {
        SourceCheck.PARTLY: _(" · ⚠ its source says part of it"),
        SourceCheck.CONTRADICTS: _(" · ⚠ its source says otherwise"),
        SourceCheck.OFF_TOPIC: _(" · ⚠ its source is off topic"),
    }.get(check or SourceCheck.SUPPORTS, "")


def done_name(done: ActionDone) -> str:
    """What was done about a claim: "fixed"."""
    return {
        ActionDone.NOTHING_TO_DO: _("nothing to do"),
        ActionDone.FIXED: _("fixed"),
        ActionDone.CUT: _("cut"),
        ActionDone.OVERRIDE: _("accepted as it is"),
    }[done]


def evidence_caption(*, article_id: int, number: int, name: str, rating: Rating | None) -> str:
    """What stands under a photo or file that is shown to an editor."""
    said = f": {rating_name(rating)}" if rating else ""
    return f"A-{article_id}/{number} · {_name(name)}{said}"


def done_answer(done: ActionDone) -> str:
    """The little answer of the button that said what was done."""
    return _("Noted: {done}").format(done=done_name(done))


def reason_wanted() -> str:
    """The little answer of a button that needs a reason first."""
    return _("Write why, in a message of your own.")


def files_answer(count: int) -> str:
    """The little answer of the button that shows photos and files."""
    return _("Here they come.") if count else _("There are no photos or files.")


def nothing_undone() -> str:
    """The little answer when there was nothing to take back."""
    return _("Nobody had said that anything was done.")


def _head(shown: ClaimDetail) -> str:
    name = _("A-{article}, claim {number}").format(article=shown.article_id, number=shown.number)
    lines = [f"{_mark(shown.status)} <b>{name}: {_state(shown)}</b>"]
    if shown.title:
        lines.append(f"<i>{safe(shortened(shown.title, TITLE_CHARS))}</i>")
    if shown.change is not None:
        lines.append(_changed(shown.change))
    return "\n".join(lines)


def _mark(status: ClaimStatus) -> str:
    return {
        ClaimStatus.DISPUTED: "⚖️",
        ClaimStatus.DECIDED: "⛔",
        ClaimStatus.CLEARED: "✅",
    }.get(status, "⏳")


def _state(shown: ClaimDetail) -> str:
    if shown.verdict is not None:
        return rating_name(shown.verdict)
    if shown.status is ClaimStatus.DISPUTED:
        return _("readers differ")
    if shown.status in (ClaimStatus.DROPPED, ClaimStatus.WITHDRAWN):
        return _("no longer checked")
    return _("no verdict yet")


def _changed(change: Change) -> str:
    if change.is_ruling_kept:
        return _("🔁 A reader thinks anew. The ruling stands; rule again if you agree.")
    if change.taken_back_by and change.before is not None:
        return _("↩️ {name} took the verdict back: it was <b>{rating}</b> before.").format(
            name=_name(change.taken_back_by), rating=rating_name(change.before)
        )
    if change.before is None:
        return _("🔁 The verdict changed.")
    return _("🔁 Changed: it was <b>{rating}</b> before.").format(rating=rating_name(change.before))


def _quote(shown: ClaimDetail, scale: float) -> str:
    width = int(QUOTE_CHARS * scale) + 20
    return f"<blockquote>{quoted(shown.quote, width)}</blockquote>"


def _readings(shown: ClaimDetail, scale: float) -> list[str]:
    lines = []
    for reading in shown.readings:
        who = f"<b>{rating_name(reading.rating)}</b> – {_name(reading.name)}"
        words = _words(reading.explanation, scale)
        lines += [who, *([words] if words else []), *_evidence(reading.evidence, scale)]
    return lines


def _decision(decision: Decision, scale: float) -> str:
    head = _("⚖️ Ruled by {name}:").format(name=_name(decision.name))
    return "\n".join([head, _words(decision.reason, scale), *_evidence(decision.evidence, scale)])


def _evidence(evidence: Sequence[Shown], scale: float) -> list[str]:
    return evidence_lines(evidence, limit=max(1, int(EVIDENCE_LINES * scale)))


def _foot(shown: ClaimDetail, scale: float) -> str:
    lines = []
    if shown.note:
        given = [rating_name(Rating(word)) for word in shown.note.split(", ")]
        lines.append(_("Readers said: {ratings}").format(ratings=", ".join(given)))
    if shown.source_check is not None:
        lines.append(_source(shown.source_check))
    lines.append(_next_step(shown, scale))
    return "\n".join(line for line in lines if line)


def _source(check: SourceCheck) -> str:
    return {
        SourceCheck.SUPPORTS: _("The cited source says so."),
        SourceCheck.PARTLY: _("The cited source says only part of it."),
        SourceCheck.CONTRADICTS: _("The cited source says something else."),
        SourceCheck.OFF_TOPIC: _("The cited source is about something else."),
        SourceCheck.UNREACHABLE: _("The cited source could not be opened."),
        SourceCheck.NONE_CITED: _("No source is cited."),
    }[check]


def _next_step(shown: ClaimDetail, scale: float) -> str:
    if isinstance(shown.asks, Rating):
        return _(
            "<b>You rule {rating}. Why?</b> Your next message is the reason, kept with the ruling."
        ).format(rating=rating_name(shown.asks))
    if shown.asks is not None:
        return _("<b>Why may it stay as it is?</b> Your next message is the reason.")
    if shown.status is ClaimStatus.DISPUTED:
        return _("<b>Which is it?</b> You rule, with a reason.")
    if shown.status is ClaimStatus.CLEARED and shown.action_done is not None:
        return _done(shown, scale)
    if shown.status is ClaimStatus.DECIDED and shown.action is not None:
        return _("Proposed: <b>{action}</b>").format(action=action_name(shown.action))
    return ""


def _done(shown: ClaimDetail, scale: float) -> str:
    if shown.action_done is None or shown.action_by is None:
        return _("Nothing to do.")
    done = done_name(shown.action_done)
    line = _("Done: <b>{done}</b>, {name}").format(done=done, name=_name(shown.action_by))
    if shown.action_reason:
        line += "\n" + _words(shown.action_reason, scale)
    return line


def _words(words: str, scale: float) -> str:
    return safe(shortened(words, int(WORDS_CHARS * scale) + 20)) if words else ""


def _name(name: str) -> str:
    return safe(shortened(name, NAME_CHARS))


def _claim(details: Mapping[str, Any]) -> str:
    return f"A-{details.get('article', '')}/{details.get('number', '')}"


REFUSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "reason_in_words": lambda _d: _(
        "I was waiting for a reason in words. Write one sentence, or press Back first."
    ),
    "ruling_needs_reason": lambda _d: _(
        "A ruling needs its reason in the same message: <i>False. The report says 68.</i>"
    ),
    "override_needs_reason": lambda _d: _(
        "This claim stays as it is only with a reason: <i>Override: it is marked as satire.</i>"
    ),
    "not_disputed": lambda details: _(
        "The readers of {claim} do not differ (any more): there is nothing to rule."
    ).format(claim=_claim(details)),
    "already_cleared": lambda details: _(
        "{claim} is cleared already. Press Open again on it to say something else."
    ).format(claim=_claim(details)),
    "not_decided": lambda details: _(
        "{claim} has no verdict at the moment, so nothing can be done about it yet."
    ).format(claim=_claim(details)),
    "claim_not_found": lambda _d: _("I do not find this claim any more. /articles shows all."),
    "claim_reply_unclear": lambda details: (
        _("To rule, begin with the verdict: <i>False. The report says 68.</i>")
        if details.get("is_disputed")
        else _("Say what was done: <i>fixed</i>, <i>cut</i>, or <i>override</i> and why.")
    ),
}
