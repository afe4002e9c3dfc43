"""The record of what happened."""

from collections.abc import Sequence
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


async def standing_edits(session: AsyncSession, article_id: int) -> Sequence[Event]:
    """The edits of an article's sheet that changed something and stand, newest first."""
    query = (
        select(Event)
        .where(
            Event.subject == "article",
            Event.subject_id == article_id,
            col(Event.action).in_(("sheet.edit", "sheet.undo")),
        )
        .order_by(col(Event.id).desc())
    )
    found = (await session.exec(query)).all()
    undone = {event.facts["event_id"] for event in found if event.action == "sheet.undo"}
    return [
        event
        for event in found
        if event.action == "sheet.edit" and event.id not in undone and event.facts["changes"]
    ]


async def get(session: AsyncSession, event_id: int) -> Event | None:
    """The event with this id."""
    return await session.get(Event, event_id)
