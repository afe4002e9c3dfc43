"""An answer becomes a recorded verdict when it says what shows it, and never before."""

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import NotPermitted, Refusal
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import UNDO_TIME
from bot.workflow.verdicts import held
from bot.workflow.verdicts.taps import Shown
from storage import inputs
from storage.models import Citation
from storage.models.claims import Rating, SourceCheck
from storage.models.people import Role
from storage.models.talking import InputKind
from storage.models.work import AssignmentState, EvidenceKind, VerdictKind
from tests.builders import MONDAY, a_member
from tests.workflow.reviewing import PDF, PHOTO, POLICY, VOICE, a_reviewing


async def test_a_reply_with_verdict_and_link_is_recorded(session: AsyncSession) -> None:
    desk = await a_reviewing(session)

    said = await desk.replies("False. The report says 68, https://stats.example/q3 p. 3")

    verdict = await desk.counts()
    assert verdict is not None
    assert (verdict.rating, verdict.explanation) == (Rating.FALSE, "The report says 68")
    assert (verdict.message_id, verdict.revision) == (said.message_id, 1)
    assert verdict.claim_revision_id == desk.claims[0].head_revision_id
    assert await desk.evidence() == [(EvidenceKind.LINK, "https://stats.example/q3")]
    await session.refresh(desk.assignments[0])
    await session.refresh(desk.claims[0])
    assert desk.assignments[0].state is AssignmentState.DONE
    assert desk.claims[0].settle_at == MONDAY + UNDO_TIME
    assert await desk.card_shows() == NoticeKind.CARD_CLOSED
    assert await desk.echo() is not None


async def test_where_the_article_cites_nobody_nobody_is_asked_whether_the_source_says_so(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)

    await desk.replies("False, https://stats.example/q3")

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.source_check is SourceCheck.NONE_CITED


async def test_where_it_cites_somebody_the_question_stays_open(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    revision_id = desk.claims[0].head_revision_id or 0
    session.add(Citation(claim_revision_id=revision_id, as_written="the harbour office"))
    await session.flush()

    await desk.replies("False, https://stats.example/q3")

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.source_check is None


async def test_a_verdict_without_evidence_is_a_half_answer(session: AsyncSession) -> None:
    desk = await a_reviewing(session)

    await desk.rates(Rating.FALSE)

    assert await desk.counts() is None
    assert await desk.card_shows() == NoticeKind.HALF_ANSWER
    half = await inputs.half_answer(session, desk.assignments[0].id)
    assert half is not None
    assert half.content["rating"] == "false"
    await session.refresh(desk.assignments[0])
    assert desk.assignments[0].begun_at == MONDAY


async def test_what_shows_it_completes_a_half_answer(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.FALSE)

    await desk.writes("It is in the minutes of 3 March")

    assert await desk.rating() is Rating.FALSE
    assert await desk.evidence() == [(EvidenceKind.NOTE, "It is in the minutes of 3 March")]
    assert await inputs.half_answer(session, desk.assignments[0].id) is None


@pytest.mark.parametrize("answer", ["not false, I think", "who is Tolland?"])
async def test_doubtful_words_never_complete_a_half_answer(
    session: AsyncSession, answer: str
) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.FALSE)

    await desk.writes(answer)

    assert await desk.counts() is None
    half = await inputs.half_answer(session, desk.assignments[0].id)
    assert half is not None
    assert (half.kind, half.content["explanation"]) == (InputKind.RATING, answer)


@pytest.mark.parametrize(
    ("rating", "is_recorded"),
    [("Can't tell", True), ("Opinion", True), ("False", False), ("True", False)],
)
async def test_a_reason_is_enough_only_where_nothing_can_show_it(
    session: AsyncSession, rating: str, is_recorded: bool
) -> None:
    desk = await a_reviewing(session)

    await desk.replies(f"{rating}. The archive burned down")

    assert (await desk.counts() is not None) is is_recorded


async def test_words_that_are_no_verdict_are_asked_back_and_kept(session: AsyncSession) -> None:
    desk = await a_reviewing(session)

    said = await desk.replies("true but the date is off https://stats.example/q3")
    assert await desk.counts() is None
    await desk.rates(Rating.MOSTLY_TRUE)

    verdict = await desk.counts()
    assert verdict is not None
    assert (verdict.rating, verdict.explanation, verdict.message_id) == (
        Rating.MOSTLY_TRUE,
        "true but the date is off",
        said.message_id,
    )


