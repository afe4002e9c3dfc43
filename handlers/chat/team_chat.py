"""Whether TEAM_CHAT_ID names a chat that may get the digest: asked of Telegram at the start."""

import asyncio
import logging

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.errors import SettingsProblem
from bot.settings import EXAMPLES, Settings
from bot.workflow.here import is_too_public

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 5.0  # doubled up to
LONGEST_PAUSE_S = 600.0


async def check_team_chat(bot: ExtBot[None], settings: Settings) -> bool:
    """Whether the chat could be looked at and is fit; False when Telegram does not show it now.

    Raises:
        SettingsProblem: everybody can read it, and PUBLIC_CHANNEL_OK does not say that they may.
    """
    if settings.team_chat_id is None:
        return True
    try:
        chat = await bot.get_chat(settings.team_chat_id)
    except TelegramError as error:
        log.warning(
            "TEAM_CHAT_ID: the team's chat cannot be seen: is the number right, and the bot in it?",
            extra={"error": type(error).__name__, "example": EXAMPLES["TEAM_CHAT_ID"]},
        )
        return False
    if is_too_public(chat.username, public_ok=settings.public_channel_ok):
        problem = (
            f"@{chat.username} is public, and the digest names open work and people: "
            "name a closed chat, or set PUBLIC_CHANNEL_OK=yes"
        )
        raise SettingsProblem("TEAM_CHAT_ID", problem, EXAMPLES["TEAM_CHAT_ID"])
    return True


async def keep_checking(bot: ExtBot[None], settings: Settings) -> None:
    """Ask until Telegram shows the chat: the start does not wait for that.

    Raises:
        SettingsProblem: as for `check_team_chat`.
    """
    pause_s = FIRST_PAUSE_S
    while not await check_team_chat(bot, settings):
        await asyncio.sleep(pause_s)
        pause_s = min(LONGEST_PAUSE_S, 2 * pause_s)
