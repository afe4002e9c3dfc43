"""A reviewer's own list: what waits, half answers included, each a button away."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.incoming import Tap
from bot.workflow.may import Deed, require
from bot.workflow.notices import NoticeKind, private, show, tell
from storage import members


async def show_queue(session: AsyncSession, member_id: int, *, now: datetime) -> int | None:
    """List what is this person's, in their private chat wherever they asked."""
    await require(session, member_id, Deed.REVIEW)
    member = await members.get(session, member_id)
    place = private(member) if member else None
    return await tell(session, place, NoticeKind.QUEUE, now=now, page=0)


async def turn_queue(session: AsyncSession, tap: Tap, *, page: int, now: datetime) -> None:
    """Another page of the list, in place."""
    await require(session, tap.actor_id, Deed.REVIEW)
    await show(session, tap.notice_id, NoticeKind.QUEUE, now=now, page=page)
