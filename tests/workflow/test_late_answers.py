"""A late answer is never refused: the claim comes back, or it is kept as an extra reading."""

from datetime import timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.cards import open_card
from bot.workflow.handover import hand_over
from bot.workflow.notices import NoticeKind
from bot.workflow.settling import settle
from bot.workflow.verdicts import held, taps
from storage import assignments, inputs, outbox
from storage.models import Assignment, Member, Outbox
from storage.models.claims import ClaimStatus, Rating
from storage.models.people import Role
from storage.models.work import AssignmentState, EvidenceKind, VerdictKind
from tests.builders import DAY, HOUR, a_member, an_assignment
from tests.workflow.reviewing import PHOTO, POLICY, Reviewing, a_reviewing
from tests.workflow.work import said

ANSWER = "False. https://stats.example/q3"


async def test_a_late_answer_takes_back_what_nobody_began(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    _marko, new = await handed_over(desk)

    await desk.replies(ANSWER)

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.kind is VerdictKind.GIVEN
    await session.refresh(new)
    await session.refresh(desk.assignments[0])
    assert (new.state, desk.assignments[0].state) == (
        AssignmentState.WITHDRAWN,
        AssignmentState.DONE,
    )
    assert await fates(desk) == ["came_back"]


async def test_a_late_answer_to_what_somebody_began_is_an_extra_reading(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    _marko, new = await handed_over(desk)
    await assignments.begin(session, new.id, desk.now)

    await desk.replies(ANSWER)

    verdict = await desk.counts()
    assert verdict is not None
    assert (verdict.kind, verdict.rating) == (VerdictKind.EXTRA, Rating.FALSE)
    assert await fates(desk) == ["extra"]
    assert await desk.said_to(desk.editor) == [NoticeKind.EXTRA_READING]


async def test_an_extra_reading_settles_nothing(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    _marko, new = await handed_over(desk)
    await assignments.begin(session, new.id, desk.now)
    await desk.replies(ANSWER)

    await settle(session, policy=POLICY, now=desk.now + HOUR)

    await session.refresh(desk.claims[0])
    assert desk.claims[0].status is ClaimStatus.ASSIGNED


async def test_an_answer_to_a_passed_claim_brings_it_back(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await assignments.end(session, desk.assignments[0].id, AssignmentState.PASSED, now=desk.now)

    await desk.replies(ANSWER)

    assert await fates(desk) == ["came_back"]


async def test_an_answer_to_a_dropped_claim_is_kept(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    desk.claims[0].status = ClaimStatus.DROPPED
    await assignments.end(session, desk.assignments[0].id, AssignmentState.WITHDRAWN, now=desk.now)

    await desk.replies(ANSWER)

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.kind is VerdictKind.EXTRA
    assert await fates(desk) == ["not_needed"]


async def test_an_extra_reading_can_be_changed_and_taken_back(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    _marko, new = await handed_over(desk)
    await assignments.begin(session, new.id, desk.now)
    await desk.replies(ANSWER)

    await desk.rates(Rating.TRUE, notice_id=await desk.echo())
    changed = await desk.counts()
    await desk.undoes()
    withdrawn = await desk.counts()

    assert changed is not None
    assert withdrawn is not None
    assert (changed.kind, changed.rating) == (VerdictKind.EXTRA, Rating.TRUE)
    assert withdrawn.kind is VerdictKind.WITHDRAWN


async def handed_over(desk: Reviewing) -> tuple[Member, Assignment]:
    """Olha was overdue; the claim went to Marko a quarter of an hour ago."""
    session, old = desk.session, desk.assignments[0]
    desk.now += 13 * HOUR
    await assignments.end(session, old.id, AssignmentState.EXPIRED, now=desk.now)
    marko = await a_member(session, "Marko", Role.REVIEWER)
    new = await an_assignment(
        session, desk.claims[0], marko, opened_at=desk.now, previous_id=old.id
    )
    desk.now += timedelta(minutes=15)
    return marko, new


async def fates(desk: Reviewing) -> list[str]:
    """What Olha is told has become of her answer."""
    query = select(Outbox).where(
        Outbox.kind == NoticeKind.RECORDED, Outbox.chat_id == desk.olha.tg_user_id
    )
    return [str(row.facts["fate"]) for row in (await desk.session.exec(query)).all()]


async def test_a_plain_late_verdict_is_asked_for_which_of_what_went(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await handed_over(desk)

    assert await desk.writes(ANSWER)
    assert await desk.counts() is None
    await desk.chooses(at=0)

    assert await desk.rating() is Rating.FALSE
    assert await fates(desk) == ["came_back"]


async def test_a_late_photo_is_asked_for_which_too(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await handed_over(desk)

    assert await desk.writes(attachments=(PHOTO,))

    (asked,) = await inputs.open_of(session, desk.olha.id)
    assert [one.id for one in await held.choices_of(session, asked)] == [desk.assignments[0].id]


async def test_chatter_after_a_hand_over_is_no_answer(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await handed_over(desk)

    assert not await desk.writes("Sorry, I was at the dentist")


async def test_after_three_days_nobody_is_asked_about_what_went(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await handed_over(desk)
    desk.now += 3 * DAY

    assert not await desk.writes(ANSWER)


async def test_beside_open_claims_what_went_is_offered_last(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=3)
    await handed_over(desk)

    await desk.writes(ANSWER)

    (asked,) = await inputs.open_of(session, desk.olha.id)
    gone, *held_now = [one.id for one in desk.assignments]
    assert [one.id for one in await held.choices_of(session, asked)] == [*held_now, gone]


async def test_what_went_can_be_opened_to_reply_to(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await handed_over(desk)

    await open_card(session, desk.tap(), desk.assignments[0].id, now=desk.now)

    [shown] = await said(session, NoticeKind.CARD_CLOSED)
    prompt = await outbox.prompt_of(session, shown.id)
    assert prompt is not None
    assert prompt.assignment_id == desk.assignments[0].id


async def test_half_an_answer_completes_a_late_reply(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(attachments=(PHOTO,))
    await goes_on(desk)

    await desk.rates(Rating.FALSE)

    assert await desk.rating() is Rating.FALSE
    assert await desk.evidence() == [(EvidenceKind.PHOTO, "photo-1")]
    assert await fates(desk) == ["came_back"]


async def test_what_shows_a_tapped_verdict_may_come_late(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.FALSE)
    await goes_on(desk)

    await desk.replies("https://stats.example/q3", links=("https://stats.example/q3",))

    assert await desk.rating() is Rating.FALSE


async def test_plain_words_are_not_taken_for_a_verdict_that_went_on(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.FALSE)
    await goes_on(desk)

    await desk.writes("It is in the minutes of 3 March")
    assert await desk.counts() is None
    await desk.chooses(at=0)

    assert await desk.rating() is Rating.FALSE


async def test_a_question_to_the_editor_is_awaited_no_more_after_the_hand_over(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    tap, claim = desk.tap(desk.cards[0]), desk.assignments[0].id
    await taps.start_question(session, tap, claim, now=desk.now)

    await goes_on(desk)

    assert await inputs.open_of(session, desk.olha.id) == []


async def goes_on(desk: Reviewing) -> None:
    """Nobody answered within the grace time: the claim goes from Olha to Marko."""
    await a_member(desk.session, "Marko", Role.REVIEWER)
    desk.now += 13 * HOUR
    assert await hand_over(desk.session, policy=POLICY, now=desk.now) == 1
    desk.now += timedelta(minutes=1)
