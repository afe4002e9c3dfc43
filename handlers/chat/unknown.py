"""What no other handler took: an old button, a command that does not exist."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.texts.running import old_button
from bot.workflow.notices import NoticeKind, Place, tell
from handlers.chat.arrivals import incoming_of
from handlers.chat.context import Context


async def on_unknown_button(_update: Update, context: Context) -> None:
    """A button of an older program."""
    context.say_on_button(old_button())


async def on_unknown_command(update: Update, context: Context) -> None:
    """A command that does not exist, in private: show what this person may do."""
    incoming = incoming_of(update, context)
    place = Place(chat_id=incoming.chat_id, member_id=incoming.actor_id)
    await tell(
        context.session,
        place,
        NoticeKind.HELP,
        now=context.now,
        reply_to=incoming.message_id,
        missed="words",
    )


HANDLERS = [
    CallbackQueryHandler(on_unknown_button),
    MessageHandler(
        filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.COMMAND, on_unknown_command
    ),
]
