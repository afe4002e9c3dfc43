"""One card at a time, and only one's own."""

from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import NotPermitted, Refusal
from bot.workflow.cards import close_cards, open_card, show_first, show_next, tell_why, turn_card
from bot.workflow.notices import NoticeKind
from storage import assignments, outbox
from storage.models import Assignment, Member
from storage.models.people import Role
from storage.models.work import AssignmentState
from tests.builders import HOUR, MONDAY, a_member, an_assignment
from tests.workflow.work import a_tap, said, some_claims

MINUTE = timedelta(minutes=1)


async def three_claims(session: AsyncSession) -> tuple[Member, list[Assignment]]:
    """A reviewer with three claims in hand, the first due first."""
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    _, claims = await some_claims(session, editor, 3)
    held = [
        await an_assignment(session, claim, ada, due_at=MONDAY + hours * HOUR)
        for hours, claim in enumerate(claims, 4)
    ]
    return ada, held


async def shown(session: AsyncSession) -> list[int | None]:
    """The assignments of all cards, in the order in which they were shown."""
    prompts = [
        await outbox.prompt_of(session, row.id) for row in await said(session, NoticeKind.CARD)
    ]
    return [prompt.assignment_id for prompt in prompts if prompt]


async def test_a_batch_shows_its_first_card_only_once(session: AsyncSession) -> None:
    _, held = await three_claims(session)

    await show_first(session, held, now=MONDAY)
    await show_first(session, held, now=MONDAY)

    assert await shown(session) == [held[0].id]


async def test_next_goes_round_by_due_time(session: AsyncSession) -> None:
    ada, [first, second, third] = await three_claims(session)

    for n, after in enumerate((first, second, third)):
        await show_next(session, ada.id, now=MONDAY + n * MINUTE, after=after.id)

    assert await shown(session) == [second.id, third.id, first.id]


async def test_next_after_an_answered_claim_is_the_soonest_due(session: AsyncSession) -> None:
    ada, [first, second, third] = await three_claims(session)
    await assignments.end(session, second.id, AssignmentState.DONE, now=MONDAY)

    await show_next(session, ada.id, now=MONDAY, after=second.id)

    assert await shown(session) == [first.id]
    assert third.state is AssignmentState.OPEN


async def test_a_button_pressed_twice_shows_one_card(session: AsyncSession) -> None:
    ada, [first, _, _] = await three_claims(session)

    assert await show_next(session, ada.id, now=MONDAY, after=first.id) is not None
    with pytest.raises(Refusal, match="just_shown"):
        await show_next(session, ada.id, now=MONDAY, after=first.id)
    assert await show_next(session, ada.id, now=MONDAY + MINUTE, after=first.id) is not None


async def test_with_one_claim_there_is_no_next(session: AsyncSession) -> None:
    ada, [first, second, third] = await three_claims(session)
    for one in (second, third):
        await assignments.end(session, one.id, AssignmentState.DONE, now=MONDAY)

    assert await show_next(session, ada.id, now=MONDAY, after=first.id) is None


async def test_why_me_is_answered_once_under_each_card(session: AsyncSession) -> None:
    ada, [first, *_] = await three_claims(session)

    answers = [
        await tell_why(session, a_tap(ada, message_id=message), first.id, now=MONDAY)
        for message in (7, 7, 8)
    ]

    assert answers == [True, False, True]


async def test_nobody_opens_a_card_of_somebody_else(session: AsyncSession) -> None:
    _, [first, *_] = await three_claims(session)
    ben = await a_member(session, "Ben", Role.REVIEWER)

    with pytest.raises(NotPermitted, match="not_your_claim"):
        await open_card(session, a_tap(ben), first.id, now=MONDAY)
    with pytest.raises(Refusal, match="no_such_assignment"):
        await open_card(session, a_tap(ben), first.id + 99, now=MONDAY)


async def test_a_stranger_to_the_team_opens_nothing(session: AsyncSession) -> None:
    ada, [first, *_] = await three_claims(session)
    gone = await a_member(session, "Gone")

    with pytest.raises(NotPermitted, match="not_permitted"):
        await turn_card(session, a_tap(gone), first.id, view="more", now=MONDAY)
    assert ada.id == first.reviewer_id


async def test_every_card_about_a_claim_closes(session: AsyncSession) -> None:
    ada, [first, *_] = await three_claims(session)
    for n in range(2):
        await open_card(session, a_tap(ada), first.id, now=MONDAY + n * MINUTE)
    await assignments.end(session, first.id, AssignmentState.DONE, now=MONDAY)

    await close_cards(session, first.id, now=MONDAY)

    assert len(await said(session, NoticeKind.CARD_CLOSED, op="edit")) == 2
    with pytest.raises(Refusal, match="not_open"):
        await open_card(session, a_tap(ada), first.id, now=MONDAY)
