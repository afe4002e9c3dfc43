"""After an edit of a sheet: the article's state, its sheets and its summaries follow."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.sheet_messages import refresh_sheets
from bot.workflow.sheet_states import SENT, restate
from bot.workflow.standing import show_change
from storage import claims


async def show_edit(
    session: AsyncSession, article_id: int, changes: Sequence[dict[str, Any]], *, now: datetime
) -> None:
    """Bring up to date what shows the article; `changes` are those of the edit's event.

    Messages about a claim and summaries of verdicts only change with claims that were sent.
    """
    await restate(session, article_id)
    await refresh_sheets(session, article_id, now=now)
    for changed in changes:
        states = [side["status"] for side in (changed["before"], changed["after"]) if side]
        claim = await claims.get(session, changed["claim_id"])
        if claim is not None and SENT.intersection(states):
            await show_change(session, claim, now=now)
