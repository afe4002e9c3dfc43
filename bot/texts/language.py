"""Which language a sentence is read in, and how times, numbers and foreign words are shown."""

import gettext as gettext_module
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time

_CATALOGUES = Path(__file__).parent / "locale"
_LANGUAGE: ContextVar[str] = ContextVar("language", default="en")
# Bidi controls, zero-width and tag characters could reorder or hide what a person reads.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within this block sentences come in `language`, or in English where it lacks them."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def gettext(message: str) -> str:
    """The sentence in the reader's language."""
    return _catalogue(_LANGUAGE.get()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for `count` things, with the count left to be filled in by the caller."""
    return _catalogue(_LANGUAGE.get()).ngettext(one, many, count)


def _catalogue(language: str) -> gettext_module.NullTranslations:
    return gettext_module.translation(
        "deskcheck", str(_CATALOGUES), languages=[language], fallback=True
    )


def safe(text: str) -> str:
    """A stranger's words for Telegram's HTML: escaped, without unseen characters.

    Words that are written from right to left are isolated, so that the rest of the line stays put.
    """
    escaped = escape(_UNSEEN.sub("", text).replace("\x00", ""), quote=False)
    return f"\u2068{escaped}\u2069" if _RIGHT_TO_LEFT.search(escaped) else escaped


def shortened(text: str, width: int) -> str:
    """`text` cut at a word's end to at most `width` columns; not escaped.

    A Chinese, Japanese or Korean character takes two columns.
    """
    flat = " ".join(text.split())
    if len(flat) <= width and columns(flat) <= width:
        return flat
    cut = flat[: max(width - 1, 0)]
    while cut and columns(cut) > width - 1:
        cut = cut[: -max((columns(cut) - width + 1) // 2, 1)]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) > width // 2 else cut).rstrip(" ,;:–—-") + "…"


def columns(text: str) -> int:
    """How many columns a text takes on a screen; a wide character takes two."""
    if text.isascii():
        return len(text)
    return sum(1 + (east_asian_width(character) in "WF") for character in text)


def clock_time(at: datetime, zone: ZoneInfo) -> str:
    """The time of day in the reader's zone: 18:00."""
    return str(format_time(at.astimezone(zone), "HH:mm", locale=_LANGUAGE.get()))


def when(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """An instant as a person says it: "today 18:00", "Tue 12:00", "3 Dec 12:00"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    away = (local.date() - today).days
    time_of_day = clock_time(at, zone)
    if away == 0:
        return gettext("today {time}").format(time=time_of_day)
    if away == 1:
        return gettext("tomorrow {time}").format(time=time_of_day)
    if away == -1:
        return gettext("yesterday {time}").format(time=time_of_day)
    pattern = "EEE HH:mm" if 1 < away < 7 else "d MMM HH:mm"
    return str(format_datetime(local, pattern, locale=_LANGUAGE.get()))


def day(at: datetime, zone: ZoneInfo) -> str:
    """A day without the time: 19 Nov."""
    return str(format_date(at.astimezone(zone).date(), "d MMM", locale=_LANGUAGE.get()))


def calendar_day(on: date) -> str:
    """A date with its year, as of an old article: 19 Nov 2026."""
    return str(format_date(on, "d MMM y", locale=_LANGUAGE.get()))


def hours(span: timedelta) -> str:
    """A length of time in the coarsest unit that says enough: "25 min", "9 h", "3 days"."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:  # minutes in an hour
        return gettext("{n} min").format(n=minutes)
    whole = round(minutes / 60)
    if whole < 48:  # two days are the first that people count in days
        return gettext("{n} h").format(n=whole)
    return ngettext("{n} day", "{n} days", round(whole / 24)).format(n=round(whole / 24))
