"""The commands that a phone offers: they follow the roles."""

from bot.demo.newsroom import newsroom
from bot.sandbox import Fault, Person, Sandbox
from storage.models import Member, Membership
from storage.models.people import Role
from tests.builders import MONDAY
from tests.journeys.desk import EDITOR, OLHA, Desk, last

NEWCOMER = 700


def offered(sandbox: Sandbox, person: Person) -> list[str]:
    """What this person's phone offers beside the text field."""
    commands = sandbox.world.commands
    menu = commands.get(f"chat:{person.id}", commands.get("default", []))
    return [command["command"] for command in menu]


async def joins(desk: Desk, role: str) -> Person:
    """Somebody who came by an invitation just now."""
    await desk.sends(desk.editor, f"/invite {role}")
    link = last(desk.editor, "Invitation").text.split("?start=")[1].split()[0]
    newcomer = desk.sandbox.add_person(NEWCOMER, "Nadia Kern")
    await newcomer.starts(link)
    return newcomer


async def test_whoever_joins_is_offered_what_the_role_may_do(desk: Desk) -> None:
    newcomer = await joins(desk, "reviewer")

    await desk.sandbox.until(lambda: "queue" in offered(desk.sandbox, newcomer))

    assert offered(desk.sandbox, newcomer) == ["queue", "digest", "me", "help"]
    assert offered(desk.sandbox, desk.editor) == ["articles", "queue", "members", "me", "help"]


async def test_a_new_role_brings_its_commands(desk: Desk) -> None:
    newcomer = await joins(desk, "reviewer")
    await desk.sends(desk.editor, "/members")
    team = last(desk.editor, "Team")
    number = next(line for line in team.text.splitlines() if "Nadia" in line).split()[0]

    await desk.presses(desk.editor, team, number)
    await desk.presses(desk.editor, last(desk.editor), "Editor")

    await desk.sandbox.until(lambda: "articles" in offered(desk.sandbox, newcomer))


async def test_who_leaves_is_offered_what_strangers_are(desk: Desk) -> None:
    newcomer = await joins(desk, "reviewer")
    await desk.sandbox.until(lambda: "queue" in offered(desk.sandbox, newcomer))
    await desk.sends(desk.editor, "/members")
    team = last(desk.editor, "Team")
    number = next(line for line in team.text.splitlines() if "Nadia" in line).split()[0]

    await desk.presses(desk.editor, team, number)
    for button in ("Remove from the team…", "Yes, remove"):
        await desk.presses(desk.editor, last(desk.editor), button)

    await desk.sandbox.until(lambda: offered(desk.sandbox, newcomer) == ["help"])


async def test_a_telegram_that_refuses_menus_keeps_nobody_from_joining(desk: Desk) -> None:
    desk.sandbox.fail_next("setMyCommands", Fault.SERVER_ERROR, times=10)

    newcomer = await joins(desk, "reviewer")
    await desk.room.rest()

    assert "Welcome" in last(newcomer).text
    assert await desk.unsaid() == []


async def test_a_chat_that_is_not_open_keeps_nobody_from_their_menu(database: str) -> None:
    async with newsroom(database) as room:
        people = {EDITOR: Role.EDITOR, OLHA: Role.REVIEWER}
        for number in people:
            room.sandbox.add_person(number, "Somebody", started=True)
        room.sandbox.add_person(NEWCOMER, "Not started yet")
        async with room.app.services.sessions.begin() as session:
            for number, role in {**people, NEWCOMER: Role.ADMIN}.items():
                member = Member(tg_user_id=number, name="Somebody", joined_at=MONDAY)
                session.add(member)
                await session.flush()
                session.add(
                    Membership(desk_id=1, member_id=member.id, role=role, granted_at=MONDAY)
                )

        await room.app.menus.offer()

        menus = {scope: len(commands) for scope, commands in room.sandbox.world.commands.items()}
        assert menus == {"default": 1, f"chat:{EDITOR}": 5, f"chat:{OLHA}": 4}
