"""What is to be said: put once by key, edited in place, leased for sending."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Outbox, OutboxPart, Prompt
from storage.models.talking import OutboxOp, OutboxState

_Target = aliased(Outbox)  # the message that an edit is about


def insert_or_ignore(session: AsyncSession, table: type[SQLModel]) -> Any:
    """`INSERT … ` of the session's database, to be ended with `.on_conflict_do_nothing()`."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


async def put(session: AsyncSession, row: Outbox) -> int | None:
    """Add `row`; its id, or None when a row with the same key is there already."""
    values = row.model_dump(exclude={"id"})
    statement: Insert = (
        insert_or_ignore(session, Outbox)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(Outbox.id))
    )
    return cast("int | None", (await session.exec(statement)).scalar_one_or_none())


async def replace_edit(session: AsyncSession, row: Outbox) -> bool:
    """Make the pending edit of the same message say what `row` says; False when none waits."""
    result = await session.exec(
        update(Outbox)
        .where(
            col(Outbox.target_id) == row.target_id,
            col(Outbox.op) == OutboxOp.EDIT,
            col(Outbox.state) == OutboxState.PENDING,
        )
        .values(kind=row.kind, facts=row.facts, due_at=row.due_at)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def get(session: AsyncSession, outbox_id: int) -> Outbox | None:
    """The row with this id."""
    return await session.get(Outbox, outbox_id)


async def heads(session: AsyncSession, now: datetime, *, limit: int = 200) -> Sequence[Outbox]:
    """The first unsent row of each chat that is due; what somebody waits for comes first.

    A chat whose oldest row is being sent has no head: first in, first out per chat. Among one
    chat's rows interactive ones overtake bulk, but an edit never overtakes its own message.
    """
    open_states = (OutboxState.PENDING, OutboxState.SENDING)
    busy = select(Outbox.chat_id).where(col(Outbox.state) == OutboxState.SENDING)
    first = (
        select(
            Outbox.id,
            func.row_number()
            .over(partition_by=col(Outbox.chat_id), order_by=(col(Outbox.priority), col(Outbox.id)))
            .label("place"),
        )
        .where(
            col(Outbox.state) == OutboxState.PENDING,
            Outbox.due_at <= now,
            col(Outbox.chat_id).not_in(busy),
        )
        .where(
            ~select(1)
            .where(
                col(_Target.id) == col(Outbox.target_id),
                col(_Target.state).in_(open_states),
            )
            .exists()
        )
        .subquery()
    )
    query = (
        select(Outbox)
        .join(first, col(Outbox.id) == first.c.id)
        .where(first.c.place == 1)
        .order_by(col(Outbox.priority), col(Outbox.id))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def lease(session: AsyncSession, outbox_id: int, *, until: datetime) -> int | None:
    """Take a pending row for sending; the fencing token, or None when somebody else took it."""
    statement = (
        update(Outbox)
        .where(col(Outbox.id) == outbox_id, col(Outbox.state) == OutboxState.PENDING)
        .values(
            state=OutboxState.SENDING,
            lease_token=col(Outbox.lease_token) + 1,
            lease_until=until,
            attempts=col(Outbox.attempts) + 1,
        )
        .returning(col(Outbox.lease_token))
    )
    return (await session.exec(statement)).scalar_one_or_none()


async def finish(  # one row, every way it can end
    session: AsyncSession,
    outbox_id: int,
    token: int,
    *,
    state: OutboxState,
    now: datetime,
    error: str | None = None,
    due_at: datetime | None = None,
) -> bool:
    """End a lease with `state`; False when the lease was lost in between."""
    values: dict[str, Any] = {"state": state, "error": error, "lease_until": None}
    if state is OutboxState.SENT:
        values["sent_at"] = now
    if due_at is not None:
        values["due_at"] = due_at
    result = await session.exec(
        update(Outbox)
        .where(
            col(Outbox.id) == outbox_id,
            col(Outbox.state) == OutboxState.SENDING,
            col(Outbox.lease_token) == token,
        )
        .values(**values)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def lost(session: AsyncSession, now: datetime, *, limit: int = 100) -> Sequence[Outbox]:
    """Rows whose sender never came back: whether the message is in the chat is unknown."""
    query = (
        select(Outbox)
        .where(col(Outbox.state) == OutboxState.SENDING, col(Outbox.lease_until) < now)
        .order_by(col(Outbox.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.exec(query)).all()


async def free_all(session: AsyncSession, now: datetime) -> None:
    """End every lease: for the one process of a SQLite desk, whose predecessor is gone."""
    await session.exec(
        update(Outbox)
        .where(col(Outbox.state) == OutboxState.SENDING)
        .values(lease_until=now - timedelta(seconds=1))
    )


async def decide_fate(
    session: AsyncSession, outbox_id: int, *, state: OutboxState, now: datetime
) -> bool:
    """Somebody looked: the post is there (SENT), or is to go again (PENDING).

    False when its fate is not open, or not open any more.
    """
    values: dict[str, Any] = {"state": state, "error": None}
    if state is OutboxState.PENDING:
        values |= {"due_at": now, "attempts": 0, "expires_at": None}
    result = await session.exec(
        update(Outbox)
        .where(
            col(Outbox.id) == outbox_id,
            col(Outbox.state).in_((OutboxState.UNKNOWN, OutboxState.FAILED)),
        )
        .values(**values)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def next_due(session: AsyncSession) -> datetime | None:
    """When the earliest pending row is due; None when nothing waits."""
    query = select(func.min(Outbox.due_at)).where(col(Outbox.state) == OutboxState.PENDING)
    return (await session.exec(query)).one()


async def add_part(session: AsyncSession, part: OutboxPart) -> None:
    """Remember the message id of one part of a notice; a quick reply may have told it before."""
    statement = (
        insert_or_ignore(session, OutboxPart)
        .values(**part.model_dump())
        .on_conflict_do_nothing(index_elements=["outbox_id", "part"])
    )
    await session.exec(statement)


async def parts(session: AsyncSession, outbox_id: int) -> Sequence[OutboxPart]:
    """The messages of a notice that are in the chat, in order."""
    query = (
        select(OutboxPart).where(OutboxPart.outbox_id == outbox_id).order_by(col(OutboxPart.part))
    )
    return (await session.exec(query)).all()


async def prompt_of(session: AsyncSession, outbox_id: int) -> Prompt | None:
    """What the message of an outbox row is about."""
    return (await session.exec(select(Prompt).where(Prompt.outbox_id == outbox_id))).one_or_none()


async def prompt_at(session: AsyncSession, chat_id: int, message_id: int) -> Prompt | None:
    """What the message of ours with this id is about."""
    query = select(Prompt).where(Prompt.chat_id == chat_id, Prompt.message_id == message_id)
    return (await session.exec(query)).one_or_none()


async def prompts_for(
    session: AsyncSession,
    kind: str,
    *,
    article_id: int | None = None,
    assignment_id: int | None = None,
    claim_id: int | None = None,
) -> Sequence[Prompt]:
    """Messages of ours that show `kind` about this subject, newest first."""
    query = select(Prompt).where(Prompt.kind == kind)
    for column, value in (
        (Prompt.article_id, article_id),
        (Prompt.assignment_id, assignment_id),
        (Prompt.claim_id, claim_id),
    ):
        if value is not None:
            query = query.where(col(column) == value)
    return (await session.exec(query.order_by(col(Prompt.id).desc()))).all()


async def answers_to(session: AsyncSession, chat_id: int, message_id: int) -> Sequence[Outbox]:
    """What was said in reply to this message of a person, oldest first."""
    query = (
        select(Outbox)
        .where(
            Outbox.chat_id == chat_id,
            Outbox.reply_to_message_id == message_id,
            col(Outbox.op) == OutboxOp.SEND,
        )
        .order_by(col(Outbox.id))
    )
    return (await session.exec(query)).all()


async def newest_of_kind(
    session: AsyncSession, kind: str, chat_id: int, *, limit: int
) -> Sequence[Prompt]:
    """The last messages in this chat that show `kind`, newest first."""
    query = (
        select(Prompt)
        .where(Prompt.kind == kind, Prompt.chat_id == chat_id)
        .order_by(col(Prompt.id).desc())
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def has_pending_edit(session: AsyncSession, target_id: int) -> bool:
    """Whether a newer edit of the same message waits."""
    query = select(Outbox.id).where(
        Outbox.target_id == target_id,
        col(Outbox.op) == OutboxOp.EDIT,
        col(Outbox.state) == OutboxState.PENDING,
    )
    return (await session.exec(query)).first() is not None


async def by_key(session: AsyncSession, key: str) -> Outbox | None:
    """The notice that was put under this key."""
    return (await session.exec(select(Outbox).where(Outbox.key == key))).one_or_none()
