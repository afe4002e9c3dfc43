"""Telegram's speed limits, asked before a row is leased: a row must not wait inside a limiter."""

from datetime import datetime

from aiolimiter import AsyncLimiter

ALL_CHATS = (25, 1.0)  # messages a second over all chats; Telegram allows about 30
PRIVATE_CHAT = (20, 20.0)  # bursts are fine, one a second in the long run
GROUP_CHAT = (18, 60.0)  # Telegram allows 20 a minute in one group


class Pacing:
    """Says whether a message to a chat may leave now; `hold` obeys a `retry_after`."""

    def __init__(self) -> None:
        self._all = AsyncLimiter(*ALL_CHATS)
        self._chats: dict[int, AsyncLimiter] = {}
        self._holds: dict[int, datetime] = {}

    def allows(self, chat_id: int, now: datetime) -> bool:
        """Whether a message may leave for this chat at `now`."""
        return not self.is_held(chat_id, now) and self._has_capacity(chat_id)

    def is_held(self, chat_id: int, now: datetime) -> bool:
        """Whether Telegram asked to wait with this chat until later than `now`."""
        held = self._holds.get(chat_id)
        if held is not None and now >= held:
            del self._holds[chat_id]
            return False
        return held is not None

    def _has_capacity(self, chat_id: int) -> bool:
        return self._all.has_capacity() and self._chat(chat_id).has_capacity()

    async def count(self, chat_id: int) -> None:
        """A message leaves now; never waits after `allows` said yes in the same turn."""
        await self._all.acquire()
        await self._chat(chat_id).acquire()

    def hold(self, chat_id: int, until: datetime) -> None:
        """Telegram asked to wait with this chat."""
        self._holds[chat_id] = until

    def _chat(self, chat_id: int) -> AsyncLimiter:
        if chat_id not in self._chats:
            rate, period_s = PRIVATE_CHAT if chat_id > 0 else GROUP_CHAT
            self._chats[chat_id] = AsyncLimiter(rate, period_s)
        return self._chats[chat_id]
