"""Looking up articles: the list, and one with its verdicts."""

import re
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.incoming import Incoming, Tap
from bot.workflow.may import Deed, require
from bot.workflow.notices import About, NoticeKind, Place, private, show, tell
from bot.workflow.sheet_messages import place_of
from storage import members, sheets

_NUMBER = re.compile(r"#?(?:a\s*[-–]?\s*)?(\d{1,9})", re.IGNORECASE)


async def list_articles(session: AsyncSession, incoming: Incoming, *, now: datetime) -> None:
    """Answer with the list of articles."""
    await require(session, incoming.actor_id, Deed.READ_ARTICLES)
    await tell(session, await _place(session, incoming), NoticeKind.ARTICLES, now=now, page=0)


async def turn_list(session: AsyncSession, tap: Tap, page: int, *, now: datetime) -> None:
    """Show another page of the list whose button was pressed."""
    await require(session, tap.actor_id, Deed.READ_ARTICLES)
    await show(session, tap.notice_id, NoticeKind.ARTICLES, now=now, page=page)


async def open_written(
    session: AsyncSession, incoming: Incoming, written: str, *, now: datetime
) -> None:
    """Answer with the article that somebody names as "41" or "A-41".

    Raises:
        Refusal: there is none of that number, or it is no number.
    """
    await require(session, incoming.actor_id, Deed.READ_ARTICLES)
    number = _NUMBER.fullmatch(written.strip())
    if number is None:
        raise Refusal("which_article", written=written.strip())
    await _tell_article(session, await _place(session, incoming), int(number[1]), now=now)


async def open_tapped(session: AsyncSession, tap: Tap, article_id: int, *, now: datetime) -> None:
    """Answer a button with the article and its verdicts."""
    await require(session, tap.actor_id, Deed.READ_ARTICLES)
    await _tell_article(session, place_of(tap), article_id, now=now)


async def _tell_article(
    session: AsyncSession, place: Place | None, article_id: int, *, now: datetime
) -> None:
    if await sheets.article(session, article_id) is None:
        raise Refusal("no_such_article", article=article_id)
    await tell(session, place, NoticeKind.ARTICLE, now=now, about=About(article_id=article_id))


async def _place(session: AsyncSession, incoming: Incoming) -> Place | None:
    """The person's private chat, also when they asked in a group: it is the desk's work."""
    member = await members.get(session, incoming.actor_id)
    return private(member) if member else None
