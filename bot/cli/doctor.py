"""`deskcheck doctor`: check the settings and the installation, each finding with its mend."""

import argparse
import asyncio

from bot.doctor import Health, examine
from bot.logs import start_logging
from bot.settings import Settings, load_settings

MARKS = {Health.OK: "ok     ", Health.WARNING: "WARNING", Health.BROKEN: "BROKEN "}


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Everything it needs comes from the settings."""


def run(_arguments: argparse.Namespace) -> int:
    """Print the findings; 1 when something is broken."""
    start_logging("ERROR", "text")
    settings = load_settings()
    print(f"{MARKS[Health.OK]} settings: readable")
    return asyncio.run(_print_findings(settings))


async def _print_findings(settings: Settings) -> int:
    broken = 0
    async for finding in examine(settings):
        print(f"{MARKS[finding.health]} {finding.subject}: {finding.words}")
        broken += finding.health is Health.BROKEN
    return 1 if broken else 0