async def test_a_protected_source_is_evidence_without_a_name(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.TRUE)

    await desk.shows(Shown.PROTECTED)

    assert await desk.evidence() == [(EvidenceKind.PROTECTED, None)]
    assert await desk.card_shows() == NoticeKind.RECORDED


async def test_the_cited_link_is_evidence_where_the_article_has_one(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.TRUE)
    with pytest.raises(Refusal, match="no_cited_link"):
        await desk.shows(Shown.CITED)

    cited = Citation(
        claim_revision_id=desk.claims[0].head_revision_id or 0,
        as_written="the harbour office",
        links=["https://harbour.example/figures"],
    )
    session.add(cited)
    await session.flush()
    await desk.shows(Shown.CITED)

    assert await desk.evidence() == [(EvidenceKind.CITED_LINK, "https://harbour.example/figures")]


async def test_a_call_says_who_and_when(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.TRUE)

    await desk.shows(Shown.CALLED)
    assert await desk.counts() is None
    await desk.writes("Harbour office, today 10:15")

    assert await desk.evidence() == [(EvidenceKind.CALL, "Harbour office, today 10:15")]


async def test_going_back_forgets_the_tap(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.TRUE)

    await desk.shows(Shown.BACK)

    assert await inputs.half_answer(session, desk.assignments[0].id) is None
    assert await desk.card_shows() == NoticeKind.CARD


async def test_evidence_first_asks_which_verdict_it_shows(session: AsyncSession) -> None:
    desk = await a_reviewing(session)

    await desk.replies(attachments=(PHOTO,))
    assert await desk.counts() is None
    await desk.writes("False")

    assert await desk.rating() is Rating.FALSE
    assert await desk.evidence() == [(EvidenceKind.PHOTO, "photo-1")]


async def test_a_caption_is_read_like_text(session: AsyncSession) -> None:
    desk = await a_reviewing(session)

    await desk.replies("False. Page 3 of the report", attachments=(PDF,))

    assert await desk.rating() is Rating.FALSE
    assert await desk.evidence() == [(EvidenceKind.DOCUMENT, "pdf-1")]


async def test_a_voice_message_is_kept_and_its_verdict_asked(session: AsyncSession) -> None:
    desk = await a_reviewing(session)

    await desk.replies(attachments=(VOICE,))
    assert await desk.counts() is None
    await desk.rates(Rating.MISLEADING)
    assert await desk.counts() is None  # nobody can look into a voice message: it is a note
    await desk.writes("It is in the minutes of 3 March")

    assert await desk.evidence() == [
        (EvidenceKind.VOICE, "voice-1"),
        (EvidenceKind.NOTE, "It is in the minutes of 3 March"),
    ]


@pytest.mark.parametrize("nod", ["ok", "👍", "!!", "68"])
@pytest.mark.parametrize("rating", [Rating.TRUE, Rating.OPINION])
async def test_a_nod_shows_nothing_and_is_asked_back_again(
    session: AsyncSession, nod: str, rating: Rating
) -> None:
    desk = await a_reviewing(session)
    await desk.rates(rating)

    await desk.writes(nod)
    assert await desk.counts() is None
    await desk.writes("The minutes of 3 March say so")

    verdict = await desk.counts()
    assert verdict is not None
    assert nod not in verdict.explanation
    assert len(await desk.evidence()) == (rating is Rating.TRUE)


async def test_a_nod_says_nothing_about_a_call(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.TRUE)
    await desk.shows(Shown.CALLED)

    await desk.writes("ok")
    assert await desk.counts() is None
    await desk.writes("Harbour office, today 10:15")

    assert await desk.evidence() == [(EvidenceKind.CALL, "Harbour office, today 10:15")]


async def test_somebody_elses_words_in_a_forward_are_no_verdict(session: AsyncSession) -> None:
    desk = await a_reviewing(session)

    await desk.replies("False. All lies", origin={"name": "Harbour news"})

    assert await desk.counts() is None
    await desk.rates(Rating.TRUE)
    assert await desk.evidence() == [(EvidenceKind.FORWARD, "Harbour news: False. All lies")]


