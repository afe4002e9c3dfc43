"""The buttons of a reviewer's cards, reminders and list, and the command that opens the list."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.texts import cards as texts
from bot.texts import workload as workload_texts
from bot.workflow import cards, passing, queue, reminders
from bot.workflow.passing import PassReason
from handlers.chat.arrivals import tap_of
from handlers.chat.context import Context

# A button's data comes from the other side, so it is matched to the letter.
PASSED = rf"^passed:\d{{1,9}}:({'|'.join(PassReason)})$"


async def on_next(update: Update, context: Context) -> None:
    """The next claim, in a message of its own."""
    tap = await tap_of(update, context)
    shown = await cards.show_next(
        context.session, tap.actor_id, now=context.now, after=tap.ids[0] if tap.ids else None
    )
    if shown is None:
        context.say_on_button(texts.nothing_next())


async def on_card(update: Update, context: Context) -> None:
    """A claim from a list, in a message of its own."""
    tap = await tap_of(update, context)
    await cards.open_card(context.session, tap, tap.ids[0], now=context.now)


async def on_more(update: Update, context: Context) -> None:
    """The less usual answers."""
    tap = await tap_of(update, context)
    await cards.turn_card(context.session, tap, tap.ids[0], view="more", now=context.now)


async def on_less(update: Update, context: Context) -> None:
    """Back to the usual answers."""
    tap = await tap_of(update, context)
    await cards.turn_card(context.session, tap, tap.ids[0], view="plain", now=context.now)


async def on_pass(update: Update, context: Context) -> None:
    """Ask for the reason."""
    tap = await tap_of(update, context)
    await cards.turn_card(context.session, tap, tap.ids[0], view="pass", now=context.now)


async def on_passed(update: Update, context: Context) -> None:
    """A reason was chosen: the claim goes to somebody else."""
    tap = await tap_of(update, context)
    has_new_holder = await passing.pass_on(
        context.session,
        tap,
        tap.ids[0],
        PassReason(tap.words[0]),
        policy=context.services.policy,
        now=context.now,
    )
    context.say_on_button(texts.passed_on(has_new_holder=has_new_holder))


async def on_why(update: Update, context: Context) -> None:
    """Why me?"""
    tap = await tap_of(update, context)
    if not await cards.tell_why(context.session, tap, tap.ids[0], now=context.now):
        context.say_on_button(texts.answered_below())


async def on_later(update: Update, context: Context) -> None:
    """Two more hours for what is due."""
    tap = await tap_of(update, context)
    count = await reminders.extend(
        context.session, tap, policy=context.services.policy, now=context.now
    )
    context.say_on_button(workload_texts.extended(count))


async def on_away_today(update: Update, context: Context) -> None:
    """Away until midnight."""
    tap = await tap_of(update, context)
    await reminders.away_today(
        context.session, tap, policy=context.services.policy, now=context.now
    )
    context.say_on_button(workload_texts.away_today())


async def on_pass_which(update: Update, context: Context) -> None:
    """Which of the listed claims shall go, or back to the list."""
    tap = await tap_of(update, context)
    await reminders.turn(context.session, tap, view=tap.words[0], now=context.now)


async def on_pass_listed(update: Update, context: Context) -> None:
    """One of the listed claims goes: its card asks for the reason."""
    tap = await tap_of(update, context)
    await cards.open_card(context.session, tap, tap.ids[0], now=context.now, view="pass")


async def on_queue(_update: Update, context: Context) -> None:
    """/queue: what waits for me, in my private chat."""
    await queue.show_queue(context.session, context.member.id, now=context.now)


async def on_queue_page(update: Update, context: Context) -> None:
    """Another page of the list."""
    tap = await tap_of(update, context)
    await queue.turn_queue(context.session, tap, page=tap.ids[0], now=context.now)


HANDLERS: list[BaseHandler[Any, Any, Any]] = [
    CommandHandler("queue", on_queue),
    CallbackQueryHandler(on_next, pattern=r"^next:\d{1,9}$"),
    CallbackQueryHandler(on_card, pattern=r"^card:\d{1,9}$"),
    CallbackQueryHandler(on_more, pattern=r"^more:\d{1,9}$"),
    CallbackQueryHandler(on_less, pattern=r"^less:\d{1,9}$"),
    CallbackQueryHandler(on_pass, pattern=r"^pass:\d{1,9}$"),
    CallbackQueryHandler(on_passed, pattern=PASSED),
    CallbackQueryHandler(on_why, pattern=r"^why:\d{1,9}$"),
    CallbackQueryHandler(on_later, pattern=r"^later:all$"),
    CallbackQueryHandler(on_away_today, pattern=r"^awaytoday:now$"),
    CallbackQueryHandler(on_pass_which, pattern=r"^remind:(list|pass)$"),
    CallbackQueryHandler(on_pass_listed, pattern=r"^passlist:\d{1,9}$"),
    CallbackQueryHandler(on_queue_page, pattern=r"^queue:\d{1,9}$"),
]
