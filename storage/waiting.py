"""Claims that wait for hands: which, in what order, and who had them or their article before."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult
from sqlmodel import col, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Article, Assignment, Claim, Event
from storage.models.claims import ClaimStatus
from storage.models.work import AssignmentState

VERDICT_TASK = "verdict"
WAITING = (ClaimStatus.KEPT, ClaimStatus.ASSIGNED, ClaimStatus.SECOND_REVIEW)
OUT = (ClaimStatus.ASSIGNED, ClaimStatus.SECOND_REVIEW, ClaimStatus.DISPUTED)  # with people
HELD = (AssignmentState.OPEN, AssignmentState.DONE)  # the states that fill a reader's slot


async def claims(
    session: AsyncSession,
    *,
    article_id: int | None = None,
    claim_id: int | None = None,
    kept_by: datetime | None = None,
    limit: int = 1000,
) -> Sequence[tuple[Claim, Article]]:
    """Kept claims with fewer readers than they need: by priority, the article's due time, id.

    With `kept_by` only those that an editor had sent by then.
    """
    query = (
        select(Claim, Article)
        .join(Article, col(Article.id) == Claim.article_id)
        .where(col(Claim.status).in_(WAITING), _readers() < col(Claim.readers_needed))
    )
    if article_id is not None:
        query = query.where(Claim.article_id == article_id)
    if claim_id is not None:
        query = query.where(Claim.id == claim_id)
    if kept_by is not None:
        query = query.where(or_(col(Claim.kept_at).is_(None), col(Claim.kept_at) <= kept_by))
    order = (
        col(Claim.priority),
        col(Article.due_at).is_(None),
        col(Article.due_at),
        col(Claim.id),
    )
    return (await session.exec(query.order_by(*order).limit(limit))).all()


async def of_claims(session: AsyncSession, claim_ids: Collection[int]) -> Sequence[Assignment]:
    """Everything these claims went through in their present round, oldest first."""
    query = (
        select(Assignment)
        .join(Claim, col(Claim.id) == Assignment.claim_id)
        .where(
            col(Assignment.claim_id).in_(claim_ids),
            col(Assignment.round) == col(Claim.round),
            Assignment.task == VERDICT_TASK,
        )
        .order_by(col(Assignment.id))
    )
    return (await session.exec(query)).all()


async def teams(session: AsyncSession, article_ids: Collection[int]) -> dict[int, set[int]]:
    """Who holds or has judged claims of these articles; articles without anybody are left out."""
    query = (
        select(Claim.article_id, Assignment.reviewer_id)
        .join(Claim, col(Claim.id) == Assignment.claim_id)
        .where(col(Claim.article_id).in_(article_ids), col(Assignment.state).in_(HELD))
        .distinct()
    )
    found: dict[int, set[int]] = {}
    for article_id, member_id in (await session.exec(query)).all():
        found.setdefault(article_id, set()).add(member_id)
    return found


async def mark_assigned(session: AsyncSession, claim_id: int) -> bool:
    """A claim that waited has its first reader; False when it was further already."""
    return await _move_claim(
        session,
        claim_id,
        ClaimStatus.ASSIGNED,
        col(Claim.status) == ClaimStatus.KEPT,
    )


async def mark_waiting(session: AsyncSession, claim_id: int) -> bool:
    """A claim whose last reader is gone waits again; False when somebody still has it."""
    held = (
        select(Assignment.id)
        .where(
            col(Assignment.claim_id) == col(Claim.id),
            col(Assignment.round) == col(Claim.round),
            col(Assignment.state).in_(HELD),
        )
        .exists()
    )
    return await _move_claim(
        session,
        claim_id,
        ClaimStatus.KEPT,
        col(Claim.status) == ClaimStatus.ASSIGNED,
        ~held,
    )


async def told_nobody(session: AsyncSession, claim_ids: Collection[int]) -> set[tuple[int, int]]:
    """Of these claims those whose editor knows that nobody can take them: (claim id, round)."""
    query = select(Event).where(
        Event.action == "claim.nobody",
        Event.subject == "claim",
        col(Event.subject_id).in_(claim_ids),
    )
    found = (await session.exec(query)).all()
    return {(event.subject_id, int(event.facts.get("round", 1))) for event in found}


async def due_untold(
    session: AsyncSession, action: str, now: datetime, *, limit: int
) -> Sequence[int]:
    """Open assignments that were due before `now` without such an event, soonest due first."""
    told = (
        select(Event.id)
        .where(
            Event.action == action,
            Event.subject == "assignment",
            col(Event.subject_id) == col(Assignment.id),
        )
        .exists()
    )
    query = (
        select(Assignment.id)
        .where(col(Assignment.state) == AssignmentState.OPEN, col(Assignment.due_at) < now, ~told)
        .order_by(col(Assignment.due_at), col(Assignment.id))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def told(session: AsyncSession, action: str, assignment_ids: Collection[int]) -> set[int]:
    """Those of these assignments of which such an event is recorded."""
    query = select(Event.subject_id).where(
        Event.action == action,
        Event.subject == "assignment",
        col(Event.subject_id).in_(assignment_ids),
    )
    return set((await session.exec(query)).all())


def _readers() -> Any:
    """How many readers' places of a claim are filled in its present round."""
    return (
        select(func.count())
        .where(
            col(Assignment.claim_id) == col(Claim.id),
            col(Assignment.round) == col(Claim.round),
            col(Assignment.task) == VERDICT_TASK,
            col(Assignment.state).in_(HELD),
        )
        .correlate(Claim)
        .scalar_subquery()
    )


async def _move_claim(
    session: AsyncSession,
    claim_id: int,
    status: ClaimStatus,
    *conditions: ColumnElement[bool],
) -> bool:
    result = await session.exec(
        update(Claim)
        .where(col(Claim.id) == claim_id, *conditions)
        .values(status=status, version=col(Claim.version) + 1)
        .execution_options(synchronize_session="fetch")
    )
    return cast("CursorResult[Any]", result).rowcount == 1
