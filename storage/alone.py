"""A SQLite file belongs to one running desk: a lock beside it, which ends with its process."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

log = logging.getLogger(__name__)

SUFFIX = ".lock"  # the file stays where it is; what counts is who holds it


class DatabaseInUse(Exception):
    """Another desk runs on this file; `holder` is what it wrote into the lock, its process id."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path} is held by process {holder or 'unknown'}")
        self.path, self.holder = path, holder


@contextmanager
def alone_on(url: URL) -> Iterator[None]:
    """Hold the database for this process while the block runs; PostgreSQL takes several.

    The operating system lets go of the lock when the process ends, however it ends. No child
    process has it: descriptors are closed when another program is started.

    Raises:
        DatabaseInUse: another process holds it.
    """
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    path = Path(url.database).resolve()  # one file, by whatever name it is called
    try:
        descriptor = os.open(f"{path}{SUFFIX}", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:  # then the database itself cannot be opened either, and says why
        yield
        return
    try:
        _lock(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise DatabaseInUse(path, os.pread(descriptor, 20, 0).decode("ascii", "replace")) from error
    except OSError as error:  # a file system without locks: better run than not
        log.warning("the database cannot be locked", extra={"error": str(error)})
        return
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
