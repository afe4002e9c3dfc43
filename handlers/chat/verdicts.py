"""The buttons with which a reviewer answers, explains and takes back."""

from enum import StrEnum
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.workflow.verdicts import held, taps
from bot.workflow.verdicts.taps import Shown
from handlers.chat.arrivals import tap_of
from handlers.chat.context import Context
from storage.models.claims import Rating, SourceCheck


async def on_rate(update: Update, context: Context) -> None:
    """A verdict was tapped."""
    tap = await tap_of(update, context)
    policy = context.services.policy
    rating = Rating(tap.words[0])
    await taps.rate(context.session, tap, tap.ids[0], rating, policy=policy, now=context.now)


async def on_evidence(update: Update, context: Context) -> None:
    """One-tap evidence, or back to the card."""
    tap = await tap_of(update, context)
    policy, what = context.services.policy, Shown(tap.words[0])
    await taps.show(context.session, tap, tap.ids[0], what, policy=policy, now=context.now)


async def on_source(update: Update, context: Context) -> None:
    """Whether the cited source says so."""
    tap = await tap_of(update, context)
    policy, check = context.services.policy, SourceCheck(tap.words[0])
    await taps.source_says(context.session, tap, tap.ids[0], check, policy=policy, now=context.now)


async def on_undo(update: Update, context: Context) -> None:
    """Take the verdict back."""
    tap = await tap_of(update, context)
    policy = context.services.policy
    await taps.undo(context.session, tap, tap.ids[0], policy=policy, now=context.now)


async def on_change(update: Update, context: Context) -> None:
    """Show the verdicts to change to."""
    tap = await tap_of(update, context)
    await taps.choose_change(context.session, tap, tap.ids[0], is_choosing=True, now=context.now)


async def on_keep(update: Update, context: Context) -> None:
    """No change after all."""
    tap = await tap_of(update, context)
    await taps.choose_change(context.session, tap, tap.ids[0], is_choosing=False, now=context.now)


async def on_wrong_claim(update: Update, context: Context) -> None:
    """Which claim was it meant for?"""
    tap = await tap_of(update, context)
    await taps.wrong_claim(context.session, tap, tap.ids[0], now=context.now)


async def on_ask(update: Update, context: Context) -> None:
    """A question to the editor comes next."""
    tap = await tap_of(update, context)
    await taps.start_question(context.session, tap, tap.ids[0], now=context.now)


async def on_unask(update: Update, context: Context) -> None:
    """No question after all."""
    tap = await tap_of(update, context)
    await taps.cancel_question(context.session, tap, tap.ids[0], now=context.now)


async def on_note(update: Update, context: Context) -> None:
    """A note comes next."""
    tap = await tap_of(update, context)
    await taps.start_note(context.session, tap, tap.ids[0], now=context.now)


async def on_word(update: Update, context: Context) -> None:
    """What words without a verdict are: a question, or a note."""
    tap = await tap_of(update, context)
    if tap.words[0] == "question":
        await taps.words_are_question(context.session, tap, tap.ids[0], now=context.now)
        return
    policy = context.services.policy
    await taps.words_are_note(context.session, tap, tap.ids[0], policy=policy, now=context.now)


async def on_held(update: Update, context: Context) -> None:
    """What a held message, or a verdict for the wrong claim, was meant for."""
    tap = await tap_of(update, context)
    session, now = context.session, context.now
    if tap.words == ("article",):
        await held.use_as_article(session, tap, tap.ids[0], now=now)
    elif tap.words in PARTS:
        text, links = PARTS[tap.words]
        await held.use_parts(session, tap, tap.ids[0], text=text, links=links, now=now)
    elif tap.words == ("none",):
        await held.use_for_nothing(session, tap, tap.ids[0], now=now)
    elif tap.words == ("keep",):
        await taps.keep_claim(session, tap, tap.ids[0], now=now)
    else:
        input_id, assignment_id = tap.ids
        policy = context.services.policy
        await held.use_for_claim(session, tap, input_id, assignment_id, policy=policy, now=now)


async def on_choices(update: Update, context: Context) -> None:
    """Another page of the claims that a message may be for."""
    tap = await tap_of(update, context)
    input_id, page = tap.ids
    await held.turn_choices(context.session, tap, input_id, page=page, now=context.now)


async def on_asked(update: Update, context: Context) -> None:
    """From the list: ask again what is still open."""
    tap = await tap_of(update, context)
    await held.ask_anew(context.session, tap, tap.ids[0], now=context.now)


def _pressed(verb: str, *parts: str) -> str:
    """The pattern of a button's data; what does not fit it exactly is no button of ours."""
    return rf"^{':'.join((verb, *parts))}$"


def _one_of(words: type[StrEnum]) -> str:
    return f"(?:{'|'.join(word.value for word in words)})"


ID = r"\d{1,9}"
# Of a held message: is its text to be read, are its links?
PARTS = {("text",): (True, False), ("link",): (False, True), ("both",): (True, True)}

HANDLERS: list[BaseHandler[Any, Any, Any]] = [
    CallbackQueryHandler(on_rate, pattern=_pressed("rate", ID, _one_of(Rating))),
    CallbackQueryHandler(on_evidence, pattern=_pressed("ev", ID, _one_of(Shown))),
    CallbackQueryHandler(on_source, pattern=_pressed("src", ID, _one_of(SourceCheck))),
    CallbackQueryHandler(on_undo, pattern=_pressed("undo", ID)),
    CallbackQueryHandler(on_change, pattern=_pressed("change", ID)),
    CallbackQueryHandler(on_keep, pattern=_pressed("keep", ID)),
    CallbackQueryHandler(on_wrong_claim, pattern=_pressed("wrong", ID)),
    CallbackQueryHandler(on_ask, pattern=_pressed("ask", ID)),
    CallbackQueryHandler(on_unask, pattern=_pressed("unask", ID)),
    CallbackQueryHandler(on_note, pattern=_pressed("note", ID)),
    CallbackQueryHandler(on_word, pattern=_pressed("word", ID, "(?:question|note)")),
    CallbackQueryHandler(on_choices, pattern=_pressed("choices", ID, r"\d{1,3}")),
    CallbackQueryHandler(on_asked, pattern=_pressed("asked", ID)),
    CallbackQueryHandler(
        on_held, pattern=_pressed("held", ID, rf"(?:{ID}|article|both|keep|link|none|text)")
    ),
]
