"""The week in figures, and the digest that is posted once a week."""

import asyncio
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import NotPermitted, Refusal
from bot.workflow import digest, figures
from bot.workflow.incoming import Incoming
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import Policy
from bot.workflow.settling import reconsider
from storage import chats, events
from storage.database import Sessions, database_url
from storage.models import Chat, Digest, Member, Outbox
from storage.models.claims import ClaimStatus, Rating
from storage.models.people import ChatPurpose, Role
from tests.builders import DAY, HOUR, MONDAY, a_claim, a_member, an_article
from tests.workflow.judging import OTHER_QUOTE, POLICY, a_case

CHANNEL = -1001
NEXT_MONDAY = MONDAY + 7 * DAY
UTC_ZONE = ZoneInfo("UTC")
WEEK = (2026, 48)  # of MONDAY


async def a_team_chat(session: AsyncSession) -> Chat:
    chat = Chat(desk_id=1, tg_chat_id=CHANNEL, kind="channel", purpose=ChatPurpose.TEAM)
    return await chats.add(session, chat)


async def a_desk_with_an_article(session: AsyncSession) -> Member:
    editor = await a_member(session, "Eda", Role.EDITOR)
    await an_article(session, editor)
    await a_team_chat(session)
    return editor


async def posts(session: AsyncSession) -> list[Outbox]:
    query = select(Outbox).where(Outbox.kind == NoticeKind.DIGEST.value, Outbox.chat_id == CHANNEL)
    return list((await session.exec(query.order_by(col(Outbox.id)))).all())


async def week_of_monday(session: AsyncSession, **more: Any) -> dict[str, Any]:
    now = more.get("now", NEXT_MONDAY)
    return await figures.week(session, zone=UTC_ZONE, iso_year=2026, iso_week=48, now=now)


def asks(member: Member, chat_id: int | None = None) -> Incoming:
    return Incoming(actor_id=member.id, chat_id=chat_id or member.tg_user_id or 0, message_id=1)


async def test_the_weeks_claims_add_up(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE, at=MONDAY + 3 * HOUR)
    await case.settles(MONDAY + 3 * HOUR)
    for number, fields in enumerate(
        (
            {"status": ClaimStatus.KEPT},
            {"status": ClaimStatus.DROPPED},
            {
                "status": ClaimStatus.CLEARED,
                "verdict": Rating.TRUE,
                "decided_at": MONDAY + DAY,
                "cleared_at": MONDAY + DAY,
            },
        ),
        start=2,
    ):
        await a_claim(session, case.version, OTHER_QUOTE, number=number, kept_at=MONDAY, **fields)

    week = await week_of_monday(session)

    assert (week["week"], week["from"], week["to"]) == ("2026-W48", "2026-11-23", "2026-11-29")
    assert (week["articles"], week["kept"], week["decided"]) == (1, 3, 2)
    assert (week["cleared"], week["blocking"], week["open"]) == (1, 1, 1)
    assert {name: n for name, n in week["ratings"].items() if n} == {"true": 1, "false": 1}
    assert week["per_day"][:2] == [
        {"day": "2026-11-23", "decided": 1, "received": 3},
        {"day": "2026-11-24", "decided": 1, "received": 0},
    ]


async def test_what_was_decided_this_moment_counts_in_the_running_week(
    session: AsyncSession,
) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE)
    claim = await case.settles()

    week = await week_of_monday(session, now=claim.decided_at)

    assert (week["decided"], week["open"]) == (1, 0)


async def test_days_begin_where_the_desk_is(session: AsyncSession) -> None:
    case = await a_case(session)
    late_on_sunday = MONDAY - 10 * HOUR  # 23:00 UTC; in Kyiv it is Monday already
    case.claim.kept_at = late_on_sunday
    await session.flush()

    week = await figures.week(
        session, zone=ZoneInfo("Europe/Kyiv"), iso_year=2026, iso_week=48, now=NEXT_MONDAY
    )

    assert week["per_day"][0] == {"day": "2026-11-23", "decided": 0, "received": 1}


async def test_time_to_verdict_is_waiting_and_working(session: AsyncSession) -> None:
    case = await a_case(session)
    case.assignments[0].opened_at = MONDAY + 5 * HOUR
    await case.answers(0, Rating.TRUE, at=MONDAY + 7 * HOUR)
    await case.settles(MONDAY + 7 * HOUR)

    week = await week_of_monday(session)

    assert (week["hours_waiting"], week["hours_working"]) == (5, 2)
    assert week["hours_to_verdict"] == 7
    assert week["hours_to_verdict_last_week"] is None


async def test_the_week_names_what_waits_longest_and_who_has_it(session: AsyncSession) -> None:
    case = await a_case(session)

    week = await week_of_monday(session)

    assert week["stuck"] == [
        {
            "article": case.article.id,
            "claim": 1,
            "days": 7,
            "status": "assigned",
            "holder_ids": [case.readers[0].id],
        }
    ]


async def test_what_was_decided_in_an_earlier_week_and_still_blocks_is_named(
    session: AsyncSession,
) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE)
    await case.settles()

    same = await week_of_monday(session)
    later = await figures.week(
        session, zone=UTC_ZONE, iso_year=2026, iso_week=49, now=NEXT_MONDAY + 7 * DAY
    )

    assert same["blocked"] == []
    assert later["blocked"] == [{"article": case.article.id, "claim": 1, "since": "2026-11-23"}]


async def test_untouched_articles_are_named(session: AsyncSession) -> None:
    editor = await a_member(session, "Eda", Role.EDITOR)
    article, _version = await an_article(session, editor)

    week = await week_of_monday(session)

    assert week["untriaged"] == [{"article": article.id, "since": "2026-11-23"}]


