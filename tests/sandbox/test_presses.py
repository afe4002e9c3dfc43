"""Buttons: pressed, answered once, and not too late."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.sandbox import CallbackAnswer, NotPossible, Person, Sandbox

TOO_OLD = "Query is too old and response timeout expired or query id is invalid"


async def pressed(client: Bot) -> CallbackQuery:
    [update] = await client.get_updates()
    assert update.callback_query is not None
    return update.callback_query


@pytest.fixture
async def sheet(client: Bot, olha: Person) -> Message:
    keyboard = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("Send 3 to check", callback_data="send:41")],
            [InlineKeyboardButton("Open", url="https://a.example/")],
        ]
    )
    return await client.send_message(olha.id, "8 of 31", reply_markup=keyboard)


async def test_a_press_reaches_the_bot_and_its_answer_the_person(
    client: Bot, olha: Person, sheet: Message
):
    press = asyncio.create_task(olha.presses(olha.chat.last, "Send 3"))
    await asyncio.sleep(0)

    query = await pressed(client)
    await query.answer("Sent", show_alert=True)

    assert (query.data, query.from_user.id) == ("send:41", olha.id)
    assert query.message is not None
    assert query.message.message_id == sheet.message_id
    assert await press == CallbackAnswer("Sent", show_alert=True)


async def test_an_answer_is_taken_once(client: Bot, olha: Person, sheet: Message):
    olha.taps(olha.chat.last, "Send 3")
    query = await pressed(client)
    await query.answer()

    with pytest.raises(BadRequest, match=f"(?i){TOO_OLD}"):
        await query.answer()
    with pytest.raises(BadRequest, match=f"(?i){TOO_OLD}"):
        await client.answer_callback_query("123")


async def test_an_answer_after_a_quarter_of_an_hour_is_too_late():
    now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    async with Sandbox(clock=lambda: now) as sandbox:
        olha = sandbox.add_person(1, "Olha")
        callback = sandbox.world.press(await olha.starts(), olha.profile, "send:41")
        now += timedelta(minutes=16)

        with pytest.raises(Exception, match="query is too old"):
            sandbox.world.answer(callback.id, CallbackAnswer("", show_alert=False))


async def test_a_phone_offers_only_the_buttons_that_are_there(olha: Person, sheet: Message):
    with pytest.raises(NotPossible, match="no button 'Drop'"):
        olha.taps(olha.chat.last, "Drop")
    assert olha.taps(olha.chat.last, "Open").callback is None


async def test_data_can_be_forged(client: Bot, olha: Person, sheet: Message):
    olha.forges(olha.chat.last, "rule:7")

    assert (await pressed(client)).data == "rule:7"
