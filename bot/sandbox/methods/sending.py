"""Messages, pictures and files from the bot."""

from typing import Any

from bot.sandbox.chats import Chat, Message
from bot.sandbox.failures import BadRequest
from bot.sandbox.files import StoredFile
from bot.sandbox.keyboards import read_keyboard
from bot.sandbox.markup import read_text
from bot.sandbox.parameters import Parameters
from bot.sandbox.shapes import message_shape
from bot.sandbox.world import World

_ACTIONS = {
    "typing",
    "upload_photo",
    "upload_document",
    "upload_video",
    "upload_voice",
    "record_video",
    "record_voice",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


async def send_message(world: World, parameters: Parameters) -> dict[str, Any]:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    return message_shape(_send(world, chat, parameters, "text"))


async def send_photo(world: World, parameters: Parameters) -> dict[str, Any]:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    upload = parameters.upload("photo")
    photo = (
        world.files.photo(upload.content) if upload else _sent_before(world, parameters, "photo")
    )
    return message_shape(_send(world, chat, parameters, "caption", photo=photo))


async def send_document(world: World, parameters: Parameters) -> dict[str, Any]:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    upload = parameters.upload("document")
    document = (
        world.files.document(upload.content, upload.name, upload.mime_type)
        if upload
        else _sent_before(world, parameters, "document")
    )
    return message_shape(_send(world, chat, parameters, "caption", document=document))


async def send_voice(world: World, parameters: Parameters) -> dict[str, Any]:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    voice = _sent_before(world, parameters, "voice")
    return message_shape(_send(world, chat, parameters, "caption", voice=voice))


async def send_chat_action(world: World, parameters: Parameters) -> bool:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    if parameters.text("action") not in _ACTIONS:
        raise BadRequest("wrong parameter action in request")
    chat.action = parameters.text("action")
    world.changes()
    return True


def _send(
    world: World, chat: Chat, parameters: Parameters, field: str, **file: StoredFile
) -> Message:
    """Check everything Telegram checks, then put the message into the chat."""
    formatted = read_text(
        parameters.text(field), parameters.optional("parse_mode"), caption=field == "caption"
    )
    keyboard = read_keyboard(
        parameters.optional("reply_markup"), inline_only=chat.kind == "channel"
    )
    thread_id = _thread(chat, parameters)
    reply_to = _quoted(chat, parameters)
    chat.action = None
    return world.add_message(
        chat,
        sender=None if chat.kind == "channel" else world.me,
        text=formatted.text,
        entities=formatted.entities,
        html=formatted.source,
        buttons=[list(row) for row in keyboard.rows],
        force_reply=keyboard.force_reply,
        reply_to=reply_to,
        thread_id=thread_id,
        is_silent=parameters.flag("disable_notification"),
        is_protected=parameters.flag("protect_content"),
        **file,
    )


def _thread(chat: Chat, parameters: Parameters) -> int | None:
    thread_id = parameters.number("message_thread_id") or None
    if thread_id is not None and thread_id not in chat.topics:
        raise BadRequest("message thread not found")
    return thread_id


def _quoted(chat: Chat, parameters: Parameters) -> Message | None:
    reply = parameters.parsed("reply_parameters")
    if not reply:
        return None
    quoted = chat.message(int(reply.get("message_id", 0)))
    if quoted is None and not reply.get("allow_sending_without_reply"):
        raise BadRequest("message to be replied not found")
    return quoted


def _sent_before(world: World, parameters: Parameters, kind: str) -> StoredFile:
    """A file that the bot names by its id; addresses on the web are not fetched here."""
    if not parameters.text(kind):
        raise BadRequest(f"there is no {kind} in the request")
    stored = world.files.by_id(parameters.text(kind))
    if stored.kind != kind:
        raise BadRequest(f"can't use file of type {stored.kind} as {kind}")
    return stored
