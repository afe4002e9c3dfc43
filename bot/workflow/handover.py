"""Handing over what its holder cannot get to, and giving it back to one who answers late."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow import cards, overdue
from bot.workflow.assignment import (
    LONG_AGO,
    TURN,
    Opening,
    Table,
    fill,
    free_slots,
    pick,
    standing_of,
)
from bot.workflow.choosing import UNTIL_TOLD, away_until, is_away
from bot.workflow.due_times import counted_from, times_for, wall_times
from bot.workflow.hours.working import WorkingHours
from bot.workflow.notices import About, NoticeKind, private, tell
from bot.workflow.policy import Policy
from bot.workflow.pool import hours_of_holders, load_pool
from bot.workflow.retiming import Subject, times_on
from bot.workflow.sheet_messages import refresh_sheets
from bot.workflow.sweeping import on_its_own
from storage import articles, assignments, claims, events, inputs, members, ticks, waiting
from storage.models import Article, Assignment, Claim
from storage.models.claims import ClaimStatus
from storage.models.people import MemberState
from storage.models.work import AssignmentState


class How(StrEnum):
    """Why a claim cannot stay where it is."""

    OVERDUE = "overdue"
    AWAY = "away"  # for longer than it can wait
    LEFT = "left"  # its holder is not on the team any more


_GONE = (MemberState.LEFT, MemberState.ERASED)
_FINISHED = (
    ClaimStatus.DROPPED,
    ClaimStatus.DECIDED,
    ClaimStatus.CLEARED,
    ClaimStatus.WITHDRAWN,
)


async def hand_over(
    session: AsyncSession, *, policy: Policy, now: datetime, limit: int = 200
) -> int:
    """Give to somebody else what is over its grace time, or whose holder stays away too long.

    Only when somebody else can take it: until then its holder keeps it. Its editor hears once
    that it is overdue. How many claims changed hands.
    """
    stuck = await _stuck(session, policy=policy, now=now, limit=limit)
    if not stuck:
        return 0
    await ticks.take_turn(session, TURN, start=LONG_AGO)
    subjects = [subject for subject, _how in stuck]
    table = Table(
        pool=await load_pool(session, policy=policy, now=now),
        history=await standing_of(session, [claim for _one, claim, _article in subjects]),
        teams=await waiting.teams(session, {article.id for _one, _claim, article in subjects}),
    )
    touched = {claim.id: article.id for _one, claim, article in subjects}
    opened: list[Assignment] = []
    left: list[tuple[Assignment, How]] = []
    moved: list[Subject] = []
    kept: list[Subject] = []
    for subject, how in stuck:
        async with on_its_own(session, "hand over assignment", subject[0].id):
            new = await _move(session, subject, table, how=how, policy=policy, now=now)
            if new is not None:
                opened.append(new)
                left.append((subject[0], how))
            if how is How.OVERDUE:
                (kept if new is None else moved).append(subject)
    await cards.show_first(session, opened, now=now)
    await _tell_old_holders(session, left, now=now)
    await overdue.follow(session, moved, kept, now=now)
    for article_id in sorted({touched[new.claim_id] for new in opened}):
        await refresh_sheets(session, article_id, now=now)
    return len(opened)


async def give_back(
    session: AsyncSession, assignment: Assignment, *, policy: Policy, now: datetime
) -> bool:
    """Put the claim back into the hands of one who answers late; whether that could be done.

    It can while the new holder has not begun, or nobody has it; the claim's round must still run.
    """
    claim = await claims.get(session, assignment.claim_id)
    if claim is None or claim.round != assignment.round or claim.status in _FINISHED:
        return False
    await ticks.take_turn(session, TURN, start=LONG_AGO)
    if assignment.state in waiting.HELD or not await _free(session, claim, assignment, now=now):
        return False
    values = await _new_times(session, claim, assignment, policy=policy, now=now)
    if not await assignments.reopen(session, assignment.id, values):
        return False
    await session.refresh(assignment)
    await waiting.mark_assigned(session, claim.id)
    await session.refresh(claim)
    await events.record(
        session, "assignment.give_back", "assignment", assignment.id, at=now, claim_id=claim.id
    )
    await refresh_sheets(session, claim.article_id, now=now)
    return True


async def _free(
    session: AsyncSession, claim: Claim, assignment: Assignment, *, now: datetime
) -> bool:
    """Make the assignment's place free; False when somebody has begun or judged there."""
    history = (await standing_of(session, [claim]))[claim.id]
    if assignment.slot in free_slots(claim, history):
        return True
    holder = next((one for one in history if _holds(one, assignment.slot)), None)
    if holder is None or not await assignments.withdraw_unbegun(session, holder.id, now):
        return False
    await events.record(
        session, "assignment.withdraw", "assignment", holder.id, at=now, claim_id=claim.id
    )
    await cards.close_cards(session, holder.id, now=now)
    return True


