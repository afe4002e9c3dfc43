"""Settings and answers about time, as people write them. Each ValueError says what was expected."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, time

import holidays

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WALL_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
COUNTRY = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Holidays:
    """Single days and the public holidays of countries or their regions, as one set of dates."""

    dates: frozenset[date] = frozenset()
    calendars: tuple[Container[date], ...] = ()

    def __contains__(self, day: object) -> bool:
        return day in self.dates or any(day in calendar for calendar in self.calendars)


def parse_days(text: str) -> frozenset[int]:
    """Weekdays from "mon-fri" or "mon,wed,sat-sun"; Monday is 0. A range may run over Sunday."""
    days: set[int] = set()
    for part in _parts(text, "weekdays such as mon-fri"):
        first, dash, last = (end.strip() for end in part.partition("-"))
        start = _weekday(first)
        length = (_weekday(last) - start) % 7 if dash else 0
        days.update((start + step) % 7 for step in range(length + 1))
    return frozenset(days)


def parse_hours(text: str) -> tuple[time, time]:
    """Start and end from "09:00-18:00"; an end at or before the start means the next day.

    "24:00" is the midnight that ends a day, so "00:00-24:00" is round the clock.
    """
    start, dash, end = (part.strip() for part in text.replace("–", "-").partition("-"))
    if not dash:
        raise ValueError(f"expected hours such as 09:00-18:00, not “{text.strip()}”")
    return _wall_time(start), time() if end == "24:00" else _wall_time(end)


def parse_times(text: str) -> tuple[time, ...]:
    """Times of day from "09:00,14:00", earliest first, each once."""
    parts = _parts(text, "times such as 09:00,14:00")
    return tuple(sorted({_wall_time(part) for part in parts}))


def parse_weekly(text: str) -> tuple[int, time]:
    """Weekday (Monday is 0) and time of day from "mon 09:00"."""
    words = text.split()
    if len(words) != 2:
        raise ValueError(f"expected a weekday and a time such as mon 09:00, not “{text.strip()}”")
    return _weekday(words[0]), _wall_time(words[1])


def parse_holidays(text: str) -> Holidays:
    """Holidays from country codes ("DE", "DE-BY"), dates ("2026-12-24"), both, or nothing."""
    dates: set[date] = set()
    calendars: list[Container[date]] = []
    for part in (part.strip() for part in text.split(",")):
        if COUNTRY.fullmatch(part):
            calendars.append(_calendar(part))
        elif part:
            dates.add(_date(part))
    return Holidays(frozenset(dates), tuple(calendars))


def _parts(text: str, expected: str) -> list[str]:
    parts = [part.strip() for part in text.replace("–", "-").split(",")]
    if not all(parts):
        raise ValueError(f"expected {expected}, not “{text.strip()}”")
    return parts


def _weekday(name: str) -> int:
    for names in (DAY_NAMES, FULL_DAY_NAMES):
        if name.lower() in names:
            return names.index(name.lower())
    raise ValueError(f"“{name}” is no weekday; use {', '.join(DAY_NAMES)}")


def _wall_time(text: str) -> time:
    found = WALL_TIME.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text}” is no time of day; use 24 hours, such as 09:00 or 18:30")
    return time(int(found[1]), int(found[2]))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(
            f"“{text}” is neither a country code such as DE nor a date such as 2026-12-24"
        ) from error


def _calendar(code: str) -> Container[date]:
    country, _, region = code.upper().partition("-")
    regions = holidays.list_supported_countries(include_aliases=True).get(country)
    if regions is None:
        raise ValueError(f"no holidays are known for the country code “{country}”")
    if region and region not in regions:
        known = f"; known are {', '.join(regions)}" if regions else ""
        raise ValueError(f"no holidays are known for “{region}” in {country}{known}")
    calendar: Container[date] = holidays.country_holidays(country, subdiv=region or None)
    return calendar
