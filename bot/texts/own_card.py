"""A person's own card in words: here or away, hours, time zone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.texts.language import clock_time, day, ngettext, safe, shortened, when
from bot.texts.language import gettext as _
from bot.texts.people import NAME_CHARS, role_names
from storage.models.people import Role

MIDNIGHT = time()


@dataclass(frozen=True)
class OwnCard:
    """What the card tells of its owner."""

    name: str
    roles: Collection[Role]
    days: Collection[int]  # Monday is 0
    start: time
    end: time
    is_own_hours: bool
    zone_name: str
    is_working: bool
    away: tuple[datetime | None] | None = None  # when an absence ends; (None,): until told
    duty_until: datetime | None = None
    open_claims: int = 0


def card(shown: OwnCard, *, zone: ZoneInfo, now: datetime) -> str:
    """The card's first page."""
    hours = _("{days} {start}–{end}").format(
        days=day_names(shown.days),
        start=shown.start.isoformat("minutes"),
        end=shown.end.isoformat("minutes"),
    )
    lines = [
        f"<b>{safe(shortened(shown.name, NAME_CHARS))}</b> · {role_names(shown.roles)}",
        _presence(shown, zone, now),
        "",
        _("Hours: {hours}").format(hours=hours)
        + ("" if shown.is_own_hours else " " + _("(the desk's)")),
        _("Time zone: {zone}, now {time}").format(
            zone=safe(shown.zone_name), time=clock_time(now, zone)
        ),
    ]
    if shown.open_claims:
        waits = ngettext("{n} claim waits for you", "{n} claims wait for you", shown.open_claims)
        lines.append(waits.format(n=shown.open_claims) + " · /queue")
    return "\n".join(lines)


def away_menu() -> str:
    """The question how long."""
    return _(
        "<b>How long are you away?</b>\n"
        "You get no new claims, and due times stand still.\n\n"
        "Or write the day on which you are back:\n<code>away until 27 Nov</code>"
    )


def hours_menu() -> str:
    """The question for days and hours."""
    return _(
        "<b>When do you work?</b>\n"
        "Outside these hours I am silent and nothing falls due.\n\n"
        "Or write them:\n<code>/me tue-sat 10:00-16:00</code>"
    )


def zone_menu(region: str) -> str:
    """The question for the place."""
    head = _("<b>Where do you work?</b>")
    if region:
        head += " " + _("{region}, a city in your time zone:").format(region=safe(region))
    return head + "\n\n" + _("Or write it: <code>/me Europe/Kyiv</code>")


def day_names(days: Collection[int]) -> str:
    """Weekdays as people write them: "Mon–Fri", "Tue, Thu–Sat"."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    runs: list[list[int]] = []
    for number in sorted(days):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs
    )


def back(until_at: datetime | None, zone: ZoneInfo, now: datetime) -> str:
    """The end of an absence in a few words: "back tomorrow", "until told"."""
    if until_at is None:
        return _("until told")
    local = until_at.astimezone(zone)
    if local.time() != MIDNIGHT:
        return _("until {when}").format(when=when(until_at, zone, now))
    if (local.date() - now.astimezone(zone).date()).days == 1:
        return _("back tomorrow")
    return _("back on {day}").format(day=day(until_at, zone))


def _presence(shown: OwnCard, zone: ZoneInfo, now: datetime) -> str:
    if shown.duty_until is not None:
        return _("⏱ On until <b>{when}</b>").format(when=when(shown.duty_until, zone, now))
    if shown.away is not None:
        return _("🌴 <b>Away</b>, {back}").format(back=back(shown.away[0], zone, now))
    if shown.is_working:
        return _("🟢 At work")
    return _("🌙 Outside your hours: I am silent")
