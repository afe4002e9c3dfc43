"""What Telegram accepts from a bot, and how it says no."""

import pytest
from aiohttp import ClientSession
from telegram import Bot, CopyTextButton, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from bot.sandbox import Button, Chat, Person, Sandbox


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([list(buttons)])


async def test_a_message_stands_in_the_chat_as_it_was_meant(client: Bot, olha: Person):
    sent = await client.send_message(
        olha.id,
        "<b>Reading…</b> 1 &lt; 2",
        parse_mode="HTML",
        disable_notification=True,
        reply_markup=keyboard(InlineKeyboardButton("Stop", callback_data="stop:1")),
    )

    message = olha.messages[-1]
    assert (message.id, message.text, message.html) == (
        sent.message_id,
        "Reading… 1 < 2",
        "<b>Reading…</b> 1 &lt; 2",
    )
    assert message.is_silent
    assert message.buttons == [[Button("Stop", data="stop:1")]]
    assert sent.text_html == "<b>Reading…</b> 1 &lt; 2"
    assert sent.reply_markup is not None


async def test_a_person_who_never_pressed_start_cannot_be_written_to(client: Bot, sandbox: Sandbox):
    stranger = sandbox.add_person(5, "Ira")

    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await client.send_message(stranger.id, "Hello")


async def test_an_unknown_chat_is_not_found(client: Bot):
    with pytest.raises(BadRequest, match="Chat not found"):
        await client.send_message(404, "Hello")


async def test_who_has_blocked_the_bot_gets_nothing_until_they_unblock_it(
    client: Bot, olha: Person
):
    await olha.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await client.send_message(olha.id, "Hello")

    await olha.unblocks()
    await client.send_message(olha.id, "Hello again")
    assert [message.text for message in olha.messages] == ["Hello again"]


async def test_a_group_that_became_a_supergroup_names_its_new_id(
    client: Bot, sandbox: Sandbox, olha: Person
):
    group = sandbox.add_group(-77, "Desk", [olha])
    sandbox.migrate(group, -1_001_000_000_077)

    with pytest.raises(ChatMigrated) as moved:
        await client.send_message(-77, "Hello")
    assert moved.value.new_chat_id == -1_001_000_000_077


async def test_a_message_holds_4096_units_after_its_formatting_is_read(client: Bot, olha: Person):
    await client.send_message(olha.id, "<b>" + "😀" * 2048 + "</b>", parse_mode="HTML")

    with pytest.raises(BadRequest, match="Message is too long"):
        await client.send_message(olha.id, "😀" * 2048 + "!")


@pytest.mark.parametrize("nothing", ["  \n ", "<b> </b>"])
async def test_a_message_needs_text(client: Bot, olha: Person, nothing: str):
    with pytest.raises(BadRequest, match="Message text is empty"):
        await client.send_message(olha.id, nothing, parse_mode="HTML")


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        (InlineKeyboardButton("Keep", callback_data="я" * 33), "Button_data_invalid"),
        (InlineKeyboardButton("Keep", callback_data=""), "Button_data_invalid"),
        (InlineKeyboardButton("Keep"), "Text buttons are unallowed in the inline keyboard"),
        (InlineKeyboardButton("Both", callback_data="1", url="https://a.example"), "exactly one"),
        (InlineKeyboardButton(" ", callback_data="1"), "Button_text_invalid"),
        (InlineKeyboardButton("Site", url="http://localhost:1"), "Wrong HTTP URL"),
        (InlineKeyboardButton("Copy", copy_text=CopyTextButton("x" * 257)), "Button_copy_text"),
    ],
)
async def test_a_button_that_telegram_refuses(
    client: Bot, olha: Person, button: InlineKeyboardButton, refusal: str
):
    with pytest.raises(BadRequest, match=f"(?i){refusal}"):
        await client.send_message(olha.id, "Choose", reply_markup=keyboard(button))


async def test_data_of_64_bytes_fits_a_button(client: Bot, olha: Person):
    button = InlineKeyboardButton("Keep", callback_data="я" * 32, style="success")

    await client.send_message(olha.id, "Choose", reply_markup=keyboard(button))

    assert olha.messages[-1].buttons == [[Button("Keep", data="я" * 32, style="success")]]


async def test_a_reply_quotes_what_stands_in_the_chat(client: Bot, olha: Person):
    question = await olha.sends("How many?")

    answer = await client.send_message(olha.id, "78", reply_to_message_id=question.id)

    assert olha.messages[-1].reply_to is question
    assert answer.reply_to_message is not None
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await client.send_message(olha.id, "78", reply_to_message_id=99)
    await client.send_message(
        olha.id, "78", reply_to_message_id=99, allow_sending_without_reply=True
    )


async def test_a_forced_reply_is_refused_in_a_channel(client: Bot, olha: Person, channel: Chat):
    await client.send_message(olha.id, "Which link?", reply_markup=ForceReply())
    assert olha.messages[-1].force_reply

    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await client.send_message(channel.id, "Which link?", reply_markup=ForceReply())


async def test_only_an_administrator_posts_in_a_channel(client: Bot, sandbox: Sandbox):
    elsewhere = sandbox.add_channel(-1_009, "Elsewhere", username="elsewhere", bot_is_admin=False)

    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await client.send_message(elsewhere.id, "Hello")
    with pytest.raises(BadRequest, match="Need administrator rights"):
        await client.send_message("@elsewhere", "Hello")


async def test_a_forum_knows_its_topics(client: Bot, sandbox: Sandbox, olha: Person):
    forum = sandbox.add_group(-1_001_000_000_009, "Forum", [olha], topics={4: "Checks"})

    await client.send_message(forum.id, "Hello", message_thread_id=4)
    assert forum.last.thread_id == 4
    with pytest.raises(BadRequest, match="Message thread not found"):
        await client.send_message(forum.id, "Hello", message_thread_id=5)


async def test_only_the_methods_we_use_are_there(client: Bot, olha: Person):
    with pytest.raises(InvalidToken, match="Not Found"):
        await client.send_dice(olha.id)


@pytest.mark.parametrize(("token", "code"), [("1000000001:other", 401), ("other", 404)])
async def test_another_token_is_refused(sandbox: Sandbox, token: str, code: int):
    async with ClientSession() as http, http.get(f"{sandbox.url}/bot{token}/getMe") as answer:
        assert (answer.status, (await answer.json())["error_code"]) == (code, code)


async def test_a_chat_action_is_seen_until_the_message_comes(
    client: Bot, sandbox: Sandbox, olha: Person
):
    await client.send_chat_action(olha.id, "typing")
    assert olha.chat.action == "typing"

    await client.send_message(olha.id, "Here it is")
    assert olha.chat.action is None
    with pytest.raises(BadRequest, match="Wrong parameter action"):
        await client.send_chat_action(olha.id, "thinking")
