"""`deskcheck digest`: print the week's digest, or post it to the team."""

import argparse
import asyncio
from datetime import datetime

from bot.clock import clock
from bot.errors import UsageProblem
from bot.settings import load_settings
from bot.texts import digest as texts
from bot.texts.fitting import MESSAGE_UNITS
from bot.texts.refusals import without_markup
from bot.workflow import digest, here
from bot.workflow.hours.weeks import last_complete_week, week_of
from bot.workflow.policy import Policy
from storage import outcomes
from storage.database import Sessions, database_url
from storage.migrate import migrate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `deskcheck digest`."""
    parser.add_argument(
        "--week", metavar="2026-W47", help="an ISO week; without it the last complete one"
    )
    parser.add_argument(
        "--post",
        action="store_true",
        help="post it in the team's chat, which happens once a week; the running bot sends it",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the digest, or post it."""
    week = None
    if arguments.week is not None:
        week = digest.week_named(arguments.week)
        if week is None:
            raise UsageProblem(f"--week {arguments.week}: no such week; for example 2026-W47")
    settings = load_settings()
    url = database_url(settings.database_url)
    migrate(url)
    now, policy = clock(), settings.policy()
    if week is not None and week > week_of(policy.zone, now):
        raise UsageProblem(f"--week {arguments.week}: that week has not begun")
    if arguments.post:
        chat_id = settings.team_chat_id
        return asyncio.run(_post(Sessions(url), week, team_chat_id=chat_id, policy=policy, now=now))
    return asyncio.run(_print(Sessions(url), week, policy=policy, now=now))


async def _print(
    sessions: Sessions, week: digest.Week | None, *, policy: Policy, now: datetime
) -> int:
    try:
        async with sessions.read() as session:
            figures = await digest.figures_of(
                session, week or last_complete_week(policy.zone, now), policy=policy, now=now
            )
            names = await outcomes.names(session, texts.digest_people(figures))
    finally:
        await sessions.close()
    year = now.astimezone(policy.zone).year
    print(without_markup(texts.digest(figures, names, year=year, limit=MESSAGE_UNITS)))
    return 0


async def _post(
    sessions: Sessions,
    week: digest.Week | None,
    *,
    team_chat_id: int | None,
    policy: Policy,
    now: datetime,
) -> int:
    try:
        async with sessions.begin() as session:
            if team_chat_id is not None:  # the bot may not have run since it was set
                await here.set_team_chat(session, team_chat_id, now=now)
            posted = await digest.post(session, policy=policy, now=now, week=week)
    finally:
        await sessions.close()
    print(f"The digest of {posted.figures['week']} is on its way; the running bot sends it.")
    return 0
