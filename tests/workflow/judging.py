"""A claim in readers' hands, and readers who answer: what tests of settling start from."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.incoming import Incoming, Tap
from bot.workflow.notices import About, NoticeKind, private, tell
from bot.workflow.policy import UNDO_TIME, Policy
from bot.workflow.settling import settle
from storage import verdicts
from storage.models import (
    Article,
    ArticleVersion,
    Assignment,
    Claim,
    Evidence,
    Member,
    Outbox,
    Outcome,
    Prompt,
    Verdict,
)
from storage.models.claims import ClaimStatus, Rating
from storage.models.intake import ArticleState
from storage.models.people import Role
from storage.models.talking import OutboxOp
from storage.models.work import AssignmentState, EvidenceKind, VerdictKind
from tests.builders import MONDAY, a_claim, a_member, an_article, an_assignment

POLICY = Policy()
QUOTE = "There were 78 complaints at first"
OTHER_QUOTE = "4.2 million"


@dataclass
class Case:
    """An article of Eda's with one sent claim, held by each of its readers."""

    session: AsyncSession
    editor: Member
    article: Article
    version: ArticleVersion
    claim: Claim
    readers: list[Member]
    assignments: list[Assignment]

    async def answers(
        self,
        reader: int,
        rating: Rating | None,
        *,
        at: datetime = MONDAY,
        explanation: str = "The register says so.",
        url: str = "https://register.example/78",
        **fields: object,
    ) -> Verdict:
        """The reader's next revision, recorded as the verdicts flow does; None withdraws."""
        assignment = self.assignments[reader]
        before = await verdicts.newest(self.session, assignment.id)
        kind = VerdictKind.GIVEN if rating else VerdictKind.WITHDRAWN
        verdict = Verdict(
            assignment_id=assignment.id,
            member_id=assignment.reviewer_id,
            revision=before.revision + 1 if before else 1,
            claim_revision_id=self.claim.head_revision_id,
            kind=kind,
            rating=rating,
            explanation=explanation if rating else "",
            recorded_at=at,
            **fields,
        )
        rests_on = [Evidence(kind=EvidenceKind.LINK, url=url, added_at=at)] if rating else []
        await verdicts.add(self.session, verdict, rests_on)
        assignment.state = AssignmentState.DONE if rating else AssignmentState.OPEN
        assignment.closed_at = at if rating else None
        await self.session.refresh(self.claim)
        self.claim.settle_at = at + UNDO_TIME
        await self.session.flush()
        return verdict

    async def settles(self, at: datetime = MONDAY) -> Claim:
        """The claim after its undo time, which began at `at`, is over."""
        await settle(self.session, policy=POLICY, now=at + UNDO_TIME)
        await self.session.refresh(self.claim)
        return self.claim

    async def outcomes(self) -> list[tuple[int, Rating | None, str]]:
        """What the desk held of the claim, in order: number, rating, how."""
        query = select(Outcome).where(Outcome.claim_id == self.claim.id).order_by(col(Outcome.n))
        rows = (await self.session.exec(query)).all()
        return [(row.n, row.rating, row.how.value) for row in rows]

    async def told(self, kind: NoticeKind) -> list[Outbox]:
        """New messages of this kind, oldest first; edits are left out."""
        query = (
            select(Outbox)
            .where(Outbox.kind == kind.value, Outbox.op == OutboxOp.SEND)
            .order_by(col(Outbox.id))
        )
        return list((await self.session.exec(query)).all())

    def tap(self, notice: Outbox | None = None, member: Member | None = None) -> Tap:
        """A press under a message of the member's private chat, by default the editor's."""
        who = member or self.editor
        return Tap(
            actor_id=who.id,
            chat_id=who.tg_user_id or 0,
            message_id=7,
            notice_id=notice.id if notice else None,
        )

    def says(self, text: str, member: Member | None = None, *links: str) -> Incoming:
        """A private message, by default of the editor."""
        who = member or self.editor
        return Incoming(
            actor_id=who.id,
            chat_id=who.tg_user_id or 0,
            message_id=8,
            text=text,
            links=links,
        )

    async def shown(self, kind: NoticeKind) -> Outbox:
        """A message about the claim in the editor's chat, as if its button had opened it."""
        about = About(article_id=self.article.id, claim_id=self.claim.id)
        notice_id = await tell(self.session, private(self.editor), kind, now=MONDAY, about=about)
        return (await self.session.exec(select(Outbox).where(Outbox.id == notice_id))).one()

    async def prompt(self, notice: Outbox) -> Prompt:
        """What a message is about."""
        return (await self.session.exec(select(Prompt).where(Prompt.outbox_id == notice.id))).one()


async def a_case(session: AsyncSession, readers: int = 1) -> Case:
    """A claim that was sent on Monday at nine and is in the hands of so many readers."""
    editor = await a_member(session, "Eda", Role.EDITOR)
    article, version = await an_article(session, editor, state=ArticleState.OPEN)
    claim = await a_claim(
        session,
        version,
        QUOTE,
        status=ClaimStatus.ASSIGNED,
        readers_needed=readers,
        kept_at=MONDAY,
    )
    people, held = [], []
    for place in range(readers):
        reader = await a_member(session, ("Olha", "Ira", "Marko")[place], Role.REVIEWER)
        people.append(reader)
        held.append(await an_assignment(session, claim, reader, slot=place + 1))
    return Case(session, editor, article, version, claim, people, held)
