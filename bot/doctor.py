"""Is this installation fit to run? Each finding says what is wrong and how to mend it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.claims.findings import Method
from bot.errors import FactcheckError
from bot.extraction import Draft, extract
from bot.reader import Reader
from bot.settings import Settings
from bot.workflow.here import is_too_public
from storage.database import Sessions, database_url
from storage.migrate import SchemaTooNew, current_revision, head_revision, is_newer

FREE_MB = 500  # below this a busy desk fills the disk within weeks


class Health(StrEnum):
    """How a finding is marked."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it stands, and the mend where it does not stand well."""

    subject: str
    health: Health
    words: str


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Look at everything the desk needs, one finding after the other; changes nothing."""
    yield await _database(settings)
    yield _disk(settings)
    async for finding in _telegram(settings):
        yield finding
    yield await _reader()


async def _database(settings: Settings) -> Finding:
    url = database_url(settings.database_url)
    try:
        revision = await asyncio.to_thread(current_revision, url)
        newer = await asyncio.to_thread(is_newer, url)
        sessions = Sessions(url)
        await sessions.close()
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", error)).strip().splitlines()[0]
        return Finding("database", Health.BROKEN, f"{cause}. Check DATABASE_URL.")
    except SchemaTooNew as error:
        return Finding("database", Health.BROKEN, f"{error}. Install the newer program.")
    if newer:
        words = f"stands at {revision} of a newer program; this one may still use it"
        return Finding("database", Health.WARNING, words)
    if revision is None:
        return Finding("database", Health.OK, "empty; `deskcheck run` sets it up")
    if revision != head_revision():
        words = f"stands at {revision}, this program at {head_revision()}: `deskcheck migrate`"
        return Finding("database", Health.WARNING, words)
    return Finding("database", Health.OK, f"{url.get_backend_name()}, schema {revision}")


def _disk(settings: Settings) -> Finding:
    url = database_url(settings.database_url)
    folder = Path(url.database or ".").resolve().parent if url.host is None else Path.cwd()
    while not folder.exists():
        folder = folder.parent
    free_mb = shutil.disk_usage(folder).free // 2**20
    if free_mb < FREE_MB:
        return Finding("disk", Health.WARNING, f"only {free_mb} MB free in {folder}: make room")
    return Finding("disk", Health.OK, f"{free_mb:,} MB free")


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.bot_token:
        words = "BOT_TOKEN is missing: ask @BotFather for one and put it into .env"
        yield Finding("telegram", Health.BROKEN, words)
        return
    bot = Bot(settings.bot_token, base_url=f"{settings.telegram_api_url}/bot")
    try:
        async with bot:
            yield Finding("telegram", Health.OK, f"answers as @{bot.username}")
            yield await _team_chat(bot, settings)
    except InvalidToken:
        words = "refuses BOT_TOKEN: copy it anew from @BotFather"
        yield Finding("telegram", Health.BROKEN, words)
    except TelegramError as error:
        words = f"{error.message}. Is the network up? Is TELEGRAM_API_URL right?"
        yield Finding("telegram", Health.BROKEN, words)


async def _team_chat(bot: Bot, settings: Settings) -> Finding:
    if settings.team_chat_id is None:
        words = "not in the settings; /here, said there by an admin, sets it too"
        return Finding("team chat", Health.OK, words)
    try:
        chat = await bot.get_chat(settings.team_chat_id)
        me = await bot.get_chat_member(chat.id, bot.id)
    except TelegramError as error:
        words = f"{error.message}. Add the bot there, and check TEAM_CHAT_ID."
        return Finding("team chat", Health.BROKEN, words)
    if is_too_public(chat.username, public_ok=settings.public_channel_ok):
        words = f"@{chat.username} is public: set PUBLIC_CHANNEL_OK=yes if that is what you want"
        return Finding("team chat", Health.BROKEN, words)
    if chat.type == "channel" and me.status != "administrator":
        words = "the bot may not post: make it an administrator of the channel"
        return Finding("team chat", Health.BROKEN, words)
    return Finding("team chat", Health.OK, chat.title or str(chat.id))


async def _reader() -> Finding:
    sample = "The council spent 4.2 million on the harbour wall last year, the mayor said."
    try:
        async with Reader() as reader:
            found = await reader.run(extract, Draft(text=sample, format="text", name=None))
    except (FactcheckError, OSError) as error:
        return Finding("reader", Health.BROKEN, f"cannot read a sentence: {error}")
    if found.findings.warnings:
        words = f"{'; '.join(found.findings.warnings)}. Install Deskcheck anew"
        return Finding("reader", Health.WARNING, words)
    if found.findings.method is not Method.PARSER:
        words = "reads, but without the parser: install `deskcheck[parser]` anew"
        return Finding("reader", Health.WARNING, words)
    return Finding("reader", Health.OK, "reads")
