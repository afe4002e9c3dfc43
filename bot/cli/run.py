"""`deskcheck run`: the bot itself, until SIGTERM or Ctrl-C."""

import argparse
import asyncio

from bot.app import run as run_app
from bot.logs import start_logging
from bot.settings import load_settings


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Everything it needs comes from the settings."""


def run(_arguments: argparse.Namespace) -> int:
    """Start, serve, drain."""
    settings = load_settings("bot_token")
    start_logging(settings.log_level, settings.log_format)
    try:
        asyncio.run(run_app(settings))
    except asyncio.CancelledError:
        return 0  # stopped while it still waited for Telegram
    except BaseExceptionGroup as group:
        # One loop's failure ends them all; what a person can mend is said in one line.
        raise _first_cause(group) from group
    return 0


def _first_cause(group: BaseExceptionGroup[BaseException]) -> BaseException:
    first = group.exceptions[0]
    return _first_cause(first) if isinstance(first, BaseExceptionGroup) else first
