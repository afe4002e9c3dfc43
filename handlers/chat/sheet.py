"""The buttons of claim sheets and article lists, and the commands that open them."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.texts import sheet_replies as texts
from bot.workflow import articles
from bot.workflow.sheet import choosing, showing, undo
from handlers.chat.arrivals import incoming_of, tap_of
from handlers.chat.context import Context


async def on_pick(update: Update, context: Context) -> None:
    """A claim's number: tick or untick it."""
    tap = await tap_of(update, context)
    chosen = "on" in tap.words
    if not await choosing.choose(context.session, tap, tap.ids[0], chosen=chosen, now=context.now):
        context.say_on_button(texts.not_on_offer())


async def on_send(update: Update, context: Context) -> None:
    """Send the ticked claims; the clock hands them out."""
    await _send(update, context, at_once=False)


async def on_send_now(update: Update, context: Context) -> None:
    """Send the ticked claims and hand them out."""
    await _send(update, context, at_once=True)


async def on_hand_out(update: Update, context: Context) -> None:
    """Hand out what waits, without waiting for the clock."""
    tap = await tap_of(update, context)
    given = await choosing.hand_out(
        context.session, tap, tap.ids[0], policy=context.services.policy, now=context.now
    )
    if given is not None:
        context.say_on_button(texts.handed_out(given))


async def on_due(update: Update, context: Context) -> None:
    """Go on to the next usual due time."""
    tap = await tap_of(update, context)
    await choosing.cycle_due(
        context.session, tap, tap.ids[0], policy=context.services.policy, now=context.now
    )


async def on_turn(update: Update, context: Context) -> None:
    """Another page of the sheet."""
    tap = await tap_of(update, context)
    await showing.turn_page(context.session, tap, tap.ids[-1], now=context.now)


async def on_shut(update: Update, context: Context) -> None:
    """Nothing to check in this article."""
    tap = await tap_of(update, context)
    await choosing.close_article(context.session, tap, tap.ids[0], now=context.now)


async def on_show_sheet(update: Update, context: Context) -> None:
    """Show the sheet at the end of the chat."""
    tap = await tap_of(update, context)
    await showing.show_again(context.session, tap, tap.ids[0], now=context.now)


async def on_undo(update: Update, context: Context) -> None:
    """Take back what the commands of one reply did."""
    tap = await tap_of(update, context)
    await undo.undo(context.session, tap, tap.ids[0], now=context.now)


async def on_articles(update: Update, context: Context) -> None:
    """`/articles`: the list."""
    await articles.list_articles(context.session, incoming_of(update, context), now=context.now)


async def on_turn_list(update: Update, context: Context) -> None:
    """Another page of the list."""
    tap = await tap_of(update, context)
    await articles.turn_list(context.session, tap, tap.ids[0], now=context.now)


async def on_article(update: Update, context: Context) -> None:
    """`/article 41`: one with its verdicts; without a number the list."""
    incoming = incoming_of(update, context)
    written = " ".join(context.args or [])
    if written:
        await articles.open_written(context.session, incoming, written, now=context.now)
    else:
        await articles.list_articles(context.session, incoming, now=context.now)


async def on_open_article(update: Update, context: Context) -> None:
    """A button that opens one article."""
    tap = await tap_of(update, context)
    await articles.open_tapped(context.session, tap, tap.ids[0], now=context.now)


async def _send(update: Update, context: Context, *, at_once: bool) -> None:
    tap = await tap_of(update, context)
    article_id, expected = tap.ids
    policy = context.services.policy
    sent = await choosing.send_chosen(
        context.session, tap, article_id, expected=expected, policy=policy, now=context.now
    )
    if sent is None:
        context.say_on_button(texts.sheet_changed(), is_alert=True)
    elif at_once:
        given = await choosing.hand_out(
            context.session, tap, article_id, policy=policy, now=context.now
        )
        context.say_on_button(texts.handed_out(given or 0))
    else:
        context.say_on_button(texts.sent(sent))


# Nine digits: what comes back from a button is the client's word, and ids are 32-bit.
HANDLERS: list[BaseHandler[Any, Any, Any]] = [
    CommandHandler("articles", on_articles),
    CommandHandler("article", on_article),
    CallbackQueryHandler(on_pick, pattern=r"^pick:\d{1,9}:(on|off)$"),
    CallbackQueryHandler(on_send, pattern=r"^send:\d{1,9}:\d{1,9}$"),
    CallbackQueryHandler(on_send_now, pattern=r"^sendnow:\d{1,9}:\d{1,9}$"),
    CallbackQueryHandler(on_hand_out, pattern=r"^handout:\d{1,9}$"),
    CallbackQueryHandler(on_due, pattern=r"^duesheet:\d{1,9}$"),
    CallbackQueryHandler(on_turn, pattern=r"^turn:\d{1,9}:\d{1,9}$"),
    CallbackQueryHandler(on_shut, pattern=r"^shut:\d{1,9}$"),
    CallbackQueryHandler(on_show_sheet, pattern=r"^sheet:\d{1,9}$"),
    CallbackQueryHandler(on_undo, pattern=r"^unsheet:\d{1,9}$"),
    CallbackQueryHandler(on_turn_list, pattern=r"^articles:\d{1,9}$"),
    CallbackQueryHandler(on_open_article, pattern=r"^article:\d{1,9}$"),
]
