"""Which chat is the team's."""

from typing import Any

import pytest
from sqlmodel import col, select

from bot.errors import NotPermitted, Refusal
from bot.workflow import here
from bot.workflow.here import Room
from bot.workflow.notices import NoticeKind
from storage import chats
from storage.models import Chat, Outbox
from storage.models.people import ChatPurpose, Role
from tests.builders import DAY, MONDAY, a_member

GROUP = Room(-100500, "supergroup", "The desk", thread_id=7)
CHANNEL = Room(-100600, "channel", "Desk channel")
PUBLIC = Room(-100700, "channel", "Everybody's", username="everybodys")


async def say(session: Any, room: Room, actor_id: int, *, public_ok: bool = False) -> None:
    await here.say_here(
        session, room, actor_id=actor_id, message_id=5, public_ok=public_ok, now=MONDAY
    )


async def decide(session: Any, actor_id: int, room: Room, *, is_wanted: bool) -> None:
    await here.decide(
        session,
        actor_id,
        None,
        chat_id=room.chat_id,
        thread_id=room.thread_id,
        is_wanted=is_wanted,
        now=MONDAY,
    )


async def team_chat(session: Any) -> tuple[int, int] | None:
    chat = await chats.team_chat(session)
    return (chat.tg_chat_id, chat.thread_id) if chat else None


async def test_an_admins_word_sets_the_chat_and_its_topic(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)

    await say(session, GROUP, admin.id)

    assert await team_chat(session) == (GROUP.chat_id, 7)
    row = (await session.exec(select(Outbox))).one()
    assert (row.chat_id, row.thread_id, row.kind) == (GROUP.chat_id, 7, NoticeKind.HERE)


async def test_there_is_one_team_chat(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)

    for room in (GROUP, CHANNEL, GROUP):
        await say(session, room, admin.id)

    assert await team_chat(session) == (GROUP.chat_id, 7)
    assert len((await session.exec(select(Chat))).all()) == 1


async def test_nobody_else_sets_it(session: Any) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)

    with pytest.raises(NotPermitted):
        await say(session, GROUP, editor.id)


async def test_a_public_chat_needs_the_setting(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)

    with pytest.raises(Refusal, match="public_chat"):
        await say(session, PUBLIC, admin.id)
    await say(session, PUBLIC, admin.id, public_ok=True)

    assert await team_chat(session) == (PUBLIC.chat_id, 0)


async def test_a_private_chat_is_no_team_chat(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)

    with pytest.raises(Refusal, match="here_in_private"):
        await say(session, Room(9, "private"), admin.id)


async def test_where_nobody_is_named_every_admin_is_asked_and_one_decides(session: Any) -> None:
    ada = await a_member(session, "Ada", Role.ADMIN)
    bo = await a_member(session, "Bo", Role.ADMIN)

    await here.say_here_unnamed(session, CHANNEL, public_ok=False, now=MONDAY)

    asked = (await session.exec(select(Outbox).order_by(col(Outbox.id)))).all()
    assert [(row.chat_id, row.facts["what"]) for row in asked] == [
        (ada.tg_user_id, "candidate"),
        (bo.tg_user_id, "candidate"),
    ]
    assert await team_chat(session) is None

    await decide(session, bo.id, CHANNEL, is_wanted=True)
    assert await team_chat(session) == (CHANNEL.chat_id, 0)
    assert await chats.at(session, CHANNEL.chat_id, 0, ChatPurpose.CANDIDATE) is None

    await decide(session, ada.id, CHANNEL, is_wanted=False)  # too late: Bo has decided
    assert await team_chat(session) == (CHANNEL.chat_id, 0)


async def test_an_open_question_is_repeated_once_a_day_and_asked_anew_after_a_no(
    session: Any,
) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)

    async def questions() -> int:
        await here.say_here_unnamed(session, CHANNEL, public_ok=False, now=MONDAY)
        return len((await session.exec(select(Outbox))).all())

    assert [await questions() for _ in range(3)] == [1, 2, 2]
    await decide(session, admin.id, CHANNEL, is_wanted=False)
    assert await questions() == 3


async def test_an_admins_word_answers_an_open_question_about_the_same_chat(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    await here.say_here_unnamed(session, GROUP, public_ok=False, now=MONDAY)

    await say(session, GROUP, admin.id)

    assert len((await session.exec(select(Chat))).all()) == 1


async def test_a_public_channel_is_explained_to_the_admins_and_to_nobody_there(
    session: Any,
) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)

    await here.say_here_unnamed(session, PUBLIC, public_ok=False, now=MONDAY)

    row = (await session.exec(select(Outbox))).one()
    assert (row.chat_id, row.facts["what"]) == (admin.tg_user_id, "public")
    assert (await session.exec(select(Chat))).all() == []


async def test_the_latest_wish_wins_over_a_restart(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    await here.set_team_chat(session, CHANNEL.chat_id, now=MONDAY)
    assert await team_chat(session) == (CHANNEL.chat_id, 0)

    await say(session, GROUP, admin.id)
    await here.set_team_chat(session, CHANNEL.chat_id, now=MONDAY + DAY)
    assert await team_chat(session) == (GROUP.chat_id, 7)

    await here.set_team_chat(session, PUBLIC.chat_id, now=MONDAY + 2 * DAY)  # the setting changed
    assert await team_chat(session) == (PUBLIC.chat_id, 0)
