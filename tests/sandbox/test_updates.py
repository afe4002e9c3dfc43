"""How updates are handed out: until confirmed, to one poll at a time, in the shapes PTB reads."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot, MessageEntity, MessageOriginChannel, MessageOriginHiddenUser
from telegram.error import Conflict

from bot.sandbox import Chat, Entity, Person, Sandbox


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(client: Bot, olha: Person):
    await olha.sends("one")
    await olha.sends("two")

    first, second = await client.get_updates()
    assert await client.get_updates() == (first, second)
    assert await client.get_updates(offset=second.update_id) == (second,)
    assert await client.get_updates(offset=second.update_id + 1) == ()
    assert await client.get_updates() == ()


async def test_a_limit_and_a_negative_offset_are_understood(client: Bot, olha: Person):
    for words in ("one", "two", "three"):
        await olha.sends(words)

    [first] = await client.get_updates(limit=1)
    assert first.message is not None
    assert first.message.text == "one"
    [last] = await client.get_updates(offset=-1)
    assert last.message is not None
    assert last.message.text == "three"
    assert await client.get_updates() == (last,)


async def test_a_long_poll_ends_when_something_happens(client: Bot, olha: Person):
    poll = asyncio.create_task(client.get_updates(timeout=30))
    await asyncio.sleep(0)

    await olha.starts("TOKEN")

    [update] = await poll
    assert update.message is not None
    assert update.message.text == "/start TOKEN"


async def test_of_two_polls_the_older_one_loses(client: Bot, sandbox: Sandbox, olha: Person):
    async with Bot(sandbox.token, base_url=f"{sandbox.url}/bot") as second_client:
        older = asyncio.create_task(client.get_updates(timeout=30))
        await sandbox.until(lambda: "getUpdates" in sandbox.calls)
        newer = asyncio.create_task(second_client.get_updates(timeout=30))

        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await older
        await olha.sends("still there?")
        assert len(await newer) == 1


async def test_what_nobody_fetches_for_a_day_is_forgotten():
    now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    async with Sandbox(clock=lambda: now) as sandbox:
        olha = sandbox.add_person(1, "Olha")
        await olha.sends("old")
        now += timedelta(hours=25)
        late = await olha.sends("new")

        [update] = await sandbox.world.updates.poll(offset=0, limit=100, timeout_s=0)

    assert update["message"]["text"] == "new"
    assert update["message"]["date"] == int(late.sent_at.timestamp())


async def test_confirmed_updates_can_come_again(client: Bot, sandbox: Sandbox, olha: Person):
    await olha.sends("once")
    [update] = await client.get_updates()
    await client.get_updates(offset=update.update_id + 1)

    sandbox.redeliver()

    assert await client.get_updates(offset=update.update_id + 1) == (update,)
    assert await client.get_updates(offset=update.update_id + 1) == ()


async def test_a_confirmation_can_be_overlooked(client: Bot, sandbox: Sandbox, olha: Person):
    await olha.sends("once")
    [update] = await client.get_updates()

    sandbox.ignore_confirmations()

    assert await client.get_updates(offset=update.update_id + 1) == (update,)
    assert await client.get_updates(offset=update.update_id + 1) == ()


async def test_update_ids_can_start_anew(sandbox: Sandbox, olha: Person):
    await olha.sends("before")
    sandbox.restart_update_ids()
    await olha.sends("after")

    first, second = [update.id for update in sandbox.world.updates.pending]
    assert second != first + 1


async def test_only_the_kinds_asked_for_come(client: Bot, olha: Person):
    await client.get_updates(allowed_updates=["callback_query"])

    await olha.sends("Hello")

    assert await client.get_updates() == ()


async def test_a_message_carries_its_links_behind_words_too(client: Bot, olha: Person):
    await olha.sends(
        "😀 here and https://b.example/x",
        entities=[Entity("text_link", 3, 4, url="https://a.example/")],
    )

    [update] = await client.get_updates()
    assert update.message is not None
    assert update.message.parse_entities([MessageEntity.URL, MessageEntity.TEXT_LINK]) == {
        MessageEntity("text_link", 3, 4, url="https://a.example/"): "here",
        MessageEntity("url", 12, 19): "https://b.example/x",
    }


async def test_an_edit_comes_as_an_edited_message(client: Bot, olha: Person):
    link = await olha.sends("https://a.example/")
    await olha.edits(link, "https://b.example/")

    _, update = await client.get_updates()
    assert update.edited_message is not None
    assert update.edited_message.message_id == link.id
    assert update.edited_message.text == "https://b.example/"
    assert update.edited_message.edit_date is not None


async def test_a_reply_carries_what_it_answers(client: Bot, olha: Person):
    await client.send_message(olha.id, "Is it true?")
    await olha.sends("False", reply_to=olha.chat.last)

    [update] = await client.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.text == "Is it true?"
    assert update.message.reply_to_message.from_user is not None
    assert update.message.reply_to_message.from_user.is_bot


async def test_an_album_is_several_updates_with_one_caption(
    client: Bot, olha: Person, picture: bytes
):
    await olha.sends_album([picture, picture], caption="False")

    first, second = [update.message for update in await client.get_updates()]
    assert first is not None
    assert second is not None
    assert first.media_group_id == second.media_group_id is not None
    assert (first.caption, second.caption) == ("False", None)


async def test_a_voice_message_has_a_length(client: Bot, olha: Person):
    await olha.sends_voice(duration_s=7)

    [update] = await client.get_updates()
    assert update.message is not None
    assert update.message.voice is not None
    assert int(update.message.voice._duration.total_seconds()) == 7


async def test_a_forward_keeps_its_origin(
    client: Bot, sandbox: Sandbox, olha: Person, channel: Chat
):
    await olha.forwards("Rents rose by 40 %", origin=channel)
    await olha.forwards("I saw it", origin="A neighbour")

    post, words = [update.message for update in await client.get_updates()]
    assert post is not None
    assert words is not None
    assert isinstance(post.forward_origin, MessageOriginChannel)
    assert post.forward_origin.chat.title == "Desk week"
    assert isinstance(words.forward_origin, MessageOriginHiddenUser)
    assert words.forward_origin.sender_user_name == "A neighbour"


async def test_a_long_paste_is_split_by_the_phone(client: Bot, olha: Person):
    parts = await olha.pastes("word " * 2000)

    assert len(parts) == 3
    assert len(await client.get_updates()) == 3
    assert " ".join(part.text for part in parts).split() == ["word"] * 2000


async def test_who_blocks_the_bot_is_reported(client: Bot, olha: Person):
    await olha.blocks()

    [update] = await client.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_closing_ends_a_waiting_poll():
    async with Sandbox() as sandbox:
        poll = asyncio.create_task(sandbox.world.updates.poll(offset=0, limit=100, timeout_s=60))
        await asyncio.sleep(0)

    assert await poll == []
