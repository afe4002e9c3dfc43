"""What every test stands on: a fresh database of each kind, a fixed Monday, short sessions."""

import os
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Sessions, database_url
from storage.migrate import migrate
from tests.quality import table

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


NewDatabase = Callable[[], AbstractContextManager[str]]


def _postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of what was measured; here, since only this file is read in every run."""
    reports = [one for key in ("passed", "failed") for one in terminalreporter.stats.get(key, [])]
    if lines := table.lines_of(table.rows_of(reports)):
        terminalreporter.section("what was measured")
        terminalreporter.write_line("\n".join(lines))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file that tests copy."""
    path = tmp_path_factory.mktemp("template") / "desk.db"
    migrate(database_url(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """The name of a migrated PostgreSQL database that tests clone."""
    if not _postgres_answers():
        pytest.skip("no PostgreSQL answers at TEST_DATABASE_URL or 127.0.0.1:5432")
    name = f"deskcheck_template_{uuid.uuid4().hex[:12]}"
    _on_server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    migrate(database_url(_postgres_url(name)))
    yield name
    _drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> NewDatabase:
    """Makes fresh, migrated databases of one kind, each there as long as its `with` block."""
    if request.param == "sqlite":
        file: Path = request.getfixturevalue("sqlite_template")
        return lambda: _copied(file, tmp_path)
    name: str = request.getfixturevalue("postgres_template")
    return lambda: _cloned(name)


@pytest.fixture
def database(new_database: NewDatabase) -> Iterator[str]:
    """The address of a fresh, migrated database, once of each kind."""
    with new_database() as address:
        yield address


@contextmanager
def _copied(template: Path, folder: Path) -> Iterator[str]:
    path = folder / "desk.db"
    for old in folder.glob("desk.db*"):
        old.unlink()
    shutil.copy(template, path)
    yield f"sqlite:///{path}"


@contextmanager
def _cloned(template: str) -> Iterator[str]:
    name = f"deskcheck_{uuid.uuid4().hex[:12]}"
    clone = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    _on_server(clone.format(sql.Identifier(name), sql.Identifier(template)))
    yield _postgres_url(name)
    _drop(name)


@pytest.fixture
async def sessions(database: str) -> AsyncIterator[Sessions]:
    """Short transactions on the fresh database."""
    opened = Sessions(database_url(database))
    yield opened
    await opened.close()


@pytest.fixture
async def session(sessions: Sessions) -> AsyncIterator[AsyncSession]:
    """One write transaction for the whole test."""
    async with sessions.begin() as opened:
        yield opened


def _postgres_url(name: str) -> str:
    return (
        database_url(POSTGRES)
        .set(drivername="postgresql", database=name)
        .render_as_string(hide_password=False)
    )


def _on_server(statement: sql.Composable) -> None:
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(statement)


def _drop(name: str) -> None:
    _on_server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
