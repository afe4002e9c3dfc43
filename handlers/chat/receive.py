"""Receiving: an update is confirmed to Telegram only after it is stored.

Confirming is what the next poll does by its offset. The offset lives no longer than that: after a
quiet week Telegram starts its ids anew, and a remembered offset would hide what comes then.
"""

import asyncio
import logging
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.errors import SettingsProblem
from bot.services import Services
from bot.settings import EXAMPLES
from storage import inbox
from storage.models import UpdateInbox

log = logging.getLogger(__name__)

POLL_S = 25  # how long Telegram holds a poll open while nothing happens
LONGEST_PAUSE_S = 30
TROUBLE_PAUSE_S = 2.0
KINDS = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.CHANNEL_POST]


class Receiver:
    """Polls Telegram for ever; survives hours without network and says so in the log once."""

    def __init__(self, bot: ExtBot[None], services: Services) -> None:
        self._bot, self._services = bot, services
        self._offset: int | None = None
        self._failures = 0

    @property
    def is_reached(self) -> bool:
        """Whether Telegram answered the latest poll."""
        return self._failures == 0

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            try:
                pause_s = await self._poll_once()
            except SQLAlchemyError:
                # Not stored, so not confirmed: Telegram hands the same updates out again.
                log.exception("updates could not be stored")
                pause_s = TROUBLE_PAUSE_S
            if pause_s:
                await asyncio.sleep(pause_s)

    async def _poll_once(self) -> float:
        """One poll; how many seconds to pause before the next."""
        try:
            updates = await self._bot.get_updates(
                offset=self._offset, timeout=POLL_S, allowed_updates=KINDS, read_timeout=POLL_S + 5
            )
        except RetryAfter as error:
            return _seconds(error)
        except Conflict:
            log.warning("another program polls with the same token")
            return self._count_failure()
        except InvalidToken as error:
            raise SettingsProblem(
                "BOT_TOKEN", "is refused by Telegram", EXAMPLES["BOT_TOKEN"]
            ) from error
        except (NetworkError, TelegramError) as error:
            if not self._failures:
                log.warning("network lost", extra={"error": type(error).__name__})
            return self._count_failure()
        if self._failures:
            log.warning("network back", extra={"failed_polls": self._failures})
            self._failures = 0
        await self._store(updates)
        return 0

    def _count_failure(self) -> float:
        self._failures += 1
        return min(LONGEST_PAUSE_S, 0.5 * 2.0 ** min(self._failures, 6))

    async def _store(self, updates: Sequence[Update]) -> None:
        now = self._services.clock()
        rows = [
            UpdateInbox(
                bot_id=self._services.bot_id,
                update_id=update.update_id,
                chat_id=_chat_of(update),
                payload=update.to_dict(),
                received_at=now,
                next_try_at=now,
            )
            for update in updates
        ]
        if rows:
            async with self._services.sessions.begin() as session:
                await inbox.store(session, rows)
            self._services.inbox_bell.ring()
        self._offset = updates[-1].update_id + 1 if updates else None


def _chat_of(update: Update) -> int:
    """The chat whose order the update keeps."""
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else 0


def _seconds(error: RetryAfter) -> float:
    pause = error.retry_after
    return pause if isinstance(pause, int) else pause.total_seconds()
