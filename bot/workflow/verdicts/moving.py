"""A verdict given for the wrong claim: answer and evidence go to another of the reviewer's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.cards import own
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import Policy
from bot.workflow.verdicts import revising
from bot.workflow.verdicts.recording import record
from bot.workflow.verdicts.showing import Where, say
from storage import assignments, events, inputs, verdicts
from storage.models import Assignment, PendingInput
from storage.models.talking import InputKind
from storage.models.work import AssignmentState, VerdictKind

RECENT = timedelta(days=3)  # how far back an answered claim is offered as the right one
OFFERED = 8  # claims to choose from on one page, so that the buttons fit one screen


async def ask_right_claim(
    session: AsyncSession, assignment: Assignment, where: Where, *, now: datetime
) -> None:
    """Offer the reviewer's other claims in place of the echo.

    Raises:
        Refusal: there is no other claim it could belong to.
    """
    if not await other_claims(session, assignment, now=now):
        raise Refusal("no_other_claim")
    pending = await inputs.add(
        session,
        PendingInput(
            member_id=assignment.reviewer_id,
            chat_id=where.place.chat_id,
            kind=InputKind.WHICH_CLAIM,
            assignment_id=assignment.id,
            content={"move_from": assignment.id},
            since=now,
        ),
    )
    shown_in = await say(
        session,
        where,
        NoticeKind.ASK_BACK,
        now=now,
        assignment_id=assignment.id,
        input_id=pending.id,
    )
    await inputs.ask_in(session, pending.id, shown_in)


async def other_claims(
    session: AsyncSession, assignment: Assignment, *, now: datetime
) -> Sequence[Assignment]:
    """What else this reviewer holds, soonest due first, then what they answered or lost lately."""
    held = await assignments.open_of(session, assignment.reviewer_id)
    answered = await verdicts.recently_answered(session, assignment.reviewer_id, since=now - RECENT)
    gone = await assignments.handed_over(session, assignment.reviewer_id, since=now - RECENT)
    return [other for other in (*held, *answered, *gone) if other.id != assignment.id]


async def move(
    session: AsyncSession,
    pending: PendingInput,
    to_id: int,
    where: Where,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """Withdraw the verdict where it was given and give it, with its evidence, for `to_id`."""
    wrong = await own(session, pending.member_id, pending.content["move_from"])
    right = await own(session, pending.member_id, to_id)
    recorded = await verdicts.newest(session, wrong.id)
    if recorded is None or recorded.kind is VerdictKind.WITHDRAWN:
        raise Refusal("nothing_to_move")
    draft = await revising.draft_as_recorded(session, recorded)
    await inputs.close(session, pending.id, now)
    await say(
        session, where, NoticeKind.RECORDED, now=now, assignment_id=right.id, moved_from=wrong.id
    )
    there = replace(where, notice_id=None)
    await revising.take_back(session, wrong, there, policy=policy, now=now, what="moved")
    await events.record(
        session,
        "verdict.moved",
        "assignment",
        right.id,
        at=now,
        actor_id=right.reviewer_id,
        from_assignment_id=wrong.id,
    )
    before = await verdicts.newest(session, right.id)
    if right.state is AssignmentState.DONE and before and before.kind is not VerdictKind.WITHDRAWN:
        await revising.revise(session, right, before, draft, where, policy=policy, now=now)
    else:
        await record(session, right, draft, where, policy=policy, now=now)
