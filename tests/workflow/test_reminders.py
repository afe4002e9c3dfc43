"""Reminders: one message per person and slot, each step of each claim once."""

from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import Policy
from bot.workflow.reminders import away_today, extend, remind
from bot.workflow.retiming import retime
from storage import assignments, members
from storage.models import Absence, Assignment, Member
from storage.models.people import AbsenceKind, Role
from tests.builders import DAY, HOUR, MONDAY, a_member, an_assignment
from tests.workflow.work import a_tap, said, some_claims

POLICY = Policy()
HALF, DUE = MONDAY + 4 * HOUR, MONDAY + 8 * HOUR


async def held_claims(
    session: AsyncSession, count: int = 1, **fields: Any
) -> tuple[Member, list[Assignment]]:
    """A reviewer with so many claims in hand since MONDAY."""
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    _, claims = await some_claims(session, editor, count)
    return ada, [await an_assignment(session, claim, ada, **fields) for claim in claims]


async def test_half_time_and_due_time_are_reminded_of_once(session: AsyncSession) -> None:
    await held_claims(session)

    counts = [
        await remind(session, policy=POLICY, now=at)
        for at in (HALF - HOUR, HALF, HALF + HOUR, DUE, DUE + HOUR)
    ]

    assert counts == [0, 1, 0, 1, 0]


async def test_one_message_lists_everything(session: AsyncSession) -> None:
    ada, _ = await held_claims(session, 3)

    assert await remind(session, policy=POLICY, now=HALF) == 1

    assert [row.chat_id for row in await said(session, NoticeKind.REMINDER)] == [ada.tg_user_id]


async def test_a_second_step_in_the_same_slot_edits_the_first_message(
    session: AsyncSession,
) -> None:
    _, [first, second] = await held_claims(session, 2)
    second.half_at = HALF + 2 * HOUR
    first.half_at = HALF + HOUR  # the slot is 14:00, five hours after MONDAY
    await session.flush()

    await remind(session, policy=POLICY, now=HALF + HOUR)
    await remind(session, policy=POLICY, now=HALF + 2 * HOUR)

    [sent] = await said(session, NoticeKind.REMINDER)
    [edit] = await said(session, NoticeKind.REMINDER, op="edit")
    assert edit.target_id == sent.id


async def test_the_next_slot_brings_a_new_message(session: AsyncSession) -> None:
    await held_claims(session)

    await remind(session, policy=POLICY, now=HALF)  # the slot of 09:00
    await remind(session, policy=POLICY, now=DUE)  # that of 14:00

    assert len(await said(session, NoticeKind.REMINDER)) == 2


async def test_a_clock_that_was_set_back_reminds_of_nothing_again(session: AsyncSession) -> None:
    await held_claims(session)
    await remind(session, policy=POLICY, now=DUE)

    assert await remind(session, policy=POLICY, now=HALF) == 0
    assert await remind(session, policy=POLICY, now=DUE) == 0


async def test_who_is_away_is_reminded_when_back(session: AsyncSession) -> None:
    ada, _ = await held_claims(session)
    await members.add_absence(session, Absence(member_id=ada.id, from_at=MONDAY, until_at=DUE))

    assert await remind(session, policy=POLICY, now=HALF) == 0
    assert await remind(session, policy=POLICY, now=DUE) == 1


async def test_two_hours_more_are_given_once(session: AsyncSession) -> None:
    ada, [held] = await held_claims(session)
    await remind(session, policy=POLICY, now=HALF)

    assert await extend(session, a_tap(ada), policy=POLICY, now=HALF) == 1
    with pytest.raises(Refusal, match="nothing_to_extend"):
        await extend(session, a_tap(ada), policy=POLICY, now=HALF)

    await session.refresh(held)
    assert held.due_at == MONDAY + DAY + HOUR  # work ends at 18:00, an hour after the due time
    assert held.expires_at == MONDAY + DAY + 2 * HOUR


async def test_more_time_for_overdue_work_counts_from_now(session: AsyncSession) -> None:
    ada, [held] = await held_claims(session, half_at=MONDAY, due_at=MONDAY + HOUR)
    await remind(session, policy=POLICY, now=MONDAY + 3 * HOUR)

    await extend(session, a_tap(ada), policy=POLICY, now=MONDAY + 3 * HOUR)

    await session.refresh(held)
    assert held.due_at == MONDAY + 5 * HOUR
    assert await remind(session, policy=POLICY, now=MONDAY + 4 * HOUR) == 0
    assert await remind(session, policy=POLICY, now=MONDAY + 5 * HOUR) == 1


async def test_away_today_stops_the_clock_until_midnight(session: AsyncSession) -> None:
    ada, [held] = await held_claims(session)
    await members.add_absence(
        session,
        Absence(member_id=ada.id, kind=AbsenceKind.ON_DUTY, from_at=MONDAY, until_at=DUE),
    )

    await away_today(session, a_tap(ada), policy=POLICY, now=MONDAY + 2 * HOUR)

    [_, absence] = await members.absences_of(session, [ada.id], since=MONDAY)
    assert absence.until_at == MONDAY + 15 * HOUR
    await session.refresh(held)
    assert held.due_at == MONDAY + DAY + 6 * HOUR


async def test_changed_hours_change_the_times(session: AsyncSession) -> None:
    ada, [held] = await held_claims(session)
    ada.hours = {"start": "09:00", "end": "13:00"}
    await session.flush()

    assert await retime(session, ada.id, policy=POLICY, now=MONDAY + HOUR) == 1
    assert await retime(session, ada.id, policy=POLICY, now=MONDAY + HOUR) == 0

    held = (await assignments.get(session, held.id)) or held
    assert (held.half_at, held.due_at) == (HALF, MONDAY + DAY + 4 * HOUR)
