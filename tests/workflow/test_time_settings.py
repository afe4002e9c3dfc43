"""Settings about time, as people write them."""

from datetime import date, time

import pytest

from bot.workflow.hours.parsing import (
    parse_days,
    parse_holidays,
    parse_hours,
    parse_times,
    parse_weekly,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("mon,wed,sat-sun", {0, 2, 5, 6}),
        ("Sunday - Tuesday", {6, 0, 1}),
        ("thu", {3}),
    ],
)
def test_weekdays_are_read_as_people_write_them(written, meant):
    assert parse_days(written) == meant


def test_hours_times_and_a_weekly_moment_are_read():
    assert parse_hours("09:00-18:00") == (time(9), time(18))
    assert parse_hours("22:00 – 6:30") == (time(22), time(6, 30))
    assert parse_hours("00:00-24:00") == (time(), time())
    assert parse_times("14:00, 09:00,14:00") == (time(9), time(14))
    assert parse_weekly("mon 09:00") == (0, time(9))


def test_holidays_come_from_a_country_a_region_or_single_dates():
    christmas, epiphany = date(2026, 12, 25), date(2026, 1, 6)

    assert christmas in parse_holidays("DE")
    assert epiphany not in parse_holidays("DE")
    assert epiphany in parse_holidays("de-by")
    assert epiphany in parse_holidays("DE, 2026-01-06")
    assert christmas in parse_holidays("2026-12-24, 2026-12-25")
    assert christmas not in parse_holidays("")


@pytest.mark.parametrize(
    ("parse", "written", "says"),
    [
        (parse_days, "mon-fry", "“fry” is no weekday"),
        (parse_days, "", "weekdays such as mon-fri"),
        (parse_days, "mon,,tue", "weekdays such as mon-fri"),
        (parse_hours, "9 to 5", "hours such as 09:00-18:00"),
        (parse_hours, "09:00-25:00", "“25:00” is no time of day"),
        (parse_times, "9am", "“9am” is no time of day"),
        (parse_times, "09:00,", "times such as 09:00,14:00"),
        (parse_weekly, "monday", "a weekday and a time such as mon 09:00"),
        (parse_weekly, "sometimes 09:00", "“sometimes” is no weekday"),
        (parse_holidays, "XX", "country code “XX”"),
        (parse_holidays, "DE-QQ", "known are BB"),
        (parse_holidays, "2026-13-01", "neither a country code such as DE nor a date"),
    ],
)
def test_a_mistake_is_answered_with_what_was_expected(parse, written, says):
    with pytest.raises(ValueError, match=says):
        parse(written)
