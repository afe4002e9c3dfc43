"""What the bot asks about itself, chats, people and files."""

import re
from typing import Any

from bot.sandbox.chats import Chat, Profile
from bot.sandbox.failures import BadRequest
from bot.sandbox.files import DOWNLOAD_BYTES
from bot.sandbox.parameters import Parameters
from bot.sandbox.shapes import full_chat_shape, member_shape, user_shape
from bot.sandbox.world import World

MENU_COMMANDS = 100  # Bot API limit for one scope
_SCOPES_OF_MANY = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_SCOPES_OF_ONE = {"chat", "chat_administrators", "chat_member"}


async def get_me(world: World, _parameters: Parameters) -> dict[str, Any]:
    return user_shape(world.me) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


async def get_chat(world: World, parameters: Parameters) -> dict[str, Any]:
    return full_chat_shape(world.chat_for_bot(parameters.text("chat_id")))


async def get_chat_member(world: World, parameters: Parameters) -> dict[str, Any]:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    profile = _person(world, chat, parameters.number("user_id"))
    if profile is None:
        raise BadRequest("invalid user_id specified")
    return member_shape(chat, profile)


async def get_file(world: World, parameters: Parameters) -> dict[str, Any]:
    stored = world.files.by_id(parameters.text("file_id"))
    if len(stored.content) > DOWNLOAD_BYTES:
        raise BadRequest("file is too big")
    return stored.as_json() | {"file_path": stored.path}


async def set_my_commands(world: World, parameters: Parameters) -> bool:
    """Remembered per scope, as `type` or `type:chat` or `type:chat:person`."""
    commands = parameters.parsed("commands") or []
    if len(commands) > MENU_COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command.get("command", "")):
            raise BadRequest("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(world, parameters)] = commands
    world.changes()
    return True


async def delete_my_commands(world: World, parameters: Parameters) -> bool:
    world.commands.pop(_scope(world, parameters), None)
    world.changes()
    return True


def _scope(world: World, parameters: Parameters) -> str:
    """Whom a menu is for, checked as Telegram does.

    Source: https://core.telegram.org/bots/api#botcommandscope
    """
    scope = parameters.parsed("scope")
    if scope is None:
        return "default"
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in _SCOPES_OF_MANY:
        return str(kind)
    if kind not in _SCOPES_OF_ONE:
        raise BadRequest("can't parse BotCommandScope: Unsupported type specified")
    if not scope.get("chat_id"):
        raise BadRequest("can't parse BotCommandScope: Can't find field \"chat_id\"")
    chat = world.chat_for_bot(scope["chat_id"])
    if chat.kind == "channel" or (chat.kind == "private" and kind != "chat"):
        raise BadRequest(f"can't use specified scope in {chat.kind} chats")
    if kind != "chat_member":
        return f"{kind}:{chat.id}"
    if scope.get("user_id") not in chat.members:
        raise BadRequest("user not found")
    return f"{kind}:{chat.id}:{scope['user_id']}"


def _person(world: World, chat: Chat, user_id: int) -> Profile | None:
    if user_id == world.me.id:
        return world.me
    private = world.chats.get(user_id)
    return chat.members.get(user_id) or (private.person if private else None)
