"""What the desk makes sure of before it opens: its admins, its team chat, its first code."""

from collections.abc import Sequence
from datetime import datetime

from bot.workflow import here, joining
from storage import outbox, submissions
from storage.database import Sessions


async def prepare(
    sessions: Sessions, *, admin_ids: Sequence[int], team_chat_id: int | None, now: datetime
) -> str | None:
    """Admins and the team chat as set; returns the first admin's code when there is none yet."""
    async with sessions.begin() as session:
        if sessions.is_sqlite:  # one process: whoever held a lease before is gone
            await outbox.free_all(session, now)
            await submissions.free_all(session, now)
        await joining.ensure_admins(session, admin_ids, now=now)
        if team_chat_id is not None:
            await here.set_team_chat(session, team_chat_id, now=now)
        return await joining.first_admin_code(session, now=now)
