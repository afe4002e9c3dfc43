"""Who gets a claim, when, and who hears of it."""

from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.assignment import assign, assign_at_slots, withdraw_claim
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import Policy
from storage.models import Absence, Assignment
from storage.models.claims import ClaimStatus
from storage.models.people import Role
from storage.models.work import AssignmentState
from tests.builders import DAY, HOUR, MONDAY, a_member, an_assignment
from tests.workflow.work import hands, said, some_claims

POLICY = Policy()


async def test_a_slot_hands_out_what_waits_and_shows_one_card(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    mira = await a_member(session, "Mira", Role.REVIEWER)
    _, claims = await some_claims(session, editor, 3)

    handed = await assign_at_slots(session, policy=POLICY, now=MONDAY + timedelta(seconds=20))

    assert handed == 3
    assert await hands(session) == [(1, mira.id), (2, mira.id), (3, mira.id)]
    assert len(await said(session, NoticeKind.CARD)) == 1
    assert {claim.status for claim in claims} == {ClaimStatus.ASSIGNED}


async def test_a_slot_is_handled_once(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    await a_member(session, "Mira", Role.REVIEWER)
    assert await assign_at_slots(session, policy=POLICY, now=MONDAY) == 0
    await some_claims(session, editor)

    assert await assign_at_slots(session, policy=POLICY, now=MONDAY + HOUR) == 0
    assert await assign_at_slots(session, policy=POLICY, now=MONDAY - HOUR) == 0
    assert await assign_at_slots(session, policy=POLICY, now=MONDAY + 5 * HOUR) == 1


async def test_what_is_sent_after_a_slot_waits_for_the_next(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    await a_member(session, "Mira", Role.REVIEWER)
    _, [claim] = await some_claims(session, editor)
    claim.kept_at = MONDAY + timedelta(minutes=1)
    await session.flush()

    assert await assign_at_slots(session, policy=POLICY, now=MONDAY + HOUR) == 0
    assert await assign_at_slots(session, policy=POLICY, now=MONDAY + 5 * HOUR) == 1


async def test_an_article_waits_for_its_two_people_rather_than_go_to_a_third(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    mira, olha, _marko = [
        await a_member(session, name, Role.REVIEWER) for name in ("Mira", "Olha", "Marko")
    ]
    await some_claims(session, editor, 3)
    policy = Policy(open_per_person=1)

    await assign_at_slots(session, policy=policy, now=MONDAY)
    at_first = await hands(session)
    [told] = await said(session, NoticeKind.NOBODY)
    [first, _] = (await session.exec(select(Assignment).order_by(col(Assignment.id)))).all()
    first.state = AssignmentState.DONE
    await session.flush()
    await assign_at_slots(session, policy=policy, now=MONDAY + 5 * HOUR)

    assert at_first == [(1, mira.id), (2, olha.id)]
    assert (told.facts["full"], told.facts["others_free"]) == ([mira.id, olha.id], True)
    assert await hands(session) == [(2, olha.id), (3, mira.id)]


async def test_more_than_a_call_may_hand_out_follows_in_the_next(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    await a_member(session, "Mira", Role.REVIEWER)
    await some_claims(session, editor, 3)

    handed = [await assign_at_slots(session, policy=POLICY, now=MONDAY, limit=2) for _ in "12"]

    assert handed == [2, 1]


async def test_nothing_is_handed_out_before_work_or_at_the_weekend(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    await a_member(session, "Mira", Role.REVIEWER)
    await assign_at_slots(session, policy=POLICY, now=MONDAY + 4 * DAY + 6 * HOUR)  # Friday
    await some_claims(session, editor)

    for hours in (24, 48, 71):
        later = MONDAY + 4 * DAY + timedelta(hours=hours)
        assert await assign_at_slots(session, policy=POLICY, now=later) == 0


async def test_send_now_does_not_wait_for_the_slot(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    mira = await a_member(session, "Mira", Role.REVIEWER)
    article, _ = await some_claims(session, editor)
    await some_claims(session, editor)

    assert await assign(session, policy=POLICY, now=MONDAY + HOUR, article_id=article.id) == 1
    assert await hands(session) == [(1, mira.id)]


async def test_nobody_checks_an_article_of_their_own(session: AsyncSession) -> None:
    ada = await a_member(session, "Ada", Role.EDITOR, Role.REVIEWER)
    ben = await a_member(session, "Ben", Role.REVIEWER)
    await some_claims(session, ada)

    await assign_at_slots(session, policy=POLICY, now=MONDAY)

    assert await hands(session) == [(1, ben.id)]


async def test_who_is_away_gets_nothing_unless_on_duty(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    away = await a_member(session, "Ada", Role.REVIEWER)
    back = await a_member(session, "Ben", Role.REVIEWER)
    session.add(Absence(member_id=away.id, from_at=MONDAY - DAY))
    session.add(Absence(member_id=back.id, from_at=MONDAY - DAY, until_at=MONDAY - HOUR))
    await some_claims(session, editor)

    await assign_at_slots(session, policy=POLICY, now=MONDAY)

    assert await hands(session) == [(1, back.id)]


async def test_an_article_stays_with_one_person_until_their_hands_are_full(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER, per_day=3)
    ben = await a_member(session, "Ben", Role.REVIEWER)
    await some_claims(session, editor, 5)

    await assign_at_slots(session, policy=POLICY, now=MONDAY)

    assert await hands(session) == [
        (1, ada.id),
        (2, ada.id),
        (3, ada.id),
        (4, ben.id),
        (5, ben.id),
    ]


async def test_another_article_goes_to_whoever_holds_least(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    ben = await a_member(session, "Ben", Role.REVIEWER)
    await some_claims(session, editor, 2)
    await some_claims(session, editor, 1)

    await assign_at_slots(session, policy=POLICY, now=MONDAY)

    assert await hands(session) == [(1, ada.id), (2, ada.id), (1, ben.id)]


async def test_two_readings_are_two_people(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    ben = await a_member(session, "Ben", Role.REVIEWER)
    _, claims = await some_claims(session, editor, 2)
    for claim in claims:
        claim.readers_needed = 2
    await session.flush()

    await assign_at_slots(session, policy=POLICY, now=MONDAY)

    assert await hands(session) == [(1, ada.id), (1, ben.id), (2, ada.id), (2, ben.id)]


async def test_what_matters_most_goes_first(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    await a_member(session, "Ada", Role.REVIEWER, per_day=2)
    _, plain = await some_claims(session, editor)
    _, pressing = await some_claims(session, editor, due_at=MONDAY + 6 * HOUR)
    _, first = await some_claims(session, editor)
    first[0].priority = 1
    await session.flush()

    await assign_at_slots(session, policy=POLICY, now=MONDAY)

    assert [one.status for one in (plain[0], pressing[0], first[0])] == [
        ClaimStatus.KEPT,
        ClaimStatus.ASSIGNED,
        ClaimStatus.ASSIGNED,
    ]


async def test_times_run_on_the_reviewers_clock(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    await a_member(
        session,
        "Ada",
        Role.REVIEWER,
        hours={"days": [0, 1, 2], "start": "10:00", "end": "14:00"},
        timezone="Europe/Kyiv",
    )
    await some_claims(session, editor)

    await assign_at_slots(session, policy=POLICY, now=MONDAY)

    held = (await session.exec(select(Assignment))).one()
    kyiv_ten = MONDAY - HOUR  # 10:00 in Kyiv is 08:00 UTC; at 09:00 UTC an hour is gone
    assert held.half_at == kyiv_ten + DAY + HOUR
    assert held.due_at == kyiv_ten + 2 * DAY + HOUR
    assert held.expires_at == kyiv_ten + 7 * DAY + HOUR


async def test_the_articles_own_due_time_wins_when_it_is_earlier(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    await a_member(session, "Ada", Role.REVIEWER)
    await some_claims(session, editor, due_at=MONDAY + 2 * HOUR)

    await assign_at_slots(session, policy=POLICY, now=MONDAY)

    held = (await session.exec(select(Assignment))).one()
    assert (held.half_at, held.due_at) == (MONDAY + HOUR, MONDAY + 2 * HOUR)
    assert held.expires_at == MONDAY + 6 * HOUR


async def test_when_nobody_can_take_it_the_editor_hears_once(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    away = await a_member(session, "Ada", Role.REVIEWER)
    full = await a_member(session, "Ben", Role.REVIEWER, per_day=0)
    session.add(Absence(member_id=away.id, from_at=MONDAY - DAY, until_at=MONDAY + 9 * DAY))
    _, claims = await some_claims(session, editor, 2)

    await assign_at_slots(session, policy=POLICY, now=MONDAY)
    await assign_at_slots(session, policy=POLICY, now=MONDAY + 5 * HOUR)

    [notice] = await said(session, NoticeKind.NOBODY)
    assert notice.chat_id == editor.tg_user_id
    assert notice.facts["claim_ids"] == [claim.id for claim in claims]
    assert notice.facts["full"] == [full.id]
    assert [datetime.fromisoformat(until) for _, until in notice.facts["away"]] == [
        MONDAY + 9 * DAY
    ]
    assert {claim.status for claim in claims} == {ClaimStatus.KEPT}


async def test_why_me_is_answered_from_what_was_true_then(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    await a_member(session, "Ada", Role.REVIEWER)
    await a_member(session, "Ben", Role.REVIEWER)
    await some_claims(session, editor, 2)

    await assign_at_slots(session, policy=POLICY, now=MONDAY)

    held = (await session.exec(select(Assignment).order_by(col(Assignment.id)))).all()
    assert [one.reason["why"] for one in held] == ["least", "article"]
    assert held[0].reason == {"why": "least", "load": 0, "among": 2, "how": "slot"}


async def test_a_claim_that_nobody_needs_is_taken_back(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    _, claims = await some_claims(session, editor)
    held = await an_assignment(session, claims[0], ada)

    assert await withdraw_claim(session, claims[0].id, now=MONDAY + HOUR) == 1
    assert await withdraw_claim(session, claims[0].id, now=MONDAY + HOUR) == 0

    await session.refresh(held)
    assert held.state is AssignmentState.WITHDRAWN
