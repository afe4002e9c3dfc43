"""Putting a submission on the reading list, whatever it is, with its event."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import events, submissions
from storage.models import Submission


async def enter(session: AsyncSession, row: Submission, *, now: datetime) -> int | None:
    """Add what `row.member_id` sent; its id, or None when it is on the list already."""
    submission_id = await submissions.add(session, row)
    if submission_id is not None:
        await events.record(
            session,
            "submitted",
            "submission",
            submission_id,
            at=now,
            actor_id=row.member_id,
            kind=row.kind.value,
        )
    return submission_id
