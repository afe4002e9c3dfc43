"""Away and back, on duty, own hours: by button or in a few words."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.workflow import absences, own_words
from bot.workflow.hours.working import is_working
from bot.workflow.notices import NoticeKind, private, tell
from bot.workflow.policy import Policy, hours_of
from storage import assignments, members
from storage.models import Member, Outbox
from storage.models.people import Role
from tests.builders import DAY, HOUR, MONDAY, a_claim, a_member, an_article, an_assignment

POLICY = Policy()
KYIV = "Europe/Kyiv"  # two hours ahead of UTC in November


async def works_at(session: Any, member: Member, at: datetime) -> bool:
    rows = await members.absences_of(session, [member.id], since=MONDAY - DAY)
    return is_working(hours_of(member, rows, POLICY), at)


async def types(session: Any, member: Member, words: str) -> None:
    await own_words.follow(session, member.id, words, policy=POLICY, now=MONDAY)


async def test_away_today_ends_at_the_persons_own_midnight(session: Any) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER, timezone=KYIV)

    await absences.go_away_days(session, member.id, 1, policy=POLICY, now=MONDAY)

    row = (await members.absences_of(session, [member.id], since=MONDAY))[0]
    assert row.until_at == datetime(2026, 11, 23, 22, tzinfo=UTC)
    assert not await works_at(session, member, MONDAY + HOUR)
    assert await works_at(session, member, MONDAY + DAY)


async def test_back_ends_the_absence(session: Any) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)
    await absences.go_away(session, member.id, until_at=None, policy=POLICY, now=MONDAY)

    await absences.come_back(session, member.id, policy=POLICY, now=MONDAY + HOUR)

    assert await works_at(session, member, MONDAY + HOUR)
    assert await members.absences_of(session, [member.id], since=MONDAY + HOUR) == []


async def test_on_duty_counts_at_night_and_during_an_absence(session: Any) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)
    night = MONDAY + 12 * HOUR
    await absences.go_away(session, member.id, until_at=None, policy=POLICY, now=MONDAY)

    await absences.go_on_duty(session, member.id, 6, policy=POLICY, now=night)

    assert await works_at(session, member, night + 5 * HOUR)
    assert not await works_at(session, member, night + 6 * HOUR)


async def test_an_absence_ends_a_running_duty(session: Any) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)
    await absences.go_on_duty(session, member.id, 6, policy=POLICY, now=MONDAY)

    await absences.go_away_days(session, member.id, 1, policy=POLICY, now=MONDAY + HOUR)

    assert not await works_at(session, member, MONDAY + 2 * HOUR)


async def test_due_times_stand_still_while_somebody_is_away(session: Any) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    member = await a_member(session, "Olha", Role.REVIEWER)
    _article, version = await an_article(session, editor)
    claim = await a_claim(session, version, "78 complaints")
    held = await an_assignment(session, claim, member)

    await absences.go_away_days(session, member.id, 1, policy=POLICY, now=MONDAY + HOUR)

    later = await assignments.get(session, held.id)
    assert later is not None
    assert later.due_at == MONDAY + DAY + 7 * HOUR  # one of eight hours was used


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("away until 27 Nov", datetime(2026, 11, 27, tzinfo=UTC)),
        ("Away until Nov 27th.", datetime(2026, 11, 27, tzinfo=UTC)),
        ("away until 27.11.", datetime(2026, 11, 27, tzinfo=UTC)),
        ("away till 2027-01-04", datetime(2027, 1, 4, tzinfo=UTC)),
        ("away until Friday 14:00", datetime(2026, 11, 27, 14, tzinfo=UTC)),
        ("away until tomorrow", datetime(2026, 11, 24, tzinfo=UTC)),
        ("away today", datetime(2026, 11, 24, tzinfo=UTC)),
        ("away until told", None),
        ("away", None),
    ],
)
async def test_an_absence_can_be_typed(session: Any, words: str, until: datetime | None) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)

    await types(session, member, words)

    row = (await members.absences_of(session, [member.id], since=MONDAY))[0]
    assert row.until_at == until


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("10:00-16:00", {"start": "10:00", "end": "16:00"}),
        ("10:00 – 16:00", {"start": "10:00", "end": "16:00"}),
        ("tue-sat 10:00-16:00", {"days": [1, 2, 3, 4, 5], "start": "10:00", "end": "16:00"}),
        ("Mon, Wed", {"days": [0, 2]}),
    ],
)
async def test_hours_can_be_typed(session: Any, words: str, hours: dict[str, Any]) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)

    await types(session, member, words)

    assert member.hours == hours


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Europe/Kyiv", "Europe/Kyiv"),
        ("kyiv", "Europe/Kyiv"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
    ],
)
async def test_a_time_zone_can_be_typed(session: Any, words: str, zone: str) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)

    await types(session, member, words)

    assert member.timezone == zone


async def test_every_typed_wish_is_answered_with_the_card(session: Any) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)

    await types(session, member, "on for 6 h")

    row = (await session.exec(select(Outbox))).one()
    assert (row.chat_id, row.kind) == (member.tg_user_id, NoticeKind.ME)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("blah", "unclear_card"),
        ("away until blah", "unclear_card"),
        ("away until 31 Feb", "unclear_card"),
        ("away until Friday 25:00", "unclear_card"),
        ("on for 99 h", "unclear_card"),
        ("25:00-26:00", "unclear_card"),
        ("away until 2020-01-01", "date_is_past"),
    ],
)
async def test_what_cannot_be_understood_changes_nothing(
    session: Any, words: str, why: str
) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)

    with pytest.raises(Refusal, match=why):
        await types(session, member, words)

    assert await members.absences_of(session, [member.id], since=MONDAY) == []
    assert member.hours is None


@pytest.mark.parametrize(
    "words", ["on for 6 h", "On for 2 hours", "away until Friday", "back", "I’m back!"]
)
def test_such_words_need_no_command(words: str) -> None:
    assert own_words.is_plain_wish(words)


@pytest.mark.parametrize(
    "words", ["away", "back to you", "10:00-16:00", "False. He was away", "on it"]
)
def test_other_words_do(words: str) -> None:
    assert not own_words.is_plain_wish(words)


def test_a_day_without_a_year_is_the_next_one() -> None:
    today = date(2026, 11, 23)  # a Monday

    assert own_words.day_meant("22 Nov", today) == date(2027, 11, 22)
    assert own_words.day_meant("24 Nov", today) == date(2026, 11, 24)
    assert own_words.day_meant("monday", today) == date(2026, 11, 30)
    assert own_words.day_meant("sun", today) == date(2026, 11, 29)


async def test_own_days_and_hours_are_chosen_apart_and_given_up_together(session: Any) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)

    await absences.set_hours(session, member.id, days=[5, 6], policy=POLICY, now=MONDAY)
    times = (time(10), time(16))
    await absences.set_hours(session, member.id, times=times, policy=POLICY, now=MONDAY)
    assert hours_of(member, [], POLICY).days == {5, 6}
    assert hours_of(member, [], POLICY).start == time(10)

    await absences.use_desk_hours(session, member.id, policy=POLICY, now=MONDAY)
    assert hours_of(member, [], POLICY).days == POLICY.days


async def test_the_zone_chosen_under_the_welcome_turns_it_into_what_happens_next(
    session: Any,
) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)
    welcome = await tell(session, private(member), NoticeKind.WELCOME, now=MONDAY)

    await absences.choose_zone(session, member.id, KYIV, policy=POLICY, now=MONDAY)
    await absences.turn_card(session, member.id, welcome, now=MONDAY)

    edit = (await session.exec(select(Outbox).where(Outbox.target_id == welcome))).one()
    assert edit.kind == NoticeKind.WELCOME
    assert hours_of(member, [], POLICY).zone == ZoneInfo(KYIV)


async def test_duty_has_an_end(session: Any) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)

    for hours in (0, 25):
        with pytest.raises(Refusal):
            await absences.go_on_duty(session, member.id, hours, policy=POLICY, now=MONDAY)
    await absences.go_on_duty(session, member.id, 24, policy=POLICY, now=MONDAY)
    await absences.end_duty(session, member.id, policy=POLICY, now=MONDAY + timedelta(hours=1))

    assert await members.absences_of(session, [member.id], since=MONDAY + HOUR) == []
