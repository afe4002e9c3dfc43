"""People who act on what their phones show, for journeys in which the bot dies under them.

Every article has its own trouble, by its number: readers who differ, a pass, an answer under the
wrong card, a claim left until somebody else has it. Each happens once per article, to whoever
sees its first card; everybody else answers.
"""

import re
from dataclasses import dataclass, field
from enum import Enum

from bot.sandbox import Chat, Message, NotPossible, Person
from tests.journeys.test_answering import PICTURE

_CARD = re.compile(r"· A-(\d+)/\d+ · #C(\d+)$", re.MULTILINE)
_ALERT = re.compile(r"A-(\d+), claim (\d+)")
AGAIN_AFTER = 40  # looks at the phone; then a button that did nothing is pressed once more
WEEKLY_POSTS = 3  # times that the editor asks for the same week


class Trouble(Enum):
    """What happens once to an article."""

    DISPUTE = 1
    PASS = 2
    WRONG_CARD = 3
    LATE = 0


@dataclass
class Answers:
    """All that reviewers said; `links` by the message that said it, as it reads now."""

    links: dict[tuple[int, int], str] = field(default_factory=dict)
    taken_back: list[str] = field(default_factory=list)  # links that an edit replaced
    troubles: dict[Trouble, int] = field(default_factory=dict)  # how often each was played

    def played(self, trouble: Trouble) -> None:
        self.troubles[trouble] = self.troubles.get(trouble, 0) + 1


@dataclass
class Wrong:
    """An answer that was meant for the other claim of its article."""

    said: Message
    article: int
    since: int  # looks at the phone


class Reviewer:
    """Looks at the phone, answers every card once, and asks for the next one."""

    def __init__(self, person: Person, answers: Answers, taken: set[int]) -> None:
        self.person = person
        self._answers = answers
        self._taken = taken  # articles whose trouble has found its person; shared
        self._done: set[int] = set()  # codes that need no more of this person
        self._left: dict[int, Message] = {}
        self._wrong: dict[int, Wrong] = {}  # said under the wrong card, by its code
        self._turned: set[int] = set()
        self._pressed: dict[tuple[int, str], int] = {}
        self._looks = 0

    @property
    def is_done(self) -> bool:
        """Whether nothing that this person began is unfinished."""
        return not self._left and not self._wrong

    async def look(self) -> None:
        """One look at the phone: act on all that is there."""
        self._looks += 1
        for message in self.person.chat.from_bot:
            if (found := _CARD.search(message.text)) and "Is it true" in message.text:
                await self._card(message, int(found[1]), int(found[2]))
            self._ask_for_next(message)
        await self._answer_what_was_left()
        self._move_what_was_wrong()

    async def _card(self, card: Message, article: int, code: int) -> None:
        if code in self._done or code in self._left or code in self._wrong:
            return
        if any(wrong.article == article for wrong in self._wrong.values()):
            return  # the answer to this one is under the other card
        trouble = Trouble(article % len(Trouble))
        if article not in self._taken and trouble is not Trouble.DISPUTE:
            self._taken.add(article)
            await self._have(trouble, card, article, code)
            return
        self._done.add(code)
        await self._answer(card, code, trouble)

    async def _have(self, trouble: Trouble, card: Message, article: int, code: int) -> None:
        self._answers.played(trouble)
        if trouble is Trouble.LATE:
            self._left[code] = card
        elif trouble is Trouble.WRONG_CARD:
            said = await self._say("True", card, code)
            self._wrong[code] = Wrong(said, article, self._looks)
        else:
            self._done.add(code)
            self.person.taps(card, "Pass")

    async def _answer(self, card: Message, code: int, trouble: Trouble) -> None:
        """Half of all say False where readers differ; every third sends a picture along."""
        word = "False" if trouble is Trouble.DISPUTE and self.person.id % 2 else "True"
        if code % 3 == 0:
            link = f"https://ledger.example/{self.person.id}/{code}/photo"
            said = await self.person.sends_photo(
                PICTURE, caption=f"{word}. See {link}", reply_to=card
            )
            self._answers.links[self.person.id, said.id] = link
            return
        said = await self._say(word, card, code)
        if code % 5 == 0:
            before = self._answers.links[self.person.id, said.id]
            self._answers.taken_back.append(before)
            self._answers.links[self.person.id, said.id] = f"{before}-edited"
            await self.person.edits(said, f"{word}. See {before}-edited")

    async def _say(self, word: str, card: Message, code: int) -> Message:
        link = f"https://ledger.example/{self.person.id}/{code}/{self._looks}"
        said = await self.person.sends(f"{word}. See {link}", reply_to=card)
        self._answers.links[self.person.id, said.id] = link
        return said

    async def _answer_what_was_left(self) -> None:
        for code, card in list(self._left.items()):
            if "With somebody else now" in card.text:
                del self._left[code]
                self._done.add(code)
                await self._say("True", card, code)

    def _move_what_was_wrong(self) -> None:
        """Press "Wrong claim?" under the echo, then the right claim; the first card comes back."""
        for code, wrong in list(self._wrong.items()):
            echo = next((m for m in self.person.chat.from_bot if m.reply_to is wrong.said), None)
            if echo is None:
                continue
            right = [label for label in echo.labels if label.startswith(f"A-{wrong.article}/")]
            if right:
                self._press(echo, right[0])
            elif "Wrong claim?" in echo.labels and f"#C{code}" in echo.text:
                self._press(echo, "Wrong claim?")
            elif "Recorded" in echo.text:  # it names the other claim: moved
                del self._wrong[code]
            if self._looks - wrong.since > 3 * AGAIN_AFTER:  # the other claim is with somebody else
                self._wrong.pop(code, None)
                self._done.add(code)

    def _ask_for_next(self, message: Message) -> None:
        for label in message.labels:
            if label == "No time":
                self._press(message, label)
            elif label.startswith("Next") and message.id not in self._turned:
                self._turned.add(message.id)
                self._press(message, label)

    def _press(self, message: Message, label: str) -> None:
        """Press once; again only when nothing has come of it for a long while."""
        at = self._pressed.get((message.id, label))
        if at is not None and self._looks - at < AGAIN_AFTER:
            return
        self._pressed[message.id, label] = self._looks
        try:
            self.person.taps(message, label)
        except NotPossible:
            return  # the message has changed since it was looked at


