"""Changing what stands in a chat already."""

from bot.sandbox.chats import Chat, Message
from bot.sandbox.entities import Entity
from bot.sandbox.failures import BadRequest
from bot.sandbox.keyboards import Button, read_keyboard
from bot.sandbox.markup import read_text
from bot.sandbox.parameters import Parameters
from bot.sandbox.shapes import Shape, message_shape
from bot.sandbox.world import World

# What a bot may react with; a tick or a cross is not among them.
# Source: https://core.telegram.org/bots/api#reactiontypeemoji
_REACTIONS_IN_THEIR_ORDER = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊
🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋
🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃
💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
REACTIONS = frozenset(_REACTIONS_IN_THEIR_ORDER.split())
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def edit_message_text(world: World, parameters: Parameters) -> Shape:
    message = _own_message(world, parameters)
    if message.file is not None:
        raise BadRequest("there is no text in the message to edit")
    return _rewrite(world, message, parameters, "text")


async def edit_message_caption(world: World, parameters: Parameters) -> Shape:
    message = _own_message(world, parameters)
    if message.file is None:
        raise BadRequest("there is no caption in the message to edit")
    return _rewrite(world, message, parameters, "caption")


async def edit_message_reply_markup(world: World, parameters: Parameters) -> Shape:
    message = _own_message(world, parameters)
    buttons = _buttons(parameters)
    if buttons == message.buttons:
        raise BadRequest(_UNCHANGED)
    message.buttons = buttons
    world.changes()
    return message_shape(message)


async def delete_message(world: World, parameters: Parameters) -> bool:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    message = chat.message(parameters.number("message_id"))
    if message is None:
        raise BadRequest("message to delete not found")
    if not (message.is_from_bot or chat.kind == "private" or chat.bot_is_admin):
        raise BadRequest("message can't be deleted")
    world.delete(message)
    return True


async def pin_chat_message(world: World, parameters: Parameters) -> bool:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    if chat.kind != "private" and not chat.bot_is_admin:
        raise BadRequest("not enough rights to manage pinned messages in the chat")
    message = chat.message(parameters.number("message_id"))
    if message is None:
        raise BadRequest("message to pin not found")
    message.is_pinned = True
    world.changes()
    return True


async def set_message_reaction(world: World, parameters: Parameters) -> bool:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    message = chat.message(parameters.number("message_id"))
    if message is None:
        raise BadRequest("message to react not found")
    emojis = [reaction.get("emoji", "") for reaction in parameters.parsed("reaction") or []]
    if len(emojis) > 1:  # a bot has one reaction per message
        raise BadRequest("REACTIONS_TOO_MANY")
    if not REACTIONS.issuperset(emojis):
        raise BadRequest("REACTION_INVALID")
    message.reactions = emojis
    world.changes()
    return True


def _own_message(world: World, parameters: Parameters) -> Message:
    chat: Chat = world.chat_for_bot(parameters.text("chat_id"))
    if not parameters.number("message_id"):
        raise BadRequest("message identifier is not specified")
    message = chat.message(parameters.number("message_id"))
    if message is None:
        raise BadRequest("message to edit not found")
    if not message.is_from_bot:
        raise BadRequest("message can't be edited")
    return message


def _rewrite(world: World, message: Message, parameters: Parameters, field: str) -> Shape:
    """New words and new buttons at once: without `reply_markup` the buttons go."""
    formatted = read_text(
        parameters.text(field), parameters.optional("parse_mode"), caption=field == "caption"
    )
    new: tuple[str, list[Entity], list[list[Button]]]
    new = formatted.text, formatted.entities, _buttons(parameters)
    if new == (message.text, message.entities, message.buttons):
        raise BadRequest(_UNCHANGED)
    message.html, message.buttons = formatted.source, new[2]
    world.rewrite(message, formatted.text, formatted.entities)
    return message_shape(message)


def _buttons(parameters: Parameters) -> list[list[Button]]:
    keyboard = read_keyboard(parameters.optional("reply_markup"), inline_only=True)
    return [list(row) for row in keyboard.rows]
