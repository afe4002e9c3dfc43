"""What goes to the team's chat: `/digest`, and posts of which nobody knows whether they arrived."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.workflow import digest, unknown_posts
from handlers.chat.arrivals import incoming_of, tap_of
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


async def on_running(update: Update, context: Context) -> None:
    """This week so far, by button."""
    tap = await tap_of(update, context)
    policy = context.services.policy
    await digest.show_running(context.session, tap.actor_id, policy=policy, now=context.now)


async def on_post(update: Update, context: Context) -> None:
    """Post the last complete week, by button."""
    tap = await tap_of(update, context)
    await digest.post_and_say(
        context.session, tap.actor_id, tap.chat_id, policy=context.services.policy, now=context.now
    )


async def on_fate(update: Update, context: Context) -> None:
    """A post whose receipt was lost is there, or goes out once more."""
    tap = await tap_of(update, context)
    is_there = tap.words[0] == "there"
    await unknown_posts.decide(context.session, tap, tap.ids[0], is_there=is_there, now=context.now)


HANDLERS: list[BaseHandler[Any, Any, Any]] = [
    CommandHandler("digest", on_digest),
    CallbackQueryHandler(on_running, pattern=r"^digest:show$"),
    CallbackQueryHandler(on_post, pattern=r"^digest:post$"),
    CallbackQueryHandler(on_fate, pattern=r"^post:(there|again):\d+$"),
]
