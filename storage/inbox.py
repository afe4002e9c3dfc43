"""Updates of Telegram as they came: stored once, handled in order per chat."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlalchemy.orm import aliased
from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import UpdateInbox
from storage.models.intake import InboxState
from storage.outbox import insert_or_ignore

_Earlier = aliased(UpdateInbox)  # an update of the same chat that came before


async def store(session: AsyncSession, rows: Sequence[UpdateInbox]) -> int:
    """Store updates; how many are new. One that is there already is left as it is."""
    if not rows:
        return 0
    statement = (
        insert_or_ignore(session, UpdateInbox)
        .values([row.model_dump(exclude={"id"}) for row in rows])
        .on_conflict_do_nothing(index_elements=["bot_id", "update_id"])
        .returning(col(UpdateInbox.id))
    )
    return len((await session.exec(statement)).all())


async def take(session: AsyncSession, now: datetime) -> UpdateInbox | None:
    """The next update to handle, held until the transaction ends; chats keep their order."""
    query = (
        select(UpdateInbox)
        .where(col(UpdateInbox.state) == InboxState.NEW, UpdateInbox.next_try_at <= now)
        .where(
            ~select(1)
            .where(
                col(_Earlier.chat_id) == col(UpdateInbox.chat_id),
                col(_Earlier.state) == InboxState.NEW,
                col(_Earlier.id) < col(UpdateInbox.id),
            )
            .exists()
        )
        .order_by(col(UpdateInbox.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (await session.exec(query)).one_or_none()


async def mark_done(session: AsyncSession, inbox_id: int, now: datetime) -> None:
    """The update took effect; its payload is not needed any more."""
    await session.exec(
        update(UpdateInbox)
        .where(col(UpdateInbox.id) == inbox_id)
        .values(state=InboxState.DONE, payload=None, done_at=now)
    )


async def put_back(session: AsyncSession, inbox_id: int, *, next_try_at: datetime) -> int:
    """Count a failed try; how many there were."""
    statement = (
        update(UpdateInbox)
        .where(col(UpdateInbox.id) == inbox_id)
        .values(attempts=col(UpdateInbox.attempts) + 1, next_try_at=next_try_at)
        .returning(col(UpdateInbox.attempts))
    )
    return int((await session.exec(statement)).scalar_one())


async def bury(session: AsyncSession, inbox_id: int, reference: str, now: datetime) -> None:
    """Give up on an update; it is kept for the admin under `reference`."""
    await session.exec(
        update(UpdateInbox)
        .where(col(UpdateInbox.id) == inbox_id)
        .values(state=InboxState.DEAD, error_ref=reference, done_at=now)
    )


async def next_try(session: AsyncSession) -> datetime | None:
    """When the next update wants to be handled; None when none waits."""
    query = select(func.min(UpdateInbox.next_try_at)).where(
        col(UpdateInbox.state) == InboxState.NEW
    )
    return (await session.exec(query)).one()


async def forget(session: AsyncSession, before: datetime, *, limit: int = 500) -> int:
    """Remove updates that were done before `before`; how many."""
    old = (
        select(UpdateInbox.id)
        .where(col(UpdateInbox.state) == InboxState.DONE, col(UpdateInbox.done_at) < before)
        .limit(limit)
    )
    result = await session.exec(delete(UpdateInbox).where(col(UpdateInbox.id).in_(old)))
    return cast("CursorResult[Any]", result).rowcount
