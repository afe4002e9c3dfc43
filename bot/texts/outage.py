"""What people are told after the desk was down, or without Telegram."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.texts.language import clock_time, hours, ngettext, when
from bot.texts.language import gettext as _

TELEGRAM_KEEPS = timedelta(hours=24)


def catch_up(
    since: datetime,
    until: datetime,
    *,
    claims: int,
    more: timedelta,
    zone: ZoneInfo,
    now: datetime,
) -> str:
    """After an outage: what it means for this person's claims, and for what was sent meanwhile.

    `more` is the working time that was given back, at most, to one claim.
    """
    start, end = when(since, zone, now), when(until, zone, now)
    if since.astimezone(zone).date() == until.astimezone(zone).date():
        end = clock_time(until, zone)
    lines = [_("I was away from {start} to {end}. Sorry.").format(start=start, end=end)]
    if claims:
        lines.append(
            ngettext(
                "Your claim has {time} of working time more: /queue",
                "Your {n} claims have up to {time} of working time more: /queue",
                claims,
            ).format(n=claims, time=_working(more))
        )
    if until - since > TELEGRAM_KEEPS:
        lines.append(_lost(since, until - TELEGRAM_KEEPS, zone, now))
    return "\n".join(lines)


def _working(span: timedelta) -> str:
    """Working time, which nobody counts in days: "25 min", "61 h"."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:  # minutes in an hour
        return _("{n} min").format(n=minutes)
    return _("{n} h").format(n=round(minutes / 60))


def _lost(since: datetime, until: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Telegram keeps what was sent for a day: before that it is gone."""
    words = _(
        "⚠ What was sent to me between <b>{start}</b> and <b>{end}</b> ({span}) never reached me: "
        "Telegram keeps messages for 24 h. Please send it again."
    )
    return words.format(
        start=when(since, zone, now), end=when(until, zone, now), span=hours(until - since)
    )
