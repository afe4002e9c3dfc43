"""Answers that are awaited, and messages held until somebody says what they belong to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Assignment, PendingInput
from storage.models.talking import InputKind
from storage.models.work import AssignmentState

# Something was said towards a verdict, but not enough: it is kept, listed and reminded of.
HALF_ANSWERS = (
    InputKind.EVIDENCE,
    InputKind.RATING,
    InputKind.CALL,
    InputKind.OBSERVATION,
    InputKind.NOTE,
)
# A person's next message is the answer; the other kinds wait for a button.
ANSWERED_BY_MESSAGE = (
    InputKind.EVIDENCE,
    InputKind.CALL,
    InputKind.OBSERVATION,
    InputKind.NOTE,
    InputKind.QUESTION,
    InputKind.RULING_REASON,
    InputKind.OVERRIDE_REASON,
    InputKind.LINK_TEXT,
)


async def add(session: AsyncSession, pending: PendingInput) -> PendingInput:
    """Remember what is awaited; the row with its id."""
    session.add(pending)
    await session.flush()
    return pending


async def get(session: AsyncSession, input_id: int) -> PendingInput | None:
    """The input with this id, open or closed, as it is now."""
    return await session.get(PendingInput, input_id, populate_existing=True)


async def awaited(
    session: AsyncSession, member_id: int, chat_id: int, *, assignment_id: int | None = None
) -> PendingInput | None:
    """What this person's next message in this chat is awaited for; the newest wish wins.

    With `assignment_id` only what is awaited about that assignment.
    """
    query = select(PendingInput).where(
        PendingInput.member_id == member_id,
        PendingInput.chat_id == chat_id,
        col(PendingInput.kind).in_(ANSWERED_BY_MESSAGE),
        col(PendingInput.closed_at).is_(None),
    )
    if assignment_id is not None:
        query = query.where(PendingInput.assignment_id == assignment_id)
    newest = query.order_by(col(PendingInput.since).desc(), col(PendingInput.id).desc())
    return (await session.exec(newest.limit(1))).one_or_none()


async def half_answer(session: AsyncSession, assignment_id: int) -> PendingInput | None:
    """What was said so far towards the verdict of this assignment."""
    return next(iter(await half_answers(session, [assignment_id])), None)


async def half_answers(
    session: AsyncSession, assignment_ids: Sequence[int]
) -> Sequence[PendingInput]:
    """The open half answers of these assignments, newest first."""
    query = (
        select(PendingInput)
        .where(
            col(PendingInput.assignment_id).in_(assignment_ids),
            col(PendingInput.kind).in_(HALF_ANSWERS),
            col(PendingInput.closed_at).is_(None),
        )
        .order_by(col(PendingInput.since).desc(), col(PendingInput.id).desc())
    )
    return (await session.exec(query)).all()


async def recent(
    session: AsyncSession, member_id: int, *, since: datetime, limit: int = 50
) -> Sequence[PendingInput]:
    """Inputs of this person since then, open and closed, newest first."""
    query = (
        select(PendingInput)
        .where(PendingInput.member_id == member_id, PendingInput.since >= since)
        .order_by(col(PendingInput.id).desc())
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def open_of(session: AsyncSession, member_id: int) -> Sequence[PendingInput]:
    """Everything that is open with this person, newest first."""
    query = (
        select(PendingInput)
        .where(PendingInput.member_id == member_id, col(PendingInput.closed_at).is_(None))
        .order_by(col(PendingInput.since).desc(), col(PendingInput.id).desc())
    )
    return (await session.exec(query)).all()


async def asked_of(session: AsyncSession, member_id: int) -> Sequence[PendingInput]:
    """What this person said that counts only when they say what is missing, oldest first.

    Half answers to claims that they hold are left out: those stand beside their claim.
    """
    holds = (
        select(Assignment.id)
        .where(
            col(Assignment.id) == col(PendingInput.assignment_id),
            col(Assignment.state) == AssignmentState.OPEN,
        )
        .exists()
    )
    query = (
        select(PendingInput)
        .where(
            PendingInput.member_id == member_id,
            col(PendingInput.closed_at).is_(None),
            col(PendingInput.kind).in_((*HALF_ANSWERS, InputKind.WHICH_CLAIM, InputKind.WHICH_USE)),
            ~holds,
        )
        .order_by(col(PendingInput.id))
    )
    return (await session.exec(query)).all()


async def change(  # one input, what is new about it
    session: AsyncSession,
    input_id: int,
    *,
    kind: InputKind,
    content: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Put another wish and content into an open input; False when it is closed already."""
    result = await session.exec(
        update(PendingInput)
        .where(col(PendingInput.id) == input_id, col(PendingInput.closed_at).is_(None))
        .values(kind=kind, content=dict(content), since=now)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def ask_in(session: AsyncSession, input_id: int, notice_id: int | None) -> None:
    """Remember which of our messages asks for it."""
    await session.exec(
        update(PendingInput).where(col(PendingInput.id) == input_id).values(notice_id=notice_id)
    )


async def close(session: AsyncSession, input_id: int, now: datetime) -> bool:
    """It is not awaited any more; False when somebody closed it first."""
    result = await session.exec(
        update(PendingInput)
        .where(col(PendingInput.id) == input_id, col(PendingInput.closed_at).is_(None))
        .values(closed_at=now)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def close_for_assignment(
    session: AsyncSession, assignment_id: int, now: datetime, *, but: int | None = None
) -> int:
    """Nothing is awaited about this assignment any more; how many inputs that closed.

    The input `but`, where there is one, stays open.
    """
    result = await session.exec(
        update(PendingInput)
        .where(
            col(PendingInput.assignment_id) == assignment_id,
            col(PendingInput.closed_at).is_(None),
            col(PendingInput.id) != (but or 0),
        )
        .values(closed_at=now)
    )
    return cast("CursorResult[Any]", result).rowcount
