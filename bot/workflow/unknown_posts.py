"""A post to a group or channel of which nobody knows whether it is there: an admin looks."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.incoming import Tap
from bot.workflow.may import Deed, require
from bot.workflow.notices import NoticeKind, show
from storage import events, outbox
from storage.models.talking import OutboxState


async def decide(
    session: AsyncSession, tap: Tap, outbox_id: int, *, is_there: bool, now: datetime
) -> None:
    """An admin's word on it: it is there and stays, or it goes out once more.

    Whoever comes second is shown that it is settled; nothing is posted twice.

    Raises:
        NotPermitted: the person is no admin (any more).
    """
    await require(session, tap.actor_id, Deed.MEND_POSTS)
    state = OutboxState.SENT if is_there else OutboxState.PENDING
    what = "over"
    if await outbox.decide_fate(session, outbox_id, state=state, now=now):
        what = "there" if is_there else "again"
        await events.record(
            session, f"post.{what}", "outbox", outbox_id, at=now, actor_id=tap.actor_id
        )
    await show(
        session, tap.notice_id, NoticeKind.UNKNOWN_POST, now=now, outbox_id=outbox_id, what=what
    )
