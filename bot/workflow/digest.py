"""The weekly digest: posted to the team once a week, and shown to whoever asks how it goes."""

import re
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow import figures
from bot.workflow.hours.wall import local_day
from bot.workflow.hours.weeks import digest_due, iso_week_bounds, last_complete_week, week_of
from bot.workflow.incoming import Incoming
from bot.workflow.may import Deed, require
from bot.workflow.notices import NoticeKind, Place, private, tell
from bot.workflow.policy import Policy
from bot.workflow.sweeping import on_its_own
from storage import chats, digests, events, members
from storage import figures as counts
from storage.models import Chat, Digest

MOST_BACK = 4  # weeks that are made up for after the desk was down; older ones are history
LATE_AFTER = timedelta(hours=6)  # a digest at noon is still Monday's; later it says that it is late
MOMENT = timedelta(seconds=1)
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)

Week = tuple[int, int]  # ISO year and week


async def post_due(session: AsyncSession, *, policy: Policy, now: datetime) -> int:
    """Post the digests that are due and missing, oldest first; how many.

    Weeks before the first article, or due before the chat became the team's, are not made up for.
    """
    chat = await chats.team_chat(session)
    if chat is None:
        return 0
    posted = set(await digests.posted_weeks(session, chat.tg_chat_id))
    missing = [week for week in _weeks_back(policy, now) if week not in posted]
    began_at = await counts.first_article_at(session) if missing else None
    if began_at is None:
        return 0
    set_at = await digests.chat_set_at(session, chat.id)
    count = 0
    for week in missing:
        due_at = digest_due(policy.zone, *policy.digest_at, *week)
        is_before_us = iso_week_bounds(policy.zone, *week)[1] <= began_at
        is_before_chat = set_at is not None and due_at < set_at
        if now < due_at or is_before_us or is_before_chat:
            continue
        is_late = now - due_at > LATE_AFTER
        async with on_its_own(session, "post digest", 100 * week[0] + week[1]):
            if await _post(session, chat, week, is_late=is_late, policy=policy, now=now):
                count += 1
    return count


async def command(
    session: AsyncSession, incoming: Incoming, word: str, *, policy: Policy, now: datetime
) -> None:
    """`/digest` shows the running week in private, `/digest post` posts the last complete one.

    Raises:
        Refusal: another word, no team chat, or posted already.
    """
    if not word:
        await show_running(session, incoming.actor_id, policy=policy, now=now)
        return
    if word.casefold() != "post":
        raise Refusal("digest_words")
    await post_and_say(session, incoming.actor_id, incoming.chat_id, policy=policy, now=now)


async def show_running(
    session: AsyncSession, actor_id: int, *, policy: Policy, now: datetime
) -> None:
    """Send the running week to whoever asks, in their private chat.

    Raises:
        NotPermitted: they are not on the team.
    """
    await require(session, actor_id, Deed.SEE_DIGEST)
    year, number = week_of(policy.zone, now)
    so_far = await figures.week(session, zone=policy.zone, iso_year=year, iso_week=number, now=now)
    place = await _place_of(session, actor_id)
    await tell(session, place, NoticeKind.DIGEST, now=now, figures=so_far)


async def post_and_say(
    session: AsyncSession, actor_id: int, asked_in: int, *, policy: Policy, now: datetime
) -> None:
    """Post the last complete week, and say so to who asked, unless they see it where they asked.

    Raises:
        NotPermitted, Refusal: as for `post`.
    """
    digest = await post(session, policy=policy, now=now, actor_id=actor_id)
    if digest.chat_id != asked_in:
        place = await _place_of(session, actor_id)
        await tell(session, place, NoticeKind.DIGEST, now=now, posted_id=digest.id)


async def post(
    session: AsyncSession,
    *,
    policy: Policy,
    now: datetime,
    actor_id: int | None = None,
    week: Week | None = None,
) -> Digest:
    """Post a complete week, by default the last one; without `actor_id` from the command line.

    Raises:
        NotPermitted: the actor may not post.
        Refusal: there is no team chat, the week is not over, or it is posted already.
    """
    if actor_id is not None:
        await require(session, actor_id, Deed.POST_DIGEST)
    chat = await chats.team_chat(session)
    if chat is None:
        raise Refusal("no_team_chat")
    week = week or last_complete_week(policy.zone, now)
    if iso_week_bounds(policy.zone, *week)[1] > now:
        raise Refusal("week_not_over", week=name_of(week))
    digest = await _post(session, chat, week, is_late=False, policy=policy, now=now)
    if digest is None:
        there = await digests.of_week(session, chat.tg_chat_id, *week)
        on = local_day(policy.zone, there.made_at).isoformat() if there else None
        raise Refusal("digest_posted", week=name_of(week), on=on)
    await events.record(session, "digest.asked", "digest", digest.id, at=now, actor_id=actor_id)
    return digest


async def figures_of(
    session: AsyncSession, week: Week, *, policy: Policy, now: datetime
) -> dict[str, Any]:
    """The week's figures: as they were frozen when it was posted, else counted now."""
    chat = await chats.team_chat(session)
    posted = await digests.of_week(session, chat.tg_chat_id, *week) if chat else None
    if posted is not None:
        return posted.figures
    year, number = week
    return await figures.week(session, zone=policy.zone, iso_year=year, iso_week=number, now=now)


def week_named(written: str) -> Week | None:
    """The week that somebody writes as "2026-W47"; None if there is no such week."""
    match = _WEEK.fullmatch(written.strip())
    if match is None:
        return None
    week = int(match[1]), int(match[2])
    try:
        datetime.fromisocalendar(*week, 1)
    except ValueError:
        return None
    return week


def name_of(week: Week) -> str:
    """The week as people write it: 2026-W47."""
    return f"{week[0]}-W{week[1]:02d}"


def _weeks_back(policy: Policy, now: datetime) -> list[Week]:
    """The last complete week and those before it that may be made up for, oldest first."""
    weeks = [last_complete_week(policy.zone, now)]
    while len(weeks) < MOST_BACK:
        start, _end = iso_week_bounds(policy.zone, *weeks[0])
        weeks.insert(0, week_of(policy.zone, start - MOMENT))
    return weeks


async def _post(
    session: AsyncSession, chat: Chat, week: Week, *, is_late: bool, policy: Policy, now: datetime
) -> Digest | None:
    """Write the digest down with its figures; None when the week is posted already."""
    if await digests.of_week(session, chat.tg_chat_id, *week) is not None:
        return None
    year, number = week
    frozen = await figures.week(session, zone=policy.zone, iso_year=year, iso_week=number, now=now)
    row = Digest(
        desk_id=chat.desk_id,
        chat_id=chat.tg_chat_id,
        iso_year=year,
        iso_week=number,
        figures=frozen,
        is_late=is_late,
        made_at=now,
    )
    digest_id = await digests.add(session, row)
    if digest_id is None:
        return None
    outbox_id = await tell(
        session,
        Place(chat.tg_chat_id, chat.thread_id),
        NoticeKind.DIGEST,
        now=now,
        key=f"digest/{chat.tg_chat_id}/{name_of(week)}",
        digest_id=digest_id,
    )
    await digests.say_in(session, digest_id, outbox_id)
    await events.record(session, "digest.posted", "digest", digest_id, at=now, late=is_late)
    return await digests.get(session, digest_id)


async def _place_of(session: AsyncSession, member_id: int) -> Place | None:
    member = await members.get(session, member_id)
    return private(member) if member is not None else None
