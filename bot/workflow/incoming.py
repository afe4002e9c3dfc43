"""What a person sent, free of any chat library: the workflow's view of a message."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Attachment:
    """A photo, file or voice message; `kind` is an EvidenceKind's value."""

    kind: str
    file_id: str
    file_name: str | None = None
    mime: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True)
class Incoming:
    """One message (or its edit) of the member `actor_id`.

    `text` is the text or the caption; `links` are the addresses in it, in order, also those hidden
    behind words. `origin` tells where a forward comes from: {"name", "url"?, "date"?}.
    """

    actor_id: int
    chat_id: int
    message_id: int
    text: str = ""
    thread_id: int = 0
    links: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    origin: dict[str, Any] | None = None
    is_private: bool = True
    is_edit: bool = False
    album: str | None = None
    bot_id: int = 0
    update_id: int = 0

    @property
    def is_forward(self) -> bool:
        """Whether somebody else wrote it first."""
        return self.origin is not None


@dataclass(frozen=True)
class Tap:
    """A press of a button of ours; `notice_id` is the outbox row of its message."""

    actor_id: int
    chat_id: int
    message_id: int
    thread_id: int = 0
    notice_id: int | None = None
    bot_id: int = 0
    update_id: int = 0
    ids: tuple[int, ...] = field(default=())
    words: tuple[str, ...] = field(default=())  # the parts of its data that are no numbers


def kept(incoming: Incoming) -> dict[str, Any]:
    """The message as plain JSON, for `message_from`."""
    return asdict(incoming)


def message_from(stored: Mapping[str, Any]) -> Incoming:
    """The message that was kept, as if it had only been sent now."""
    attachments = tuple(Attachment(**attachment) for attachment in stored["attachments"])
    message = Incoming(**{**stored, "attachments": attachments})
    return replace(message, links=tuple(message.links), is_edit=False)
