"""What several readings amount to, and putting on record what the desk holds of a claim."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import claims, events, outcomes
from storage.models import Claim, Outcome, Verdict
from storage.models.claims import Action, ActionDone, ClaimStatus, Rating, SourceCheck
from storage.models.work import OutcomeHow

# What the text needs after a verdict, unless a reader proposed something else.
PROPOSED = {
    Rating.TRUE: Action.OK,
    Rating.MOSTLY_TRUE: Action.OK,
    Rating.OPINION: Action.OK,
    Rating.FALSE: Action.FIX_WORDING,
    Rating.MISLEADING: Action.FIX_WORDING,
    Rating.OUTDATED: Action.FIX_WORDING,
    Rating.UNVERIFIABLE: Action.ADD_SOURCE,
}
# A claim may be true and still be wrongly credited: then the text is not in order either.
MISCREDITED = {
    SourceCheck.CONTRADICTS: Action.FIX_WORDING,
    SourceCheck.PARTLY: Action.FIX_WORDING,
    SourceCheck.OFF_TOPIC: Action.ADD_SOURCE,
}
ALARMING = frozenset({Rating.FALSE, Rating.MISLEADING})  # the editor hears of these at once
NEAR = frozenset({Rating.TRUE, Rating.MOSTLY_TRUE})  # one opinion in two words

# Where readers differ about the cited source, the worst finding is what an editor must know.
_WORST_FIRST = (
    SourceCheck.CONTRADICTS,
    SourceCheck.OFF_TOPIC,
    SourceCheck.PARTLY,
    SourceCheck.UNREACHABLE,
    SourceCheck.SUPPORTS,
    SourceCheck.NONE_CITED,
)


def agreed_rating(readings: Sequence[Verdict]) -> Rating | None:
    """The rating on which all readings agree; None when they differ.

    True and mostly true agree, as mostly true.
    """
    ratings = {reading.rating for reading in readings if reading.rating is not None}
    if len(ratings) == 1:
        return ratings.pop()
    return Rating.MOSTLY_TRUE if ratings == NEAR else None


def agreement_note(readings: Sequence[Verdict]) -> str | None:
    """The ratings given, in the readers' order, where they agree without being equal."""
    given = [reading.rating.value for reading in readings if reading.rating is not None]
    return ", ".join(given) if len(set(given)) > 1 else None


def source_check_of(readings: Sequence[Verdict]) -> SourceCheck | None:
    """What the readings say of the cited source; the worst where they differ, None unanswered."""
    given = {reading.source_check for reading in readings}
    return next((check for check in _WORST_FIRST if check in given), None)


def action_for(rating: Rating, readings: Sequence[Verdict]) -> Action:
    """What is proposed to be done to the text, for the verdict or for what its source says."""
    proposed = next((reading.action for reading in readings if reading.action is not None), None)
    action = proposed or PROPOSED[rating]
    check = source_check_of(readings)
    return MISCREDITED.get(check, action) if check and action is Action.OK else action


async def hold_outcome(
    session: AsyncSession,
    claim: Claim,
    readings: Sequence[Verdict],
    *,
    rating: Rating,
    how: OutcomeHow,
    now: datetime,
    actor_id: int | None = None,
    ruling_id: int | None = None,
) -> Outcome:
    """From now on the desk holds `rating` of the claim; with nothing to be done it is cleared."""
    verdict_id = readings[0].id if how is OutcomeHow.AGREEMENT and readings else None
    outcome = await _next_outcome(
        session,
        claim,
        rating=rating,
        how=how,
        verdict_id=verdict_id,
        ruling_id=ruling_id,
        note=agreement_note(readings) if how is OutcomeHow.AGREEMENT else None,
        now=now,
    )
    action = action_for(rating, readings)
    is_clear = action is Action.OK
    await _change(
        session,
        claim,
        status=ClaimStatus.CLEARED if is_clear else ClaimStatus.DECIDED,
        verdict=rating,
        source_check=source_check_of(readings),
        action=action,
        action_done=ActionDone.NOTHING_TO_DO if is_clear else None,
        head_outcome_id=outcome.id,
        decided_at=claim.decided_at or now,
        cleared_at=now if is_clear else None,
    )
    await _record(session, "claim.decided", claim, outcome, actor_id=actor_id, now=now)
    return outcome


async def let_go(
    session: AsyncSession, claim: Claim, *, status: ClaimStatus, now: datetime
) -> Outcome | None:
    """The desk holds nothing of the claim any more; the outcome that says so, if it held one."""
    outcome = None
    if claim.verdict is not None:
        outcome = await _next_outcome(session, claim, rating=None, how=OutcomeHow.REOPENED, now=now)
        await _record(session, "claim.reopened", claim, outcome, actor_id=None, now=now)
    await _change(
        session,
        claim,
        status=status,
        verdict=None,
        source_check=None,
        action=None,
        action_done=None,
        head_outcome_id=outcome.id if outcome else claim.head_outcome_id,
        decided_at=None,
        cleared_at=None,
    )
    return outcome


async def _next_outcome(
    session: AsyncSession, claim: Claim, *, now: datetime, **fields: Any
) -> Outcome:
    last = await claims.last_outcome(session, claim.id)
    return await outcomes.add(
        session,
        Outcome(
            claim_id=claim.id,
            n=last.n + 1 if last else 1,
            round=claim.round,
            decided_at=now,
            **fields,
        ),
    )


async def _change(session: AsyncSession, claim: Claim, **values: Any) -> None:
    """Change a claim that this transaction holds; nobody else can have changed it."""
    if not await claims.change(
        session, claim, settle_at=None, action_reason=None, action_by_id=None, **values
    ):
        raise RuntimeError(f"claim {claim.id} changed while it was held")


async def _record(
    session: AsyncSession,
    action: str,
    claim: Claim,
    outcome: Outcome,
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    await events.record(
        session,
        action,
        "claim",
        claim.id,
        at=now,
        actor_id=actor_id,
        outcome_id=outcome.id,
        n=outcome.n,
    )
