"""Bringing the database to this program's revision, forward only, one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, event, text

SCHEMA_NUMBER = 1  # raised by every migration; compared with the database's `min_reader`
_MIGRATE_LOCK = 7_021_201  # PostgreSQL advisory lock; any number that nobody else uses


class SchemaTooNew(Exception):
    """The database was written by a newer program that this one cannot read."""


def migrate(url: URL, *, to: str = "head") -> list[str]:
    """Run the migrations that are missing; returns their revisions, oldest first.

    A newer program's database that this one may still use is left as it is.

    Raises:
        SchemaTooNew: a newer program's database, and it says that this one is too old for it.
    """
    with _connected(url) as connection, _locked(connection):
        _refuse_newer(connection)
        before = _revision(connection)
        if not _is_known(before):
            return []
        command.upgrade(_config(connection), to)
        return _revisions_between(before, _revision(connection))


def current_revision(url: URL) -> str | None:
    """The revision that the database stands at; None when it is empty."""
    with _connected(url) as connection:
        return _revision(connection)


def is_newer(url: URL) -> bool:
    """Whether a newer program migrated the database, to a revision unknown here.

    Raises:
        SchemaTooNew: it did, and says that this program is too old for it.
    """
    with _connected(url) as connection:
        _refuse_newer(connection)
        return not _is_known(_revision(connection))


def head_revision() -> str:
    """The newest revision that this program knows."""
    return str(ScriptDirectory.from_config(_config(None)).get_current_head())


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connected(url: URL) -> Iterator[Connection]:
    sync_driver = "sqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg"
    engine = create_engine(url.set(drivername=sync_driver))
    if sync_driver == "sqlite":

        @event.listens_for(engine, "connect")
        def on_connect(connection: Any, _record: object) -> None:
            connection.isolation_level = None
            connection.execute("PRAGMA busy_timeout=60000")
            connection.execute("PRAGMA journal_mode=WAL")

    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _locked(connection: Connection) -> Iterator[None]:
    """One transaction around everything, so that a crash leaves the old schema whole."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATE_LOCK})
    yield
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("COMMIT")
    connection.commit()


def _refuse_newer(connection: Connection) -> None:
    if not connection.dialect.has_table(connection, "schema_info"):
        return
    needed = connection.execute(text("SELECT min_reader FROM schema_info")).scalar_one()
    if needed > SCHEMA_NUMBER:
        raise SchemaTooNew(f"needs a program of schema {needed}, this one is {SCHEMA_NUMBER}")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_known(revision: str | None) -> bool:
    script = ScriptDirectory.from_config(_config(None))
    return revision is None or revision in {one.revision for one in script.walk_revisions()}


def _revisions_between(before: str | None, after: str | None) -> list[str]:
    if before == after or after is None:
        return []
    script = ScriptDirectory.from_config(_config(None))
    steps = list(script.iterate_revisions(after, before or "base"))
    return [step.revision for step in reversed(steps) if step.revision != before]
