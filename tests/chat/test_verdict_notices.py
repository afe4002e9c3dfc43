"""How an answer is echoed, asked back and passed on to the editor."""

from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

import handlers.chat.notices.verdicts  # noqa: F401 - registers the renderers
from bot.texts.fitting import SCREEN_LINES, screen_lines
from bot.workflow.notices import NoticeKind
from bot.workflow.verdicts import answers, held, taps
from bot.workflow.verdicts.taps import Shown
from handlers.chat.outgoing import RENDERERS, Outgoing, Scene
from storage import assignments, inputs, outbox
from storage.models import Citation, Outbox
from storage.models.claims import Rating, SourceCheck
from storage.models.people import Role
from storage.models.work import AssignmentState
from tests.builders import a_claim, a_member, an_article, an_assignment
from tests.workflow.reviewing import PHOTO, POLICY, Reviewing, a_reviewing

ANSWER = "False. The report says 68, https://stats.example/q3 p. 3"


async def test_the_echo_repeats_claim_verdict_and_evidence(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.replies(ANSWER)

    echo = await shown(desk, NoticeKind.RECORDED)

    assert "Recorded: <b>False</b>" in echo.html
    assert f"A-{desk.article.id}, claim 1" in echo.html
    assert "“The report says 68”" in echo.html
    assert ">stats.example/q3</a>, p. 3" in echo.html
    assert "in 1 min, with your name" in echo.html
    assert labels(echo) == [["Undo", "Change", "Wrong claim?"], ["Next: claim 2 →"]]


async def test_the_next_claim_of_another_article_is_named_with_it(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    other, version = await an_article(session, desk.editor)
    await an_assignment(session, await a_claim(session, version, "4.2 million"), desk.olha)
    await desk.replies(ANSWER)

    assert labels(await shown(desk, NoticeKind.RECORDED))[-1] == [f"Next: A-{other.id}/1 →"]


async def test_while_a_second_reader_is_awaited_the_echo_says_so(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    desk.claims[0].readers_needed = 2
    await desk.replies(ANSWER)

    echo = await shown(desk, NoticeKind.RECORDED)

    assert "One more reader is still to answer" in echo.html
    assert "in 1 min" not in echo.html


async def test_once_the_last_reader_has_answered_the_editor_is_next(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    desk.claims[0].readers_needed = 2
    ira = await a_member(session, "Marko", Role.REVIEWER)
    second = await an_assignment(session, desk.claims[0], ira, slot=2)
    await desk.replies(ANSWER)

    said = desk.message(ANSWER, actor_id=ira.id, chat_id=ira.tg_user_id)
    await answers.answer_prompt(session, said, second.id, policy=POLICY, now=desk.now)

    assert "in 1 min, with your name" in (await shown(desk, NoticeKind.RECORDED)).html


async def test_the_source_question_comes_second_and_may_be_skipped(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await cites(desk, via="The Ledger")
    await desk.replies(ANSWER)

    echo = await shown(desk, NoticeKind.RECORDED)
    assert "Did The Ledger report it? <b>not answered</b>" in echo.html
    assert labels(echo)[0] == ["They reported it", "They did not", "Couldn't open"]

    tap, claim = desk.tap(await desk.echo()), desk.assignments[0].id
    check = SourceCheck.CONTRADICTS
    await taps.source_says(session, tap, claim, check, policy=POLICY, now=desk.now)
    echo = await shown(desk, NoticeKind.RECORDED)
    assert "<b>no</b>" in echo.html
    assert labels(echo)[0] == ["Undo", "Change", "Wrong claim?"]


async def test_a_report_without_a_name_is_not_asked_whether_it_reported(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    await cites(desk, via="a written report")
    await desk.replies(ANSWER)

    echo = await shown(desk, NoticeKind.RECORDED)

    assert "Did the source say so (a written report)?" in echo.html
    assert labels(echo)[0] == ["Source says so", "It does not", "Couldn't open"]


async def test_with_more_claims_than_a_screen_holds_the_question_has_pages(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    _, more = await an_article(session, desk.editor)
    for number in range(1, 10):
        claim = await a_claim(session, more, "4.2 million", number=number)
        await an_assignment(session, claim, desk.olha)
    await desk.writes(ANSWER)
    (asked,) = await inputs.open_of(session, desk.olha.id)

    first = await shown(desk, NoticeKind.ASK_BACK)
    await held.turn_choices(session, desk.tap(asked.notice_id), asked.id, page=1, now=desk.now)
    second = await shown(desk, NoticeKind.ASK_BACK)

    assert "page 1 of 2" in first.html
    assert labels(first)[-2:] == [["›"], ["None of these"]]
    assert labels(second) == [["A-2/8", "A-2/9"], ["‹"], ["None of these"]]


async def test_an_echo_of_what_was_taken_back_has_no_buttons(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)
    await desk.undoes()

    assert "Taken back" in (await shown(desk, NoticeKind.ANSWER_NOTE)).html


async def test_change_offers_every_verdict(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(ANSWER)

    tap, claim = desk.tap(await desk.echo()), desk.assignments[0].id
    await taps.choose_change(session, tap, claim, is_choosing=True, now=desk.now)

    assert labels(await shown(desk, NoticeKind.RECORDED)) == [
        ["True", "False"],
        ["Misleading", "Can't tell"],
        ["Mostly true", "Outdated", "Opinion"],
        ["Back"],
    ]


async def test_a_tap_without_evidence_asks_what_shows_it(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.FALSE)

    asked = await shown(desk, NoticeKind.HALF_ANSWER)

    assert "<b>False</b> – what shows it?" in asked.html
    assert f"#C{desk.assignments[0].id}" in asked.html
    assert labels(asked) == [
        ["I called", "I saw it myself"],
        ["Protected source", "Back"],
    ]


async def test_the_cited_link_is_offered_where_there_is_one(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await cites(desk, links=["https://harbour.example"])
    await desk.rates(Rating.FALSE)

    assert labels(await shown(desk, NoticeKind.HALF_ANSWER))[0] == ["Cited link", "I called"]


async def test_a_reason_is_asked_for_where_nothing_can_show_it(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.UNVERIFIABLE)

    assert "<b>Can't tell</b> – why?" in (await shown(desk, NoticeKind.HALF_ANSWER)).html


async def test_a_call_is_asked_for_without_names_that_were_protected(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.rates(Rating.FALSE)
    await desk.shows(Shown.CALLED)

    asked = await shown(desk, NoticeKind.HALF_ANSWER)
    assert "Whom did you call, and when?" in asked.html
    assert "promised not to name" in asked.html


async def test_doubtful_words_are_repeated_and_asked_about(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies("true but <the date> is off")

    asked = await shown(desk, NoticeKind.ASK_BACK)

    assert "“true but &lt;the date&gt; is off”" in asked.html
    assert labels(asked)[-1] == ["Ask the editor", "Just a note"]


async def test_evidence_without_a_verdict_asks_which_it_shows(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await desk.replies(attachments=(PHOTO,))

    asked = await shown(desk, NoticeKind.ASK_BACK)

    assert "🖼 1 photo" in asked.html
    assert "Which verdict does it show?" in asked.html


async def test_a_held_answer_names_the_claims_as_the_buttons_do(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=3)
    await desk.writes(ANSWER)

    asked = await shown(desk, NoticeKind.ASK_BACK)

    names = [f"A-{desk.article.id}/{number}" for number in (1, 2, 3)]
    assert labels(asked) == [names, ["None of these"]]
    assert "78 complaints" in asked.html


async def test_a_link_of_an_editor_with_open_claims_is_asked_about(session: AsyncSession) -> None:
    desk = await a_reviewing(session, roles=(Role.EDITOR, Role.REVIEWER))
    await held.hold_for_use(session, desk.message("https://a.example"), now=desk.now)

    asked = await shown(desk, NoticeKind.ASK_BACK)

    assert labels(asked) == [["New article"], [f"A-{desk.article.id}/1"], ["None of these"]]


async def test_an_answered_question_has_nothing_to_say_any_more(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.writes(ANSWER)
    row = await newest(desk, NoticeKind.ASK_BACK)
    await desk.chooses(at=1)

    assert await RENDERERS[NoticeKind.ASK_BACK](await scene_of(desk, row)) is None


async def test_the_wrong_claim_can_be_left_for_another(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.replies(ANSWER)
    await taps.wrong_claim(
        session, desk.tap(await desk.echo()), desk.assignments[0].id, now=desk.now
    )

    asked = await shown(desk, NoticeKind.ASK_BACK)

    assert "Which claim did you mean?" in asked.html
    assert labels(asked) == [[f"A-{desk.article.id}/2"], ["It was the right one"]]


async def test_a_question_names_who_asks_about_what(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await taps.start_question(
        session, desk.tap(desk.cards[0]), desk.assignments[0].id, now=desk.now
    )
    await desk.writes("Who is <Tolland>?")

    asked = await shown(desk, NoticeKind.QUESTION)

    assert "<b>Olha asks</b>" in asked.html
    assert ">Who is &lt;Tolland&gt;?<" in asked.html
    assert "Reply to this message" in asked.html


async def test_an_extra_reading_says_that_it_is_not_counted(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    withdrawn = AssignmentState.WITHDRAWN
    await assignments.end(session, desk.assignments[0].id, withdrawn, now=desk.now)
    await desk.replies(ANSWER)

    told = await shown(desk, NoticeKind.EXTRA_READING)
    assert "An extra reading by Olha" in told.html
    assert "not counted" in (await shown(desk, NoticeKind.RECORDED)).html

    unsent = await newest(desk, NoticeKind.EXTRA_READING)
    await desk.undoes()
    assert await RENDERERS[NoticeKind.EXTRA_READING](await scene_of(desk, unsent)) is None
    assert "took an extra reading back" in (await shown(desk, NoticeKind.EXTRA_READING)).html


@pytest.mark.parametrize("step", ["recorded", "half", "asked"])
async def test_whatever_is_said_fits_one_screen(session: AsyncSession, step: str) -> None:
    desk = await a_reviewing(session, claims=3)
    flood = "<b>&\u202e words without end " * 150
    links = " ".join(f"https://stats.example/{n}/{'x' * 60}" for n in range(20))
    said = {"recorded": f"False. {flood} {links}", "half": f"False. {flood}", "asked": flood}

    await desk.replies(said[step])

    kinds = {"recorded": NoticeKind.RECORDED, "half": NoticeKind.HALF_ANSWER}
    message = await shown(desk, kinds.get(step, NoticeKind.ASK_BACK))
    assert screen_lines(message.html) <= SCREEN_LINES


async def cites(desk: Reviewing, **fields: Any) -> None:
    """The first claim names a source."""
    revision_id = desk.claims[0].head_revision_id or 0
    desk.session.add(
        Citation(claim_revision_id=revision_id, as_written="the harbour office", **fields)
    )
    await desk.session.flush()


async def newest(desk: Reviewing, kind: NoticeKind) -> Outbox:
    """The newest notice of this kind."""
    query = select(Outbox).where(Outbox.kind == kind).order_by(col(Outbox.id).desc()).limit(1)
    row = (await desk.session.exec(query)).one()
    await desk.session.refresh(row)
    return row


async def scene_of(desk: Reviewing, row: Outbox) -> Scene:
    """What its renderer may look at, as Olha would read it."""
    return Scene(
        session=desk.session,
        row=row,
        prompt=await outbox.prompt_of(desk.session, row.target_id or row.id),
        reader=desk.olha,
        zone=ZoneInfo("UTC"),
        now=desk.now,
        services=cast("Any", None),
    )


async def shown(desk: Reviewing, kind: NoticeKind) -> Outgoing:
    """The newest message of this kind, worded."""
    row = await newest(desk, kind)
    for claim in desk.claims:
        await desk.session.refresh(claim)
    message = await RENDERERS[kind](await scene_of(desk, row))
    assert message is not None
    return message


def labels(message: Outgoing) -> list[list[str]]:
    return [[button.label for button in row] for row in message.buttons]
