"""Passing on, handing over, giving back."""

from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import NotPermitted, Refusal
from bot.workflow.assignment import assign_at_slots
from bot.workflow.cards import show_next
from bot.workflow.handover import give_back, hand_over
from bot.workflow.notices import NoticeKind
from bot.workflow.overdue import tell_due
from bot.workflow.passing import PassReason, pass_on
from bot.workflow.policy import Policy
from storage import assignments, members
from storage.models import Absence, Article, Assignment, Claim, Member
from storage.models.claims import ClaimStatus
from storage.models.people import Role
from storage.models.talking import OutboxState
from storage.models.work import AssignmentState
from tests.builders import DAY, HOUR, MONDAY, a_member, an_assignment
from tests.workflow.work import a_tap, hands, said, some_claims

POLICY = Policy()
LATE = MONDAY + 12 * HOUR  # the grace time of an_assignment() is over


async def held_claim(
    session: AsyncSession, holder: Member, editor: Member, **fields: Any
) -> tuple[Assignment, Claim, Article]:
    """A claim in this person's hands since MONDAY."""
    article, [claim] = await some_claims(session, editor)
    claim.status = ClaimStatus.ASSIGNED
    return await an_assignment(session, claim, holder, **fields), claim, article


async def two_reviewers(session: AsyncSession) -> tuple[Member, Member, Member]:
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    ben = await a_member(session, "Ben", Role.REVIEWER)
    return editor, ada, ben


async def test_a_passed_claim_is_with_somebody_else_at_once(session: AsyncSession) -> None:
    editor, ada, ben = await two_reviewers(session)
    held, _, _ = await held_claim(session, ada, editor)

    moved = await pass_on(
        session, a_tap(ada), held.id, PassReason.NO_TIME, policy=POLICY, now=MONDAY + HOUR
    )

    assert moved
    assert await hands(session) == [(1, ben.id)]
    await session.refresh(held)
    assert (held.state, held.pass_reason) == (AssignmentState.PASSED, "no_time")
    assert [row.chat_id for row in await said(session, NoticeKind.CARD)] == [ben.tg_user_id]
    assert await said(session, NoticeKind.NOBODY) == []


async def test_a_passed_claim_never_comes_back_in_the_same_round(session: AsyncSession) -> None:
    editor, ada, ben = await two_reviewers(session)
    held, claim, _ = await held_claim(session, ada, editor)
    await pass_on(session, a_tap(ada), held.id, PassReason.UNCLEAR, policy=POLICY, now=MONDAY)
    [now_held] = await assignments.open_of(session, ben.id)

    moved = await pass_on(
        session, a_tap(ben), now_held.id, PassReason.LANGUAGE, policy=POLICY, now=MONDAY + HOUR
    )

    assert not moved
    assert await hands(session) == []
    await session.refresh(claim)
    assert claim.status is ClaimStatus.KEPT
    [notice] = await said(session, NoticeKind.NOBODY)
    assert notice.facts["had"] == [ada.id, ben.id]
    assert await assign_at_slots(session, policy=POLICY, now=MONDAY + 5 * HOUR) == 0


async def test_only_its_holder_passes_a_claim_and_only_while_it_is_open(
    session: AsyncSession,
) -> None:
    editor, ada, ben = await two_reviewers(session)
    held, _, _ = await held_claim(session, ada, editor)

    with pytest.raises(NotPermitted):
        await pass_on(session, a_tap(ben), held.id, PassReason.NO_TIME, policy=POLICY, now=MONDAY)
    await pass_on(session, a_tap(ada), held.id, PassReason.NO_TIME, policy=POLICY, now=MONDAY)
    with pytest.raises(Refusal, match="not_open"):
        await pass_on(session, a_tap(ada), held.id, PassReason.NO_TIME, policy=POLICY, now=MONDAY)


async def test_after_the_grace_time_somebody_else_gets_it_and_all_are_told(
    session: AsyncSession,
) -> None:
    editor, ada, ben = await two_reviewers(session)
    held, _, _ = await held_claim(session, ada, editor)
    await show_next(session, ada.id, now=MONDAY, after=None)

    assert await hand_over(session, policy=POLICY, now=LATE - HOUR) == 0
    assert await hand_over(session, policy=POLICY, now=LATE) == 1
    assert await hand_over(session, policy=POLICY, now=LATE) == 0

    assert await hands(session) == [(1, ben.id)]
    [new] = await assignments.open_of(session, ben.id)
    assert (new.previous_id, new.reason["how"]) == (held.id, "overdue")
    await session.refresh(held)
    assert held.state is AssignmentState.EXPIRED
    assert [row.chat_id for row in await said(session, NoticeKind.HANDED_OVER)] == [ada.tg_user_id]
    assert len(await said(session, NoticeKind.CARD_CLOSED, op="edit")) == 1
    assert [row.chat_id for row in await said(session, NoticeKind.OVERDUE)] == [editor.tg_user_id]


