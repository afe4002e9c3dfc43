"""What all sweeps share: one item that fails is undone and logged, the others go on."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession

log = logging.getLogger(__name__)


@asynccontextmanager
async def on_its_own(session: AsyncSession, what: str, item_id: int) -> AsyncIterator[None]:
    """Do the block, or nothing of it: a bug that meets one item is logged and stays with it.

    Rows changed in a block that failed must be read anew before they are used again.

    Raises:
        OperationalError, InterfaceError: the database is in trouble, so the sweep ends and comes
            again.
    """
    try:
        async with session.begin_nested():
            yield
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("one of a sweep failed", extra={"what": what, "item_id": item_id})
