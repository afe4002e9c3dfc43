"""People at their phones: everything that somebody can do in a chat."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.chats import Chat, Message, Origin, Profile
from bot.sandbox.entities import Entity
from bot.sandbox.keyboards import Button
from bot.sandbox.markup import CAPTION_CHARS, MESSAGE_CHARS
from bot.sandbox.phone import NotPossible, button_of, entities_of, origin_of, parts_of
from bot.sandbox.shapes import seconds, user_shape
from bot.sandbox.world import Callback, CallbackAnswer, World

_albums = itertools.count(1)


@dataclass(frozen=True)
class Press:
    """A button just pressed; the bot may not have noticed yet. `callback` is None for links."""

    button: Button
    callback: Callback | None

    async def answer(self, timeout_s: float = 15) -> CallbackAnswer | None:
        """What the bot showed on top of the chat; None when it has not answered in time."""
        if self.callback is None:
            return None
        try:
            await asyncio.wait_for(self.callback.answered.wait(), timeout_s)
        except TimeoutError:
            return None
        return self.callback.answer


class Person:
    """Somebody with a private chat to the bot; `chat` in the calls is a group or channel instead.

    Every action returns as soon as Telegram has it, except `presses`, which waits for the answer.
    """

    def __init__(self, world: World, profile: Profile, chat: Chat) -> None:
        self._world = world
        self.profile = profile
        self.chat = chat

    @property
    def id(self) -> int:
        return self.profile.id

    @property
    def messages(self) -> list[Message]:
        """The private chat with the bot, oldest first, without what was deleted."""
        return [message for message in self.chat.messages if not message.deleted]

    async def starts(self, payload: str = "") -> Message:
        """Press Start, or follow a deep link with `payload`."""
        return await self.sends(f"/start {payload}".rstrip())

    async def sends(
        self,
        text: str,
        *,
        reply_to: Message | None = None,
        chat: Chat | None = None,
        entities: Sequence[Entity] = (),
        thread_id: int | None = None,
    ) -> Message:
        """A text; links and commands in it are marked as a phone does, `entities` come on top."""
        found = entities_of(text, entities, MESSAGE_CHARS)
        return self._send(chat, reply_to=reply_to, text=text, entities=found, thread_id=thread_id)

    async def pastes(self, text: str, *, chat: Chat | None = None) -> list[Message]:
        """A text of any length, split by the phone into messages of at most 4096 units."""
        return [await self.sends(part, chat=chat) for part in parts_of(text)]

    async def sends_photo(
        self,
        content: bytes,
        *,
        caption: str = "",
        reply_to: Message | None = None,
        chat: Chat | None = None,
    ) -> Message:
        return self._send(
            chat,
            reply_to=reply_to,
            text=caption,
            entities=entities_of(caption, (), CAPTION_CHARS),
            photo=self._world.files.photo(content),
        )

    async def sends_document(
        self,
        content: bytes,
        name: str,
        *,
        caption: str = "",
        mime_type: str | None = None,
        reply_to: Message | None = None,
        chat: Chat | None = None,
    ) -> Message:
        return self._send(
            chat,
            reply_to=reply_to,
            text=caption,
            entities=entities_of(caption, (), CAPTION_CHARS),
            document=self._world.files.document(content, name, mime_type),
        )

    async def sends_voice(
        self,
        content: bytes = b"OggS",
        *,
        duration_s: int = 5,
        caption: str = "",
        reply_to: Message | None = None,
        chat: Chat | None = None,
    ) -> Message:
        return self._send(
            chat,
            reply_to=reply_to,
            text=caption,
            entities=entities_of(caption, (), CAPTION_CHARS),
            voice=self._world.files.voice(content, duration_s),
        )

    async def sends_album(
        self,
        photos: Sequence[bytes],
        *,
        caption: str = "",
        reply_to: Message | None = None,
        chat: Chat | None = None,
    ) -> list[Message]:
        """Several pictures at once: a message and an update each, the caption on the first."""
        album_id = str(13_000_000_000 + next(_albums))
        return [
            self._send(
                chat,
                reply_to=reply_to,
                text="" if number else caption,
                entities=[] if number else entities_of(caption, (), CAPTION_CHARS),
                photo=self._world.files.photo(content),
                album_id=album_id,
            )
            for number, content in enumerate(photos)
        ]

    async def forwards(
        self,
        what: Message | str,
        *,
        origin: Origin | Chat | Profile | str | None = None,
        sent_at: datetime | None = None,
        reply_to: Message | None = None,
        chat: Chat | None = None,
    ) -> Message:
        """A message of another chat, or a text that `origin` wrote.

        `origin` is a channel, a person, or the bare name of somebody who hides the account.
        """
        if isinstance(what, Message):
            content: dict[str, Any] = {
                "text": what.text,
                "entities": what.entities,
                "photo": what.photo,
                "document": what.document,
                "voice": what.voice,
            }
            known = what.origin or Origin(what.sent_at, what.sender, None, what.chat, what.id)
        else:
            content = {"text": what, "entities": entities_of(what, (), MESSAGE_CHARS)}
            known = Origin(sent_at or self._world.clock(), name="Somebody")
        came_from = origin_of(origin, known) if origin is not None else known
        return self._send(chat, reply_to=reply_to, origin=came_from, **content)

    async def edits(
        self, message: Message, text: str, *, entities: Sequence[Entity] = ()
    ) -> Message:
        """Other words (or another caption) for a message of one's own."""
        if message.is_from_bot or message.sender not in (self.profile, None):
            raise NotPossible("only one's own messages can be edited")
        self._world.rewrite(message, text, entities_of(text, entities, MESSAGE_CHARS))
        self._world.tell_bot(message, edited=True)
        return message

    async def presses(
        self, message: Message, button: str, *, timeout_s: float = 15
    ) -> CallbackAnswer | None:
        """Press the button whose label begins with `button` (or whose data it is), and wait.

        None when the bot gives no answer within `timeout_s` seconds, and for links.
        """
        return await self.taps(message, button).answer(timeout_s)

    def taps(self, message: Message, button: str) -> Press:
        """The same without waiting.

        Raises:
            NotPossible: the message has no such button now.
        """
        found = button_of(message, button)
        if found.data is None:
            return Press(found, None)
        return Press(found, self._world.press(message, self.profile, found.data))

    def forges(self, message: Message, data: str) -> Press:
        """Press a button that is not there (any more): callback data comes from the phone."""
        return Press(Button("forged", data), self._world.press(message, self.profile, data))

    async def blocks(self) -> None:
        """Stop the bot: it gets 403 from now on, and is told once."""
        self._set_blocked(True)

    async def unblocks(self) -> None:
        self._set_blocked(False)

    def _set_blocked(self, blocked: bool) -> None:
        self.chat.is_blocked = blocked
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        me = {"user": user_shape(self._world.me)}
        left = {"until_date": 0}
        self._world.updates.put(
            "my_chat_member",
            {
                "chat": {"id": self.id, "type": "private", "first_name": self.profile.first_name},
                "from": user_shape(self.profile),
                "date": seconds(self._world.clock()),
                "old_chat_member": me | {"status": old} | (left if old == "kicked" else {}),
                "new_chat_member": me | {"status": new} | (left if new == "kicked" else {}),
            },
        )
        self._world.changes()

    def _send(self, chat: Chat | None, **content: Any) -> Message:
        where = chat or self.chat
        if where.is_blocked:
            raise NotPossible("this person has blocked the bot")
        if where.kind == "channel" and self.id not in where.admin_ids:
            raise NotPossible("only administrators write in a channel")
        if where.kind != "private" and where.kind != "channel" and self.id not in where.members:
            raise NotPossible("not a member of this group")
        if where is self.chat:
            where.is_started = True
        sender = None if where.kind == "channel" else self.profile
        message = self._world.add_message(where, sender=sender, **content)
        self._world.tell_bot(message)
        return message
