"""The record of what happened."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Event


async def record(  # who did what to which, and when
    session: AsyncSession,
    action: str,
    subject: str,
    subject_id: int,
    *,
    at: datetime,
    actor_id: int | None = None,
    **facts: Any,
) -> Event:
    """Add an event to the transaction of the change it tells of; `facts` hold ids, never text."""
    event = Event(
        at=at,
        actor_id=actor_id,
        action=action,
        subject=subject,
        subject_id=subject_id,
        facts=facts,
    )
    session.add(event)
    return event


async def get(session: AsyncSession, event_id: int) -> Event | None:
    """The event with this id."""
    return await session.get(Event, event_id)
