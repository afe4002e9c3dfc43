"""A reviewer passes a claim on: it goes to somebody else at once."""

from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.assignment import assign_claim
from bot.workflow.cards import close_cards, open_of_actor
from bot.workflow.incoming import Tap
from bot.workflow.policy import Policy
from bot.workflow.sheet_messages import refresh_sheets
from storage import assignments, claims, events, inputs, waiting
from storage.models.work import AssignmentState


class PassReason(StrEnum):
    """Why somebody cannot check a claim; one tap each."""

    NO_TIME = "no_time"
    CONFLICT = "conflict"  # an interest of their own
    LANGUAGE = "language"
    UNCLEAR = "unclear"


async def pass_on(
    session: AsyncSession,
    tap: Tap,
    assignment_id: int,
    reason: PassReason,
    *,
    policy: Policy,
    now: datetime,
) -> bool:
    """Take the claim from the actor; whether somebody else has it now.

    Its editor hears of it only when nobody is left.

    Raises:
        Refusal: it is not open any more.
    """
    assignment = await open_of_actor(session, tap.actor_id, assignment_id)
    passed = AssignmentState.PASSED
    if not await assignments.end(session, assignment_id, passed, now=now, pass_reason=reason):
        raise Refusal("not_open", assignment=assignment_id, state=passed.value)
    await inputs.close_for_assignment(session, assignment_id, now)
    await events.record(
        session,
        "assignment.pass",
        "assignment",
        assignment_id,
        at=now,
        actor_id=tap.actor_id,
        reason=reason.value,
    )
    await close_cards(session, assignment_id, now=now)
    await waiting.mark_waiting(session, assignment.claim_id)
    opened = await assign_claim(session, assignment.claim_id, how="passed", policy=policy, now=now)
    claim = await claims.get(session, assignment.claim_id)
    if claim is not None:
        await session.refresh(claim)
        await refresh_sheets(session, claim.article_id, now=now)
    return bool(opened)
