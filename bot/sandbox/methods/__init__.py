"""The Bot API methods that Deskcheck uses; any other name is "Not Found", as in Telegram."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.methods import about, editing, receiving, sending
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Method = Callable[[World, Parameters], Awaitable[Any]]

METHODS: dict[str, Method] = {
    method.__name__.replace("_", ""): method
    for method in (
        about.get_me,
        about.get_chat,
        about.get_chat_member,
        about.get_file,
        about.set_my_commands,
        about.delete_my_commands,
        receiving.get_updates,
        receiving.delete_webhook,
        receiving.answer_callback_query,
        sending.send_message,
        sending.send_photo,
        sending.send_document,
        sending.send_voice,
        sending.send_chat_action,
        editing.edit_message_text,
        editing.edit_message_caption,
        editing.edit_message_reply_markup,
        editing.delete_message,
        editing.pin_chat_message,
        editing.set_message_reaction,
    )
}
