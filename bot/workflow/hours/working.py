"""How working time passes for one person: what due times and silent hours are counted in.

Working time is a set of half-open spans: at 09:00 work has begun, at 18:00 it is over. All
instants given back are UTC; naive datetimes raise ValueError.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.workflow.hours.wall import as_utc, local_day, local_instant

DAY = timedelta(days=1)
INSTANT = timedelta.resolution
HORIZON = timedelta(days=400)  # over a year: who does not work until then is not waited for
WINDOW = timedelta(days=8)  # most answers lie within a week; looked at piece by piece

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When one person works, in their own time zone.

    A shift belongs to the day on which it starts: with `end` at or before `start` it runs over
    midnight into the next day, even when that is a holiday, and equal ends mean 24 hours.
    `away` takes shifts out; None as its end means "until told". `on_duty` is extra time that
    counts also at night, on holidays and during an absence, because "on for 6 h" is the more
    exact word; who records an absence therefore ends a running duty.
    """

    zone: ZoneInfo
    days: frozenset[int]  # Monday is 0
    start: time
    end: time
    holidays: Container[date] = frozenset()
    away: tuple[tuple[datetime, datetime | None], ...] = ()
    on_duty: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        for instant in (edge for span in (*self.away, *self.on_duty) for edge in span if edge):
            as_utc(instant)


def is_working(hours: WorkingHours, at: datetime) -> bool:
    """Whether the instant `at` lies in working time; the end of a shift does not."""
    at = as_utc(at)
    return bool(_spans_within(hours, at, at + INSTANT))


def next_working(hours: WorkingHours, at: datetime) -> datetime | None:
    """The first instant from `at` on that is working time; None if there is none in 400 days."""
    at = as_utc(at)
    return next((start for start, _ in working_spans(hours, at, at + HORIZON)), None)


def add_working(hours: WorkingHours, at: datetime, amount: timedelta) -> datetime | None:
    """The earliest instant by which `amount` of working time has passed since `at`.

    It lies within a shift or exactly on its end (8 hours from 09:00 of an 8-hour shift are over
    that evening, not the next morning); an amount of zero gives `at` itself. None if so much
    working time does not pass within 400 days, as for somebody away until told.

    Raises:
        ValueError: `amount` is negative.
    """
    if amount < timedelta():
        raise ValueError("working time does not run backwards")
    at = as_utc(at)
    if not amount:
        return at
    for start, end in working_spans(hours, at, at + HORIZON):
        if amount <= end - start:
            return start + amount
        amount -= end - start
    return None


def working_between(hours: WorkingHours, since: datetime, until: datetime) -> timedelta:
    """How much working time passes from `since` to `until`; zero when `until` is the earlier."""
    spans = working_spans(hours, as_utc(since), as_utc(until))
    return sum((end - start for start, end in spans), timedelta())


def working_spans(hours: WorkingHours, since: datetime, until: datetime) -> Iterator[Span]:
    """The pieces of working time from `since` to `until`, in order and without overlap.

    Found as they are asked for, so a far `until` costs nothing until it is reached. Pieces may
    touch: a long shift can come in two.
    """
    since, until = as_utc(since), as_utc(until)
    while since < until:
        stop = min(since + WINDOW, until)
        yield from _spans_within(hours, since, stop)
        since = stop


def _spans_within(hours: WorkingHours, since: datetime, until: datetime) -> list[Span]:
    spans = _shifts(hours, since, until)
    for away_from, away_until in hours.away:
        gone = (as_utc(away_from), until if away_until is None else as_utc(away_until))
        spans = [rest for span in spans for rest in _without(span, gone)]
    spans += [(as_utc(start), as_utc(end)) for start, end in hours.on_duty]
    clipped = ((max(start, since), min(end, until)) for start, end in spans)
    return _merged(sorted(span for span in clipped if span[0] < span[1]))


def _shifts(hours: WorkingHours, since: datetime, until: datetime) -> list[Span]:
    day = local_day(hours.zone, since) - 2 * DAY  # a shift may have begun the evening before
    last = local_day(hours.zone, until) + DAY  # clocks set back may show the same date again
    shifts = []
    while day <= last:
        if day.weekday() in hours.days and day not in hours.holidays:
            ends_on = day if hours.start < hours.end else day + DAY
            start = local_instant(hours.zone, day, hours.start)
            shifts.append((start, local_instant(hours.zone, ends_on, hours.end)))
        day += DAY
    return shifts


def _without(span: Span, gone: Span) -> list[Span]:
    (start, end), (gone_from, gone_until) = span, gone
    if gone_from >= gone_until:
        return [span]
    rest = [(start, min(end, gone_from)), (max(start, gone_until), end)]
    return [piece for piece in rest if piece[0] < piece[1]]


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
