"""`/digest`: the running week for whoever asks, the last complete one for the team."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler

from bot.workflow import digest
from handlers.chat.arrivals import incoming_of
from handlers.chat.context import Context


async def on_digest(update: Update, context: Context) -> None:
    """Show the running week, or post the last one."""
    word = " ".join(context.args or [])
    await digest.command(
        context.session,
        incoming_of(update, context),
        word,
        policy=context.services.policy,
        now=context.now,
    )


HANDLERS: list[BaseHandler[Any, Any, Any]] = [CommandHandler("digest", on_digest)]
