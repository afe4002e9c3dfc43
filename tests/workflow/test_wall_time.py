"""What the clock on the wall shows, and the instant that is meant."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.workflow.hours.wall import local_instant

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")

# Half-hour daylight saving, jumps at midnight, and both sides of the date line.
ZONES = [
    ZoneInfo("UTC"),
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("America/New_York"),
    ZoneInfo("America/Havana"),
    ZoneInfo("America/Santiago"),
    ZoneInfo("America/St_Johns"),
    ZoneInfo("Asia/Beirut"),
    ZoneInfo("Asia/Kathmandu"),
    ZoneInfo("Africa/Cairo"),
    ZoneInfo("Africa/Casablanca"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Pacific/Chatham"),
    ZoneInfo("Pacific/Kiritimati"),
    ZoneInfo("Pacific/Pago_Pago"),
    ZoneInfo("Antarctica/Troll"),
]
zones = st.sampled_from(ZONES)
walls = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))


def test_a_time_that_clocks_skip_gives_the_first_instant_after_the_gap():
    assert local_instant(BERLIN, date(2026, 3, 29), time(2, 30)) == datetime(
        2026, 3, 29, 1, 0, tzinfo=UTC
    )


def test_a_time_shown_twice_gives_the_first():
    assert local_instant(BERLIN, date(2026, 10, 25), time(2, 30)) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_a_gap_of_half_an_hour_ends_after_half_an_hour():
    skipped = local_instant(LORD_HOWE, date(2026, 10, 4), time(2, 15))

    assert skipped.astimezone(LORD_HOWE).time() == time(2, 30)


def test_a_day_that_a_country_left_out_begins_with_the_next():
    apia = ZoneInfo("Pacific/Apia")

    left_out = local_instant(apia, date(2011, 12, 30), time(12))

    assert left_out.astimezone(apia).isoformat() == "2011-12-31T00:00:00+14:00"


@given(zones, st.dates(date(2026, 1, 1), date(2026, 12, 31)), walls, walls)
def test_a_later_time_of_a_day_never_comes_earlier(zone, day, one, other):
    earlier, later = sorted((one, other))

    assert local_instant(zone, day, earlier) <= local_instant(zone, day, later)


@given(zones, st.dates(date(2026, 1, 1), date(2026, 12, 31)), walls)
def test_the_wall_shows_the_time_asked_for_or_the_end_of_a_gap(zone, day, wall):
    instant = local_instant(zone, day, wall)
    shown = instant.astimezone(zone).replace(tzinfo=None)
    just_before = (instant - timedelta.resolution).astimezone(zone).replace(tzinfo=None)

    assert shown == datetime.combine(day, wall) or just_before < datetime.combine(day, wall) < shown
