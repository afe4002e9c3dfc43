"""`deskcheck members`: the team on the command line: list, add, invite."""

import argparse
import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.clock import clock
from bot.errors import Refusal, UsageProblem
from bot.settings import Settings, load_settings
from bot.texts.people import role_name, role_names
from bot.workflow import joining
from bot.workflow.people import DEEP_LINK
from storage import members
from storage.database import Sessions, database_url
from storage.migrate import migrate
from storage.models import Member
from storage.models.people import MemberState, Role


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `deskcheck members`."""
    deeds = parser.add_subparsers(dest="deed", metavar="DEED")
    roles = [role.value for role in Role]
    deeds.add_parser("list", help="everybody with their roles (also without any DEED)")
    add = deeds.add_parser("add", help="make a Telegram account a member, or give it a role")
    add.add_argument("--telegram-id", type=int, required=True, metavar="N", help="numeric id")
    add.add_argument("--name", required=True, help="how colleagues know them")
    add.add_argument("--role", choices=roles, required=True)
    invite = deeds.add_parser("invite", help="print a link that makes one person a member")
    invite.add_argument("--role", choices=roles, required=True)


def run(arguments: argparse.Namespace) -> int:
    """Do it and say what was done."""
    if arguments.deed == "add":
        _check(arguments)
    settings = load_settings(*(["bot_token"] if arguments.deed == "invite" else []))
    url = database_url(settings.database_url)
    migrate(url)
    return asyncio.run(_run(arguments, settings, Sessions(url), clock()))


def _check(arguments: argparse.Namespace) -> None:
    if arguments.telegram_id <= 0:
        raise UsageProblem(
            f"--telegram-id {arguments.telegram_id}: people have numbers above 0; "
            "for example 123456789"
        )
    if not arguments.name.strip():
        raise UsageProblem("--name is empty: how do colleagues know them?")


async def _run(
    arguments: argparse.Namespace, settings: Settings, sessions: Sessions, now: datetime
) -> int:
    try:
        if arguments.deed == "add":
            await _add(sessions, arguments, now)
        elif arguments.deed == "invite":
            await _invite(sessions, settings, Role(arguments.role), now)
        else:
            await _list(sessions)
    finally:
        await sessions.close()
    return 0


async def _list(sessions: Sessions) -> None:
    async with sessions.read() as session:
        people = await members.everybody(session)
        roles = await members.all_roles(session)
    if not people:
        print("Nobody is on the team yet. Set ADMIN_IDS, or start the bot and use its code.")
        return
    print("\n".join(_table(people, roles)))


def _table(people: Sequence[Member], roles: Mapping[int, frozenset[Role]]) -> list[str]:
    """A line each: Telegram id, name, roles, and whether they can be reached."""
    rows = [
        (
            str(person.tg_user_id or "-"),
            person.name,
            role_names(roles.get(person.id, frozenset())),
            "cannot be reached" if person.state is MemberState.UNREACHABLE else "",
        )
        for person in people
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        "  ".join(
            [*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]
        ).rstrip()
        for row in rows
    ]


async def _add(sessions: Sessions, arguments: argparse.Namespace, now: datetime) -> None:
    role = Role(arguments.role)
    async with sessions.begin() as session:
        member = await joining.enrol(
            session, arguments.telegram_id, name=arguments.name, role=role, now=now
        )
    print(f"{member.name} is {role_name(role)} now. They open the chat with the bot to begin.")


async def _invite(sessions: Sessions, settings: Settings, role: Role, now: datetime) -> None:
    username = await _username(settings)
    async with sessions.begin() as session:
        token, ends_at = await joining.new_invitation(session, role, by_id=None, now=now)
    print(DEEP_LINK.format(bot=username, token=token))
    print(f"Makes one person {role_name(role)}; ends on {ends_at:%Y-%m-%d %H:%M} UTC.")


async def _username(settings: Settings) -> str:
    """The bot's name, which the link needs and only Telegram knows."""
    bot = ExtBot(settings.bot_token or "", base_url=f"{settings.telegram_api_url}/bot")
    try:
        async with bot:
            return bot.username
    except InvalidToken as error:
        raise Refusal("token_unknown") from error
    except TelegramError as error:
        raise Refusal("telegram_silent", why=str(error)) from error