async def test_without_anybody_else_the_holder_keeps_it_and_the_editor_hears_once(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    await held_claim(session, ada, editor)

    for hours in range(3):
        assert await hand_over(session, policy=POLICY, now=LATE + hours * HOUR) == 0

    assert await hands(session) == [(1, ada.id)]
    [notice] = await said(session, NoticeKind.OVERDUE)
    assert len(notice.facts["assignment_ids"]) == 1
    assert await said(session, NoticeKind.HANDED_OVER) == []


async def test_the_editor_hears_when_it_is_due_and_the_same_message_tells_of_the_hand_over(
    session: AsyncSession,
) -> None:
    editor, ada, ben = await two_reviewers(session)
    held, _, _ = await held_claim(session, ada, editor)
    due_at = MONDAY + 8 * HOUR

    assert await tell_due(session, policy=POLICY, now=due_at) == 0
    assert await tell_due(session, policy=POLICY, now=due_at + HOUR) == 1
    assert await tell_due(session, policy=POLICY, now=due_at + 2 * HOUR) == 0
    await hand_over(session, policy=POLICY, now=LATE)
    await hand_over(session, policy=POLICY, now=LATE + HOUR)

    [told] = await said(session, NoticeKind.OVERDUE)
    [edited] = await said(session, NoticeKind.OVERDUE, op="edit")
    assert (told.chat_id, told.facts["assignment_ids"]) == (editor.tg_user_id, [held.id])
    assert edited.target_id == told.id
    assert await hands(session) == [(1, ben.id)]


async def test_that_nobody_else_is_free_is_told_in_the_same_message_once(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    await held_claim(session, ada, editor)
    await tell_due(session, policy=POLICY, now=LATE - HOUR)

    await hand_over(session, policy=POLICY, now=LATE)
    [edited] = await said(session, NoticeKind.OVERDUE, op="edit")
    edited.state = OutboxState.SENT
    await session.flush()
    await hand_over(session, policy=POLICY, now=LATE + HOUR)

    assert len(await said(session, NoticeKind.OVERDUE, op="edit")) == 1


async def test_a_short_absence_takes_nothing_away(session: AsyncSession) -> None:
    editor, ada, _ = await two_reviewers(session)
    await held_claim(session, ada, editor)
    away = Absence(member_id=ada.id, from_at=MONDAY, until_at=MONDAY + 3 * HOUR)
    await members.add_absence(session, away)

    assert await hand_over(session, policy=POLICY, now=MONDAY + HOUR) == 0


@pytest.mark.parametrize("until_at", [MONDAY + 7 * DAY, None])
async def test_a_long_absence_hands_over_at_once(session: AsyncSession, until_at: Any) -> None:
    editor, ada, ben = await two_reviewers(session)
    await held_claim(session, ada, editor)
    await members.add_absence(session, Absence(member_id=ada.id, from_at=MONDAY, until_at=until_at))

    assert await hand_over(session, policy=POLICY, now=MONDAY + HOUR) == 1

    assert await hands(session) == [(1, ben.id)]
    [notice] = await said(session, NoticeKind.HANDED_OVER)
    assert notice.facts["how"] == "away"
    assert await said(session, NoticeKind.OVERDUE) == []


async def test_who_left_the_team_holds_nothing(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    _, claim, _ = await held_claim(session, ada, editor)
    await members.leave(session, ada.id)
    await session.refresh(ada)

    await hand_over(session, policy=POLICY, now=MONDAY + HOUR)

    await session.refresh(claim)
    assert (await hands(session), claim.status) == ([], ClaimStatus.KEPT)


async def handed_over(session: AsyncSession) -> tuple[Assignment, Assignment]:
    """(the old, the new) assignment of a claim that was handed over."""
    editor, ada, ben = await two_reviewers(session)
    held, _, _ = await held_claim(session, ada, editor)
    await hand_over(session, policy=POLICY, now=LATE)
    [new] = await assignments.open_of(session, ben.id)
    await session.refresh(held)
    return held, new


async def test_a_late_answer_brings_an_unbegun_claim_back(session: AsyncSession) -> None:
    old, new = await handed_over(session)

    assert await give_back(session, old, policy=POLICY, now=LATE + HOUR)

    assert await hands(session) == [(1, old.reviewer_id)]
    await session.refresh(new)
    assert new.state is AssignmentState.WITHDRAWN
    assert old.due_at == MONDAY + DAY + 8 * HOUR  # eight working hours from that evening on
    assert old.closed_at is None


async def test_a_claim_that_was_begun_stays_with_its_new_holder(session: AsyncSession) -> None:
    old, new = await handed_over(session)
    await assignments.begin(session, new.id, LATE)

    assert not await give_back(session, old, policy=POLICY, now=LATE + HOUR)
    assert await hands(session) == [(1, new.reviewer_id)]


async def test_a_claim_that_was_answered_does_not_come_back(session: AsyncSession) -> None:
    old, new = await handed_over(session)
    await assignments.end(session, new.id, AssignmentState.DONE, now=LATE)

    assert not await give_back(session, old, policy=POLICY, now=LATE + HOUR)


async def test_a_passed_claim_that_nobody_took_comes_back_too(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    held, claim, _ = await held_claim(session, ada, editor)
    await pass_on(session, a_tap(ada), held.id, PassReason.NO_TIME, policy=POLICY, now=MONDAY)
    await session.refresh(held)

    assert await give_back(session, held, policy=POLICY, now=MONDAY + HOUR)

    await session.refresh(claim)
    assert claim.status is ClaimStatus.ASSIGNED


async def test_every_step_is_on_record(session: AsyncSession) -> None:
    old, new = await handed_over(session)
    await give_back(session, old, policy=POLICY, now=LATE + HOUR)

    history = (await session.exec(select(Assignment).order_by(col(Assignment.id)))).all()

    assert [(one.id, one.state.value) for one in history] == [
        (old.id, "open"),
        (new.id, "withdrawn"),
    ]
