"""Time that the desk was down takes nothing from anybody."""

from datetime import timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.handover import hand_over
from bot.workflow.notices import NoticeKind
from bot.workflow.outage import note_alive
from bot.workflow.policy import Policy
from bot.workflow.reminders import remind
from storage.models import Assignment, Member
from storage.models.people import Role
from tests.builders import DAY, HOUR, MONDAY, a_member, an_assignment
from tests.workflow.work import said, some_claims

POLICY = Policy()
MINUTE = timedelta(minutes=1)


async def held_claim(
    session: AsyncSession, name: str = "Ada", **member: Any
) -> tuple[Member, Assignment]:
    editor = await a_member(session, "Ed", Role.EDITOR)
    holder = await a_member(session, name, Role.REVIEWER, **member)
    _, [claim] = await some_claims(session, editor)
    return holder, await an_assignment(session, claim, holder)


async def test_a_gap_moves_all_times_by_the_working_time_lost(session: AsyncSession) -> None:
    ada, held = await held_claim(session)
    await note_alive(session, policy=POLICY, now=MONDAY + HOUR)

    assert await note_alive(session, policy=POLICY, now=MONDAY + 3 * HOUR) == 1

    await session.refresh(held)
    assert held.half_at == MONDAY + 6 * HOUR
    assert held.due_at == MONDAY + DAY + HOUR
    [notice] = await said(session, NoticeKind.CATCH_UP)
    assert (notice.chat_id, notice.facts["open"]) == (ada.tg_user_id, 1)
    assert notice.facts["more_s"] == 2 * 3600


async def test_a_short_pause_is_no_outage(session: AsyncSession) -> None:
    _, held = await held_claim(session)
    for minutes in (0, 9, 19):
        assert await note_alive(session, policy=POLICY, now=MONDAY + minutes * MINUTE) == 0
    await session.refresh(held)
    assert held.due_at == MONDAY + 8 * HOUR


async def test_slow_ticks_are_no_outage(session: AsyncSession) -> None:
    await held_claim(session)
    await note_alive(session, policy=POLICY, now=MONDAY)

    moved = await note_alive(session, policy=POLICY, now=MONDAY + HOUR, every=20 * MINUTE)

    assert moved == 0


async def test_a_night_without_the_desk_costs_and_says_nothing(session: AsyncSession) -> None:
    _, held = await held_claim(session)
    await note_alive(session, policy=POLICY, now=MONDAY + 9 * HOUR)

    assert await note_alive(session, policy=POLICY, now=MONDAY + DAY) == 0

    assert await said(session, NoticeKind.CATCH_UP) == []
    await session.refresh(held)
    assert held.due_at == MONDAY + 8 * HOUR


async def test_after_a_day_everybody_hears_of_the_hours_that_are_missing(
    session: AsyncSession,
) -> None:
    people = [await a_member(session, role.value, role) for role in Role]
    await note_alive(session, policy=POLICY, now=MONDAY)

    await note_alive(session, policy=POLICY, now=MONDAY + 3 * DAY)

    notices = await said(session, NoticeKind.CATCH_UP)
    assert {notice.chat_id for notice in notices} == {one.tg_user_id for one in people}
    assert len(notices) == len(people)


async def test_an_outage_over_the_due_time_reminds_nobody_early(session: AsyncSession) -> None:
    await held_claim(session)
    await note_alive(session, policy=POLICY, now=MONDAY + HOUR)
    back = MONDAY + DAY + 4 * HOUR  # eight hours of Monday and four of Tuesday are lost

    await note_alive(session, policy=POLICY, now=back)

    assert await remind(session, policy=POLICY, now=back) == 0
    assert await hand_over(session, policy=POLICY, now=back) == 0


async def test_a_clock_that_was_set_back_is_no_outage(session: AsyncSession) -> None:
    _, held = await held_claim(session)
    for at in (MONDAY + 3 * HOUR, MONDAY + HOUR, MONDAY + HOUR + MINUTE):
        assert await note_alive(session, policy=POLICY, now=at) == 0
    await session.refresh(held)
    assert held.due_at == MONDAY + 8 * HOUR
