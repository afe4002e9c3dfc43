"""Showing claim sheets, and keeping every one that was shown up to date."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.incoming import Tap
from bot.workflow.notices import About, NoticeKind, Place, show, tell
from bot.workflow.triage import strike_out
from storage import outbox, sheets

SHEETS_KEPT = 10  # every edit costs one of the chat's few messages a minute


async def open_sheet(
    session: AsyncSession, article_id: int, place: Place | None, *, now: datetime
) -> int | None:
    """Show the article's sheet in a new message; its outbox id."""
    return await tell(
        session, place, NoticeKind.SHEET, now=now, about=About(article_id=article_id), page=0
    )


async def refresh_sheets(session: AsyncSession, article_id: int, *, now: datetime) -> None:
    """Bring the article's sheets up to date in place; each stays on the page it shows.

    Of very many only the newest: an old one does no harm, its buttons ask what is so now.
    """
    shown = await outbox.prompts_for(session, NoticeKind.SHEET, article_id=article_id)
    for prompt in shown[:SHEETS_KEPT]:
        page = await _page_shown(session, prompt.outbox_id)
        await show(session, prompt.outbox_id, NoticeKind.SHEET, now=now, page=page)
    await strike_out(session, article_id, now=now)


def place_of(tap: Tap) -> Place:
    """Where an answer to a pressed button belongs."""
    is_private = tap.chat_id > 0  # Telegram gives groups and channels negative ids
    return Place(tap.chat_id, tap.thread_id, member_id=tap.actor_id if is_private else None)


async def _page_shown(session: AsyncSession, notice_id: int) -> int:
    shown = await sheets.last_shown(session, notice_id)
    return int(shown.facts.get("page", 0)) if shown and shown.kind == NoticeKind.SHEET else 0