async def test_the_parts_of_an_album_go_to_the_same_verdict(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies("False. See the photos", attachments=(PHOTO,), album="a1")

    second = PHOTO.__class__(kind="photo", file_id="photo-2")
    await desk.writes(attachments=(second,), album="a1")

    assert await desk.evidence() == [
        (EvidenceKind.PHOTO, "photo-1"),
        (EvidenceKind.PHOTO, "photo-2"),
    ]
    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.revision == 1


async def test_an_album_before_its_verdict_is_asked_about_once(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    for number in range(3):
        photo = PHOTO.__class__(kind="photo", file_id=f"photo-{number}")
        await desk.replies(attachments=(photo,), album="a1")

    assert (await desk.said_to(desk.olha)).count(NoticeKind.ASK_BACK) <= 2  # told, then edited
    await desk.rates(Rating.FALSE)
    assert len(await desk.evidence()) == 3


async def test_a_plain_verdict_with_one_open_claim_is_its_verdict(session: AsyncSession) -> None:
    desk = await a_reviewing(session)

    assert await desk.writes("False. https://stats.example/q3")

    assert await desk.rating() is Rating.FALSE


async def test_a_plain_verdict_with_several_open_claims_is_held(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=3)

    assert await desk.writes("False. https://stats.example/q3")
    assert [await desk.counts(at) for at in range(3)] == [None, None, None]
    await desk.chooses(at=1)

    assert [await desk.rating(at) for at in range(3)] == [None, Rating.FALSE, None]


async def test_a_plain_word_means_nothing_without_an_open_claim(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies("False. https://stats.example/q3")

    assert not await desk.writes("True. https://stats.example/q3")


async def test_a_held_answer_is_used_once(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.writes("False. https://stats.example/q3")
    pending = (await inputs.open_of(session, desk.olha.id))[0]
    await desk.chooses(at=1)

    with pytest.raises(Refusal, match="question_over"):
        await held.use_for_claim(
            session,
            desk.tap(pending.notice_id),
            pending.id,
            desk.assignments[0].id,
            policy=POLICY,
            now=MONDAY,
        )


async def test_another_verdict_than_the_tapped_one_asks_which_claim(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.rates(Rating.FALSE, at=0)

    await desk.writes("True. https://stats.example/q3")
    await desk.chooses(at=1)

    assert [await desk.rating(0), await desk.rating(1)] == [None, Rating.TRUE]
    assert await inputs.half_answer(session, desk.assignments[0].id) is not None


async def test_nobody_answers_for_somebody_else(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    marko = await a_member(session, "Marko", Role.REVIEWER)

    with pytest.raises(Refusal, match="not_your_claim"):
        await desk.replies("False. https://stats.example/q3", actor_id=marko.id)

    assert await desk.counts() is None


async def test_a_revoked_role_answers_no_more(session: AsyncSession) -> None:
    desk = await a_reviewing(session, roles=())

    with pytest.raises(NotPermitted):
        await desk.replies("False. https://stats.example/q3")


async def test_an_empty_message_is_refused(session: AsyncSession) -> None:
    desk = await a_reviewing(session)

    with pytest.raises(Refusal, match="answer_empty"):
        await desk.replies("")


async def test_the_first_revision_counts_as_given(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies("False. https://stats.example/q3")

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.kind is VerdictKind.GIVEN


async def test_a_reply_to_a_card_is_about_that_claim_whatever_was_tapped(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.rates(Rating.FALSE, at=0)

    await desk.replies("True. https://stats.example/q3", to=0)

    assert [await desk.rating(0), await desk.rating(1)] == [Rating.TRUE, None]


async def test_a_reply_answers_what_was_asked_about_its_own_claim(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.rates(Rating.TRUE, at=0)
    await desk.shows(Shown.CALLED, at=0)
    await desk.rates(Rating.FALSE, at=1)

    await desk.replies("Harbour office, today 10:15", to=0)

    assert await desk.evidence(0) == [(EvidenceKind.CALL, "Harbour office, today 10:15")]


async def test_a_held_answer_may_be_for_none_of_them(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.writes("False. https://stats.example/q3")
    asked = (await inputs.open_of(session, desk.olha.id))[0]

    await held.use_for_nothing(session, desk.tap(asked.notice_id), asked.id, now=MONDAY)

    assert await inputs.open_of(session, desk.olha.id) == []
    assert [await desk.rating(0), await desk.rating(1)] == [None, None]


async def test_why_it_cannot_be_told_is_an_explanation(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.UNVERIFIABLE)

    await desk.writes("The archive burned down")

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.explanation == "The archive burned down"
    assert await desk.evidence() == []
