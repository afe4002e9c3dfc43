"""The record of what happened."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select
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


async def last_edit(session: AsyncSession, article_id: int) -> Event | None:
    """The newest edit of an article's sheet that changed something and was not taken back."""
    query = (
        select(Event)
        .where(
            Event.subject == "article",
            Event.subject_id == article_id,
            col(Event.action).in_(("sheet.edit", "sheet.undo")),
        )
        .order_by(col(Event.id).desc())
    )
    undone: set[int] = set()
    for event in (await session.exec(query)).all():
        if event.action == "sheet.undo":
            undone.add(event.facts["event_id"])
        elif event.id not in undone and event.facts["changes"]:
            return event
    return None


async def get(session: AsyncSession, event_id: int) -> Event | None:
    """The event with this id."""
    return await session.get(Event, event_id)
