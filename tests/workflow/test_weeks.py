"""ISO weeks in the zone of the desk, and when their digest is due."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workflow.hours.weeks import digest_due, iso_week_bounds, last_complete_week, week_of

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
KYIV = ZoneInfo("Europe/Kyiv")

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
seconds = st.integers(0, 390 * 24 * 3600)
instants = seconds.map(lambda passed: datetime(2025, 12, 20, tzinfo=UTC) + passed * SECOND)


def kyiv(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


def test_a_week_runs_from_monday_to_monday_in_the_zone_of_the_desk():
    assert iso_week_bounds(KYIV, 2026, 47) == (
        kyiv("2026-11-16 00:00"),
        kyiv("2026-11-23 00:00"),
    )
    assert last_complete_week(KYIV, kyiv("2026-11-22 23:59")) == (2026, 46)
    assert last_complete_week(KYIV, kyiv("2026-11-23 00:00")) == (2026, 47)


def test_the_first_days_of_january_may_belong_to_the_old_year():
    assert week_of(KYIV, kyiv("2027-01-03 12:00")) == (2026, 53)
    assert last_complete_week(KYIV, kyiv("2027-01-04 09:00")) == (2026, 53)


def test_a_week_that_the_year_does_not_have_is_an_error():
    with pytest.raises(ValueError, match="week"):
        iso_week_bounds(KYIV, 2027, 53)


def test_a_naive_datetime_belongs_to_no_week():
    with pytest.raises(ValueError, match="naive"):
        week_of(KYIV, datetime(2026, 11, 16, 12))  # noqa: DTZ001 # the mistake under test


def test_digest_is_due_at_its_hour_after_the_week():
    assert digest_due(KYIV, 0, time(9), 2026, 47) == kyiv("2026-11-23 09:00")
    assert digest_due(KYIV, 0, time(), 2026, 47) == kyiv("2026-11-23 00:00")
    assert digest_due(KYIV, 4, time(17), 2026, 47) == kyiv("2026-11-27 17:00")


def test_digest_keeps_its_hour_when_clocks_change():
    due = digest_due(KYIV, 0, time(9), 2026, 43)

    assert due == kyiv("2026-10-26 09:00")
    assert due - digest_due(KYIV, 0, time(9), 2026, 42) == 7 * DAY + HOUR


@given(zones, instants)
def test_every_instant_lies_in_its_week_and_after_the_last_complete_one(zone, at):
    start, end = iso_week_bounds(zone, *week_of(zone, at))
    previous_start, previous_end = iso_week_bounds(zone, *last_complete_week(zone, at))

    assert previous_start < previous_end == start <= at < end


@given(zones, st.integers(0, 6), walls, st.integers(1, 53))
def test_digest_never_comes_before_its_week_is_over_nor_after_the_next(zone, day, wall, week):
    end = iso_week_bounds(zone, 2026, week)[1]

    assert end <= digest_due(zone, day, wall, 2026, week) < end + 7 * DAY + 2 * HOUR
