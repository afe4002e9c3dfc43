"""How working time passes for one person."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workflow.hours.working import (
    WorkingHours,
    add_working,
    is_working,
    next_working,
    working_between,
)

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
KYIV = ZoneInfo("Europe/Kyiv")
MON_FRI = frozenset(range(5))
NINE_TO_SIX = {"days": MON_FRI, "start": time(9), "end": time(18)}

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
amounts = st.timedeltas(timedelta(), timedelta(days=5))


def kyiv(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


def office(**changed: object) -> WorkingHours:
    return WorkingHours(**{"zone": KYIV, **NINE_TO_SIX, **changed})


@st.composite
def working_hours(draw: st.DrawFn) -> WorkingHours:
    spans = st.tuples(instants, st.timedeltas(timedelta(), timedelta(days=20))).map(
        lambda drawn: (drawn[0], drawn[0] + drawn[1])
    )
    return WorkingHours(
        zone=draw(zones),
        days=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        start=draw(walls),
        end=draw(walls),
        holidays=draw(st.frozensets(st.dates(date(2025, 12, 20), date(2027, 1, 15)), max_size=20)),
        away=tuple(draw(st.lists(spans, max_size=3))),
        on_duty=tuple(draw(st.lists(spans, max_size=2))),
    )


def test_due_time_runs_only_in_working_time():
    friday_at_four = kyiv("2026-11-20 16:00")

    due = add_working(office(), friday_at_four, 8 * HOUR)

    assert due == kyiv("2026-11-23 15:00")
    assert due.tzinfo is UTC


def test_a_whole_shift_is_over_the_same_evening():
    assert add_working(office(), kyiv("2026-11-16 09:00"), 9 * HOUR) == kyiv("2026-11-16 18:00")


def test_work_has_begun_at_nine_and_is_over_at_six():
    assert is_working(office(), kyiv("2026-11-16 09:00"))
    assert not is_working(office(), kyiv("2026-11-16 18:00"))
    assert next_working(office(), kyiv("2026-11-16 18:00")) == kyiv("2026-11-17 09:00")


def test_no_time_at_all_changes_nothing_even_at_night():
    assert add_working(office(), kyiv("2026-11-16 03:00"), timedelta()) == kyiv("2026-11-16 03:00")


def test_holidays_and_absences_are_not_worked():
    hours = office(
        holidays=frozenset({date(2026, 11, 17)}),
        away=((kyiv("2026-11-18 09:00"), kyiv("2026-11-18 12:00")),),
    )

    assert add_working(hours, kyiv("2026-11-16 17:00"), 2 * HOUR) == kyiv("2026-11-18 13:00")


def test_nothing_is_due_for_somebody_away_until_told():
    hours = office(away=((kyiv("2026-11-16 12:00"), None),))

    assert add_working(hours, kyiv("2026-11-16 10:00"), HOUR) == kyiv("2026-11-16 11:00")
    assert add_working(hours, kyiv("2026-11-16 11:00"), 2 * HOUR) is None
    assert next_working(hours, kyiv("2026-11-16 12:00")) is None


def test_a_volunteer_on_duty_works_at_night_on_a_holiday_and_during_an_absence():
    hours = office(
        holidays=frozenset({date(2026, 11, 16)}),
        away=((kyiv("2026-11-01 00:00"), None),),
        on_duty=((kyiv("2026-11-16 22:00"), kyiv("2026-11-17 04:00")),),
    )

    assert is_working(hours, kyiv("2026-11-17 03:59"))
    assert add_working(hours, kyiv("2026-11-16 12:00"), 6 * HOUR) == kyiv("2026-11-17 04:00")
    assert add_working(hours, kyiv("2026-11-16 12:00"), 6 * HOUR + MINUTE) is None


def test_duty_within_a_shift_counts_once():
    hours = office(on_duty=((kyiv("2026-11-16 15:00"), kyiv("2026-11-16 21:00")),))

    assert working_between(hours, kyiv("2026-11-16 00:00"), kyiv("2026-11-17 00:00")) == 12 * HOUR


def test_night_shift_runs_on_into_a_day_off():
    hours = office(start=time(22), end=time(6))

    assert is_working(hours, kyiv("2026-11-21 05:59"))  # Saturday, begun on Friday
    assert next_working(hours, kyiv("2026-11-21 06:00")) == kyiv("2026-11-23 22:00")


def test_equal_ends_mean_round_the_clock():
    hours = office(days=frozenset(range(7)), start=time(), end=time())

    assert add_working(hours, kyiv("2026-11-16 10:00"), 30 * HOUR) == kyiv("2026-11-17 16:00")


def test_night_in_which_clocks_change_has_the_hours_that_really_pass():
    hours = office(days=frozenset(range(7)), start=time(22), end=time(6))

    spring = working_between(hours, kyiv("2026-03-28 12:00"), kyiv("2026-03-29 12:00"))
    autumn = working_between(hours, kyiv("2026-10-24 12:00"), kyiv("2026-10-25 12:00"))

    assert (spring, autumn) == (7 * HOUR, 9 * HOUR)


def test_time_that_runs_backwards_counts_as_none():
    assert working_between(office(), kyiv("2026-11-17 12:00"), kyiv("2026-11-16 12:00")) == 0 * HOUR


def test_naive_datetimes_are_an_error_wherever_they_come_in():
    naive, aware = datetime(2026, 11, 16, 12), kyiv("2026-11-16 12:00")  # noqa: DTZ001 # the mistake under test

    for mistake in (
        lambda: is_working(office(), naive),
        lambda: next_working(office(), naive),
        lambda: add_working(office(), naive, HOUR),
        lambda: working_between(office(), aware, naive),
        lambda: office(away=((naive, None),)),
        lambda: office(on_duty=((aware, naive),)),
    ):
        with pytest.raises(ValueError, match="naive"):
            mistake()


def test_a_negative_amount_of_work_is_refused():
    with pytest.raises(ValueError, match="backwards"):
        add_working(office(), kyiv("2026-11-16 12:00"), -HOUR)


@given(working_hours(), instants, amounts)
def test_the_time_added_is_the_time_that_passes(hours, at, amount):
    due = add_working(hours, at, amount)

    if due is not None:
        assert working_between(hours, at, due) == amount


@given(working_hours(), instants, amounts)
def test_a_due_time_is_the_earliest_and_lies_in_working_time_or_on_its_end(hours, at, amount):
    due = add_working(hours, at, amount)

    if due is not None and amount:
        assert is_working(hours, due - timedelta.resolution)
        assert working_between(hours, at, due - timedelta.resolution) < amount


@given(working_hours(), instants, amounts, amounts)
def test_more_time_is_never_due_earlier(hours, at, one, other):
    less, more = sorted((one, other))
    due_less, due_more = add_working(hours, at, less), add_working(hours, at, more)

    assert due_more is None or (due_less is not None and due_less <= due_more)


@given(working_hours(), instants, st.timedeltas(timedelta(), 30 * DAY), amounts)
def test_work_given_later_is_never_due_earlier(hours, at, later, amount):
    due, due_later = (
        add_working(hours, at, amount),
        add_working(hours, at + later, amount),
    )

    assert due is None or due_later is None or due <= due_later


@given(working_hours(), instants, amounts, amounts)
def test_time_can_be_counted_in_pieces(hours, at, first, second):
    middle, end = at + first, at + first + second

    pieces = working_between(hours, at, middle) + working_between(hours, middle, end)

    assert pieces == working_between(hours, at, end)


@given(working_hours(), instants)
def test_next_working_time_is_working_and_nothing_before_it_is(hours, at):
    begins = next_working(hours, at)

    if begins is not None:
        assert is_working(hours, begins)
        assert working_between(hours, at, begins) == timedelta()


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_every_half_hour_of_a_year_is_working_when_the_wall_says_so(zone):
    hours = WorkingHours(zone=zone, **NINE_TO_SIX)
    at = datetime(2026, 1, 1, tzinfo=UTC)

    while at < datetime(2027, 1, 1, tzinfo=UTC):
        shown = at.astimezone(zone)
        expected = shown.weekday() < 5 and time(9) <= shown.time() < time(18)
        assert is_working(hours, at) == expected, shown
        at += 30 * MINUTE
