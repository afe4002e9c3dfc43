"""When a claim is half way, due, and free for somebody else, on its reviewer's working clock."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.workflow.hours.working import WorkingHours, add_working, working_between
from bot.workflow.policy import Policy
from storage.models import Assignment

NONE = timedelta()


@dataclass(frozen=True)
class Times:
    """The three instants of an assignment."""

    half_at: datetime
    due_at: datetime
    expires_at: datetime

    def values(self) -> dict[str, datetime]:
        """As columns of an assignment."""
        return asdict(self)


def times_for(
    hours: WorkingHours,
    since: datetime,
    *,
    policy: Policy,
    article_due_at: datetime | None = None,
    extra: timedelta = NONE,
) -> Times | None:
    """The times of a claim taken at `since`; None for somebody who does not work any more.

    The article's own due time wins when it is the earlier and still ahead. `extra` is working
    time on top: asked for by the reviewer, or lost while the desk was down.
    """
    due_at = add_working(hours, since, policy.claim_due)
    if article_due_at is not None and article_due_at > since:
        due_at = article_due_at if due_at is None else min(due_at, article_due_at)
    if due_at is None:
        return None
    later = add_working(hours, due_at, extra)
    if later is None:
        return None
    half_at = add_working(hours, since, working_between(hours, since, later) / 2)
    expires_at = add_working(hours, later, policy.grace)
    if half_at is None or expires_at is None:
        return None
    return Times(half_at=half_at, due_at=later, expires_at=expires_at)


def wall_times(since: datetime, *, policy: Policy) -> Times:
    """The times by the clock on the wall, for somebody whose working time never comes."""
    due_at = since + policy.claim_due
    return Times(since + policy.claim_due / 2, due_at, due_at + policy.grace)


def counted_from(assignment: Assignment) -> datetime:
    """The instant from which the assignment's time runs: it was opened, or opened again."""
    again = assignment.reason.get("counted_from")
    return datetime.fromisoformat(again) if again else assignment.opened_at


def extra_of(assignment: Assignment) -> timedelta:
    """The working time that this assignment was granted on top."""
    return timedelta(seconds=float(assignment.reason.get("extra_s", 0)))


def with_extra(assignment: Assignment, extra: timedelta, **marks: Any) -> Mapping[str, Any]:
    """The assignment's reason with so much more time granted."""
    total = extra_of(assignment) + extra
    return {**assignment.reason, "extra_s": total.total_seconds(), **marks}
