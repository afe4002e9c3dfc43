"""A recorded answer can be taken back, changed, edited and moved; every revision is kept."""

from collections.abc import Sequence

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.notices import NoticeKind
from bot.workflow.settling import settle
from bot.workflow.verdicts import taps
from storage import inputs, verdicts
from storage.models.claims import ClaimStatus, Rating, SourceCheck
from storage.models.work import AssignmentState, EvidenceKind, VerdictKind
from tests.builders import HOUR
from tests.workflow.reviewing import PHOTO, POLICY, Reviewing, a_reviewing

ANSWER = "False. The report says 68, https://stats.example/q3 p. 3"


async def kinds(desk: Reviewing, at: int = 0) -> Sequence[VerdictKind]:
    found = await verdicts.history(desk.session, desk.assignments[at].id)
    return [verdict.kind for verdict in found]


async def settled(desk: Reviewing) -> None:
    """An hour passes, and the claims are settled."""
    desk.now += HOUR
    await settle(desk.session, policy=POLICY, now=desk.now)
    for claim in desk.claims:
        await desk.session.refresh(claim)


async def test_undo_opens_the_claim_again(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)

    await desk.undoes()

    assert await kinds(desk) == [VerdictKind.GIVEN, VerdictKind.WITHDRAWN]
    await session.refresh(desk.assignments[0])
    assert desk.assignments[0].state is AssignmentState.OPEN
    assert await desk.card_shows() == NoticeKind.CARD
    assert await desk.echo() is None


async def test_undo_makes_a_card_of_an_echo_that_was_one(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.FALSE)
    await desk.shows(taps.Shown.PROTECTED)
    assert await desk.card_shows() == NoticeKind.RECORDED

    await desk.undoes()

    assert await desk.card_shows() == NoticeKind.CARD


async def test_undo_twice_is_refused(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)
    await desk.undoes()

    with pytest.raises(Refusal, match="nothing_to_undo"):
        await desk.undoes()


async def test_nobody_is_told_of_what_was_undone_in_time(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)
    await desk.undoes()

    await settled(desk)

    assert await desk.said_to(desk.editor) == []
    assert desk.claims[0].status is ClaimStatus.ASSIGNED


async def test_a_late_undo_reopens_the_decided_claim(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)
    await settled(desk)
    assert desk.claims[0].status is ClaimStatus.DECIDED

    await desk.undoes()

    await session.refresh(desk.claims[0])
    assert desk.claims[0].status is not ClaimStatus.DECIDED
    assert NoticeKind.CHANGED_VERDICT in await desk.said_to(desk.editor)


async def test_after_an_undo_the_claim_can_be_answered_again(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)
    await desk.undoes()

    await desk.replies("True. https://stats.example/q4")

    assert await desk.rating() is Rating.TRUE
    assert await kinds(desk) == [VerdictKind.GIVEN, VerdictKind.WITHDRAWN, VerdictKind.GIVEN]


async def test_change_keeps_the_evidence(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)

    await desk.rates(Rating.MISLEADING, notice_id=await desk.echo())

    assert await desk.rating() is Rating.MISLEADING
    assert await desk.evidence() == [(EvidenceKind.LINK, "https://stats.example/q3")]
    verdict = await desk.counts()
    assert verdict is not None
    assert (verdict.revision, verdict.explanation) == (2, "The report says 68")


async def test_a_second_reply_with_its_own_evidence_replaces_the_answer(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)

    await desk.replies("True. https://stats.example/q4")

    assert await desk.rating() is Rating.TRUE
    assert await desk.evidence() == [(EvidenceKind.LINK, "https://stats.example/q4")]


async def test_further_evidence_joins_the_recorded_answer(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)

    await desk.replies(attachments=(PHOTO,))

    assert await desk.rating() is Rating.FALSE
    assert [kind for kind, _what in await desk.evidence()] == [
        EvidenceKind.LINK,
        EvidenceKind.PHOTO,
    ]


async def test_words_about_a_recorded_answer_are_asked_about(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)

    await desk.replies("The second table has it too")
    half = await inputs.half_answer(session, desk.assignments[0].id)
    assert half is not None
    await taps.words_are_note(
        session, desk.tap(half.notice_id), half.id, policy=POLICY, now=desk.now
    )

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.explanation == "The report says 68\nThe second table has it too"


