"""What a reviewer said and that does not count yet: listed, and asked again from the list."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

import handlers.chat.notices.verdicts
import handlers.chat.notices.workload  # noqa: F401 - these two register the renderers
from bot.workflow import queue
from bot.workflow.notices import NoticeKind
from bot.workflow.verdicts import held
from handlers.chat.outgoing import RENDERERS, Outgoing, Scene
from storage import assignments, inputs, outbox
from storage.models.claims import Rating
from storage.models.work import AssignmentState
from tests.workflow.reviewing import PHOTO, Reviewing, a_reviewing
from tests.workflow.work import said


async def listed(desk: Reviewing) -> Outgoing:
    """What /queue shows."""
    notice_id = await queue.show_queue(desk.session, desk.olha.id, now=desk.now)
    row = await outbox.get(desk.session, notice_id or 0)
    assert row is not None
    scene = Scene(
        session=desk.session,
        row=row,
        prompt=None,
        reader=desk.olha,
        zone=ZoneInfo("UTC"),
        now=desk.now,
        services=cast("Any", None),
    )
    out = await RENDERERS[NoticeKind.QUEUE](scene)
    assert out is not None
    return out


def labels(out: Outgoing) -> list[str]:
    return [button.label for row in out.buttons for button in row]


async def test_a_verdict_for_no_claim_yet_is_listed_first(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.writes("False. https://stats.example/q3")

    out = await listed(desk)

    assert out.html.split("\n")[:3] == [
        "<b>Does not count yet</b>",
        "❔ <b>1</b> “False. https://stats.example/q3” – for which claim?",
        "<b>2 claims wait for you</b>",
    ]
    assert labels(out)[0] == "Answer ❔ 1"


async def test_from_the_list_it_is_asked_again_at_the_end_of_the_chat(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.writes("False. https://stats.example/q3")
    (asked,) = await inputs.asked_of(session, desk.olha.id)

    await held.ask_anew(session, desk.tap(), asked.id, now=desk.now)
    first, again = await said(session, NoticeKind.ASK_BACK)
    await desk.chooses(at=1)

    before, open_now = (
        await outbox.prompt_of(session, first.id),
        await inputs.get(session, asked.id),
    )
    assert before is not None
    assert open_now is not None
    assert before.kind == NoticeKind.ANSWER_NOTE
    assert open_now.notice_id == again.id
    assert await desk.rating(1) is Rating.FALSE
    assert "Does not count yet" not in (await listed(desk)).html


async def test_words_that_were_asked_back_about_stand_beside_their_claim(
    session: AsyncSession,
) -> None:
    desk = await a_reviewing(session)
    await desk.replies("hm, wait")

    assert "you sent <b>“hm, wait”</b>, the verdict is missing" in (await listed(desk)).html


async def test_half_an_answer_to_a_claim_that_went_on_is_listed_too(session: AsyncSession) -> None:
    desk = await a_reviewing(session)
    await assignments.end(session, desk.assignments[0].id, AssignmentState.EXPIRED, now=desk.now)
    await desk.replies(attachments=(PHOTO,))

    out = await listed(desk)
    (asked,) = await inputs.asked_of(session, desk.olha.id)
    await held.ask_anew(session, desk.tap(), asked.id, now=desk.now)

    assert f"what you sent – A-{desk.article.id}/1, something is missing" in out.html
    assert [row.facts["input_id"] for row in await said(session, NoticeKind.ASK_BACK)] == [
        asked.id,
        asked.id,
    ]


async def test_what_is_for_no_claim_is_listed_no_more(session: AsyncSession) -> None:
    desk = await a_reviewing(session, claims=2)
    await desk.writes("False. https://stats.example/q3")
    (asked,) = await inputs.asked_of(session, desk.olha.id)

    await held.use_for_nothing(session, desk.tap(asked.notice_id), asked.id, now=desk.now)

    assert "Does not count yet" not in (await listed(desk)).html
