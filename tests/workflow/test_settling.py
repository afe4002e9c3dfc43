"""When readings settle a claim, what they amount to, and what happens when one changes."""

import asyncio

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.notices import NoticeKind
from bot.workflow.policy import UNDO_TIME
from bot.workflow.settling import reconsider, settle
from storage.database import Sessions, database_url
from storage.models import Outbox
from storage.models.claims import Action, ActionDone, ClaimStatus, Rating, SourceCheck
from storage.models.intake import ArticleState
from storage.models.work import AssignmentState
from tests.builders import HOUR, MONDAY, a_claim
from tests.workflow.judging import OTHER_QUOTE, POLICY, a_case


async def test_nothing_is_settled_while_an_answer_can_be_taken_back(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE)

    assert await settle(session, policy=POLICY, now=MONDAY + UNDO_TIME / 2) == 0

    await session.refresh(case.claim)
    assert case.claim.status is ClaimStatus.ASSIGNED


async def test_a_claim_that_cannot_be_settled_keeps_no_other_from_it(
    session: AsyncSession, caplog: pytest.LogCaptureFixture
) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE)
    broken = await a_claim(
        session,
        case.version,
        OTHER_QUOTE,
        number=2,
        status=ClaimStatus.ASSIGNED,
        readers_needed=0,  # nothing can be made of no readings
        settle_at=MONDAY,
    )

    assert await settle(session, policy=POLICY, now=MONDAY + UNDO_TIME) == 1

    await session.refresh(case.claim)
    await session.refresh(broken)
    assert case.claim.verdict is Rating.FALSE
    assert (broken.status, broken.settle_at) == (ClaimStatus.ASSIGNED, MONDAY)  # tried again later
    assert "one of a sweep failed" in caplog.text


async def test_a_false_claim_is_decided_once_and_its_editor_hears_at_once(
    session: AsyncSession,
) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE)

    assert await settle(session, policy=POLICY, now=MONDAY + UNDO_TIME) == 1
    assert await settle(session, policy=POLICY, now=MONDAY + UNDO_TIME) == 0

    await session.refresh(case.claim)
    assert (case.claim.status, case.claim.verdict) == (ClaimStatus.DECIDED, Rating.FALSE)
    assert case.claim.action is Action.FIX_WORDING
    assert case.claim.decided_at == MONDAY + UNDO_TIME
    assert await case.outcomes() == [(1, Rating.FALSE, "agreement")]
    (alert,) = await case.told(NoticeKind.ALERT)
    assert alert.chat_id == case.editor.tg_user_id


@pytest.mark.parametrize("rating", [Rating.TRUE, Rating.MOSTLY_TRUE, Rating.OPINION])
async def test_a_claim_that_leaves_nothing_to_do_is_cleared_at_once(
    session: AsyncSession, rating: Rating
) -> None:
    case = await a_case(session)
    await case.answers(0, rating)

    claim = await case.settles()

    assert (claim.status, claim.action) == (ClaimStatus.CLEARED, Action.OK)
    assert claim.cleared_at == MONDAY + UNDO_TIME
    assert await case.told(NoticeKind.ALERT) == []


@pytest.mark.parametrize(
    ("rating", "action"),
    [
        (Rating.MISLEADING, Action.FIX_WORDING),
        (Rating.OUTDATED, Action.FIX_WORDING),
        (Rating.UNVERIFIABLE, Action.ADD_SOURCE),
    ],
)
async def test_other_verdicts_block_until_something_is_done(
    session: AsyncSession, rating: Rating, action: Action
) -> None:
    case = await a_case(session)
    await case.answers(0, rating)

    claim = await case.settles()

    assert (claim.status, claim.action) == (ClaimStatus.DECIDED, action)


async def test_one_of_two_readings_is_not_enough(session: AsyncSession) -> None:
    case = await a_case(session, readers=2)
    await case.answers(0, Rating.TRUE)

    claim = await case.settles()

    assert (claim.status, claim.verdict) == (ClaimStatus.SECOND_REVIEW, None)
    assert await case.outcomes() == []


