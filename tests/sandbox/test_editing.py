"""Changing what is there: edits, buttons, pins, reactions, deletions."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.sandbox import Chat, Person

KEEP = InlineKeyboardMarkup([[InlineKeyboardButton("Keep", callback_data="keep:1")]])
DROP = InlineKeyboardMarkup([[InlineKeyboardButton("Drop", callback_data="drop:1")]])


async def test_an_edit_changes_the_message_in_place(client: Bot, olha: Person):
    sent = await client.send_message(olha.id, "Reading…")

    edited = await client.edit_message_text(
        "<b>Read</b>", olha.id, sent.message_id, parse_mode="HTML"
    )

    [message] = olha.messages
    assert (message.text, message.html, message.edits) == ("Read", "<b>Read</b>", 1)
    assert edited.edit_date is not None


async def test_an_edit_without_buttons_removes_them(client: Bot, olha: Person):
    sent = await client.send_message(olha.id, "Choose", reply_markup=KEEP)

    await client.edit_message_text("Chosen", olha.id, sent.message_id)

    assert olha.messages[-1].buttons == []


async def test_an_edit_that_changes_nothing_is_refused(client: Bot, olha: Person):
    sent = await client.send_message(olha.id, "Choose", reply_markup=KEEP)

    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await client.edit_message_text("Choose", olha.id, sent.message_id, reply_markup=KEEP)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await client.edit_message_reply_markup(olha.id, sent.message_id, reply_markup=KEEP)
    await client.edit_message_text("Choose", olha.id, sent.message_id, reply_markup=DROP)
    await client.edit_message_reply_markup(olha.id, sent.message_id)
    assert olha.messages[-1].buttons == []


async def test_only_its_own_messages_can_be_edited(client: Bot, olha: Person):
    question = await olha.sends("How many?")

    with pytest.raises(BadRequest, match="Message can't be edited"):
        await client.edit_message_text("78", olha.id, question.id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await client.edit_message_text("78", olha.id, 99)


async def test_text_and_caption_are_not_the_same(client: Bot, olha: Person, picture: bytes):
    text = await client.send_message(olha.id, "Words")
    photo = await client.send_photo(olha.id, picture, caption="Chart")

    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await client.edit_message_caption(olha.id, text.message_id, caption="x")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await client.edit_message_text("x", olha.id, photo.message_id)
    await client.edit_message_caption(olha.id, photo.message_id, caption="Desk week 47")
    assert olha.messages[-1].text == "Desk week 47"


async def test_a_deleted_message_is_gone(client: Bot, olha: Person, newsroom: Chat):
    sent = await client.send_message(olha.id, "Oops")

    await client.delete_message(olha.id, sent.message_id)

    assert olha.messages == []
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await client.delete_message(olha.id, sent.message_id)
    theirs = await olha.sends("/check", chat=newsroom)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await client.delete_message(newsroom.id, theirs.id)


async def test_pinning_in_a_group_needs_rights(client: Bot, olha: Person, newsroom: Chat):
    sent = await client.send_message(newsroom.id, "Desk week 47")

    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages"):
        await client.pin_chat_message(newsroom.id, sent.message_id)
    newsroom.bot_is_admin = True
    await client.pin_chat_message(newsroom.id, sent.message_id)
    assert newsroom.last.is_pinned
    pinned = (await client.get_chat(newsroom.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id


async def test_a_tick_is_no_reaction(client: Bot, olha: Person):
    question = await olha.sends("https://a.example/")

    await client.set_message_reaction(olha.id, question.id, "👀")
    assert question.reactions == ["👀"]
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await client.set_message_reaction(olha.id, question.id, "✅")
