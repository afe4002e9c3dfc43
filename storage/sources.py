"""Who and what is cited, known again across articles."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Source
from storage.outbox import insert_or_ignore


async def add_new(session: AsyncSession, rows: Sequence[Source]) -> None:
    """Know these sources from now on; those that are known keep their name and role."""
    if not rows:
        return
    await session.exec(
        insert_or_ignore(session, Source)
        .values([row.model_dump(exclude={"id"}) for row in rows])
        .on_conflict_do_nothing(index_elements=["desk_id", "kind", "name_norm"])
    )


async def named(
    session: AsyncSession, desk_id: int, names_norm: Collection[str]
) -> Sequence[Source]:
    """The desk's sources of any kind with these normalised names, oldest first."""
    query = (
        select(Source)
        .where(Source.desk_id == desk_id, col(Source.name_norm).in_(names_norm))
        .order_by(col(Source.id))
    )
    return (await session.exec(query)).all()
