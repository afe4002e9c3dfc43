"""The buttons with which editors rule, clear claims, and look at verdicts and evidence."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.texts import author as author_texts
from bot.texts import settling as texts
from bot.workflow import actions, author, rulings
from handlers.chat.arrivals import tap_of
from handlers.chat.context import Context
from storage.models.claims import ActionDone, Rating

_RATINGS, _DEEDS = "|".join(Rating), "|".join(ActionDone)


async def on_rule(update: Update, context: Context) -> None:
    """A rating under differing verdicts: ask why."""
    tap = await tap_of(update, context)
    rating = Rating(tap.words[0])
    await rulings.begin_ruling(context.session, tap, tap.ids[0], rating, now=context.now)
    context.say_on_button(texts.reason_wanted())


async def on_rule_again(update: Update, context: Context) -> None:
    """Offer the ratings on a claim that was ruled on before."""
    tap = await tap_of(update, context)
    await rulings.offer_ruling(context.session, tap, tap.ids[0], now=context.now)


async def on_back(update: Update, context: Context) -> None:
    """No reason after all."""
    tap = await tap_of(update, context)
    await rulings.back(context.session, tap, tap.ids[0], now=context.now)


async def on_act(update: Update, context: Context) -> None:
    """What was done about a claim."""
    tap = await tap_of(update, context)
    done = ActionDone(tap.words[0])
    is_done = await actions.take(context.session, tap, tap.ids[0], done, now=context.now)
    context.say_on_button(texts.done_answer(done) if is_done else texts.reason_wanted())


async def on_open_again(update: Update, context: Context) -> None:
    """Nothing was done after all."""
    tap = await tap_of(update, context)
    if not await actions.open_again(context.session, tap, tap.ids[0], now=context.now):
        context.say_on_button(texts.nothing_undone())


async def on_claim(update: Update, context: Context) -> None:
    """One claim of a summary."""
    tap = await tap_of(update, context)
    await actions.open_claim(context.session, tap, tap.ids[0], now=context.now)


async def on_files(update: Update, context: Context) -> None:
    """The photos and files that verdicts rest on."""
    tap = await tap_of(update, context)
    count = await actions.show_files(context.session, tap, tap.ids[0], now=context.now)
    context.say_on_button(texts.files_answer(count))


async def on_author(update: Update, context: Context) -> None:
    """What to ask the author, to be forwarded."""
    tap = await tap_of(update, context)
    is_told = await author.write_query(context.session, tap, tap.ids[0], now=context.now)
    context.say_on_button(author_texts.forward_it() if is_told else author_texts.nothing_to_ask())


async def on_turn(update: Update, context: Context) -> None:
    """Another page of a summary."""
    tap = await tap_of(update, context)
    await actions.turn_summary(context.session, tap, tap.ids[1], now=context.now)


HANDLERS: list[BaseHandler[Any, Any, Any]] = [
    CallbackQueryHandler(on_rule, pattern=rf"^rule:\d+:({_RATINGS})$"),
    CallbackQueryHandler(on_rule_again, pattern=r"^rule:\d+$"),
    CallbackQueryHandler(on_back, pattern=r"^norule:\d+$"),
    CallbackQueryHandler(on_act, pattern=rf"^act:\d+:({_DEEDS})$"),
    CallbackQueryHandler(on_open_again, pattern=r"^unact:\d+$"),
    CallbackQueryHandler(on_claim, pattern=r"^claim:\d+$"),
    CallbackQueryHandler(on_files, pattern=r"^files:\d+$"),
    CallbackQueryHandler(on_author, pattern=r"^author:\d+$"),
    CallbackQueryHandler(on_turn, pattern=r"^verdicts:\d+:\d+$"),
]
