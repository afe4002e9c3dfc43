"""Groups and channels: who sees what, who is who."""

import pytest
from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
)
from telegram.error import BadRequest, Forbidden

from bot.sandbox import Chat, NotPossible, Person, Sandbox


async def test_in_a_group_the_bot_sees_commands_and_replies_to_itself(
    client: Bot, olha: Person, newsroom: Chat
):
    await client.send_message(newsroom.id, "Desk week 47")
    digest = newsroom.last

    await olha.sends("https://a.example/ look", chat=newsroom)
    await olha.sends("@deskcheck_bot look", chat=newsroom)
    await olha.sends("/check@another_bot https://a.example/", chat=newsroom)
    await olha.sends("/check https://a.example/", chat=newsroom)
    await olha.sends("/check@deskcheck_bot https://b.example/", chat=newsroom)
    await olha.sends("thanks", reply_to=digest, chat=newsroom)

    messages = [update.message for update in await client.get_updates()]
    assert [message and message.text for message in messages] == [
        "/check https://a.example/",
        "/check@deskcheck_bot https://b.example/",
        "thanks",
    ]


async def test_an_administrator_bot_sees_everything(client: Bot, olha: Person, newsroom: Chat):
    newsroom.bot_is_admin = True

    await olha.sends("https://a.example/ look", chat=newsroom)

    assert len(await client.get_updates()) == 1


async def test_a_channel_post_has_no_author(client: Bot, olha: Person, channel: Chat):
    await olha.sends("/here", chat=channel)

    [update] = await client.get_updates()
    assert update.channel_post is not None
    assert update.effective_user is None
    assert update.channel_post.sender_chat is not None
    assert update.channel_post.sender_chat.id == channel.id
    posted = await client.send_message(channel.id, "Desk week 47")
    assert posted.from_user is None


async def test_only_administrators_write_in_a_channel(marko: Person, channel: Chat):
    with pytest.raises(NotPossible):
        await marko.sends("/here", chat=channel)


async def test_members_are_told_from_administrators_and_strangers(
    client: Bot, sandbox: Sandbox, olha: Person, marko: Person
):
    group = sandbox.add_group(-1_003, "Desk", [marko], admins=[olha])
    ira = sandbox.add_person(5, "Ira")

    statuses = [
        (await client.get_chat_member(group.id, who.id)).status for who in (olha, marko, ira)
    ]

    assert statuses == ["administrator", "member", "left"]
    assert (await client.get_chat_member(group.id, client.id)).status == "member"
    with pytest.raises(BadRequest, match="Invalid user_id specified"):
        await client.get_chat_member(group.id, 404)


async def test_a_chat_tells_whether_it_is_public(client: Bot, sandbox: Sandbox, newsroom: Chat):
    sandbox.add_channel(-1_004, "Public desk", username="public_desk")

    assert (await client.get_chat("@public_desk")).username == "public_desk"
    assert (await client.get_chat(newsroom.id)).username is None


async def test_a_removed_bot_is_told_so(client: Bot, newsroom: Chat):
    newsroom.bot_is_member = False

    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await client.send_message(newsroom.id, "Hello")


async def test_menus_are_kept_per_scope(client: Bot, sandbox: Sandbox, olha: Person):
    await client.set_my_commands([("help", "What you may do")])
    await client.set_my_commands([("queue", "What is mine")], scope=BotCommandScopeChat(olha.id))

    assert sandbox.world.commands == {
        "default": [{"command": "help", "description": "What you may do"}],
        f"chat:{olha.id}": [{"command": "queue", "description": "What is mine"}],
    }
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await client.set_my_commands([("Send now", "x")])


async def test_a_menu_that_is_taken_away_is_gone(client: Bot, sandbox: Sandbox, olha: Person):
    scope = BotCommandScopeChat(olha.id)
    await client.set_my_commands([("queue", "What is mine")], scope=scope)

    await client.delete_my_commands(scope=scope)

    assert sandbox.world.commands == {}


@pytest.mark.parametrize(
    ("scope", "problem"),
    [
        (BotCommandScope("everybody"), "Unsupported type"),
        (BotCommandScope("chat"), "chat_id"),
        (BotCommandScopeChat(1), "chat not found"),
        (BotCommandScopeChatAdministrators(7_000_000_001), "in private chats"),
        (BotCommandScopeChatMember(-1_001_000_000_001, 5), "user not found"),
        (BotCommandScopeChat(-1_001_000_000_002), "in channel chats"),
    ],
)
@pytest.mark.usefixtures("newsroom", "channel")
async def test_a_menu_for_nobody_is_refused(client: Bot, scope: BotCommandScope, problem: str):
    with pytest.raises(BadRequest, match=f"(?i){problem}"):
        await client.set_my_commands([("queue", "What is mine")], scope=scope)


async def test_a_menu_for_somebody_who_has_not_started_is_refused(client: Bot, sandbox: Sandbox):
    sandbox.add_person(7_000_000_009, "Nadia")

    with pytest.raises(Forbidden):
        await client.set_my_commands([("a", "b")], scope=BotCommandScopeChat(7_000_000_009))
