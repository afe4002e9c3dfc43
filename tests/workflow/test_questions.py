"""Reviewers ask, editors answer; a link of somebody who is both is asked about."""

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import NotPermitted, Refusal
from bot.workflow.incoming import Incoming
from bot.workflow.notices import NoticeKind
from bot.workflow.verdicts import held, questions, taps
from storage import inputs
from storage.models import Outbox, Submission
from storage.models.claims import Rating
from storage.models.people import Role
from storage.models.talking import InputKind
from storage.models.work import EvidenceKind
from tests.builders import HOUR
from tests.workflow.reviewing import PDF, PHOTO, POLICY, Reviewing, a_reviewing

LINK = "https://stats.example/q3"


async def test_a_question_goes_to_the_editor_and_its_answer_back(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    claim = desk.assignments[0].id

    await taps.start_question(session, desk.tap(desk.cards[0]), claim, now=desk.now)
    await desk.writes("Who is Mira Tolland?")
    await questions.answer_question(
        session, from_editor(desk, "Head of the harbour office"), claim, now=desk.now
    )

    assert await texts(desk, NoticeKind.QUESTION) == ["Who is Mira Tolland?"]
    assert await texts(desk, NoticeKind.QUESTION_ANSWER) == ["Head of the harbour office"]
    assert await desk.card_shows() == NoticeKind.CARD
    assert await desk.counts() is None


async def test_words_that_were_asked_about_may_be_a_question(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies("who is Mira Tolland?")
    asked = (await inputs.open_of(session, desk.olha.id))[0]

    await taps.words_are_question(session, desk.tap(asked.notice_id), asked.id, now=desk.now)

    assert await texts(desk, NoticeKind.QUESTION) == ["who is Mira Tolland?"]
    assert await inputs.open_of(session, desk.olha.id) == []


async def test_a_question_leaves_a_half_answer_as_it_is(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.FALSE)
    tap = desk.tap(desk.cards[0])
    await taps.start_question(session, tap, desk.assignments[0].id, now=desk.now)

    await desk.writes("Which year is meant?")
    await desk.writes(LINK, links=(LINK,))

    assert await desk.rating() is Rating.FALSE


async def test_no_question_after_all_brings_the_card_back(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    tap = desk.tap(desk.cards[0])
    await taps.start_question(session, tap, desk.assignments[0].id, now=desk.now)
    asked = (await inputs.open_of(session, desk.olha.id))[0]

    await taps.cancel_question(session, tap, asked.id, now=desk.now)

    assert await desk.card_shows() == NoticeKind.CARD
    assert await inputs.open_of(session, desk.olha.id) == []


async def test_a_note_is_kept_for_the_verdict(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await taps.start_note(session, desk.tap(desk.cards[0]), desk.assignments[0].id, now=desk.now)

    await desk.writes("The wall was counted twice")
    await desk.replies(f"Misleading. {LINK}")

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.explanation == "The wall was counted twice"


@pytest.mark.parametrize("words", ["not false", "who is Mira Tolland?", "hm, wait"])
async def test_words_that_were_asked_back_about_explain_no_later_verdict(
    session: AsyncSession, words: str
) -> None:
    desk = await a_reviewing(session)
    await desk.replies(words)

    await desk.replies(f"False. The report says 68, {LINK}")

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.explanation == "The report says 68"


async def test_words_that_were_chosen_as_a_note_stay_with_a_later_verdict(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    await desk.replies("the wall was counted twice")
    (asked,) = await inputs.open_of(session, desk.olha.id)
    tap = desk.tap(asked.notice_id)
    await taps.words_are_note(session, tap, asked.id, policy=POLICY, now=desk.now)

    await desk.replies(f"False. The report says 68, {LINK}")

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.explanation == "the wall was counted twice\nThe report says 68"


async def test_the_caption_of_a_photo_stays_with_a_later_verdict(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies("Page 3 of the report", attachments=(PHOTO,))

    await desk.replies("False. It says 68")

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.explanation == "Page 3 of the report\nIt says 68"


async def test_a_bare_verdict_answers_how_words_were_meant_as_a_tap_does(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    await desk.replies("the archive burned down")

    await desk.replies("Can't tell")

    verdict = await desk.counts()
    assert verdict is not None
    assert verdict.explanation == "the archive burned down"


async def test_only_editors_answer_questions(session: AsyncSession) -> None:
    desk = await a_reviewing(session)

    with pytest.raises(NotPermitted):
        await questions.answer_question(
            session, desk.message("I know"), desk.assignments[0].id, now=desk.now
        )


async def test_an_empty_question_is_refused(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    tap = desk.tap(desk.cards[0])
    await taps.start_question(session, tap, desk.assignments[0].id, now=desk.now)

    with pytest.raises(Refusal, match="question_empty"):
        await desk.writes("")


async def test_a_verdict_is_no_question(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    tap = desk.tap(desk.cards[0])
    await taps.start_question(session, tap, desk.assignments[0].id, now=desk.now)

    await desk.writes(f"False. {LINK}")

    assert await desk.rating() is Rating.FALSE
    assert await inputs.open_of(session, desk.olha.id) == []


async def test_a_question_that_is_too_long_is_refused_whole(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    tap = desk.tap(desk.cards[0])
    await taps.start_question(session, tap, desk.assignments[0].id, now=desk.now)

    with pytest.raises(Refusal, match="question_too_long"):
        await desk.writes("Which year? " * 200)


async def test_a_held_link_may_be_evidence(session: AsyncSession) -> None:
    desk = await a_reviewing(session, roles=(Role.EDITOR, Role.REVIEWER))
    await held.hold_for_use(session, desk.message(LINK, links=(LINK,)), now=desk.now)

    await desk.chooses(at=0)
    await desk.rates(Rating.TRUE)

    assert await desk.evidence() == [(EvidenceKind.LINK, LINK)]
    assert (await session.exec(select(Submission))).all() == []


async def test_a_held_link_may_be_a_new_article(session: AsyncSession) -> None:
    desk = await a_reviewing(session, roles=(Role.EDITOR, Role.REVIEWER))
    await held.hold_for_use(session, desk.message(LINK, links=(LINK,)), now=desk.now)
    asked = (await inputs.open_of(session, desk.olha.id))[0]

    await held.use_as_article(session, desk.tap(asked.notice_id), asked.id, now=desk.now)

    submitted = (await session.exec(select(Submission))).all()
    assert [one.url_as_sent for one in submitted] == [LINK]


async def test_an_editors_link_long_after_the_tap_is_asked_about(session: AsyncSession) -> None:
    desk = await a_reviewing(session, roles=(Role.EDITOR, Role.REVIEWER))
    await desk.rates(Rating.FALSE)
    desk.now += HOUR

    await desk.writes(LINK, links=(LINK,))

    assert await desk.counts() is None
    assert (await desk.said_to(desk.olha))[-1] == NoticeKind.ASK_BACK


async def test_plain_words_of_an_editor_are_not_taken_for_an_answer(session: AsyncSession) -> None:
    desk = await a_reviewing(session, roles=(Role.EDITOR, Role.REVIEWER))

    assert not await desk.writes("The harbour master retires in March. " * 20)


async def test_a_file_of_an_editor_who_reviews_is_asked_about(session: AsyncSession) -> None:
    desk = await a_reviewing(session, roles=(Role.EDITOR, Role.REVIEWER))

    assert await desk.writes(attachments=(PDF,))

    asked = (await inputs.open_of(session, desk.olha.id))[0]
    assert asked.kind is InputKind.WHICH_USE


async def test_a_photo_of_an_editor_who_reviews_is_evidence(session: AsyncSession) -> None:
    desk = await a_reviewing(session, roles=(Role.EDITOR, Role.REVIEWER))

    assert await desk.writes(attachments=(PHOTO,))
    await desk.rates(Rating.FALSE)

    assert await desk.evidence() == [(EvidenceKind.PHOTO, "photo-1")]


async def test_words_of_a_reviewer_are_asked_back(session: AsyncSession) -> None:
    desk = await a_reviewing(session)

    assert await desk.writes("not false")

    assert await desk.counts() is None
    assert (await desk.said_to(desk.olha))[-1] == NoticeKind.ASK_BACK


def from_editor(desk: Reviewing, text: str) -> Incoming:
    """A message of the article's editor."""
    return desk.message(text, actor_id=desk.editor.id, chat_id=desk.editor.tg_user_id)


async def texts(desk: Reviewing, kind: NoticeKind) -> list[str]:
    """What notices of this kind say."""
    rows = (await desk.session.exec(select(Outbox).where(Outbox.kind == kind))).all()
    return [str(row.facts["text"]) for row in rows]