async def test_true_and_mostly_true_agree_and_that_is_noted(session: AsyncSession) -> None:
    case = await a_case(session, readers=2)
    await case.answers(0, Rating.TRUE)
    await case.answers(1, Rating.MOSTLY_TRUE)

    claim = await case.settles()

    assert (claim.status, claim.verdict) == (ClaimStatus.CLEARED, Rating.MOSTLY_TRUE)
    assert await case.outcomes() == [(1, Rating.MOSTLY_TRUE, "agreement")]


async def test_any_other_difference_is_disputed(session: AsyncSession) -> None:
    case = await a_case(session, readers=2)
    await case.answers(0, Rating.MOSTLY_TRUE)
    await case.answers(1, Rating.MISLEADING)

    claim = await case.settles()

    assert (claim.status, claim.verdict) == (ClaimStatus.DISPUTED, None)
    assert len(await case.told(NoticeKind.DISPUTE)) == 1
    assert await case.told(NoticeKind.ALERT) == []


async def test_what_the_cited_source_says_is_taken_from_the_worst_reading(
    session: AsyncSession,
) -> None:
    case = await a_case(session, readers=2)
    await case.answers(0, Rating.TRUE, source_check=SourceCheck.SUPPORTS)
    await case.answers(1, Rating.TRUE, source_check=SourceCheck.PARTLY)

    assert (await case.settles()).source_check is SourceCheck.PARTLY


async def test_a_changed_verdict_is_a_further_outcome_and_the_editor_hears(
    session: AsyncSession,
) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.TRUE)
    await case.settles()
    await case.answers(0, Rating.FALSE, at=MONDAY + HOUR)

    await reconsider(session, case.claim.id, policy=POLICY, now=MONDAY + HOUR)

    await session.refresh(case.claim)
    assert (case.claim.status, case.claim.verdict) == (ClaimStatus.DECIDED, Rating.FALSE)
    assert case.claim.cleared_at is None
    assert await case.outcomes() == [
        (1, Rating.TRUE, "agreement"),
        (2, Rating.FALSE, "agreement"),
    ]
    assert len(await case.told(NoticeKind.CHANGED_VERDICT)) == 1
    assert await case.told(NoticeKind.ALERT) == []


async def test_better_words_for_the_same_verdict_change_no_outcome(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE)
    await case.settles()
    later = MONDAY + HOUR
    await case.answers(
        0, Rating.FALSE, at=later, explanation="p. 3", source_check=SourceCheck.CONTRADICTS
    )

    await reconsider(session, case.claim.id, policy=POLICY, now=later)

    await session.refresh(case.claim)
    assert case.claim.source_check is SourceCheck.CONTRADICTS
    assert len(await case.outcomes()) == 1
    assert await case.told(NoticeKind.CHANGED_VERDICT) == []


async def test_a_withdrawn_verdict_reopens_the_claim(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE)
    await case.settles()
    await case.answers(0, None, at=MONDAY + HOUR)

    await reconsider(session, case.claim.id, policy=POLICY, now=MONDAY + HOUR)

    await session.refresh(case.claim)
    assert (case.claim.status, case.claim.verdict) == (ClaimStatus.ASSIGNED, None)
    assert (await case.outcomes())[-1] == (2, None, "reopened")
    assert len(await case.told(NoticeKind.CHANGED_VERDICT)) == 1


async def test_a_withdrawn_verdict_that_nobody_holds_waits_for_a_reviewer(
    session: AsyncSession,
) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE)
    await case.settles()
    await case.answers(0, None, at=MONDAY + HOUR)
    case.assignments[0].state = AssignmentState.WITHDRAWN
    await session.flush()

    await reconsider(session, case.claim.id, policy=POLICY, now=MONDAY + HOUR)

    await session.refresh(case.claim)
    assert case.claim.status is ClaimStatus.KEPT


async def test_readers_who_come_to_agree_end_a_dispute(session: AsyncSession) -> None:
    case = await a_case(session, readers=2)
    await case.answers(0, Rating.TRUE)
    await case.answers(1, Rating.FALSE)
    await case.settles()
    await case.answers(1, Rating.TRUE, at=MONDAY + HOUR)

    await reconsider(session, case.claim.id, policy=POLICY, now=MONDAY + HOUR)

    await session.refresh(case.claim)
    assert (case.claim.status, case.claim.verdict) == (ClaimStatus.CLEARED, Rating.TRUE)