class Editor:
    """Hands out the first two claims of every article, rules, clears, and asks for the digest."""

    def __init__(self, person: Person, channel: Chat) -> None:
        self.person = person
        self.rulings: dict[str, str] = {}  # reason by claim
        self._channel = channel
        self._answered: set[tuple[int, str]] = set()
        self.asked = 0

    async def look(self) -> None:
        """One look at the phone: act on all that is there."""
        for message in self.person.chat.from_bot:
            if any(label.startswith("Send") for label in message.labels):
                await self._once(message, "send 1,2 now")
            elif found := _ALERT.search(message.text):
                await self._act(message, f"A-{found[1]}/{found[2]}")
            elif "is there" in " ".join(message.labels):
                await self._look_into_the_channel(message)

    async def ask_for_digest(self) -> None:
        """Ask for the week's digest once more, up to three times."""
        if self.asked < WEEKLY_POSTS:
            self.asked += 1
            await self.person.sends("/digest post")

    async def _act(self, message: Message, claim: str) -> None:
        if "False" in message.labels and "readers differ" in message.text:
            self.rulings[claim] = f"The page is the better source for {claim}"
            await self._once(message, f"False. {self.rulings[claim]}")
        elif "Fixed" in message.labels:
            await self._once(message, "fixed")

    async def _once(self, message: Message, words: str) -> None:
        if (message.id, words) not in self._answered:
            self._answered.add((message.id, words))
            await self.person.sends(words, reply_to=message)

    async def _look_into_the_channel(self, message: Message) -> None:
        label = "is there" if self._channel.from_bot else "Post"
        found = next((one for one in message.labels if label in one), None)
        if found is not None and (message.id, found) not in self._answered:
            self._answered.add((message.id, found))
            self.person.taps(message, found)
