"""The queue of updates: handed out again and again until a higher offset confirms them."""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.failures import Conflict

KEPT_FOR = timedelta(hours=24)  # Telegram forgets what nobody has fetched for a day
LIMIT = 100  # updates in one answer, Bot API limit
REMEMBERED = 1000  # confirmed updates that can be handed out once more
_IDS = 2**30  # new ids start somewhere below
# Kinds that come only when `allowed_updates` names them.
_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass
class Pending:
    """One update that waits, or has been confirmed."""

    id: int
    kind: str
    payload: dict[str, Any]
    queued_at: datetime

    def as_json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """Updates of one bot, first in first out."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._bell = Bell()
        self._polls = 0  # how many polls have begun: the newest one is the only one that is served
        self._allowed: set[str] | None = None
        self._deaf_to = 0
        self._again: list[Pending] = []
        self.pending: list[Pending] = []
        self.confirmed: deque[Pending] = deque(maxlen=REMEMBERED)
        self.is_closed = False
        self.restart_ids()

    def restart_ids(self) -> None:
        """Number anew from a random place, as Telegram does after a week without updates."""
        self._next_id = random.randrange(1, _IDS)

    def put(self, kind: str, payload: dict[str, Any]) -> int | None:
        """Queue an update and return its id; None for a kind that the bot does not ask for."""
        wanted = kind not in _ON_REQUEST if self._allowed is None else kind in self._allowed
        if not wanted:
            return None
        update = Pending(self._next_id, kind, payload, self._clock())
        self._next_id += 1
        self.pending.append(update)
        self._bell.ring()
        return update.id

    def redeliver(self, last: int = 1) -> None:
        """Hand out the last confirmed updates once more, whatever offset the bot sends."""
        self._again += list(self.confirmed)[-last:]
        self._bell.ring()

    def ignore_confirmations(self, times: int = 1) -> None:
        """Overlook the offset of the next polls, so that the same updates come again."""
        self._deaf_to += times

    async def poll(
        self, *, offset: int, limit: int, timeout_s: float, allowed: list[str] | None = None
    ) -> list[dict[str, Any]]:
        """Confirm what lies below `offset`, then wait up to `timeout_s` for what comes after.

        Raises:
            Conflict: another poll began while this one waited.
        """
        self._polls += 1
        turn = self._polls
        self._bell.ring()
        if allowed is not None:
            self._allowed = set(allowed) or None
        self._confirm(offset)
        ends_at = asyncio.get_running_loop().time() + timeout_s
        while turn == self._polls and not (self._waiting or self.is_closed):
            if not await self._bell.heard(ends_at - asyncio.get_running_loop().time()):
                break
        if turn != self._polls:
            raise Conflict
        limit = min(max(limit, 1), LIMIT)
        batch, self._again = self._waiting[:limit], self._again[limit:]
        return [update.as_json() for update in batch]

    def close(self) -> None:
        """Send everybody home who waits."""
        self.is_closed = True
        self._bell.ring()

    @property
    def _waiting(self) -> list[Pending]:
        return self._again + self.pending

    def _confirm(self, offset: int) -> None:
        oldest = self._clock() - KEPT_FOR
        self.pending = [update for update in self.pending if update.queued_at >= oldest]
        if offset and self._deaf_to:
            self._deaf_to -= 1
            return
        if offset < 0:  # counted from the end of the queue
            offset = self.pending[offset:][0].id if self.pending else 0
        self.confirmed.extend(update for update in self.pending if update.id < offset)
        self.pending = [update for update in self.pending if update.id >= offset]