async def test_readers_who_come_to_differ_reopen_a_decided_claim(session: AsyncSession) -> None:
    case = await a_case(session, readers=2)
    await case.answers(0, Rating.TRUE)
    await case.answers(1, Rating.TRUE)
    await case.settles()
    await case.answers(1, Rating.FALSE, at=MONDAY + HOUR)

    await reconsider(session, case.claim.id, policy=POLICY, now=MONDAY + HOUR)

    await session.refresh(case.claim)
    assert (case.claim.status, case.claim.verdict) == (ClaimStatus.DISPUTED, None)
    assert [how for _n, _rating, how in await case.outcomes()] == ["agreement", "reopened"]
    assert len(await case.told(NoticeKind.DISPUTE)) == 1


async def test_the_summary_comes_once_when_the_last_sent_claim_is_decided(
    session: AsyncSession,
) -> None:
    case = await a_case(session)
    await a_claim(session, case.version, OTHER_QUOTE, number=2)  # never sent: no work
    await case.answers(0, Rating.FALSE)

    await case.settles()
    await case.answers(0, Rating.TRUE, at=MONDAY + HOUR)
    await reconsider(session, case.claim.id, policy=POLICY, now=MONDAY + HOUR)

    assert len(await case.told(NoticeKind.ARTICLE)) == 1
    await session.refresh(case.article)
    assert case.article.state is ArticleState.CLEARED


async def test_no_summary_comes_while_a_sent_claim_is_open(session: AsyncSession) -> None:
    case = await a_case(session)
    await a_claim(
        session, case.version, OTHER_QUOTE, number=2, status=ClaimStatus.KEPT, kept_at=MONDAY
    )
    await case.answers(0, Rating.FALSE)

    await case.settles()

    assert await case.told(NoticeKind.ARTICLE) == []
    await session.refresh(case.article)
    assert case.article.state is ArticleState.OPEN


async def test_a_dropped_claim_is_not_settled(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE)
    case.claim.status = ClaimStatus.DROPPED
    await session.flush()

    claim = await case.settles()

    assert (claim.status, claim.verdict) == (ClaimStatus.DROPPED, None)


async def test_two_processes_settle_a_claim_once(database: str) -> None:
    one, other = Sessions(database_url(database)), Sessions(database_url(database))
    async with one.begin() as session:
        case = await a_case(session)
        await case.answers(0, Rating.FALSE)

    async def sweep(sessions: Sessions) -> int:
        async with sessions.begin() as session:
            return await settle(session, policy=POLICY, now=MONDAY + UNDO_TIME)

    settled = await asyncio.gather(sweep(one), sweep(other))

    assert sorted(settled) == [0, 1]
    async with one.read() as session:
        alerts = select(Outbox).where(Outbox.kind == NoticeKind.ALERT.value)
        assert len((await session.exec(alerts)).all()) == 1
    await one.close()
    await other.close()


@pytest.mark.parametrize(
    ("check", "action"),
    [
        (SourceCheck.CONTRADICTS, Action.FIX_WORDING),
        (SourceCheck.PARTLY, Action.FIX_WORDING),
        (SourceCheck.OFF_TOPIC, Action.ADD_SOURCE),
    ],
)
async def test_what_is_true_but_wrongly_credited_blocks_and_its_editor_hears(
    session: AsyncSession, check: SourceCheck, action: Action
) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.TRUE, source_check=check)

    claim = await case.settles()

    assert (claim.status, claim.verdict, claim.action) == (ClaimStatus.DECIDED, Rating.TRUE, action)
    assert len(await case.told(NoticeKind.ALERT)) == 1


async def test_what_the_source_says_may_block_a_claim_that_was_clear(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.TRUE)
    assert (await case.settles()).status is ClaimStatus.CLEARED
    checks = (SourceCheck.CONTRADICTS, SourceCheck.SUPPORTS)
    states = []

    for hours, check in enumerate(checks, 1):
        at = MONDAY + hours * HOUR
        await case.answers(0, Rating.TRUE, at=at, source_check=check)
        await reconsider(session, case.claim.id, policy=POLICY, now=at)
        await session.refresh(case.claim)
        states.append((case.claim.status, case.claim.action_done))

    assert states == [
        (ClaimStatus.DECIDED, None),
        (ClaimStatus.CLEARED, ActionDone.NOTHING_TO_DO),
    ]
    assert len(await case.told(NoticeKind.ALERT)) == 1
