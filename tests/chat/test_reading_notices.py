"""How what was sent in is shown, as it stands now."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

import handlers.chat.notices.reading  # noqa: F401 - registers the renderers
from bot.errors import ArticleUnreachable, ArticleUnreadable
from bot.texts.fitting import SCREEN_LINES, screen_lines
from bot.workflow.endings import end_as_known, end_unread, try_later
from bot.workflow.incoming import Incoming, Tap
from bot.workflow.intake import submit_message
from bot.workflow.notices import NoticeKind
from bot.workflow.rereading import show_failed
from handlers.chat.outgoing import RENDERERS, Outgoing, Scene
from storage import outbox, submissions
from storage.models import Member, Outbox, Submission
from storage.models.people import Role
from tests.builders import HOUR, MONDAY, a_member, an_article

LINK = "https://ledger.example/harbour-wall"


async def test_reading_says_when_it_tries_again(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    submission = await submitted(session, editor, LINK)
    assert "try again" not in (await shown(session)).html

    submission.attempts = 1
    problem = ArticleUnreachable(LINK, "timeout")
    await try_later(session, submission, problem, at=MONDAY + HOUR, now=MONDAY)

    assert "today 10:00" in (await shown(session)).html


async def test_a_failure_offers_what_helps(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    submission = await submitted(session, editor, LINK)

    await end_unread(session, submission, ArticleUnreadable(LINK, "http_404"), now=MONDAY)

    message = await shown(session)
    assert "no such page" in message.html
    assert labels(message) == ["Try again"]


async def test_a_message_with_words_of_its_own_can_stand_in(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    submission = await submitted(session, editor, LINK, text="The wall is long. " * 30)

    await end_unread(session, submission, ArticleUnreadable(LINK, "paywall"), now=MONDAY)

    assert "Use your message's text" in labels(await shown(session))


async def test_an_article_that_is_here_can_be_shown_or_read_again(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    article, _ = await an_article(session, editor)
    submission = await submitted(session, editor, LINK)

    await end_as_known(session, submission, article.id, now=MONDAY)

    message = await shown(session)
    assert f"A-{article.id}" in message.html
    assert labels(message) == ["Show the sheet", "Read again"]


async def test_an_index_shows_how_far_each_link_has_come(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    article, _ = await an_article(session, editor)
    first = await submitted(session, editor, LINK, f"{LINK}-2")

    await end_as_known(session, first, article.id, now=MONDAY)
    second = await submissions.get(session, first.id + 1)
    assert second is not None
    await end_unread(session, second, ArticleUnreadable(LINK, "video"), now=MONDAY)

    message = await shown(session, notice_id=first.index_notice_id)
    assert "2 links · 1 could not be read" in message.html
    assert "The harbour wall" in message.html
    assert "This is a video" in message.html
    assert labels(message) == ["⚠ 2", f"A-{article.id}"]


async def test_an_index_of_many_failures_is_one_message_and_one_screen(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    links = [
        f"https://ledger.example/a-rather-long-way/to-page-{n}-that-is-gone" for n in range(25)
    ]
    first = await submitted(session, editor, *links)
    for row in await submissions.of_index(session, first.index_notice_id or 0):
        await end_unread(session, row, ArticleUnreadable(LINK, "http_404"), now=MONDAY)

    message = await shown(session, notice_id=first.index_notice_id)

    sends = (await session.exec(select(Outbox).where(Outbox.op == "send"))).all()
    assert len(sends) == 1
    assert "20 links · 20 could not be read" in message.html
    assert labels(message) == [*(f"⚠ {n}" for n in range(1, 9)), "›"]
    assert screen_lines(message.html) <= SCREEN_LINES


async def test_a_failure_of_an_index_opens_with_what_helps(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    first = await submitted(session, editor, LINK, f"{LINK}-2")
    await end_unread(session, first, ArticleUnreadable(LINK, "http_404"), now=MONDAY)
    tap = Tap(
        actor_id=editor.id,
        chat_id=editor.tg_user_id or 0,
        message_id=5,
        notice_id=first.index_notice_id,
    )

    assert await show_failed(session, tap, first.id, now=MONDAY)

    message = await shown(session)
    assert "no such page" in message.html
    assert labels(message) == ["Try again"]


async def submitted(
    session: AsyncSession, editor: Member, *links: str, text: str = ""
) -> Submission:
    """The first submission of a message with these links."""
    incoming = Incoming(
        actor_id=editor.id, chat_id=editor.tg_user_id or 0, message_id=10, text=text, links=links
    )
    await submit_message(session, incoming, now=MONDAY)
    query = select(Submission).order_by(col(Submission.id)).limit(1)
    return (await session.exec(query)).one()


async def shown(session: AsyncSession, *, notice_id: int | None = None) -> Outgoing:
    """What delivery would show for the newest wish about a message."""
    query = select(Outbox).order_by(col(Outbox.id).desc())
    if notice_id is not None:
        query = query.where(col(Outbox.target_id) == notice_id)
    row = (await session.exec(query.limit(1))).one()
    await session.refresh(row)
    scene = Scene(
        session=session,
        row=row,
        prompt=await outbox.prompt_of(session, row.target_id or row.id),
        reader=None,
        zone=ZoneInfo("UTC"),
        now=MONDAY,
        services=cast("Any", None),
    )
    message = await RENDERERS[NoticeKind(row.kind)](scene)
    assert message is not None
    return message


def labels(message: Outgoing) -> list[str]:
    return [button.label for row in message.buttons for button in row]
