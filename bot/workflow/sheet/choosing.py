"""What the buttons of a sheet do: choose claims, send them, say by when, or close the sheet."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.assignment import assign
from bot.workflow.hours.slots import next_slot
from bot.workflow.hours.wall import as_utc, local_day, local_instant
from bot.workflow.incoming import Tap
from bot.workflow.may import Deed, require
from bot.workflow.policy import Policy
from bot.workflow.sheet_messages import refresh_sheets
from bot.workflow.sheet_states import chosen_of
from storage import claims, events, sheets
from storage.models import Claim
from storage.models.claims import ClaimStatus
from storage.models.intake import ArticleState

DUE_NEXT_DAY = time(14)  # early enough that a late verdict still reaches the evening's edition
SEARCH_DAYS = 60  # the longest pause between two working days that is worth looking beyond


async def choose(
    session: AsyncSession, tap: Tap, claim_id: int, *, chosen: bool, now: datetime
) -> bool:
    """Tick or untick one claim; False when it is no longer on offer, which only refreshes."""
    await require(session, tap.actor_id, Deed.EDIT_SHEET)
    claim = await claims.get(session, claim_id)
    if claim is None:
        return False
    changed = await claims.choose(session, claim_id, chosen=chosen)
    await session.refresh(claim)
    if changed:
        await events.record(
            session, "sheet.choose", "claim", claim_id, at=now, actor_id=tap.actor_id, on=chosen
        )
    await refresh_sheets(session, claim.article_id, now=now)
    return claim.status is ClaimStatus.NEW


async def send_chosen(
    session: AsyncSession,
    tap: Tap,
    article_id: int,
    *,
    expected: int,
    policy: Policy,
    now: datetime,
) -> int | None:
    """Send the ticked claims; how many, or None when there are not `expected` of them.

    Somebody who saw "Send 3" never sends a fourth that another editor ticked meanwhile: then
    nothing is sent and the sheet is refreshed.
    """
    await require(session, tap.actor_id, Deed.EDIT_SHEET)
    ticked = chosen_of(await claims.of_article(session, article_id))
    if len(ticked) != expected or not ticked:
        await refresh_sheets(session, article_id, now=now)
        return None
    return await send(session, tap.actor_id, article_id, ticked, policy=policy, now=now)


async def send(
    session: AsyncSession,
    actor_id: int,
    article_id: int,
    chosen: Sequence[Claim],
    *,
    policy: Policy,
    now: datetime,
) -> int:
    """Let these new claims wait for reviewers from now on; how many there were.

    Raises:
        Refusal: none of them is new.
    """
    ids = [claim.id for claim in chosen]
    readers = policy.reviewers_per_claim
    sent = await claims.keep(session, ids, readers_needed=readers, now=now)
    if not sent:
        raise Refusal("nothing_to_send")
    for claim in chosen:
        await session.refresh(claim)
    await open_article(session, article_id)
    await events.record(
        session, "sheet.send", "article", article_id, at=now, actor_id=actor_id, claim_ids=ids
    )
    await refresh_sheets(session, article_id, now=now)
    return sent


async def hand_out(
    session: AsyncSession, tap: Tap, article_id: int, *, policy: Policy, now: datetime
) -> int | None:
    """Give what waits of this article to reviewers at once; how many readings went out.

    None when nothing waits any more, which only refreshes.
    """
    await require(session, tap.actor_id, Deed.EDIT_SHEET)
    tallies = await claims.tallies(session, [article_id])
    if not any(status is ClaimStatus.KEPT for _article, status, _count in tallies):
        await refresh_sheets(session, article_id, now=now)
        return None
    given = await assign(session, policy=policy, now=now, article_id=article_id)
    await refresh_sheets(session, article_id, now=now)
    return given


async def open_article(session: AsyncSession, article_id: int) -> None:
    """The article has claims under check."""
    others = frozenset(ArticleState) - {ArticleState.OPEN}
    await sheets.move(session, article_id, seen=others, to=ArticleState.OPEN)


async def close_article(session: AsyncSession, tap: Tap, article_id: int, *, now: datetime) -> bool:
    """Nothing to check here; False when claims were sent or it was closed already."""
    await require(session, tap.actor_id, Deed.EDIT_SHEET)
    untouched = {ArticleState.UNTRIAGED}
    closed = await sheets.move(session, article_id, seen=untouched, to=ArticleState.CLOSED)
    if closed:
        await events.record(
            session, "article.close", "article", article_id, at=now, actor_id=tap.actor_id
        )
    await refresh_sheets(session, article_id, now=now)
    return closed


async def cycle_due(
    session: AsyncSession, tap: Tap, article_id: int, *, policy: Policy, now: datetime
) -> datetime | None:
    """Go on to the next usual due time: tonight, the next working day, none; the new one."""
    await require(session, tap.actor_id, Deed.EDIT_SHEET)
    found = await sheets.article(session, article_id)
    if found is None:
        raise Refusal("no_such_article", article=article_id)
    later = [due for due in due_choices(policy, now) if due > (found[0].due_at or now)]
    due_at = later[0] if later else None
    await sheets.set_due(session, article_id, due_at)
    await session.refresh(found[0])
    await events.record(session, "sheet.due", "article", article_id, at=now, actor_id=tap.actor_id)
    await refresh_sheets(session, article_id, now=now)
    return due_at


def due_choices(policy: Policy, now: datetime) -> list[datetime]:
    """The end of today's work if it is still ahead, and the next working day's afternoon."""
    today = local_day(policy.zone, now)
    tonight = local_instant(policy.zone, today, policy.end)
    next_days = (today + timedelta(days=ahead) for ahead in range(1, SEARCH_DAYS))
    next_day = next((day for day in next_days if _is_working(policy, day)), None)
    choices = [tonight] if tonight > as_utc(now) and _is_working(policy, today) else []
    if next_day is not None:
        choices.append(local_instant(policy.zone, next_day, DUE_NEXT_DAY))
    return choices


def next_handing_out(policy: Policy, now: datetime) -> datetime:
    """When the clock will next give claims to reviewers; now, if it never will."""
    slot = next_slot(policy.zone, policy.assign_at, policy.days, policy.holidays, at=now)
    return slot or now.astimezone(UTC)


def _is_working(policy: Policy, day: date) -> bool:
    return day.weekday() in policy.days and day not in policy.holidays