async def test_a_verdict_that_changed_is_a_correction(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.TRUE)
    await case.settles()
    await case.answers(0, Rating.FALSE, at=MONDAY + DAY)
    await reconsider(session, case.claim.id, policy=POLICY, now=MONDAY + DAY)

    week = await week_of_monday(session)

    assert week["corrected"] == [
        {
            "article": case.article.id,
            "claim": 1,
            "quote": "There were 78 complaints at first",
            "before": "true",
            "after": "false",
            "on": "2026-11-24",
        }
    ]


async def test_the_digest_is_posted_when_it_is_due_and_only_once(session: AsyncSession) -> None:
    await a_desk_with_an_article(session)

    early = await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY - HOUR)
    due = await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY)
    again = await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY + HOUR)

    assert (early, due, again) == (0, 1, 0)
    (post,) = await posts(session)
    (row,) = (await session.exec(select(Digest))).all()
    assert (row.iso_year, row.iso_week, row.is_late, row.outbox_id) == (*WEEK, False, post.id)
    assert row.figures["articles"] == 1


async def test_weeks_missed_while_down_are_posted_late_and_marked(session: AsyncSession) -> None:
    await a_desk_with_an_article(session)

    assert await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY + 8 * DAY) == 2

    rows = (await session.exec(select(Digest).order_by(col(Digest.iso_week)))).all()
    assert [(row.iso_week, row.is_late) for row in rows] == [(48, True), (49, True)]


async def test_after_a_long_absence_only_the_last_weeks_are_made_up_for(
    session: AsyncSession,
) -> None:
    await a_desk_with_an_article(session)

    count = await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY + 70 * DAY)

    assert count == digest.MOST_BACK


async def test_a_chat_gets_no_digests_from_before_it_was_the_teams(session: AsyncSession) -> None:
    editor = await a_member(session, "Eda", Role.EDITOR)
    await an_article(session, editor)
    chat = await a_team_chat(session)
    await events.record(session, "team_chat.set", "chat", chat.id, at=NEXT_MONDAY + DAY)
    await session.flush()

    assert await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY + 2 * DAY) == 0
    assert await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY + 7 * DAY) == 1


async def test_without_a_team_chat_nothing_is_posted(session: AsyncSession) -> None:
    editor = await a_member(session, "Eda", Role.EDITOR)
    await an_article(session, editor)

    assert await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY) == 0
    with pytest.raises(Refusal) as refused:
        await digest.command(session, asks(editor), "post", policy=POLICY, now=NEXT_MONDAY)
    assert refused.value.what == "no_team_chat"


async def test_an_editor_posts_early_and_the_clock_does_not_post_again(
    session: AsyncSession,
) -> None:
    editor = await a_desk_with_an_article(session)
    early = NEXT_MONDAY - 8 * HOUR

    await digest.command(session, asks(editor), "post", policy=POLICY, now=early)
    await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY)

    assert len(await posts(session)) == 1


async def test_a_second_post_says_when_the_first_was(session: AsyncSession) -> None:
    editor = await a_desk_with_an_article(session)
    await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY)

    with pytest.raises(Refusal) as refused:
        await digest.command(session, asks(editor), "post", policy=POLICY, now=NEXT_MONDAY + DAY)

    assert refused.value.what == "digest_posted"
    assert refused.value.details == {"week": "2026-W48", "on": "2026-11-30"}


async def test_a_reviewer_sees_the_running_week_but_does_not_post(session: AsyncSession) -> None:
    await a_desk_with_an_article(session)
    reviewer = await a_member(session, "Olha", Role.REVIEWER)

    await digest.command(session, asks(reviewer, CHANNEL), "", policy=POLICY, now=MONDAY + DAY)

    query = select(Outbox).where(Outbox.kind == NoticeKind.DIGEST.value)
    (shown,) = (await session.exec(query)).all()
    assert shown.chat_id == reviewer.tg_user_id  # in private, wherever it was asked
    assert shown.facts["figures"]["is_running"] is True
    with pytest.raises(NotPermitted):
        await digest.command(session, asks(reviewer), "post", policy=POLICY, now=NEXT_MONDAY)


async def test_a_week_that_runs_is_not_posted(session: AsyncSession) -> None:
    await a_desk_with_an_article(session)

    with pytest.raises(Refusal) as refused:
        await digest.post(session, policy=Policy(), now=MONDAY + DAY, week=WEEK)

    assert refused.value.what == "week_not_over"


async def test_posted_figures_stay_as_they_were(session: AsyncSession) -> None:
    editor = await a_desk_with_an_article(session)
    await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY)
    await an_article(session, editor)

    later = NEXT_MONDAY + timedelta(days=1)
    frozen = await digest.figures_of(session, WEEK, policy=POLICY, now=later)

    assert frozen["articles"] == 1


@pytest.mark.parametrize(
    ("written", "week"),
    [("2026-W47", (2026, 47)), ("2026w7", (2026, 7)), ("2026-W54", None), ("47", None)],
)
def test_weeks_are_named_as_people_write_them(written: str, week: tuple[int, int] | None) -> None:
    assert digest.week_named(written) == week


async def test_two_processes_post_a_week_once(database: str) -> None:
    one, other = Sessions(database_url(database)), Sessions(database_url(database))
    async with one.begin() as session:
        await a_desk_with_an_article(session)

    async def sweep(sessions: Sessions) -> int:
        async with sessions.begin() as session:
            return await digest.post_due(session, policy=POLICY, now=NEXT_MONDAY)

    counts = await asyncio.gather(sweep(one), sweep(other))

    assert sorted(counts) == [0, 1]
    async with one.read() as session:
        assert len(await posts(session)) == 1
    await one.close()
    await other.close()
