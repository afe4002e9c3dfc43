"""The commands that Telegram offers beside the text field: at most five per role."""

import logging

from telegram import BotCommand
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.texts.people import MENU

log = logging.getLogger(__name__)


async def set_menu(bot: ExtBot[None]) -> None:
    """Offer everybody's commands; roles see theirs in /help. Without network the old menu stays."""
    commands = [BotCommand(command, words) for command, words in MENU[None]]
    try:
        await bot.set_my_commands(commands)
    except TelegramError as error:
        log.warning("menu not set", extra={"error": type(error).__name__})
