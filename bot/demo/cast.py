"""Who is in the demo, and how they come to the desk: by the same links and taps as anybody."""

import re
from dataclasses import dataclass
from typing import Any

from bot.demo.newsroom import Newsroom
from bot.sandbox import Chat, Message, NotPossible, Person

EDA, OLHA, IRA, MARKO = 501, 601, 602, 603
CHANNEL = -1001000000001
NAMES = {EDA: "Eda", OLHA: "Olha", IRA: "Ira", MARKO: "Marko"}
_TOKEN = re.compile(r"start=([\w-]+)")


@dataclass
class Cast:
    """The editor (who is admin), three reviewers, and the team's channel."""

    room: Newsroom
    eda: Person
    reviewers: list[Person]
    channel: Chat

    async def say(self, person: Person, text: str, **more: Any) -> Message:
        """Somebody writes; returns when the desk has done all that follows."""
        message = await person.sends(text, **more)
        await self.room.rest()
        return message

    async def press(self, person: Person, message: Message, label: str) -> bool:
        """Somebody presses a button; False when the message has no such button now."""
        try:
            await person.presses(message, label)
        except NotPossible:
            return False
        await self.room.rest()
        return True

    def person(self, tg_user_id: int) -> Person:
        """The person with this Telegram id."""
        return self.room.sandbox.people[tg_user_id]


def assembled(room: Newsroom) -> Cast:
    """Everybody with a phone; nobody has met the bot yet."""
    sandbox = room.sandbox
    eda, *reviewers = [sandbox.add_person(number, name) for number, name in NAMES.items()]
    channel = sandbox.add_channel(CHANNEL, "Fact-check desk", admins=[eda])
    return Cast(room, eda, reviewers, channel)


async def join(cast: Cast) -> None:
    """The editor opens the bot, invites three reviewers, and names the team's channel."""
    await cast.say(cast.eda, "/start")
    for reviewer in cast.reviewers:
        await cast.say(cast.eda, "/invite reviewer")
        found = _TOKEN.search(newest(cast.eda, "start=").text)
        if found is None:
            raise LookupError("the invitation holds no link")
        await reviewer.starts(found[1])
        await cast.room.rest()
        welcome = newest(reviewer)
        if welcome.labels:
            await cast.press(reviewer, welcome, welcome.labels[0])
    await cast.say(cast.eda, "/here", chat=cast.channel)
    await cast.press(cast.eda, newest(cast.eda, "/here"), "Post the digest there")


def newest(person: Person | Chat, words: str = "") -> Message:
    """The bot's newest message with `words` in somebody's chat.

    Raises:
        LookupError: there is none.
    """
    chat = person.chat if isinstance(person, Person) else person
    message = chat.find(words)
    if message is None:
        raise LookupError(f"the bot has not said {words!r}")
    return message
