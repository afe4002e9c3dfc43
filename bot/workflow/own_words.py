"""Words typed to the own card: "away until 27 Nov", "on for 6 h", "mon-fri 10:00-16:00"."""

import re
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow import absences
from bot.workflow.hours.parsing import DAY_NAMES, FULL_DAY_NAMES, parse_days, parse_hours
from bot.workflow.hours.wall import local_day, local_instant
from bot.workflow.policy import Policy, zone_of
from bot.workflow.zones import zone_named
from storage import members

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DUTY = re.compile(r"on\s+for\s+(\d{1,2}(?:[.,]\d)?)\s*(?:h|hours?)?", re.IGNORECASE)
_AWAY = re.compile(
    r"away(?:\s+(?:until|till|to)\s+(.+?)|\s+(today)|\s+until\s+told)?", re.IGNORECASE
)
_BACK = re.compile(r"(?:i\s*am\s+|i['’]m\s+)?back", re.IGNORECASE)
_DAY_TIME = re.compile(r"(.+?)[\s,]+(?:at\s+)?(\d{1,2}:\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4})?)?")
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3})[a-z]*\.?(?:\s+(\d{4}))?", re.IGNORECASE
)
_NAMED_FIRST = re.compile(
    r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?", re.IGNORECASE
)


def is_plain_wish(text: str) -> bool:
    """Whether a message without any command can only be meant for the own card."""
    words = text.strip().rstrip(".!")
    is_away = _AWAY.fullmatch(words) and " " in words
    return bool(_DUTY.fullmatch(words) or _BACK.fullmatch(words) or is_away)


async def follow(
    session: AsyncSession, actor_id: int, written: str, *, policy: Policy, now: datetime
) -> None:
    """Do what was typed and show the card.

    Raises:
        Refusal: it cannot be understood, or names a day that is over.
    """
    words = " ".join(written.split()).rstrip(".!")
    if not await _follow_presence(session, actor_id, words, policy=policy, now=now):
        await _follow_setting(session, actor_id, words, policy=policy, now=now)
    await absences.open_card(session, actor_id, now=now)


def day_meant(words: str, today: date) -> date | None:
    """The day that is meant by "27 Nov", "2026-11-27", "27.11.", "Friday" or "tomorrow".

    Without a year it is the next such day, never today or before; None for anything else.
    """
    plain = words.strip().lower()
    if plain == "tomorrow":
        return today + timedelta(days=1)
    for names in (DAY_NAMES, FULL_DAY_NAMES):
        if plain in names:
            return today + timedelta(days=(names.index(plain) - today.weekday() - 1) % 7 + 1)
    return _calendar_day(plain, today)


async def _follow_presence(
    session: AsyncSession, actor_id: int, words: str, *, policy: Policy, now: datetime
) -> bool:
    """Away, back and on duty; False when the words are about something else."""
    if duty := _DUTY.fullmatch(words):
        hours = float(duty[1].replace(",", "."))
        await absences.go_on_duty(session, actor_id, hours, policy=policy, now=now)
    elif _BACK.fullmatch(words):
        await absences.come_back(session, actor_id, policy=policy, now=now)
    elif away := _AWAY.fullmatch(words):
        if away[2]:
            await absences.go_away_days(session, actor_id, 1, policy=policy, now=now)
            return True
        until_at = None
        if away[1] and away[1].lower() != "told":
            until_at = await _instant(session, actor_id, away[1], policy=policy, now=now)
        await absences.go_away(session, actor_id, until_at=until_at, policy=policy, now=now)
    else:
        return False
    return True


async def _follow_setting(
    session: AsyncSession, actor_id: int, words: str, *, policy: Policy, now: datetime
) -> None:
    """A time zone, or working days and hours."""
    if zone_named(words):
        await absences.choose_zone(session, actor_id, words, policy=policy, now=now)
        return
    days, times = _days_and_times(words)
    await absences.set_hours(session, actor_id, days=days, times=times, policy=policy, now=now)


async def _instant(
    session: AsyncSession, actor_id: int, words: str, *, policy: Policy, now: datetime
) -> datetime:
    """When "Friday 14:00" or "27 Nov" is, in the person's own zone; a day means its midnight."""
    zone = zone_of(await members.get(session, actor_id), policy)
    with_time = _DAY_TIME.fullmatch(words)
    named, clock = (with_time[1], with_time[2]) if with_time else (words, "00:00")
    day = day_meant(named, local_day(zone, now))
    try:
        wall = time.fromisoformat(clock.zfill(5))
    except ValueError:
        day = None
    if day is None:
        raise Refusal("unclear_card", written=f"away until {words}")
    return local_instant(zone, day, wall)


def _days_and_times(words: str) -> tuple[frozenset[int] | None, tuple[time, time] | None]:
    """Days, hours or both, in this order.

    Raises:
        Refusal: they are neither.
    """
    joined = re.sub(r"\s*([-–,])\s*", r"\1", words.lower())
    first, _, rest = joined.partition(" ")
    try:
        if ":" in first:
            return None, parse_hours(joined)
        return parse_days(first), parse_hours(rest) if rest else None
    except ValueError as error:
        raise Refusal("unclear_card", written=words) from error


def _calendar_day(words: str, today: date) -> date | None:
    """A date as it is written; without a year the next one."""
    if found := _ISO.fullmatch(words):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(words):
        day, month, year = int(found[1]), int(found[2]), found[3]
    elif found := _NAMED.fullmatch(words):
        day, month, year = int(found[1]), _month(found[2]), found[3]
    elif found := _NAMED_FIRST.fullmatch(words):
        day, month, year = int(found[2]), _month(found[1]), found[3]
    else:
        return None
    if year:
        return _date(int(year), month, day)
    this_year = _date(today.year, month, day)
    if this_year is not None and this_year > today:
        return this_year
    return _date(today.year + 1, month, day)


def _month(name: str) -> int:
    return MONTHS.index(name.lower()) + 1 if name.lower() in MONTHS else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
