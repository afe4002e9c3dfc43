"""Looking at claim sheets: another page, or the sheet again."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.incoming import Tap
from bot.workflow.may import Deed, require
from bot.workflow.notices import NoticeKind, show
from bot.workflow.sheet_messages import open_sheet, place_of
from storage import sheets


async def turn_page(session: AsyncSession, tap: Tap, page: int, *, now: datetime) -> None:
    """Show another page of the sheet whose button was pressed."""
    await require(session, tap.actor_id, Deed.READ_ARTICLES)
    await show(session, tap.notice_id, NoticeKind.SHEET, now=now, page=page)


async def show_again(session: AsyncSession, tap: Tap, article_id: int, *, now: datetime) -> None:
    """Show an article's sheet at the end of the chat in which somebody asks for it."""
    await require(session, tap.actor_id, Deed.READ_ARTICLES)
    if await sheets.article(session, article_id) is None:
        raise Refusal("no_such_article", article=article_id)
    await open_sheet(session, article_id, place_of(tap), now=now)
