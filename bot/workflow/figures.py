"""The week in figures: what came in, what was decided, how long it took, what needs somebody."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.hours.wall import local_day
from bot.workflow.hours.weeks import iso_week_bounds
from storage import figures
from storage.models import Claim
from storage.models.claims import Rating

DAY = timedelta(days=1)
JUST_NOW = timedelta(microseconds=1)  # a span's end is not part of it, the present moment is
WEEK_DAYS = 7
NAMED_AT_MOST = 3  # in each list: a caption holds 1024 characters
QUOTE_CHARS = 40


@dataclass(frozen=True)
class _Span:
    """A week, or as much of it as is over; `zone` decides where its days begin."""

    zone: ZoneInfo
    start: datetime
    end: datetime

    def holds(self, at: datetime | None) -> bool:
        return at is not None and self.start <= at < self.end


async def week(
    session: AsyncSession, *, zone: ZoneInfo, iso_year: int, iso_week: int, now: datetime
) -> dict[str, Any]:
    """The desk's ISO week in `zone` as plain JSON: counts, spans in hours, ids of what to name.

    Of a week that is not over, what has happened until `now`. `kept` are the claims that were in
    work: sent before the week's end and not decided before its start, so that
    kept = cleared + blocking + open. People are given by id.

    Raises:
        ValueError: that year has no such week.
    """
    start, end = iso_week_bounds(zone, iso_year, iso_week)
    span = _Span(zone, start, min(end, now + JUST_NOW))
    monday = date.fromisocalendar(iso_year, iso_week, 1)
    in_work = await figures.claims_in_work(session, span.start, span.end)
    decided = [claim for claim, _unsourced in in_work if span.holds(claim.decided_at)]
    cleared = [claim for claim in decided if claim.cleared_at and claim.cleared_at < span.end]
    before = await _hours(session, _week_before(zone, monday))
    return {
        "week": f"{iso_year}-W{iso_week:02d}",
        "from": monday.isoformat(),
        "to": (monday + (WEEK_DAYS - 1) * DAY).isoformat(),
        "is_running": now < end,
        "articles": await figures.article_count(session, span.start, span.end),
        "kept": len(in_work),
        "decided": len(decided),
        "cleared": len(cleared),
        "blocking": len(decided) - len(cleared),
        "open": len(in_work) - len(decided),
        "ratings": _ratings(decided),
        "per_day": _per_day(span, monday, [claim for claim, _unsourced in in_work]),
        **await _hours(session, span),
        "hours_to_verdict_last_week": before["hours_to_verdict"],
        **await _stuck(session, span, [claim for claim, _ in in_work], now=now),
        **_named("blocked", await _blocked(session, span)),
        **_named("untriaged", await _untriaged(session, span)),
        **_named("corrected", await _corrected(session, span), newest=True),
        "unsourced": sum(
            1 for one, is_unsourced in in_work if is_unsourced and span.holds(one.decided_at)
        ),
    }


def _named(what: str, found: Sequence[dict[str, Any]], *, newest: bool = False) -> dict[str, Any]:
    """Those of a list that are named, and how many are not."""
    named = found[-NAMED_AT_MOST:] if newest else found[:NAMED_AT_MOST]
    return {what: list(named), f"{what}_more": len(found) - len(named)}


def _week_before(zone: ZoneInfo, monday: date) -> _Span:
    year, number, _day = (monday - DAY).isocalendar()
    return _Span(zone, *iso_week_bounds(zone, year, number))


def _ratings(decided: Sequence[Claim]) -> dict[str, int]:
    counts = Counter(claim.verdict for claim in decided)
    return {rating.value: counts[rating] for rating in Rating}


def _per_day(span: _Span, monday: date, in_work: Sequence[Claim]) -> list[dict[str, Any]]:
    decided, received = Counter[date](), Counter[date]()
    for claim in in_work:
        if claim.decided_at is not None and span.holds(claim.decided_at):
            decided[local_day(span.zone, claim.decided_at)] += 1
        if claim.kept_at is not None and span.holds(claim.kept_at):
            received[local_day(span.zone, claim.kept_at)] += 1
    days = [monday + number * DAY for number in range(WEEK_DAYS)]
    return [
        {"day": day.isoformat(), "decided": decided[day], "received": received[day]} for day in days
    ]


async def _hours(session: AsyncSession, span: _Span) -> dict[str, float | None]:
    """From sending to the last verdict that a claim needed, on average, and its two parts.

    Waiting lasts until the claim is in the hands of who answered last, working from there on.
    """
    last: dict[int, tuple[datetime, datetime, datetime]] = {}
    for claim_id, kept, opened, said in await figures.readings(session, span.start, span.end):
        if claim_id not in last or said > last[claim_id][2]:
            last[claim_id] = (kept, max(kept, opened), said)
    if not last:
        return {"hours_to_verdict": None, "hours_waiting": None, "hours_working": None}
    waiting = sum((opened - kept for kept, opened, _ in last.values()), timedelta()) / len(last)
    working = sum((said - opened for _, opened, said in last.values()), timedelta()) / len(last)
    return {
        "hours_to_verdict": _in_hours(waiting + working),
        "hours_waiting": _in_hours(waiting),
        "hours_working": _in_hours(working),
    }


def _in_hours(span: timedelta) -> float:
    return round(span / timedelta(hours=1), 2)


async def _stuck(
    session: AsyncSession, span: _Span, in_work: Sequence[Claim], *, now: datetime
) -> dict[str, Any]:
    """The claims that have been open longest, for a day at least, with who holds them."""
    stuck = [
        claim
        for claim in in_work
        if claim.decided_at is None and claim.kept_at and claim.kept_at < span.end - DAY
    ]
    found = stuck[:NAMED_AT_MOST]
    held = await figures.holders(session, [claim.id for claim in found])
    named = [
        {
            "article": claim.article_id,
            "claim": claim.number,
            "days": (now - claim.kept_at) // DAY if claim.kept_at else 0,
            "status": claim.status.value,
            "holder_ids": [member_id for claim_id, member_id in held if claim_id == claim.id],
        }
        for claim in found
    ]
    return {"stuck": named, "stuck_more": len(stuck) - len(named)}


async def _blocked(session: AsyncSession, span: _Span) -> list[dict[str, Any]]:
    """Claims that were decided in an earlier week and still wait for an editor, by age."""
    found = await figures.blocking_since(session, span.start, span.end)
    return [
        {
            "article": claim.article_id,
            "claim": claim.number,
            "since": local_day(span.zone, claim.decided_at).isoformat(),
        }
        for claim in found
        if claim.decided_at is not None
    ]


async def _untriaged(session: AsyncSession, span: _Span) -> list[dict[str, Any]]:
    found = await figures.untriaged(session, before=span.end, day_before=span.end - DAY)
    return [
        {"article": article.id, "since": local_day(span.zone, article.created_at).isoformat()}
        for article in found
    ]


async def _corrected(session: AsyncSession, span: _Span) -> list[dict[str, Any]]:
    """Claims of which the desk came to hold something else than before, newest last."""
    changes = await figures.later_outcomes(session, span.start, span.end)
    history = await figures.outcomes_of(session, {claim.id for _, claim, _ in changes})
    corrected = []
    for outcome, claim, quote in changes:
        earlier = [
            one.rating
            for one in history
            if one.claim_id == claim.id and one.n < outcome.n and one.rating is not None
        ]
        if outcome.rating is None or not earlier or earlier[-1] is outcome.rating:
            continue
        corrected.append(
            {
                "article": claim.article_id,
                "claim": claim.number,
                "quote": quote[:QUOTE_CHARS],
                "before": earlier[-1].value,
                "after": outcome.rating.value,
                "on": local_day(span.zone, outcome.decided_at).isoformat(),
            }
        )
    return corrected
