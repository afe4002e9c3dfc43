"""What the desk makes sure of before it opens: its admins, its team chat, its first code."""

from datetime import datetime

from bot.settings import Settings
from bot.workflow import here, joining
from storage.database import Sessions


async def prepare(sessions: Sessions, *, settings: Settings, now: datetime) -> str | None:
    """Admins and the team chat as set; returns the first admin's code when there is none yet."""
    async with sessions.begin() as session:
        await joining.ensure_admins(session, settings.admin_ids, now=now)
        if settings.team_chat_id is not None:
            await here.set_team_chat(session, settings.team_chat_id, now=now)
        return await joining.first_admin_code(session, now=now)
