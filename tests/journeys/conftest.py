from collections.abc import AsyncIterator

import pytest

from storage.models import Outbox
from tests.journeys.desk import Desk, a_desk


@pytest.fixture
async def desk(database: str) -> AsyncIterator[Desk]:
    """A running desk; at the end nothing may have failed or hang."""
    async with a_desk(database) as opened:
        yield opened
        await opened.room.rest()
        assert [row.error for row in await opened.unsaid() if not _blocked(row)] == []


def _blocked(row: Outbox) -> bool:
    return "bot was blocked" in (row.error or "")
