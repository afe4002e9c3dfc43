"""Instants out of the spellings that pages use."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MOMENT_CHARS = 60
_FORMATS = (
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%A, %B %d, %Y",
    "%A, %d %B %Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%m/%d/%Y %I:%M:%S %p",
    "%B %d, %Y, %I:%M %p",
    "%B %d, %Y %I:%M %p",
    "%Y-%m-%d %H:%M:%S %Z",
)
_OFFSET = re.compile(r"\s?([+-]\d\d):?(\d\d)$")
_ZONE = re.compile(r"\s(?:UTC|GMT|Z)$")
_FRACTION = re.compile(r"(\.\d{6})\d+")
_DATE_LINE = re.compile(
    r"^(?:(?:published|posted|updated|last updated|date)\b(?: on)?:? )?"
    r"(?P<moment>\d{1,2}\.? [A-Za-z]{3,9} \d{4}|[A-Za-z]{3,9}\.? \d{1,2}, \d{4}|\d{4}-\d\d-\d\d|"
    r"[A-Za-z]{6,9}, (?:[A-Za-z]{3,9} \d{1,2}, \d{4}|\d{1,2} [A-Za-z]{3,9} \d{4}))\b",
    re.I,
)


def parse_moment(text: str) -> datetime | None:
    """The instant that `text` names, aware; UTC where no zone is said, None for anything else."""
    text = " ".join(text.split())
    if not 6 <= len(text) <= MOMENT_CHARS:
        return None
    moment = _iso(text) or _mail(text) or _spelled(text)
    if moment is None or not 1900 <= moment.year <= 2200:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def date_line(line: str) -> datetime | None:
    """The day that a line such as "Published: 3 May 2022" gives; None for any other line."""
    found = _DATE_LINE.match(line) if len(line) <= MOMENT_CHARS else None
    return parse_moment(found["moment"]) if found else None


def _iso(text: str) -> datetime | None:
    tidy = _FRACTION.sub(r"\1", _OFFSET.sub(r"\1:\2", _ZONE.sub("+00:00", text)))
    try:
        return datetime.fromisoformat(tidy)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None


def _spelled(text: str) -> datetime | None:
    for spelling in _FORMATS:
        try:
            return datetime.strptime(text, spelling)  # noqa: DTZ007 -- the caller makes it aware
        except ValueError:
            continue
    return None
