"""When open work's times change: asked for, lost by an outage, or because somebody is away."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.cards import refresh_cards
from bot.workflow.due_times import (
    Times,
    counted_from,
    extra_of,
    times_for,
    with_extra,
)
from bot.workflow.hours.working import WorkingHours, add_working
from bot.workflow.policy import Policy
from bot.workflow.pool import hours_of_holders
from bot.workflow.sheet_messages import refresh_sheets
from storage import assignments
from storage.models import Article, Assignment, Claim

Subject = tuple[Assignment, Claim, Article]


async def retime(session: AsyncSession, member_id: int, *, policy: Policy, now: datetime) -> int:
    """Count this person's times anew after their hours, zone or absences changed.

    How many claims got other times. Who is away until told keeps the old ones: such claims are
    handed over.
    """
    held = await assignments.open_ones(session, member_ids=[member_id])
    if not held:
        return 0
    since = min(counted_from(assignment) for assignment, _claim, _article in held)
    hours = await hours_of_holders(session, [member_id], since=since, policy=policy)
    changed: list[Subject] = []
    for subject in held:
        assignment, _claim, article = subject
        times = times_on(hours[member_id], assignment, article, policy=policy)
        if times is not None and await set_times(session, assignment, times, now=now):
            changed.append(subject)
    await show_times(session, changed, now=now)
    return len(changed)


def times_on(
    hours: WorkingHours, assignment: Assignment, article: Article, *, policy: Policy
) -> Times | None:
    """The assignment's times as these hours have them, with what was granted on top."""
    return times_for(
        hours,
        counted_from(assignment),
        policy=policy,
        article_due_at=article.due_at,
        extra=extra_of(assignment),
    )


async def move_later(
    session: AsyncSession,
    assignment: Assignment,
    by: timedelta,
    *,
    hours: WorkingHours,
    now: datetime,
    keeps_half: bool = False,
    **marks: Any,
) -> bool:
    """Give so much more working time; `marks` are noted in the assignment's reason.

    False when nothing changed: somebody else moved it first, or it is closed.
    """

    def later(at: datetime) -> datetime:
        return add_working(hours, at, by) or at + by

    times = Times(
        half_at=assignment.half_at if keeps_half else later(assignment.half_at),
        due_at=later(assignment.due_at),
        expires_at=later(assignment.expires_at),
    )
    reason = with_extra(assignment, by, **marks)
    return await set_times(session, assignment, times, now=now, reason=reason)


async def set_times(
    session: AsyncSession,
    assignment: Assignment,
    times: Times,
    *,
    now: datetime,
    reason: Mapping[str, Any] | None = None,
) -> bool:
    """Give open work other times; a due time that is ahead again will be reminded of again."""
    before = Times(assignment.half_at, assignment.due_at, assignment.expires_at)
    if times == before and reason is None:
        return False
    values: dict[str, Any] = dict(times.values())
    if reason is not None:
        values["reason"] = reason
    if times.due_at > now:
        values["due_reminded_at"] = None
    changed = await assignments.move_times(session, assignment, values)
    await session.refresh(assignment)
    return changed


async def show_times(session: AsyncSession, changed: Sequence[Subject], *, now: datetime) -> None:
    """Bring the cards and sheets that show these due times up to date."""
    for assignment, _claim, _article in changed:
        await refresh_cards(session, assignment.id, now=now)
    for article_id in sorted({article.id for _assignment, _claim, article in changed}):
        await refresh_sheets(session, article_id, now=now)
