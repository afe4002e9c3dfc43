"""Claims in people's hands: who holds what, and until when."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult
from sqlmodel import col, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from storage.models import Article, Assignment, Claim, PendingInput, Verdict
from storage.models.work import AssignmentState
from storage.outbox import insert_or_ignore


async def get(session: AsyncSession, assignment_id: int) -> Assignment | None:
    """The assignment with this id, as it is now."""
    return await session.get(Assignment, assignment_id, populate_existing=True)


async def add(session: AsyncSession, assignment: Assignment) -> Assignment | None:
    """Give a claim to a reviewer; None when somebody else holds that slot already."""
    statement = (
        insert_or_ignore(session, Assignment)
        .values(**assignment.model_dump(exclude={"id"}))
        .on_conflict_do_nothing()
        .returning(col(Assignment.id))
    )
    assignment_id = (await session.exec(statement)).scalar_one_or_none()
    return None if assignment_id is None else await get(session, assignment_id)


async def open_of(session: AsyncSession, member_id: int) -> Sequence[Assignment]:
    """What waits for this person, soonest due first."""
    query = (
        select(Assignment)
        .where(Assignment.reviewer_id == member_id, col(Assignment.state) == AssignmentState.OPEN)
        .order_by(col(Assignment.due_at), col(Assignment.id))
    )
    return (await session.exec(query)).all()


async def handed_over(
    session: AsyncSession, member_id: int, *, since: datetime
) -> Sequence[Assignment]:
    """What went from this person to somebody else since then, unanswered, newest first."""
    answered = select(Verdict.id).where(col(Verdict.assignment_id) == col(Assignment.id)).exists()
    query = (
        select(Assignment)
        .where(
            Assignment.reviewer_id == member_id,
            Assignment.state == AssignmentState.EXPIRED,
            col(Assignment.closed_at) >= since,
            ~answered,
        )
        .order_by(col(Assignment.closed_at).desc(), col(Assignment.id))
    )
    return (await session.exec(query)).all()


async def open_of_claim(session: AsyncSession, claim_id: int) -> Sequence[Assignment]:
    """Who holds this claim now, by slot."""
    query = (
        select(Assignment)
        .where(Assignment.claim_id == claim_id, col(Assignment.state) == AssignmentState.OPEN)
        .order_by(col(Assignment.slot))
    )
    return (await session.exec(query)).all()


async def open_counts(session: AsyncSession) -> dict[int, int]:
    """How many claims each person holds; people without any are left out."""
    query = (
        select(Assignment.reviewer_id, func.count())
        .where(col(Assignment.state) == AssignmentState.OPEN)
        .group_by(col(Assignment.reviewer_id))
    )
    return dict((await session.exec(query)).all())


async def batch_of(session: AsyncSession, assignment: Assignment) -> Sequence[int]:
    """The ids of what this person was given in the same moment, in the order of giving."""
    query = (
        select(Assignment.id)
        .where(
            Assignment.reviewer_id == assignment.reviewer_id,
            Assignment.opened_at == assignment.opened_at,
        )
        .order_by(col(Assignment.id))
    )
    return (await session.exec(query)).all()


async def with_subject(
    session: AsyncSession, assignment_ids: Collection[int]
) -> Sequence[tuple[Assignment, Claim, Article]]:
    """These assignments with their claims and articles, soonest due first."""
    query = (
        _with_subject()
        .where(col(Assignment.id).in_(assignment_ids))
        .order_by(col(Assignment.due_at), col(Assignment.id))
    )
    return (await session.exec(query)).all()


async def open_ones(
    session: AsyncSession, *, member_ids: Collection[int] | None = None
) -> Sequence[tuple[Assignment, Claim, Article]]:
    """All open work, or that of these people, with its subject, soonest due first."""
    query = _with_subject().where(col(Assignment.state) == AssignmentState.OPEN)
    if member_ids is not None:
        query = query.where(col(Assignment.reviewer_id).in_(member_ids))
    return (await session.exec(query.order_by(col(Assignment.due_at), col(Assignment.id)))).all()


async def at_reminder_step(
    session: AsyncSession, now: datetime, *, limit: int = 200
) -> Sequence[Assignment]:
    """Open work that has reached half time or its due time and was not reminded of that."""
    half = (col(Assignment.half_at) <= now) & (col(Assignment.half_reminded_at).is_(None))
    due = (col(Assignment.due_at) <= now) & (col(Assignment.due_reminded_at).is_(None))
    query = (
        select(Assignment)
        .where(col(Assignment.state) == AssignmentState.OPEN, or_(half, due))
        .order_by(col(Assignment.reviewer_id), col(Assignment.id))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def mark_reminded(
    session: AsyncSession, assignment_ids: Collection[int], now: datetime
) -> int:
    """Note the half time that was reminded of; on due work the due time too. How many were new."""
    at_half = (
        update(Assignment)
        .where(
            col(Assignment.id).in_(assignment_ids),
            col(Assignment.state) == AssignmentState.OPEN,
            col(Assignment.half_reminded_at).is_(None),
        )
        .values(half_reminded_at=now)
    )
    at_due = (
        update(Assignment)
        .where(
            col(Assignment.id).in_(assignment_ids),
            col(Assignment.state) == AssignmentState.OPEN,
            col(Assignment.due_reminded_at).is_(None),
            col(Assignment.due_at) <= now,
        )
        .values(due_reminded_at=now)
    )
    changed = [await session.exec(statement) for statement in (at_half, at_due)]
    return sum(cast("CursorResult[Any]", result).rowcount for result in changed)


async def begin(session: AsyncSession, assignment_id: int, now: datetime) -> bool:
    """Note the reviewer's first step on the claim; False when there was one before."""
    return await _change(
        session,
        assignment_id,
        {"begun_at": now},
        col(Assignment.state) == AssignmentState.OPEN,
        col(Assignment.begun_at).is_(None),
    )


