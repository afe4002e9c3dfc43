"""What the running desk has at hand, opened once in `bot.app` and passed to every edge."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import ClientSession

from bot.clock import Clock
from bot.reader import Reader
from bot.settings import Settings
from bot.workflow.policy import Policy
from storage.database import Sessions


class Bell:
    """Wakes a loop that sleeps until there is work; ringing twice wakes once."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake the loop, now or the next time it sleeps."""
        self._event.set()

    async def wait(self, timeout_s: float) -> None:
        """Sleep until rung, at most `timeout_s`."""
        try:
            await asyncio.wait_for(self._event.wait(), timeout_s)
        except TimeoutError:
            return
        finally:
            self._event.clear()


async def _no_files(file_id: str) -> bytes:
    raise LookupError(f"no connection to fetch {file_id} over")


@dataclass
class Services:
    """Everything below `bot.app` that outlives one update; no module holds state of its own."""

    settings: Settings
    policy: Policy
    clock: Clock
    sessions: Sessions
    http: ClientSession
    reader: Reader
    fetch_file: Callable[[str], Awaitable[bytes]] = field(
        default=_no_files
    )  # by Telegram's file id
    bot_id: int = 0
    bot_username: str = ""
    inbox_bell: Bell = field(default_factory=Bell)
    reading_bell: Bell = field(default_factory=Bell)
    delivery_bell: Bell = field(default_factory=Bell)
    menu_bell: Bell = field(default_factory=Bell)  # roles may have changed
