"""python-telegram-bot's own application, polling and all, holds a conversation here."""

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.sandbox import CallbackAnswer, Sandbox

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Join", callback_data="join:1")]])


async def greet(update: Update, _context: Any) -> None:
    assert update.message is not None
    await update.message.reply_html("<b>Welcome</b>", reply_markup=KEYBOARD, do_quote=True)


async def join(update: Update, _context: Any) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("You are in")
    await update.callback_query.edit_message_text("Welcome, reviewer")


async def test_a_newcomer_is_greeted_and_joins_by_button(sandbox: Sandbox):
    application = (
        Application.builder()
        .token(sandbox.token)
        .base_url(f"{sandbox.url}/bot")
        .base_file_url(f"{sandbox.url}/file/bot")
        .build()
    )
    application.add_handler(CommandHandler("start", greet))
    application.add_handler(CallbackQueryHandler(join))
    olha = sandbox.add_person(1, "Olha")

    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        question = await olha.starts()
        welcome = await sandbox.message(olha, "Welcome")
        answer = await olha.presses(welcome, "Join")
        await sandbox.message(olha, "Welcome, reviewer")
        await application.updater.stop()
        await application.stop()

    assert welcome.reply_to is question
    assert answer == CallbackAnswer("You are in", show_alert=False)
    assert (welcome.text, welcome.labels) == ("Welcome, reviewer", [])
