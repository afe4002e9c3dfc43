"""Chats, people and messages as the sandbox remembers them."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.entities import Entity
from bot.sandbox.files import StoredFile
from bot.sandbox.keyboards import Button


@dataclass(frozen=True)
class Profile:
    """Somebody with a Telegram account; the bot is one too."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str = "en"
    is_bot: bool = False


@dataclass
class Origin:
    """Where a forwarded message comes from: a channel post, or the words of a person.

    A `name` alone is somebody who hides the account behind forwards.
    """

    sent_at: datetime
    sender: Profile | None = None
    name: str | None = None
    chat: "Chat | None" = None
    message_id: int = 0


@dataclass
class Message:
    """One message; `text` is also the caption. `sender` is None for a channel post.

    `html` is what the bot wrote, tags and all, None for people. `edits` counts edits, and
    `buttons` are the rows now under the message.
    """

    chat: "Chat"
    id: int
    sender: Profile | None
    sent_at: datetime
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    html: str | None = None
    buttons: list[list[Button]] = field(default_factory=list)
    photo: StoredFile | None = None
    document: StoredFile | None = None
    voice: StoredFile | None = None
    reply_to: "Message | None" = None
    origin: Origin | None = None
    album_id: str | None = None
    thread_id: int | None = None
    force_reply: bool = False
    is_silent: bool = False
    is_protected: bool = False
    is_pinned: bool = False
    edits: int = 0
    edited_at: datetime | None = None
    deleted: bool = False
    reactions: list[str] = field(default_factory=list)

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons, row by row, in one list."""
        return [button.label for row in self.buttons for button in row]

    @property
    def is_from_bot(self) -> bool:
        return self.html is not None

    @property
    def file(self) -> StoredFile | None:
        return self.photo or self.document or self.voice


@dataclass(eq=False)
class Chat:
    """A private chat, group, supergroup or channel; private ids are the person's id.

    `is_started` is true once the person has written to the bot, `is_blocked` while they have
    stopped it. `topics` makes a supergroup a forum: thread id to title.
    """

    id: int
    kind: str
    title: str | None = None
    username: str | None = None
    person: Profile | None = None
    members: dict[int, Profile] = field(default_factory=dict)
    admin_ids: set[int] = field(default_factory=set)
    topics: dict[int, str] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    is_started: bool = False
    is_blocked: bool = False
    bot_is_member: bool = True
    bot_is_admin: bool = False
    migrated_to: int | None = None
    action: str | None = None
    last_message_id: int = 0

    def message(self, message_id: int) -> Message | None:
        """The message with this id, unless it was deleted."""
        for message in reversed(self.messages):
            if message.id == message_id and not message.deleted:
                return message
        return None

    @property
    def last(self) -> Message:
        """The newest message that stands in the chat."""
        return next(message for message in reversed(self.messages) if not message.deleted)

    @property
    def from_bot(self) -> list[Message]:
        """What the bot has said here and not deleted, oldest first."""
        return [message for message in self.messages if message.is_from_bot and not message.deleted]

    def find(self, words: str) -> Message | None:
        """The newest message of the bot that contains `words`."""
        found = (message for message in reversed(self.from_bot) if words in message.text)
        return next(found, None)


def chat_kind(chat_id: int) -> str:
    """Group or supergroup, as Telegram numbers them."""
    return "supergroup" if chat_id <= -1_000_000_000_000 else "group"
