"""From what a clock on the wall shows to an instant, and back; daylight saving is settled here."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def local_instant(zone: ZoneInfo, day: date, wall: time) -> datetime:
    """The UTC instant at which clocks in `zone` show `wall` on `day`.

    A time that clocks skip gives the first instant after the gap; one that they show twice gives
    the first of the two. So a later time of the same day never gives an earlier instant.

    Raises:
        ValueError: `wall` has a time zone of its own.
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall time has no time zone of its own")
    shown = datetime.combine(day, wall.replace(fold=0), tzinfo=zone)
    instant = shown.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return instant
    return _end_of_gap(zone, shown.replace(fold=1).astimezone(UTC), instant)


def local_day(zone: ZoneInfo, at: datetime) -> date:
    """The date on the calendar in `zone` at the instant `at`."""
    return as_utc(at).astimezone(zone).date()


def as_utc(at: datetime) -> datetime:
    """`at` in UTC, where differences are real time; aware datetimes of one zone subtract as walls.

    Raises:
        ValueError: `at` is naive.
    """
    if at.utcoffset() is None:
        raise ValueError(f"a naive datetime names no instant: {at.isoformat()}")
    return at.astimezone(UTC)


def _end_of_gap(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The instant at which the clocks jump, known to lie in (`before`, `after`]."""
    new_offset = after.astimezone(zone).utcoffset()
    # Clocks jump on whole seconds, so counting in them finds the very instant.
    early, late = int(before.timestamp()), int(after.timestamp())
    while late - early > 1:
        middle = (early + late) // 2
        if datetime.fromtimestamp(middle, tz=zone).utcoffset() == new_offset:
            late = middle
        else:
            early = middle
    return datetime.fromtimestamp(late, tz=UTC)
