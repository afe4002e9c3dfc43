"""The moments at which the desk hands out work."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.workflow.hours.parsing import parse_holidays
from bot.workflow.hours.slots import latest_slot, next_slot, slots_between

SECOND = timedelta(seconds=1)
KYIV = ZoneInfo("Europe/Kyiv")
BERLIN = ZoneInfo("Europe/Berlin")
MON_FRI = frozenset(range(5))

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


def slots_of_the_desk(*, after: datetime, until: datetime) -> list[datetime]:
    holidays = parse_holidays("2026-11-17")
    return slots_between(KYIV, (time(9), time(14)), MON_FRI, holidays, after=after, until=until)


def test_slots_come_on_working_days_only():
    slots = slots_of_the_desk(after=kyiv("2026-11-13 14:00"), until=kyiv("2026-11-18 09:00"))

    assert slots == [
        kyiv("2026-11-16 09:00"),
        kyiv("2026-11-16 14:00"),
        kyiv("2026-11-18 09:00"),
    ]


def test_the_slot_that_has_come_stays_the_latest_until_the_next():
    rule = (KYIV, (time(9), time(14)), MON_FRI, frozenset[date]())

    assert latest_slot(*rule, at=kyiv("2026-11-16 09:00")) == kyiv("2026-11-16 09:00")
    assert latest_slot(*rule, at=kyiv("2026-11-16 08:59")) == kyiv("2026-11-13 14:00")
    assert next_slot(*rule, at=kyiv("2026-11-16 09:00")) == kyiv("2026-11-16 14:00")


def test_a_desk_without_slots_has_no_next_one():
    assert next_slot(KYIV, (), MON_FRI, (), at=kyiv("2026-11-16 09:00")) is None
    assert latest_slot(KYIV, (time(9),), frozenset(), (), at=kyiv("2026-11-16 09:00")) is None


def test_two_times_in_the_same_gap_are_one_slot():
    slots = slots_between(
        BERLIN,
        (time(2, 10), time(2, 40)),
        frozenset(range(7)),
        (),
        after=datetime(2026, 3, 29, tzinfo=UTC),
        until=datetime(2026, 3, 29, 12, tzinfo=UTC),
    )

    assert slots == [datetime(2026, 3, 29, 1, tzinfo=UTC)]


@settings(max_examples=50)
@given(zones, st.lists(walls, min_size=1, max_size=3), instants, st.lists(amounts, max_size=6))
def test_a_sweep_sees_every_slot_once_however_often_it_looks(zone, times, at, pauses):
    rule = (zone, tuple(times), MON_FRI, frozenset[date]())
    looks = [at]
    for pause in pauses:
        looks.append(looks[-1] + pause)

    seen = [
        slot
        for after, until in pairwise(looks)
        for slot in slots_between(*rule, after=after, until=until)
    ]

    assert seen == slots_between(*rule, after=at, until=looks[-1])


@settings(max_examples=50)
@given(zones, st.lists(walls, min_size=1, max_size=3), instants)
def test_no_slot_lies_between_the_latest_and_the_next(zone, times, at):
    rule = (zone, tuple(times), MON_FRI, frozenset[date]())
    latest, coming = latest_slot(*rule, at=at), next_slot(*rule, at=at)

    assert latest is not None
    assert coming is not None
    assert latest <= at < coming
    assert slots_between(*rule, after=latest, until=coming) == [coming]