async def test_an_edited_reply_makes_a_revision(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    said = await desk.replies(ANSWER)

    assert await desk.edits(said, "Misleading. The report says 71, https://stats.example/q4")

    verdict = await desk.counts()
    assert verdict is not None
    assert (verdict.rating, verdict.revision) == (Rating.MISLEADING, 2)
    assert verdict.explanation == "The report says 71"
    assert await desk.evidence() == [(EvidenceKind.LINK, "https://stats.example/q4")]
    assert (await desk.said_to(desk.olha)).count(NoticeKind.RECORDED) == 2  # told, then edited


@pytest.mark.parametrize("text", ["Perhaps false. https://stats.example/q3", "False", ""])
async def test_an_edit_that_is_no_verdict_any_more_leaves_it(
    session: AsyncSession, text: str
) -> None:
    desk = await a_reviewing(session)
    said = await desk.replies(ANSWER)

    assert await desk.edits(said, text)

    assert await kinds(desk) == [VerdictKind.GIVEN]
    assert (await desk.said_to(desk.olha))[-1] == NoticeKind.ANSWER_NOTE


async def test_an_edit_that_changes_nothing_makes_no_revision(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    said = await desk.replies(ANSWER)

    assert await desk.edits(said, ANSWER)

    assert await kinds(desk) == [VerdictKind.GIVEN]


async def test_editing_a_half_answer_may_complete_it(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    said = await desk.replies("False")

    assert await desk.edits(said, ANSWER)

    assert await desk.rating() is Rating.FALSE


async def test_words_that_were_asked_back_about_are_an_answer_once_they_are_edited(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    said = await desk.replies("hm, wait")

    assert await desk.edits(said, ANSWER)

    assert await desk.rating() is Rating.FALSE
    assert await desk.card_shows() == NoticeKind.CARD_CLOSED


async def test_that_holds_too_when_evidence_came_in_between(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    said = await desk.replies("hm, wait")
    await desk.replies(attachments=(PHOTO,))

    assert await desk.edits(said, "False. The report says 68")

    assert await desk.rating() is Rating.FALSE
    assert await desk.evidence() == [(EvidenceKind.PHOTO, "photo-1")]


async def test_a_question_that_is_edited_into_a_verdict_is_one(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    said = await desk.replies("Is this the harbour wall?")
    (asked,) = await inputs.open_of(session, desk.olha.id)
    await taps.words_are_question(session, desk.tap(asked.notice_id), asked.id, now=desk.now)

    assert await desk.edits(said, ANSWER)

    assert await desk.rating() is Rating.FALSE


async def test_words_from_before_another_answer_change_nothing_when_edited(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    said = await desk.replies("hm, wait")
    await desk.replies("True, see https://stats.example/q2")

    assert await desk.edits(said, ANSWER)

    assert await desk.rating() is Rating.TRUE
    assert NoticeKind.ANSWER_NOTE in await desk.said_to(desk.olha)


async def test_an_edited_message_that_is_held_counts_as_edited(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.writes("False. https://stats.example/q3")
    held = (await inputs.open_of(session, desk.olha.id))[0].content["messages"][0]

    said = desk.message("", message_id=held["message_id"])
    assert await desk.edits(said, "True. https://stats.example/q3")
    await desk.chooses(at=1)

    assert await desk.rating(1) is Rating.TRUE


async def test_other_messages_may_be_edited_as_they_like(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)

    assert not await desk.edits(desk.message("Hello"), "Hello there")


async def test_whether_the_source_says_so_is_a_revision_of_its_own(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)

    await taps.source_says(
        session,
        desk.tap(await desk.echo()),
        desk.assignments[0].id,
        SourceCheck.SUPPORTS,
        policy=POLICY,
        now=desk.now,
    )

    verdict = await desk.counts()
    assert verdict is not None
    assert (verdict.rating, verdict.source_check) == (Rating.FALSE, SourceCheck.SUPPORTS)
    assert await desk.evidence() == [(EvidenceKind.LINK, "https://stats.example/q3")]


async def test_a_verdict_for_the_wrong_claim_moves_with_its_evidence(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session, claims=3)
    await desk.replies(ANSWER, to=0)

    tap = desk.tap(await desk.echo())
    await taps.wrong_claim(session, tap, desk.assignments[0].id, now=desk.now)
    await desk.chooses(at=1)

    assert await kinds(desk, at=0) == [VerdictKind.GIVEN, VerdictKind.WITHDRAWN]
    assert await desk.rating(1) is Rating.FALSE
    assert await desk.evidence(1) == [(EvidenceKind.LINK, "https://stats.example/q3")]
    for assignment in desk.assignments:
        await session.refresh(assignment)
    assert [one.state for one in desk.assignments] == [
        AssignmentState.OPEN,
        AssignmentState.DONE,
        AssignmentState.OPEN,
    ]
    assert await desk.card_shows(0) == NoticeKind.CARD
    assert await desk.echo(1) == tap.notice_id


async def test_moving_there_and_back_ends_where_it_began(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.replies(ANSWER, to=0)
    for away, back in ((0, 1), (1, 0)):
        tap = desk.tap(await desk.echo(away))
        await taps.wrong_claim(session, tap, desk.assignments[away].id, now=desk.now)
        await desk.chooses(at=back)

    assert [await desk.rating(0), await desk.rating(1)] == [Rating.FALSE, None]


async def test_there_is_no_wrong_claim_with_only_one(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)

    with pytest.raises(Refusal, match="no_other_claim"):
        await taps.wrong_claim(
            session, desk.tap(await desk.echo()), desk.assignments[0].id, now=desk.now
        )


async def test_an_edit_follows_a_moved_answer(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    said = await desk.replies(ANSWER, to=0)
    tap = desk.tap(await desk.echo())
    await taps.wrong_claim(session, tap, desk.assignments[0].id, now=desk.now)
    await desk.chooses(at=1)

    await desk.edits(said, "True. https://stats.example/q4")

    assert await desk.rating(1) is Rating.TRUE
    assert (await kinds(desk, at=0))[-1] is VerdictKind.WITHDRAWN


async def test_editing_what_was_taken_back_answers_anew(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    said = await desk.replies(ANSWER)
    await desk.undoes()

    await desk.edits(said, "True. https://stats.example/q4")

    assert await desk.rating() is Rating.TRUE


async def test_a_verdict_can_still_be_edited_after_evidence_was_added(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    said = await desk.replies(ANSWER)
    await desk.replies(attachments=(PHOTO,))

    await desk.edits(said, "Misleading. https://stats.example/q4")

    assert await desk.rating() is Rating.MISLEADING
    assert [kind for kind, _what in await desk.evidence()] == [
        EvidenceKind.LINK,
        EvidenceKind.PHOTO,
    ]


async def test_editing_an_answer_that_a_later_one_replaced_changes_nothing(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    first = await desk.replies(ANSWER)
    await desk.replies("True. https://stats.example/q4")

    await desk.edits(first, "Misleading. https://stats.example/q5")

    assert await desk.rating() is Rating.TRUE
    assert (await desk.said_to(desk.olha))[-1] == NoticeKind.ANSWER_NOTE
