"""A newsroom for journeys: the whole bot on the sandbox, an editor, reviewers, a channel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from bot.demo.newsroom import Newsroom, newsroom
from bot.sandbox import Chat, Message, Person, Sandbox
from storage.models import Assignment, Claim, Member, Membership, Outbox, Verdict
from storage.models.people import Role
from storage.models.talking import OutboxState
from tests.builders import MONDAY

EDITOR, OLHA, IRA, MARKO = 501, 601, 602, 603
CHANNEL = -1001000000001
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass
class Desk:
    """The newsroom with its people by name; `reviewers` are Olha, Ira and Marko."""

    room: Newsroom
    editor: Person
    reviewers: list[Person]
    channel: Chat
    people: dict[int, Person] = field(default_factory=dict)

    @property
    def sandbox(self) -> Sandbox:
        return self.room.sandbox

    async def sends(self, person: Person, text: str, **more: Any) -> Message:
        """The message that the person sent, once the desk has dealt with it."""
        message = await person.sends(text, **more)
        await self.room.rest()
        return message

    async def presses(self, person: Person, message: Message, button: str) -> str:
        """Press a button and wait until all that follows is done; what the button answered."""
        answer = await person.presses(message, button)
        await self.room.rest()
        assert answer is not None, "the pressed button never answered"
        return answer.text or ""

    async def sheet_of(self, page: str, person: Person | None = None) -> Message:
        """The claim sheet of a page of the sample site, as sent to the editor."""
        who = person or self.editor
        await self.sends(who, self.room.site.url(page))
        return last(who)

    async def send_claims(self, sheet: Message, *numbers: int) -> None:
        """Choose just these claims and hand them out at once."""
        ticked = {label.split()[0] for label in sheet.labels if label.endswith("✓")}
        for number in sorted(ticked ^ {str(number) for number in numbers}):
            await self.presses(self.editor, sheet, _label(sheet, number))
        await self.presses(self.editor, sheet, "Send now")

    async def rows(self, query: Any) -> list[Any]:
        """What the database holds."""
        async with self.room.app.services.sessions.read() as session:
            return list((await session.exec(query)).all())

    async def verdicts(self) -> list[Verdict]:
        """All revisions in the order in which they were recorded."""
        return await self.rows(select(Verdict).order_by(col(Verdict.id)))

    async def claims(self) -> list[Claim]:
        """All claims by id."""
        return await self.rows(select(Claim).order_by(col(Claim.id)))

    async def open_assignments(self) -> list[Assignment]:
        """All open assignments by id."""
        query = select(Assignment).where(col(Assignment.state) == "open")
        return await self.rows(query.order_by(col(Assignment.id)))

    async def holder(self, assignment: Assignment) -> Person:
        """Who holds it, as a person with a phone."""
        found = await self.rows(select(Member).where(Member.id == assignment.reviewer_id))
        return self.people[found[0].tg_user_id]

    async def unsaid(self) -> list[Outbox]:
        """Notices that failed or hang; a journey ends with none."""
        bad = (OutboxState.FAILED, OutboxState.UNKNOWN, OutboxState.SENDING)
        return await self.rows(select(Outbox).where(col(Outbox.state).in_(bad)))


def _label(sheet: Message, number: str) -> str:
    return next(label for label in sheet.labels if label.split()[0] == number)


def last(person: Person | Chat, words: str = "") -> Message:
    """The newest message of the bot with `words` in somebody's chat."""
    chat = person.chat if isinstance(person, Person) else person
    found = chat.find(words)
    assert found is not None, f"no message with {words!r} in: {[m.text for m in chat.from_bot]}"
    return found


@asynccontextmanager
async def a_desk(database: str, **settings: Any) -> AsyncIterator[Desk]:
    """A running desk whose members have joined already; the clock stands on Monday morning."""
    async with newsroom(database, **settings) as room:
        yield await staffed(room)


async def staffed(room: Newsroom) -> Desk:
    """Put the people and the channel in place."""
    names = {EDITOR: "Eda Lund", OLHA: "Olha Bondar", IRA: "Ira Stasiuk", MARKO: "Marko Vance"}
    people = {
        number: room.sandbox.add_person(number, name, started=True)
        for number, name in names.items()
    }
    channel = room.sandbox.add_channel(CHANNEL, "The desk", admins=[people[EDITOR]])
    async with room.app.services.sessions.begin() as session:
        for number, name in names.items():
            roles = [Role.ADMIN, Role.EDITOR] if number == EDITOR else [Role.REVIEWER]
            member = Member(tg_user_id=number, name=name, timezone="UTC", joined_at=MONDAY)
            session.add(member)
            await session.flush()
            for role in roles:
                session.add(
                    Membership(desk_id=1, member_id=member.id, role=role, granted_at=MONDAY)
                )
    reviewers = [people[OLHA], people[IRA], people[MARKO]]
    return Desk(room, people[EDITOR], reviewers, channel, people)