def _holds(one: Assignment, slot: int) -> bool:
    return one.slot == slot and one.state is AssignmentState.OPEN


async def _new_times(
    session: AsyncSession, claim: Claim, assignment: Assignment, *, policy: Policy, now: datetime
) -> dict[str, Any]:
    """What an assignment that is opened again starts with: its time runs from now."""
    article = await articles.get(session, claim.article_id)
    hours = await hours_of_holders(session, [assignment.reviewer_id], since=now, policy=policy)
    due_at = article.due_at if article else None
    found = times_for(hours[assignment.reviewer_id], now, policy=policy, article_due_at=due_at)
    times = found or wall_times(now, policy=policy)
    again = {"again": True, "extra_s": 0, "counted_from": now.isoformat()}
    return {**times.values(), "reason": {**assignment.reason, **again}}


async def _stuck(
    session: AsyncSession, *, policy: Policy, now: datetime, limit: int
) -> list[tuple[Subject, How]]:
    """What cannot stay in its holder's hands, and why; at most `limit`."""
    held = await assignments.open_ones(session)
    holders = {assignment.reviewer_id for assignment, _claim, _article in held}
    hours = await hours_of_holders(session, holders, since=now, policy=policy)
    gone = {
        member_id
        for member_id in holders
        if (member := await members.get(session, member_id)) is None or member.state in _GONE
    }
    found: list[tuple[Subject, How]] = []
    for subject in held:
        assignment, _claim, article = subject
        own = hours[assignment.reviewer_id]
        if assignment.reviewer_id in gone:
            found.append((subject, How.LEFT))
        elif _stays_away(own, assignment, article, policy=policy, now=now):
            found.append((subject, How.AWAY))
        elif assignment.expires_at <= now:
            found.append((subject, How.OVERDUE))
    return found[:limit]


def _stays_away(
    hours: WorkingHours, assignment: Assignment, article: Article, *, policy: Policy, now: datetime
) -> bool:
    """Whether its holder is away beyond the time when the claim would have been handed over."""
    if not is_away(hours, now):
        return False
    until = away_until(hours, now) or UNTIL_TOLD
    present = replace(hours, away=())
    times = times_on(present, assignment, article, policy=policy)
    expires_at = (times or wall_times(counted_from(assignment), policy=policy)).expires_at
    return until > expires_at


async def _move(  # what, among whom, why, under which rules, when
    session: AsyncSession,
    subject: Subject,
    table: Table,
    *,
    how: How,
    policy: Policy,
    now: datetime,
) -> Assignment | None:
    """Give the claim to somebody else; None when nobody can take it.

    From one who left it is taken all the same: then it waits for the next slot.
    """
    old, claim, article = subject
    opening = Opening(claim, article, old.slot, how.value, old.id)
    if pick(opening, table) is None and how is not How.LEFT:
        return None
    if not await assignments.end(session, old.id, AssignmentState.EXPIRED, now=now):
        return None
    await _keep_half_answer(session, old.id, how=how, now=now)
    await cards.close_cards(session, old.id, now=now)
    await session.refresh(old)
    await events.record(
        session, "assignment.expire", "assignment", old.id, at=now, claim_id=claim.id, how=how.value
    )
    new = await fill(session, opening, table, policy=policy, now=now)
    if new is None:
        await waiting.mark_waiting(session, claim.id)
    return new


async def _keep_half_answer(
    session: AsyncSession, assignment_id: int, *, how: How, now: datetime
) -> None:
    """What was said so far stays, for a late answer to complete; all else is awaited no more."""
    half = await inputs.half_answer(session, assignment_id)
    kept = half.id if half is not None and half.content and how is not How.LEFT else None
    await inputs.close_for_assignment(session, assignment_id, now, but=kept)


async def _tell_old_holders(
    session: AsyncSession, left: Sequence[tuple[Assignment, How]], *, now: datetime
) -> None:
    """One kind message to each who is still on the team, about all that was handed over."""
    by_holder: dict[int, list[Assignment]] = {}
    for assignment, how in left:
        if how is not How.LEFT:
            by_holder.setdefault(assignment.reviewer_id, []).append(assignment)
    reasons = {assignment.id: how.value for assignment, how in left}
    for member_id, held in by_holder.items():
        member = await members.get(session, member_id)
        alone = held[0].id if len(held) == 1 else None
        await tell(
            session,
            private(member) if member else None,
            NoticeKind.HANDED_OVER,
            now=now,
            about=About(assignment_id=alone),
            assignment_ids=[assignment.id for assignment in held],
            how=reasons[held[0].id],
        )
