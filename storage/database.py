"""Opening the database: one engine that writes under a lock, one that only reads."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

BUSY_TIMEOUT_MS = 15_000  # how long a SQLite writer waits for another process's transaction
LOCK_TIMEOUT_MS = 15_000  # the same on PostgreSQL

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}


def database_url(written: str) -> URL:
    """The address with the right async driver, from any of the forms that people write.

    Raises:
        ValueError: it is no database address, or of a kind that Deskcheck does not use.
    """
    try:
        url = make_url(written)
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise ValueError("is not a database address") from error
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise ValueError(f"names {url.drivername!r}; only SQLite and PostgreSQL are supported")
    if driver.startswith("sqlite") and url.database in (None, "", ":memory:"):
        raise ValueError("needs a file; a database in memory would forget everything")
    return url.set(drivername=driver)


class Sessions:
    """Short transactions: `begin()` to write, `read()` to look.

    Writers of this process queue on one lock, which on SQLite costs far less than its busy
    waiting. A write transaction commits when its block ends and rolls back when it raises.
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._writer = _open_engine(url, read_only=False)
        self._reader = _open_engine(url, read_only=True)
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A write transaction."""
        async with (
            self._lock,
            AsyncSession(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A read-only transaction that sees one consistent state."""
        async with (
            AsyncSession(self._reader, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    async def close(self) -> None:
        """Give all connections back."""
        await self._writer.dispose()
        await self._reader.dispose()


def _open_engine(url: URL, *, read_only: bool) -> AsyncEngine:
    if url.get_backend_name() == "sqlite":
        engine = create_async_engine(url, pool_size=1 if not read_only else 4)
        _prepare_sqlite(engine, read_only=read_only)
        return engine
    options = f"-c lock_timeout={LOCK_TIMEOUT_MS} -c timezone=UTC"
    isolation = "REPEATABLE READ" if read_only else "READ COMMITTED"
    return create_async_engine(
        url,
        pool_size=4,
        pool_pre_ping=True,
        connect_args={"options": options},
        isolation_level=isolation,
        execution_options={"postgresql_readonly": read_only},
    )


def _prepare_sqlite(engine: AsyncEngine, *, read_only: bool) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not open transactions of its own
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # NORMAL may take acknowledged verdicts back
        cursor.execute("PRAGMA foreign_keys=ON")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
