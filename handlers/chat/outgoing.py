"""What a renderer hands to delivery: one message's words, buttons and picture."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services import Services
from bot.workflow.notices import NoticeKind
from storage.models import Member, Outbox, Prompt

CALLBACK_BYTES = 64  # Telegram's limit, so buttons carry ids and never words


@dataclass(frozen=True)
class Button:
    """A button under a message; exactly one of `data` and `url` is set."""

    label: str
    data: str | None = None
    url: str | None = None
    style: str | None = None  # Telegram's: primary, success, danger


@dataclass(frozen=True)
class Outgoing:
    """A message in Telegram's HTML; every foreign text in it is escaped already."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    photo: bytes | None = None  # `html` becomes the caption
    file_id: str | None = None  # of a photo or file that Telegram has
    file_kind: str | None = None  # photo, document, voice
    is_silent: bool = False  # on top of the reader's quiet hours


@dataclass(frozen=True)
class Scene:
    """What a renderer may look at: a read-only session, the notice, and who will read it."""

    session: AsyncSession
    row: Outbox
    prompt: Prompt | None  # what the message is about
    reader: Member | None  # None in a group or channel
    zone: ZoneInfo
    now: datetime
    services: Services

    @property
    def facts(self) -> Mapping[str, Any]:
        """The notice's frozen figures."""
        return self.row.facts


Renderer = Callable[[Scene], Awaitable[Outgoing | None]]
RENDERERS: dict[NoticeKind, Renderer] = {}


def renders(*kinds: NoticeKind) -> Callable[[Renderer], Renderer]:
    """Register the function that words notices of these kinds. None from it: nothing to say now."""

    def register(renderer: Renderer) -> Renderer:
        for kind in kinds:
            RENDERERS[kind] = renderer
        return renderer

    return register


def data(verb: str, *parts: int | str) -> str:
    """Callback data: a verb and ids, `verb:1:2`."""
    joined = ":".join([verb, *map(str, parts)])
    if len(joined.encode()) > CALLBACK_BYTES:
        raise ValueError(f"callback data over {CALLBACK_BYTES} bytes: {joined}")
    return joined
