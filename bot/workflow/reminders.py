"""Reminding people: one message per person and slot that lists everything open."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.absences import go_away_days
from bot.workflow.choosing import is_away
from bot.workflow.hours.slots import latest_slot
from bot.workflow.hours.working import working_between
from bot.workflow.incoming import Tap
from bot.workflow.may import Deed, require
from bot.workflow.notices import NoticeKind, private, show, tell
from bot.workflow.policy import Policy
from bot.workflow.pool import hours_of_holders
from bot.workflow.retiming import Subject, move_later, show_times
from bot.workflow.sweeping import on_its_own
from storage import assignments, events, members, outbox

EXTENSION = timedelta(hours=2)  # of working time; once for each claim


async def remind(session: AsyncSession, *, policy: Policy, now: datetime, limit: int = 200) -> int:
    """Remind everybody whose work reached half time or its due time; how many people.

    Each step of each claim counts once. Who is away hears of it when they are back.
    """
    steps: dict[int, list[int]] = {}
    for assignment in await assignments.at_reminder_step(session, now, limit=limit):
        steps.setdefault(assignment.reviewer_id, []).append(assignment.id)
    hours = await hours_of_holders(session, list(steps), since=now, policy=policy)
    reminded = 0
    for member_id, ids in steps.items():
        if is_away(hours[member_id], now):
            continue
        async with on_its_own(session, "remind member", member_id):
            reminded += await _remind_one(session, member_id, ids, policy=policy, now=now)
    return reminded


async def _remind_one(
    session: AsyncSession,
    member_id: int,
    assignment_ids: Collection[int],
    *,
    policy: Policy,
    now: datetime,
) -> bool:
    """One message in this slot; a later step of the same slot brings it up to date instead."""
    if not await assignments.mark_reminded(session, assignment_ids, now):
        return False
    member = await members.get(session, member_id)
    slot = latest_slot(policy.zone, policy.assign_at, policy.days, policy.holidays, at=now)
    key = f"reminder/{member_id}/{(slot or now):%Y-%m-%dT%H:%M}"
    told = await tell(
        session, private(member) if member else None, NoticeKind.REMINDER, now=now, key=key
    )
    if told is None:
        earlier = await outbox.by_key(session, key)
        await show(session, earlier.id if earlier else None, NoticeKind.REMINDER, now=now)
    return True


async def turn(session: AsyncSession, tap: Tap, *, view: str, now: datetime) -> None:
    """Show other buttons under the reminder: "list", or "pass" for which claim shall go."""
    await require(session, tap.actor_id, Deed.REVIEW)
    await show(session, tap.notice_id, NoticeKind.REMINDER, now=now, view=view)


async def extend(session: AsyncSession, tap: Tap, *, policy: Policy, now: datetime) -> int:
    """Two more hours of working time for what the actor was reminded of; for how many claims.

    Counted from now where the due time is over; a claim gets them once.

    Raises:
        Refusal: there is nothing that can get them.
    """
    await require(session, tap.actor_id, Deed.REVIEW)
    hours = await hours_of_holders(session, [tap.actor_id], since=now, policy=policy)
    own = hours[tap.actor_id]
    held = await assignments.open_ones(session, member_ids=[tap.actor_id])
    changed: list[Subject] = []
    for subject in held:
        assignment = subject[0]
        if assignment.half_reminded_at is None or assignment.reason.get("extended"):
            continue
        by = EXTENSION + working_between(own, assignment.due_at, now)
        if await move_later(
            session, assignment, by, hours=own, now=now, keeps_half=True, extended=True
        ):
            changed.append(subject)
    if not changed:
        raise Refusal("nothing_to_extend")
    for assignment, claim, _article in changed:
        await events.record(
            session,
            "assignment.extend",
            "assignment",
            assignment.id,
            at=now,
            actor_id=tap.actor_id,
            claim_id=claim.id,
        )
    await show_times(session, changed, now=now)
    await show(session, tap.notice_id, NoticeKind.REMINDER, now=now)
    return len(changed)


async def away_today(session: AsyncSession, tap: Tap, *, policy: Policy, now: datetime) -> None:
    """The actor is away for the rest of their own day; the reminder shows what that means."""
    await go_away_days(session, tap.actor_id, 1, policy=policy, now=now)
    await show(session, tap.notice_id, NoticeKind.REMINDER, now=now)
