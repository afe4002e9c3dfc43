from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from storage.database import Sessions, database_url
from storage.migrate import SCHEMA_NUMBER, SchemaTooNew, current_revision, head_revision, migrate
from storage.models import APPEND_ONLY, Desk, Event, Verdict
from storage.models.people import Role
from storage.models.record import SchemaInfo
from tests.builders import MONDAY, a_claim, a_member, an_article, an_assignment


def test_migrating_twice_changes_nothing(database: str) -> None:
    url = database_url(database)

    assert migrate(url) == []
    assert current_revision(url) == head_revision()


async def test_an_older_program_is_refused_only_below_min_reader(
    sessions: Sessions, database: str
) -> None:
    async with sessions.begin() as session:
        info = await session.get(SchemaInfo, 1)
        assert info is not None
        info.min_reader = SCHEMA_NUMBER + 1

    with pytest.raises(SchemaTooNew):
        migrate(database_url(database))


async def test_a_new_database_has_one_desk(session: Any) -> None:
    desk = await session.get(Desk, 1)

    assert desk is not None
    assert not desk.is_test


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["update", "delete"])
async def test_history_refuses_to_be_changed(sessions: Sessions, table: str, change: str) -> None:
    async with sessions.begin() as session:
        session.add(Event(at=MONDAY, action="a", subject="desk", subject_id=1))
        editor = await a_member(session, "Ed", Role.EDITOR)
        _, version = await an_article(session, editor)
        await a_claim(session, version, "4.2 million")
    statement = f"DELETE FROM {table}" if change == "delete" else _touch(table)
    if sessions.is_sqlite and table not in ("event", "article_version", "claim_revision"):
        pytest.skip("SQLite's triggers act on rows, and this table has none here")
    with pytest.raises(DatabaseError, match="append-only"):
        async with sessions.begin() as session:
            await (await session.connection()).execute(text(statement))


async def test_the_database_refuses_a_verdict_by_somebody_else(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        editor = await a_member(session, "Ed", Role.EDITOR)
        holder = await a_member(session, "Ola", Role.REVIEWER)
        other = await a_member(session, "Ira", Role.REVIEWER)
        _, version = await an_article(session, editor)
        claim = await a_claim(session, version, "4.2 million")
        assignment = await an_assignment(session, claim, holder)

    with pytest.raises(DatabaseError):
        async with sessions.begin() as session:
            session.add(
                Verdict(
                    assignment_id=assignment.id,
                    member_id=other.id,
                    revision=1,
                    claim_revision_id=claim.head_revision_id,
                    recorded_at=MONDAY,
                )
            )


def _touch(table: str) -> str:
    column = next(iter(SQLModel.metadata.tables[table].primary_key)).name
    return f"UPDATE {table} SET {column} = {column}"
