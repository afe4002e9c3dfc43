"""Claims that were sent, and what was said about them: what tests of the clock's work share."""

from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.incoming import Tap
from bot.workflow.notices import NoticeKind
from storage.models import Article, Assignment, Claim, Member, Outbox
from storage.models.claims import ClaimStatus
from storage.models.work import AssignmentState
from tests.builders import HOUR, MONDAY, TEXT, a_claim, an_article

QUOTES = (
    "The council spent 4.2 million on the harbour wall last year.",
    "“There were 78 complaints at first,”",
    "The wall is the longest on the coast.",
    "the harbour wall",
    "head of the harbour office",
)


async def some_claims(
    session: AsyncSession, editor: Member, count: int = 1, **article: Any
) -> tuple[Article, list[Claim]]:
    """An article with so many claims that an editor has sent."""
    row, version = await an_article(session, editor, text=TEXT, **article)
    claims = [
        await a_claim(
            session, version, quote, number=n, status=ClaimStatus.KEPT, kept_at=MONDAY - HOUR
        )
        for n, quote in enumerate(QUOTES[:count], 1)
    ]
    return row, claims


async def hands(session: AsyncSession) -> list[tuple[int, int]]:
    """(claim number, reviewer id) of everything open."""
    query = (
        select(Claim.number, Assignment.reviewer_id)
        .join(Claim, col(Claim.id) == Assignment.claim_id)
        .where(col(Assignment.state) == AssignmentState.OPEN)
        .order_by(col(Assignment.claim_id), col(Assignment.slot))
    )
    return [(number, member) for number, member in (await session.exec(query)).all()]


async def said(session: AsyncSession, kind: NoticeKind, *, op: str = "send") -> list[Outbox]:
    """Every new message, or every edit, of this kind, in order."""
    query = select(Outbox).where(Outbox.kind == kind.value, Outbox.op == op)
    return list((await session.exec(query.order_by(col(Outbox.id)))).all())


def a_tap(actor: Member, *, notice_id: int | None = None, message_id: int = 1) -> Tap:
    """A press by this person in their private chat."""
    return Tap(
        actor_id=actor.id,
        chat_id=actor.tg_user_id or 0,
        message_id=message_id,
        notice_id=notice_id,
    )
