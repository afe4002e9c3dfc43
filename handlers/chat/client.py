"""Our line to Telegram: the client with every handler, and waiting for it at the start."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot
from telegram.request import HTTPXRequest

from bot.errors import SettingsProblem
from bot.settings import EXAMPLES, Settings
from handlers.chat.context import Context
from handlers.chat.processing import remember_error
from handlers.chat.registration import register

log = logging.getLogger(__name__)

CALL_S = 10.0  # each step of a call to Telegram; PTB's own 5 s are short for a slow line


def open_client(settings: Settings) -> Application:  # type: ignore[type-arg]  # six of them
    """The client with every handler; nothing is asked of Telegram before `meet_telegram`."""
    api = settings.telegram_api_url
    bot = ExtBot(
        settings.bot_token or "",
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=_request(connections=16),
        get_updates_request=_request(connections=2),
    )
    application = (
        ApplicationBuilder()
        .bot(bot)
        .updater(None)  # ours confirms an update only when it is stored
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    register(application)
    application.add_error_handler(remember_error)
    return application


async def meet_telegram(application: Application) -> None:  # type: ignore[type-arg]  # six of them
    """Ask Telegram who we are; without network wait for it, as long as it takes.

    Raises:
        SettingsProblem: Telegram refuses the token.
    """
    pause_s = 1.0
    while True:
        try:
            await application.initialize()
        except InvalidToken as error:
            example = EXAMPLES["BOT_TOKEN"]
            raise SettingsProblem("BOT_TOKEN", "is refused by Telegram", example) from error
        except NetworkError as error:
            log.warning("Telegram does not answer", extra={"error": str(error), "again_s": pause_s})
            await asyncio.sleep(pause_s)
            pause_s = min(30.0, 2 * pause_s)
        else:
            return


def file_fetcher(bot: ExtBot[None]) -> Callable[[str], Awaitable[bytes]]:
    """What gets a file by the id that Telegram gave it."""

    async def fetch_file(file_id: str) -> bytes:
        file = await bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    return fetch_file


def _request(*, connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        read_timeout=CALL_S,
        write_timeout=CALL_S,
        connect_timeout=CALL_S,
        pool_timeout=CALL_S,
    )
