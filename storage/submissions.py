"""What was sent in to be read: the reading list, its leases, and how each reading ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, case, or_
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Submission
from storage.models.intake import SubmissionKind, SubmissionState
from storage.outbox import insert_or_ignore

WAITING = (SubmissionState.COLLECTING, SubmissionState.QUEUED)


async def add(session: AsyncSession, row: Submission) -> int | None:
    """Put `row` on the list; its id, or None when this message has this address on it already."""
    statement = (
        insert_or_ignore(session, Submission)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["chat_id", "message_id", "url_key"])
        .returning(col(Submission.id))
    )
    return cast("int | None", (await session.exec(statement)).scalar_one_or_none())


async def get(session: AsyncSession, submission_id: int) -> Submission | None:
    """The submission with this id."""
    return await session.get(Submission, submission_id)


async def of_message(session: AsyncSession, chat_id: int, message_id: int) -> Sequence[Submission]:
    """What one message put on the list, in the order of its links."""
    query = (
        select(Submission)
        .where(Submission.chat_id == chat_id, Submission.message_id == message_id)
        .order_by(col(Submission.id))
    )
    return (await session.exec(query)).all()


async def of_index(session: AsyncSession, notice_id: int) -> Sequence[Submission]:
    """The submissions that one index message lists, in order."""
    query = (
        select(Submission)
        .where(Submission.index_notice_id == notice_id)
        .order_by(col(Submission.id))
    )
    return (await session.exec(query)).all()


async def texts_for(session: AsyncSession, submission_id: int) -> Sequence[Submission]:
    """The texts that were sent in for a link that could not be read, newest first."""
    query = (
        select(Submission)
        .where(Submission.parent_id == submission_id)
        .order_by(col(Submission.id).desc())
    )
    return (await session.exec(query)).all()


async def collecting(session: AsyncSession, member_id: int, chat_id: int) -> Submission | None:
    """This person's paste that may still grow by further messages in this chat."""
    query = (
        select(Submission)
        .where(
            Submission.member_id == member_id,
            Submission.chat_id == chat_id,
            col(Submission.state) == SubmissionState.COLLECTING,
        )
        .order_by(col(Submission.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).one_or_none()


async def extend(
    session: AsyncSession, submission_id: int, text: str, *, next_try_at: datetime
) -> bool:
    """Append a further message to a paste; False when it is being read already."""
    result = await session.exec(
        update(Submission)
        .where(
            col(Submission.id) == submission_id,
            col(Submission.state) == SubmissionState.COLLECTING,
        )
        .values(
            text=func.coalesce(col(Submission.text), "") + text,
            details={"last_chars": len(text)},
            next_try_at=next_try_at,
        )
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def reword(session: AsyncSession, submission_id: int, text: str) -> bool:
    """Take other words for a paste of one message; False when it grew, or is being read."""
    result = await session.exec(
        update(Submission)
        .where(
            col(Submission.id) == submission_id,
            col(Submission.state) == SubmissionState.COLLECTING,
            func.length(col(Submission.text)) == col(Submission.details)["last_chars"].as_integer(),
        )
        .values(text=text, details={"last_chars": len(text)})
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def queue_again(
    session: AsyncSession,
    submission_id: int,
    *,
    was: SubmissionState,
    now: datetime,
    again: bool | None = None,
    kind: SubmissionKind | None = None,
) -> bool:
    """Put a submission that had ended as `was` on the list once more; False when it had not.

    `again` reads it although the article is there, `kind` makes a link be read from the text that
    was sent with it; without them both stay as they are.
    """
    changes = {"again": again, "kind": kind}
    result = await session.exec(
        update(Submission)
        .where(col(Submission.id) == submission_id, col(Submission.state) == was)
        .values(
            state=SubmissionState.QUEUED,
            attempts=0,
            next_try_at=now,
            reason=None,
            details={},
            done_at=None,
            **{name: value for name, value in changes.items() if value is not None},
        )
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def stop_trying(session: AsyncSession, submission_id: int) -> bool:
    """End the further tries of a link that did not answer; False when none was to come."""
    result = await session.exec(
        update(Submission)
        .where(
            col(Submission.id) == submission_id,
            col(Submission.state) == SubmissionState.QUEUED,
            col(Submission.attempts) > 0,
        )
        .values(state=SubmissionState.FAILED)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def next_due(session: AsyncSession, now: datetime) -> int | None:
    """The id of the submission to be read next, held until the transaction ends.

    One whose reader never came back is due again when its lease has ended.
    """
    query = (
        select(Submission.id)
        .where(
            or_(
                col(Submission.state).in_(WAITING) & (col(Submission.next_try_at) <= now),
                (col(Submission.state) == SubmissionState.READING)
                & (col(Submission.lease_until) < now),
            )
        )
        .order_by(col(Submission.next_try_at), col(Submission.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (await session.exec(query)).one_or_none()


async def lease(session: AsyncSession, submission_id: int, *, until: datetime) -> int:
    """Take a submission that `next_due` gave; the token that its reading must present."""
    statement = (
        update(Submission)
        .where(col(Submission.id) == submission_id)
        .values(
            state=SubmissionState.READING,
            lease_token=col(Submission.lease_token) + 1,
            lease_until=until,
            attempts=col(Submission.attempts) + 1,
        )
        .returning(col(Submission.lease_token))
    )
    return cast("int", (await session.exec(statement)).scalar_one())


async def in_hand(session: AsyncSession, submission_id: int, token: int) -> Submission | None:
    """The submission, held until the transaction ends; None when the lease was lost."""
    query = (
        select(Submission)
        .where(
            Submission.id == submission_id,
            col(Submission.state) == SubmissionState.READING,
            Submission.lease_token == token,
        )
        .with_for_update()
    )
    return (await session.exec(query)).one_or_none()


async def put_back(session: AsyncSession, submission_id: int, token: int, now: datetime) -> bool:
    """Undo a lease as if it had never been; False when it was lost."""
    result = await session.exec(
        update(Submission)
        .where(
            col(Submission.id) == submission_id,
            col(Submission.state) == SubmissionState.READING,
            col(Submission.lease_token) == token,
        )
        .values(
            state=SubmissionState.QUEUED,
            next_try_at=now,
            attempts=col(Submission.attempts) - 1,
            lease_until=None,
        )
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def free_all(session: AsyncSession, now: datetime) -> None:
    """End every lease: for the one process of a SQLite desk, whose predecessor is gone."""
    await session.exec(
        update(Submission)
        .where(col(Submission.state) == SubmissionState.READING)
        .values(lease_until=now)
    )


async def next_try(session: AsyncSession) -> datetime | None:
    """When the next submission wants to be read; None when none waits."""
    wanted_at = case(
        (col(Submission.state) == SubmissionState.READING, col(Submission.lease_until)),
        else_=col(Submission.next_try_at),
    )
    query = select(func.min(wanted_at)).where(
        col(Submission.state).in_((*WAITING, SubmissionState.READING))
    )
    return cast("datetime | None", (await session.exec(query)).one())
