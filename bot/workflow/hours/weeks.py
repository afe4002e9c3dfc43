"""ISO weeks as a newsroom in its own time zone lives them: Monday 00:00 to Monday 00:00."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.workflow.hours.wall import as_utc, local_day, local_instant

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MIDNIGHT = time()


def iso_week_bounds(zone: ZoneInfo, iso_year: int, iso_week: int) -> tuple[datetime, datetime]:
    """The instants at which the week starts and ends, the end belonging to the next week.

    Raises:
        ValueError: that year has no such week.
    """
    monday = date.fromisocalendar(iso_year, iso_week, 1)
    start = local_instant(zone, monday, MIDNIGHT)
    return start, local_instant(zone, monday + WEEK, MIDNIGHT)


def week_of(zone: ZoneInfo, at: datetime) -> tuple[int, int]:
    """ISO year and week to which the instant `at` belongs in `zone`."""
    day = local_day(zone, at)
    year, week, _ = day.isocalendar()
    if as_utc(at) >= iso_week_bounds(zone, year, week)[1]:
        # Clocks set back just after Monday's midnight show Sunday again: the new week has begun.
        year, week, _ = (day + DAY).isocalendar()
    return year, week


def last_complete_week(zone: ZoneInfo, at: datetime) -> tuple[int, int]:
    """ISO year and week of the latest week that is over at the instant `at`."""
    year, week, _ = (date.fromisocalendar(*week_of(zone, at), 1) - DAY).isocalendar()
    return year, week


def digest_due(zone: ZoneInfo, day: int, wall: time, iso_year: int, iso_week: int) -> datetime:
    """The first instant of weekday `day` (Monday is 0) at `wall` when the week is over.

    Raises:
        ValueError: that year has no such week, or `day` is no weekday.
    """
    if day not in range(7):
        raise ValueError(f"weekdays run from 0 to 6, not {day}")
    next_monday = date.fromisocalendar(iso_year, iso_week, 1) + WEEK
    return local_instant(zone, next_monday + day * DAY, wall)
