"""Who and what is cited, known again across articles."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Source
from storage.models.claims import source_name_norm
from storage.outbox import insert_or_ignore


async def add_new(
    session: AsyncSession, *, desk_id: int, kind: str, name: str, role: str | None
) -> None:
    """Know a source from now on; one that is known keeps its name and role."""
    row = Source(desk_id=desk_id, kind=kind, name=name, name_norm=source_name_norm(name), role=role)
    await session.exec(
        insert_or_ignore(session, Source)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["desk_id", "kind", "name_norm"])
    )


async def named(session: AsyncSession, *, desk_id: int, kind: str, name: str) -> Source | None:
    """The source of this kind and name, however it is capitalised."""
    query = select(Source).where(
        Source.desk_id == desk_id,
        Source.kind == kind,
        col(Source.name_norm) == source_name_norm(name),
    )
    return (await session.exec(query)).one_or_none()
