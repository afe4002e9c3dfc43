"""A newsroom's week in a minute: every step is a message or a tap, as a phone would send it."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from bot.demo.cast import Cast, join, newest
from bot.demo.newsroom import Newsroom
from bot.demo.teller import Teller
from bot.sandbox import Message, Person
from storage.models import Assignment, Claim, ClaimRevision, Member
from storage.models.work import AssignmentState

WEDNESDAY = datetime(2026, 11, 18, 8, 40, tzinfo=UTC)
DIGEST_AT = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
UNDO = timedelta(minutes=2)


@dataclass(frozen=True)
class Held:
    """An open claim in somebody's hands."""

    assignment_id: int
    person: Person
    quote: str


class Day:
    """The story; `run` plays it from the first invitation to the digest."""

    def __init__(self, room: Newsroom, cast: Cast, teller: Teller) -> None:
        self._room, self._cast, self._teller = room, cast, teller

    async def run(self, submit: Callable[[], Awaitable[object]], picture: bytes) -> None:
        """Play everything; `submit` is the editor's sending of what will be checked."""
        self._teller.scene("the team comes together")
        await join(self._cast)
        self._teller.scene("Eda sends what will be printed")
        await submit()
        await self._room.rest()
        await self._hand_out()
        self._teller.scene("the reviewers answer")
        await self._answer(picture)
        self._teller.scene("the undo time is over, the verdicts settle")
        await self._room.advance(UNDO)
        await self._rule()
        self._teller.scene("a day later: what was not answered moves on")
        await self._room.advance_to(WEDNESDAY + timedelta(days=2))
        await self._answer_rest()
        await self._room.advance(UNDO)
        await self._rule()
        await self._clear()
        self._teller.scene("Monday: the digest")
        await self._room.advance_to(DIGEST_AT)

    def save_digest(self, folder: Path) -> None:
        """Keep what the channel got: the text and its picture."""
        posts = [m for m in self._cast.channel.from_bot if m.photo is not None]
        if posts and posts[-1].photo is not None:
            (folder / "digest.html").write_text(posts[-1].html or "", encoding="utf-8")
            (folder / "digest.png").write_bytes(posts[-1].photo.content)

    async def _hand_out(self) -> None:
        for sheet in _with_button(self._cast.eda, "Send now"):
            await self._cast.press(self._cast.eda, sheet, "Send now")

    async def _answer(self, picture: bytes) -> None:
        """One holder of each kind: in words, by tap, with a picture, a pass, and nobody at all."""
        held = await self._held()
        for place, one in enumerate(held):
            prompt = await self._card(one)
            if prompt is None:
                continue
            kind = place % 6
            if kind == 0:
                page = self._room.site.url("council-budget.html")
                words = f"False. The council's page says otherwise, {page}"
                await self._cast.say(one.person, words, reply_to=prompt)
            elif kind == 1:
                link = self._room.site.url("council-budget.html")
                await self._cast.say(one.person, f"Misleading. {link} p. 2", reply_to=prompt)
            elif kind == 2:
                caption = "True. The figure stands on the notice board"
                await one.person.sends_photo(picture, caption=caption, reply_to=prompt)
                await self._room.rest()
            elif kind == 3:
                await self._cast.press(one.person, prompt, "True")
                half = newest(one.person, "what shows it")
                await self._cast.press(one.person, half, "I saw it myself")
                await self._cast.say(one.person, "I was in the hall on Monday evening")
            elif kind == 4:
                await self._cast.press(one.person, prompt, "Pass")
                await self._cast.press(one.person, newest(one.person, one.quote[:12]), "No time")

    async def _answer_rest(self) -> None:
        for one in await self._held():
            prompt = await self._card(one)
            if prompt is not None:
                words = f"True. {self._room.site.url('council-budget.html')} p. 1"
                await self._cast.say(one.person, words, reply_to=prompt)

    async def _rule(self) -> None:
        """The editor decides where two readings differ, with a reason."""
        eda = self._cast.eda
        for dispute in _with_button(eda, "False"):
            if await self._cast.press(eda, dispute, "False"):
                await self._cast.say(eda, "The budget page is the better source, and it is clear.")

    async def _clear(self) -> None:
        eda = self._cast.eda
        for alert in _with_button(eda, "Fixed"):
            await self._cast.press(eda, alert, "Fixed")

    async def _card(self, one: Held) -> Message | None:
        """The card of a claim, asked for with "next" as long as it has not come."""
        for _ in range(10):
            found = _coded(one.person, one.assignment_id)
            if found is not None:
                return found
            asking = _with_button(one.person, "Next")
            if not asking:
                return None
            await self._cast.press(one.person, asking[-1], "Next")
        return None

    async def _held(self) -> list[Held]:
        query = (
            select(Assignment.id, Member.tg_user_id, ClaimRevision.quote)
            .join(Member, col(Member.id) == Assignment.reviewer_id)
            .join(Claim, col(Claim.id) == Assignment.claim_id)
            .join(ClaimRevision, col(ClaimRevision.id) == Claim.head_revision_id)
            .where(col(Assignment.state) == AssignmentState.OPEN)
            .order_by(col(Assignment.id))
        )
        async with self._room.app.services.sessions.read() as session:
            rows = (await session.exec(query)).all()
        return [Held(key, self._cast.person(who or 0), quote) for key, who, quote in rows]


def _coded(person: Person, assignment_id: int) -> Message | None:
    """The newest message that carries just this code; #C1 is not #C14."""
    code = re.compile(rf"#C{assignment_id}\b")
    found = [message for message in person.chat.from_bot if code.search(message.text)]
    return found[-1] if found else None


def _with_button(person: Person, label: str) -> list[Message]:
    """The bot's messages that have a button beginning with `label`, oldest first."""
    return [
        message
        for message in person.chat.from_bot
        if any(button.startswith(label) for button in message.labels)
    ]
