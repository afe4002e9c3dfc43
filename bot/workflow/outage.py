"""Time that the desk was down, or without Telegram, takes nothing from anybody."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.hours.wall import as_utc
from bot.workflow.hours.working import working_between
from bot.workflow.notices import NoticeKind, private, tell
from bot.workflow.policy import Policy
from bot.workflow.pool import hours_of_holders
from bot.workflow.retiming import Subject, move_later, show_times
from storage import assignments, events, members, ticks
from storage.models.people import Role

ALIVE = "alive"
SHORTEST = timedelta(minutes=10)  # a shorter pause costs nobody anything worth telling
MISSED_TICKS = 5
TELEGRAM_KEEPS = timedelta(hours=24)  # older updates are gone before we can ask for them


async def note_alive(
    session: AsyncSession,
    *,
    policy: Policy,
    now: datetime,
    every: timedelta = timedelta(seconds=20),
) -> int:
    """Note that the desk can be talked to; after a gap, give everybody the working time back.

    `every` is the time between two ticks. How many claims got later times; nothing happens when
    the clock was set back.
    """
    mark = await ticks.take_turn(session, ALIVE, start=now)
    seen_at = mark.seen_at
    await ticks.be_seen(session, ALIVE, now)
    if seen_at is None or now - seen_at <= max(SHORTEST, MISSED_TICKS * every):
        return 0
    return await _make_up(session, seen_at, policy=policy, now=now)


async def _make_up(
    session: AsyncSession, down_from: datetime, *, policy: Policy, now: datetime
) -> int:
    held = await assignments.open_ones(session)
    holders = {assignment.reviewer_id for assignment, _claim, _article in held}
    hours = await hours_of_holders(session, holders, since=down_from, policy=policy)
    lost: dict[int, list[timedelta]] = {}
    changed: list[Subject] = []
    for subject in held:
        assignment = subject[0]
        own = hours[assignment.reviewer_id]
        by = working_between(own, max(down_from, assignment.opened_at), now)
        if by and await move_later(session, assignment, by, hours=own, now=now):
            lost.setdefault(assignment.reviewer_id, []).append(by)
            changed.append(subject)
    await show_times(session, changed, now=now)
    await events.record(
        session,
        "desk.outage",
        "desk",
        (await members.the_desk(session)).id,
        at=now,
        down_from=as_utc(down_from).isoformat(),
        claims=len(changed),
    )
    await _tell(session, lost, down_from=down_from, now=now)
    return len(changed)


async def _tell(
    session: AsyncSession, lost: dict[int, list[timedelta]], *, down_from: datetime, now: datetime
) -> None:
    """One message to each who lost time; after more than a day to all, who may have sent things."""
    is_long = now - down_from > TELEGRAM_KEEPS
    everybody = await members.with_role(session, *Role) if is_long else []
    gap = {"from": down_from.isoformat(), "to": now.isoformat()}
    for member_id in sorted({*lost, *(member.id for member in everybody)}):
        member = await members.get(session, member_id)
        given = lost.get(member_id, [])
        more_s = int(max(given, default=timedelta(0)).total_seconds())
        facts: dict[str, Any] = {**gap, "open": len(given), "more_s": more_s}
        await tell(
            session,
            private(member) if member else None,
            NoticeKind.CATCH_UP,
            now=now,
            key=f"catch_up/{as_utc(down_from):%Y-%m-%dT%H:%M:%S}/{member_id}",
            **facts,
        )
