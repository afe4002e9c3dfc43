"""The moments of a working day at which the desk hands out work and reminds."""

from collections.abc import Container, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.workflow.hours.wall import as_utc, local_day, local_instant

DAY = timedelta(days=1)
HORIZON_DAYS = 400  # as for working time: beyond it there is no slot worth waiting for


def slots_between(
    zone: ZoneInfo,
    times: tuple[time, ...],
    days: frozenset[int],
    holidays: Container[date],
    *,
    after: datetime,
    until: datetime,
) -> list[datetime]:
    """Slots later than `after` and not later than `until`, oldest first, in UTC.

    So a sweep that asks "since I last looked" sees each slot exactly once. Two times that fall
    into the same gap of the clocks are one slot.
    """
    after, until = as_utc(after), as_utc(until)
    if until <= after:
        return []
    day, last = local_day(zone, after) - DAY, local_day(zone, until) + DAY
    found: set[datetime] = set()
    while day <= last:
        found.update(_slots_on(zone, times, days, holidays, day=day))
        day += DAY
    return sorted(slot for slot in found if after < slot <= until)


def latest_slot(
    zone: ZoneInfo,
    times: tuple[time, ...],
    days: frozenset[int],
    holidays: Container[date],
    *,
    at: datetime,
) -> datetime | None:
    """The slot that has most recently come, `at` itself included; None in 400 days back."""
    at = as_utc(at)
    day = local_day(zone, at) + DAY
    for back in range(HORIZON_DAYS):
        slots = _slots_on(zone, times, days, holidays, day=day - back * DAY)
        come = [slot for slot in slots if slot <= at]
        if come:
            return max(come)
    return None


def next_slot(
    zone: ZoneInfo,
    times: tuple[time, ...],
    days: frozenset[int],
    holidays: Container[date],
    *,
    at: datetime,
) -> datetime | None:
    """The first slot later than `at`; None when none comes within 400 days."""
    at = as_utc(at)
    day = local_day(zone, at) - DAY
    for ahead in range(HORIZON_DAYS):
        slots = _slots_on(zone, times, days, holidays, day=day + ahead * DAY)
        coming = [slot for slot in slots if slot > at]
        if coming:
            return min(coming)
    return None


def _slots_on(
    zone: ZoneInfo,
    times: tuple[time, ...],
    days: frozenset[int],
    holidays: Container[date],
    *,
    day: date,
) -> Iterator[datetime]:
    if day.weekday() in days and day not in holidays:
        yield from (local_instant(zone, day, wall) for wall in times)
