"""A reviewer at work, for tests: an article with claims in one person's hands, and what they do."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.incoming import Attachment, Incoming, Tap
from bot.workflow.notices import About, NoticeKind, private, tell
from bot.workflow.policy import Policy
from bot.workflow.verdicts import answers, held, taps
from storage import inputs, verdicts
from storage.models import Article, Assignment, Claim, Evidence, Member, Outbox, Prompt, Verdict
from storage.models.claims import ClaimStatus, Rating
from storage.models.people import Role
from storage.models.work import EvidenceKind
from tests.builders import MONDAY, a_claim, a_member, an_article, an_assignment

QUOTES = (
    "The council spent 4.2 million on the harbour wall",
    "There were 78 complaints at first",
    "The wall is the longest on the coast",
)
POLICY = Policy()


@dataclass
class Reviewing:
    """An editor's article whose claims `olha` holds; a message of hers for every step."""

    session: AsyncSession
    editor: Member
    olha: Member
    article: Article
    claims: list[Claim]
    assignments: list[Assignment]
    cards: list[int]
    now: datetime = MONDAY
    _numbers: Any = field(default_factory=lambda: count(100))

    def message(self, text: str = "", **fields: Any) -> Incoming:
        """A message of Olha's."""
        number = next(self._numbers)
        own = {"actor_id": self.olha.id, "chat_id": self.olha.tg_user_id, "message_id": number}
        return Incoming(text=text, bot_id=1, update_id=number, **{**own, **fields})

    def tap(self, notice_id: int | None = None, **fields: Any) -> Tap:
        """A press of Olha's."""
        own = {"actor_id": self.olha.id, "chat_id": self.olha.tg_user_id, "message_id": 7}
        return Tap(notice_id=notice_id, **{**own, **fields})

    async def replies(self, text: str = "", *, to: int = 0, **fields: Any) -> Incoming:
        """Olha replies to the card of the claim at `to`."""
        said = self.message(text, **fields)
        assignment_id = self.assignments[to].id
        await answers.answer_prompt(self.session, said, assignment_id, policy=POLICY, now=self.now)
        return said

    async def writes(self, text: str = "", **fields: Any) -> bool:
        """Olha writes without replying; whether it meant something to a reviewer."""
        said = self.message(text, **fields)
        awaited = await inputs.awaited(self.session, said.actor_id, said.chat_id)
        if awaited is not None:
            await answers.awaited_answer(self.session, said, awaited, policy=POLICY, now=self.now)
            return True
        return await answers.answer_unaddressed(self.session, said, policy=POLICY, now=self.now)

    async def edits(self, said: Incoming, text: str) -> bool:
        """Olha edits a message of hers."""
        edit = self.message(text, message_id=said.message_id, is_edit=True)
        return await answers.edited_message(self.session, edit, policy=POLICY, now=self.now)

    async def rates(self, rating: Rating, *, at: int = 0, notice_id: int | None = None) -> None:
        """Olha taps a verdict, on the card if nothing else is said."""
        tap = self.tap(notice_id or self.cards[at])
        await taps.rate(
            self.session, tap, self.assignments[at].id, rating, policy=POLICY, now=self.now
        )

    async def shows(self, what: taps.Shown, *, at: int = 0) -> None:
        """Olha taps what shows it."""
        tap = self.tap(self.cards[at])
        await taps.show(
            self.session, tap, self.assignments[at].id, what, policy=POLICY, now=self.now
        )

    async def undoes(self, *, at: int = 0) -> None:
        """Olha takes it back."""
        tap = self.tap(await self.echo(at))
        await taps.undo(self.session, tap, self.assignments[at].id, policy=POLICY, now=self.now)

    async def chooses(self, *, at: int) -> None:
        """Olha taps the claim that a held message, or a misplaced verdict, was meant for."""
        pending = (await inputs.open_of(self.session, self.olha.id))[0]
        tap = self.tap(pending.notice_id)
        await held.use_for_claim(
            self.session, tap, pending.id, self.assignments[at].id, policy=POLICY, now=self.now
        )

    async def counts(self, at: int = 0) -> Verdict | None:
        """The revision that counts for a claim."""
        return await verdicts.newest(self.session, self.assignments[at].id)

    async def rating(self, at: int = 0) -> Rating | None:
        """The verdict that is recorded for a claim; None while there is none."""
        verdict = await self.counts(at)
        return verdict.rating if verdict else None

    async def evidence(self, at: int = 0) -> list[tuple[EvidenceKind, str | None]]:
        """What the recorded verdict rests on: its kind, and its address, note or file."""
        verdict = await self.counts(at)
        rows: list[Evidence] = []
        if verdict is not None:
            rows = list(await verdicts.evidence_for(self.session, [verdict.id]))
        return [(row.kind, row.url or row.note or row.file_id) for row in rows]

    async def echo(self, at: int = 0) -> int | None:
        """The message that shows the recorded verdict."""
        query = (
            select(Prompt)
            .where(
                Prompt.kind == NoticeKind.RECORDED,
                Prompt.assignment_id == self.assignments[at].id,
            )
            .order_by(col(Prompt.id).desc())
        )
        prompt = (await self.session.exec(query)).first()
        return prompt.outbox_id if prompt else None

    async def said_to(self, member: Member) -> list[str]:
        """The kinds of the messages this person got or that were edited, oldest first."""
        query = select(Outbox).where(Outbox.chat_id == member.tg_user_id).order_by(col(Outbox.id))
        return [row.kind for row in (await self.session.exec(query)).all()]

    async def card_shows(self, at: int = 0) -> str:
        """What the message that was the card shows now."""
        query = select(Prompt).where(Prompt.outbox_id == self.cards[at])
        return (await self.session.exec(query)).one().kind


async def a_reviewing(session: AsyncSession, *, claims: int = 1, **olha: Any) -> Reviewing:
    """One article; its first `claims` claims are with Olha since MONDAY, each with its card."""
    editor = await a_member(session, "Ira", Role.EDITOR)
    reviewer = await a_member(session, "Olha", *olha.pop("roles", (Role.REVIEWER,)), **olha)
    article, version = await an_article(session, editor)
    held_claims = [
        await a_claim(session, version, quote, number=n, status=ClaimStatus.ASSIGNED)
        for n, quote in enumerate(QUOTES[:claims], start=1)
    ]
    assignments = [await an_assignment(session, claim, reviewer) for claim in held_claims]
    cards = []
    for assignment in assignments:
        about = About(assignment_id=assignment.id)
        card = await tell(session, private(reviewer), NoticeKind.CARD, now=MONDAY, about=about)
        cards.append(card or 0)
    return Reviewing(session, editor, reviewer, article, held_claims, assignments, cards)


PHOTO = Attachment(kind="photo", file_id="photo-1")
VOICE = Attachment(kind="voice", file_id="voice-1")
PDF = Attachment(kind="file", file_id="pdf-1", file_name="report.pdf", mime="application/pdf")
