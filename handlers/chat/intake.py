"""`/check`, and the buttons under what was sent in."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, cast

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.errors import Refusal
from bot.texts import reading as texts
from bot.workflow import intake, misread, rereading
from handlers.chat.arrivals import incoming_of, links_in, tap_of
from handlers.chat.context import Context

QueueAgain = Callable[..., Awaitable[bool]]


async def on_check(update: Update, context: Context) -> None:
    """`/check` with a link, or in reply to a message that has one."""
    incoming = incoming_of(update, context)
    replied = cast(Message, update.effective_message).reply_to_message
    if not incoming.links and replied is not None:
        incoming = replace(incoming, links=links_in(replied))
    if not incoming.links:
        raise Refusal("check_needs_link")
    await intake.submit_links(context.session, incoming, now=context.now)


async def on_retry(update: Update, context: Context) -> None:
    """A link that failed: try once more."""
    await _once_more(update, context, rereading.try_again)


async def on_own_text(update: Update, context: Context) -> None:
    """A link that failed: read the message that it came in."""
    await _once_more(update, context, rereading.use_own_text)


async def on_again(update: Update, context: Context) -> None:
    """An article that is there: read its page anew."""
    await _once_more(update, context, rereading.read_again)


async def on_reread(update: Update, context: Context) -> None:
    """The same, from a message about the article."""
    tap = await tap_of(update, context)
    notice = await rereading.read_article_again(context.session, tap, tap.ids[0], now=context.now)
    context.say_on_button(texts.on_its_way() if notice else texts.was_asked_before())


async def on_failed(update: Update, context: Context) -> None:
    """A link of an index that failed: why, and what helps."""
    tap = await tap_of(update, context)
    if not await rereading.show_failed(context.session, tap, tap.ids[0], now=context.now):
        context.say_on_button(texts.was_asked_before())


async def on_turn_index(update: Update, context: Context) -> None:
    """Another page of an index."""
    tap = await tap_of(update, context)
    await rereading.turn_index(context.session, tap, tap.ids[0], now=context.now)


async def on_as_draft(update: Update, context: Context) -> None:
    """Words that were not understood: read them as a draft."""
    tap = await tap_of(update, context)
    queued = await misread.read_as_draft(context.session, tap, now=context.now)
    context.say_on_button(texts.taken() if queued else texts.was_asked_before())


async def on_new_text(update: Update, context: Context) -> None:
    """A draft whose message was edited: read the new words."""
    tap = await tap_of(update, context)
    queued = await misread.read_new_text(context.session, tap, now=context.now)
    context.say_on_button(texts.on_its_way() if queued else texts.was_asked_before())


async def on_known(update: Update, context: Context) -> None:
    """Show the sheet of an article that was there already."""
    tap = await tap_of(update, context)
    await rereading.show_known(context.session, tap, tap.ids[0], now=context.now)


async def _once_more(update: Update, context: Context, queue_again: QueueAgain) -> None:
    tap = await tap_of(update, context)
    queued = await queue_again(context.session, tap, tap.ids[0], now=context.now)
    context.say_on_button(texts.on_its_way() if queued else texts.was_asked_before())


HANDLERS: list[BaseHandler[Any, Any, Any]] = [
    CommandHandler("check", on_check),
    CallbackQueryHandler(on_retry, pattern=r"^retry:"),
    CallbackQueryHandler(on_own_text, pattern=r"^owntext:"),
    CallbackQueryHandler(on_again, pattern=r"^again:"),
    CallbackQueryHandler(on_reread, pattern=r"^reread:"),
    CallbackQueryHandler(on_failed, pattern=r"^failed:\d{1,9}$"),
    CallbackQueryHandler(on_turn_index, pattern=r"^index:\d{1,9}$"),
    CallbackQueryHandler(on_as_draft, pattern=r"^draft:read$"),
    CallbackQueryHandler(on_new_text, pattern=r"^newtext:read$"),
    CallbackQueryHandler(on_known, pattern=r"^known:"),
]
