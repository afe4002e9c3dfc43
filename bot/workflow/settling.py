"""Settling: what the readings of a claim amount to, once they cannot be taken back quietly."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.deciding import (
    ALARMING,
    MISCREDITED,
    action_for,
    agreed_rating,
    agreement_note,
    hold_outcome,
    let_go,
    source_check_of,
)
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import Policy
from bot.workflow.standing import show_article, show_claim, show_settled, tell_editors
from bot.workflow.sweeping import on_its_own
from storage import claims, outcomes, verdicts
from storage.models import Claim, Outcome, Verdict
from storage.models.claims import Action, ActionDone, ClaimStatus, Rating
from storage.models.work import OutcomeHow

_OFF = (ClaimStatus.NEW, ClaimStatus.DROPPED, ClaimStatus.WITHDRAWN)


async def settle(
    session: AsyncSession,
    *,
    policy: Policy,  # noqa: ARG001 - every sweep is called alike
    now: datetime,
    limit: int = 200,
) -> int:
    """Settle the claims whose undo time is over, at most `limit`; how many were looked at."""
    settled = 0
    for claim_id in await outcomes.due(session, now, limit=limit):
        async with on_its_own(session, "settle claim", claim_id):
            settled += await _settle_one(session, claim_id, now=now)
    return settled


async def _settle_one(session: AsyncSession, claim_id: int, *, now: datetime) -> bool:
    if not await outcomes.take_up(session, claim_id, now):
        return False
    claim = await outcomes.hold(session, claim_id)
    await _weigh(session, claim, now=now)
    readings = await verdicts.counted(session, claim.id, claim.round)
    await show_settled(session, readings, now=now)
    return True


async def reconsider(
    session: AsyncSession,
    claim_id: int,
    *,
    policy: Policy,  # noqa: ARG001 - as the callers' other steps
    now: datetime,
) -> None:
    """A counted reading of a claim that is decided or disputed was changed or withdrawn.

    What the desk held stays on record; what it holds now is a further outcome.
    """
    await _weigh(session, await outcomes.hold(session, claim_id), now=now)


async def _weigh(session: AsyncSession, claim: Claim, *, now: datetime) -> None:
    if claim.status in _OFF:
        return
    await show_claim(session, claim, now=now)
    readings = await verdicts.counted(session, claim.id, claim.round)
    held = await _standing_outcome(session, claim)
    if held is not None and held.how is OutcomeHow.RULING:
        await _keep_ruling(session, claim, held, readings, now=now)
    elif len(readings) < claim.readers_needed:
        await _await_more(session, claim, readings, now=now)
    elif agreed_rating(readings) is None:
        await _dispute(session, claim, readings, now=now)
    else:
        await _agree(session, claim, held, readings, now=now)
    await show_article(session, claim.article_id, now=now)


async def _standing_outcome(session: AsyncSession, claim: Claim) -> Outcome | None:
    """What the desk holds of the claim in its present round; None while that is nothing."""
    last = await claims.last_outcome(session, claim.id)
    if last is None or last.rating is None or last.round != claim.round:
        return None
    return last


async def _await_more(
    session: AsyncSession, claim: Claim, readings: Sequence[Verdict], *, now: datetime
) -> None:
    """Readings are missing still, or again: what the desk held of the claim stands no longer."""
    if readings:
        status = ClaimStatus.SECOND_REVIEW
    elif await outcomes.is_held(session, claim):
        status = ClaimStatus.ASSIGNED
    else:
        status = ClaimStatus.KEPT
    if claim.status is status:
        return
    reopened = await let_go(session, claim, status=status, now=now)
    if reopened is not None:
        await _tell_changed(session, claim, reopened, now=now)


async def _dispute(
    session: AsyncSession, claim: Claim, readings: Sequence[Verdict], *, now: datetime
) -> None:
    """The readings differ: an editor rules. While that waits, further changes show in place."""
    if claim.status is ClaimStatus.DISPUTED:
        return
    reopened = await let_go(session, claim, status=ClaimStatus.DISPUTED, now=now)
    newest = max(reading.id for reading in readings)
    facts = {"outcome_id": reopened.id} if reopened else {}
    await tell_editors(
        session,
        claim,
        NoticeKind.DISPUTE,
        key=f"dispute/{claim.id}/{claim.round}/{newest}",
        now=now,
        round=claim.round,
        **facts,
    )


async def _agree(
    session: AsyncSession,
    claim: Claim,
    held: Outcome | None,
    readings: Sequence[Verdict],
    *,
    now: datetime,
) -> None:
    rating = agreed_rating(readings)
    if rating is None:
        raise ValueError("these readings differ")
    if held is not None and held.rating is rating and held.note == agreement_note(readings):
        await _note_details(session, claim, readings, now=now)
        return
    before = await _rating_before(session, claim)
    outcome = await hold_outcome(
        session, claim, readings, rating=rating, how=OutcomeHow.AGREEMENT, now=now
    )
    if before not in (None, rating):
        await _tell_changed(session, claim, outcome, now=now)
    elif held is None and (rating in ALARMING or source_check_of(readings) in MISCREDITED):
        key = f"alert/{claim.id}/{outcome.n}"
        await tell_editors(session, claim, NoticeKind.ALERT, key=key, now=now)


async def _rating_before(session: AsyncSession, claim: Claim) -> Rating | None:
    """What the desk held of the claim last, even if it stands no longer."""
    held = [one.rating for one in await outcomes.of_claim(session, claim.id) if one.rating]
    return held[-1] if held else None


async def _note_details(
    session: AsyncSession, claim: Claim, readings: Sequence[Verdict], *, now: datetime
) -> None:
    """The verdict is the same; what the cited source says, or what is proposed, may be new.

    With that a claim that was clear by itself may block after all, and the other way round.
    """
    check = source_check_of(readings)
    action = claim.action if claim.verdict is None else action_for(claim.verdict, readings)
    if claim.action_by_id is not None:
        action = claim.action
    if (check, action) == (claim.source_check, claim.action):
        return
    values: dict[str, Any] = {"source_check": check, "action": action}
    blocks_now = claim.action is Action.OK and action is not Action.OK
    if blocks_now:
        values |= {"status": ClaimStatus.DECIDED, "action_done": None, "cleared_at": None}
    elif action is Action.OK and claim.status is ClaimStatus.DECIDED:
        done = ActionDone.NOTHING_TO_DO
        values |= {"status": ClaimStatus.CLEARED, "action_done": done, "cleared_at": now}
    await claims.change(session, claim, **values)
    if blocks_now:
        key = f"source/{claim.id}/{max(reading.id for reading in readings)}"
        await tell_editors(session, claim, NoticeKind.ALERT, key=key, now=now)


async def _keep_ruling(
    session: AsyncSession,
    claim: Claim,
    held: Outcome,
    readings: Sequence[Verdict],
    *,
    now: datetime,
) -> None:
    """An editor has ruled, and the ruling stands; the editor hears that a reader thinks anew."""
    basis = await outcomes.basis(session, held.ruling_id) if held.ruling_id else []
    if _ratings(basis) == _ratings(readings):
        return
    newest = max((reading.id for reading in readings), default=0)
    await tell_editors(
        session,
        claim,
        NoticeKind.CHANGED_VERDICT,
        key=f"changed/{claim.id}/{held.n}/{len(readings)}/{newest}",
        now=now,
        outcome_id=held.id,
    )


def _ratings(readings: Sequence[Verdict]) -> dict[int, str]:
    return {reading.assignment_id: str(reading.rating) for reading in readings}


async def _tell_changed(
    session: AsyncSession, claim: Claim, outcome: Outcome, *, now: datetime
) -> None:
    await tell_editors(
        session,
        claim,
        NoticeKind.CHANGED_VERDICT,
        key=f"changed/{claim.id}/{outcome.n}",
        now=now,
        outcome_id=outcome.id,
    )
