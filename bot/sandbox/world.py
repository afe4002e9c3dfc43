"""Everything the sandbox knows: chats, files, waiting callbacks, updates, and who may do what."""

import asyncio
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.chats import Chat, Message, Profile
from bot.sandbox.entities import Entity
from bot.sandbox.failures import BadRequest, Forbidden
from bot.sandbox.files import FileStore
from bot.sandbox.shapes import message_shape, user_shape
from bot.sandbox.updates import UpdateQueue

CALLBACK_LIFE = timedelta(minutes=15)  # after that Telegram takes no answer


@dataclass(frozen=True)
class CallbackAnswer:
    """What the person sees on top of the chat after pressing a button."""

    text: str
    show_alert: bool


class Happening(StrEnum):
    """What listeners hear of."""

    SENT = "sent"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass
class Callback:
    """A pressed button that waits for the bot's answer."""

    id: str
    pressed_at: datetime
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    answer: CallbackAnswer | None = None


class World:
    """The state behind both sides: the bot's methods and what people do."""

    def __init__(self, token: str, bot_name: str, clock: Callable[[], datetime]) -> None:
        self.token = token
        self.clock = clock
        self.me = Profile(int(token.partition(":")[0]), "Deskcheck", bot_name, is_bot=True)
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.updates = UpdateQueue(clock)
        self.callbacks: dict[str, Callback] = {}
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.listeners: list[Callable[[Happening, Message], None]] = []
        self.changed = Bell()
        self.version = 0

    def changes(self) -> None:
        """Tell all who watch that something is different now."""
        self.version += 1
        self.changed.ring()

    def happens(self, what: Happening, message: Message) -> None:
        """Tell listeners and all who watch about a message."""
        for listener in self.listeners:
            listener(what, message)
        self.changes()

    def rewrite(self, message: Message, text: str, entities: list[Entity]) -> None:
        """Other words in place of those that stand there."""
        message.text, message.entities = text, entities
        message.edits += 1
        message.edited_at = self.clock()
        self.happens(Happening.EDITED, message)

    def delete(self, message: Message) -> None:
        message.deleted = True
        self.happens(Happening.DELETED, message)

    def chat_for_bot(self, chat_id: int | str) -> Chat:
        """The chat that the bot may write to.

        Raises:
            BadRequest: no such chat, or it has moved to a supergroup.
            Forbidden: the person has not started the bot or has blocked it; the bot was removed.
        """
        chat = self._find(chat_id)
        if chat.migrated_to is not None:
            raise BadRequest(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
            )
        if chat.kind == "private" and chat.is_blocked:
            raise Forbidden("bot was blocked by the user")
        if chat.kind == "private" and not chat.is_started:
            raise Forbidden("bot can't initiate conversation with a user")
        if chat.kind != "private" and not chat.bot_is_member:
            raise Forbidden(f"bot was kicked from the {chat.kind} chat")
        if chat.kind == "channel" and not chat.bot_is_admin:
            raise BadRequest("need administrator rights in the channel chat")
        return chat

    def _find(self, chat_id: int | str) -> Chat:
        if isinstance(chat_id, str) and chat_id.startswith("@"):
            for chat in self.chats.values():  # a name finds only what is public, never a person
                if chat.kind != "private" and chat.username == chat_id[1:]:
                    return chat
            raise BadRequest("chat not found")
        if not str(chat_id).lstrip("-").isdigit() or int(chat_id) not in self.chats:
            raise BadRequest("chat not found" if chat_id else "chat_id is empty")
        return self.chats[int(chat_id)]

    def add_message(self, chat: Chat, **content: Any) -> Message:
        """A new message in `chat`, numbered and dated; everybody who watches is told."""
        chat.last_message_id += 1
        message = Message(chat, chat.last_message_id, sent_at=self.clock(), **content)
        chat.messages.append(message)
        self.happens(Happening.SENT, message)
        return message

    def tell_bot(self, message: Message, *, edited: bool = False) -> None:
        """Queue the update for a person's message, if privacy mode lets the bot see it."""
        if not self._bot_sees(message):
            return
        kind = "channel_post" if message.chat.kind == "channel" else "message"
        self.updates.put(f"edited_{kind}" if edited else kind, message_shape(message))

    def _bot_sees(self, message: Message) -> bool:
        """Privacy mode: in a group only commands and replies to the bot, unless it is an admin.

        Source: https://core.telegram.org/bots/features#privacy-mode
        """
        chat = message.chat
        if chat.kind == "private" or chat.bot_is_admin:
            return not chat.is_blocked
        if chat.kind == "channel" or not chat.bot_is_member:
            return False
        if message.reply_to is not None and message.reply_to.is_from_bot:
            return True
        command = re.match(r"/\w+(?:@(\w+))?", message.text)
        return command is not None and (command.group(1) or self.me.username) == self.me.username

    def press(self, message: Message, profile: Profile, data: str) -> Callback:
        """A callback query for the bot."""
        callback = Callback(str(secrets.randbelow(10**18)), self.clock())
        self.callbacks[callback.id] = callback
        self.updates.put(
            "callback_query",
            {
                "id": callback.id,
                "from": user_shape(profile),
                "message": message_shape(message),
                "chat_instance": str(message.chat.id),
                "data": data,
            },
        )
        return callback

    def answer(self, callback_id: str, answer: CallbackAnswer) -> None:
        """Show `answer` to who pressed.

        Raises:
            BadRequest: no such callback, one answered before, or one too old.
        """
        callback = self.callbacks.pop(callback_id, None)
        if callback is None or self.clock() - callback.pressed_at > CALLBACK_LIFE:
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        callback.answer = answer
        callback.answered.set()
        self.changes()