async def end(
    session: AsyncSession,
    assignment_id: int,
    state: AssignmentState,
    *,
    now: datetime,
    pass_reason: str | None = None,
) -> bool:
    """Close open work as `state`; False when it was closed already."""
    return await _change(
        session,
        assignment_id,
        {"state": state, "closed_at": now, "pass_reason": pass_reason},
        col(Assignment.state) == AssignmentState.OPEN,
    )


async def withdraw_unbegun(session: AsyncSession, assignment_id: int, now: datetime) -> bool:
    """Take open work back that nobody has begun; False when there is a sign of beginning."""
    begun = (
        select(PendingInput.id)
        .where(
            col(PendingInput.assignment_id) == assignment_id,
            col(PendingInput.closed_at).is_(None),
        )
        .exists()
    )
    return await _change(
        session,
        assignment_id,
        {"state": AssignmentState.WITHDRAWN, "closed_at": now},
        col(Assignment.state) == AssignmentState.OPEN,
        col(Assignment.begun_at).is_(None),
        ~begun,
    )


async def reopen(session: AsyncSession, assignment_id: int, values: Mapping[str, Any]) -> bool:
    """Open passed, expired or withdrawn work again with new times; False when it is not closed."""
    fresh = {"closed_at": None, "half_reminded_at": None, "due_reminded_at": None}
    return await _change(
        session,
        assignment_id,
        {"state": AssignmentState.OPEN, **fresh, **values},
        col(Assignment.state).in_(
            (AssignmentState.PASSED, AssignmentState.EXPIRED, AssignmentState.WITHDRAWN)
        ),
    )


async def move_times(
    session: AsyncSession, assignment: Assignment, values: Mapping[str, Any]
) -> bool:
    """Change the times of open work; False when they changed since `assignment` was loaded."""
    return await _change(
        session,
        assignment.id,
        values,
        col(Assignment.state) == AssignmentState.OPEN,
        col(Assignment.due_at) == assignment.due_at,
        col(Assignment.expires_at) == assignment.expires_at,
    )


def _with_subject() -> Select[Assignment, Claim, Article]:
    return (
        select(Assignment, Claim, Article)
        .join(Claim, col(Claim.id) == Assignment.claim_id)
        .join(Article, col(Article.id) == Claim.article_id)
    )


async def _change(
    session: AsyncSession,
    assignment_id: int,
    values: Mapping[str, Any],
    *conditions: ColumnElement[bool],
) -> bool:
    result = await session.exec(
        update(Assignment).where(col(Assignment.id) == assignment_id, *conditions).values(**values)
    )
    return cast("CursorResult[Any]", result).rowcount == 1
