"""How far the clock's work has come: rows that outlive a restart and that two processes share."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Lease
from storage.outbox import insert_or_ignore

# A mark so far ahead was set by a clock that went wrong; it must not stop the desk for good.
WRONG_CLOCK = timedelta(days=7)


async def take_turn(session: AsyncSession, name: str, *, start: datetime) -> Lease:
    """The row `name`, made with `start` as its mark at first; others wait until we commit."""
    await session.exec(
        insert_or_ignore(session, Lease)
        .values(name=name, holder="clock", token=0, until=start, seen_at=None)
        .on_conflict_do_nothing(index_elements=["name"])
    )
    await session.exec(
        update(Lease)
        .where(col(Lease.name) == name)
        .values(token=col(Lease.token) + 1)
        .execution_options(synchronize_session=False)
    )
    return await session.get_one(Lease, name, populate_existing=True)


async def reach(session: AsyncSession, name: str, mark: datetime) -> bool:
    """Move the mark of `name` forward to `mark`; False when it is there or beyond."""
    result = await session.exec(
        update(Lease)
        .where(
            col(Lease.name) == name,
            (col(Lease.until) < mark) | (col(Lease.until) > mark + WRONG_CLOCK),
        )
        .values(until=mark)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def put_back(session: AsyncSession, name: str, mark: datetime) -> None:
    """Set the mark of `name` back to `mark`: its work is not finished."""
    await session.exec(update(Lease).where(col(Lease.name) == name).values(until=mark))


async def be_seen(session: AsyncSession, name: str, now: datetime) -> None:
    """Note that the desk can be talked to."""
    await session.exec(update(Lease).where(col(Lease.name) == name).values(seen_at=now))
