"""Digests that were posted: one a week and chat, with the figures as they were."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Digest, Event
from storage.outbox import insert_or_ignore


async def get(session: AsyncSession, digest_id: int) -> Digest | None:
    """The digest with this id."""
    return await session.get(Digest, digest_id)


async def of_week(
    session: AsyncSession, chat_id: int, iso_year: int, iso_week: int
) -> Digest | None:
    """The week's digest in this chat; None when it was not posted there."""
    query = select(Digest).where(
        Digest.chat_id == chat_id, Digest.iso_year == iso_year, Digest.iso_week == iso_week
    )
    return (await session.exec(query)).one_or_none()


async def add(session: AsyncSession, digest: Digest) -> int | None:
    """Claim the week for this chat; the row's id, or None when somebody else posted it."""
    statement = (
        insert_or_ignore(session, Digest)
        .values(**digest.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["chat_id", "iso_year", "iso_week"])
        .returning(col(Digest.id))
    )
    found: int | None = (await session.exec(statement)).scalar_one_or_none()
    return found


async def say_in(session: AsyncSession, digest_id: int, outbox_id: int | None) -> None:
    """Remember which message of ours carries the digest."""
    await session.exec(
        update(Digest).where(col(Digest.id) == digest_id).values(outbox_id=outbox_id)
    )


async def posted_weeks(session: AsyncSession, chat_id: int) -> Sequence[tuple[int, int]]:
    """The weeks whose digest this chat has."""
    query = (
        select(Digest.iso_year, Digest.iso_week)
        .where(Digest.chat_id == chat_id)
        .order_by(col(Digest.iso_year), col(Digest.iso_week))
    )
    return (await session.exec(query)).all()


async def chat_set_at(session: AsyncSession, chat_row_id: int) -> datetime | None:
    """Since when this is the team's chat; None if that is not on record."""
    query = select(func.max(Event.at)).where(
        Event.action == "team_chat.set",
        Event.subject == "chat",
        Event.subject_id == chat_row_id,
    )
    return (await session.exec(query)).one()
