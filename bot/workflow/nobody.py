"""Telling an editor, once, that nobody can take a claim, and what would help."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.choosing import UNTIL_TOLD, Candidate, Obstacle, away_until, obstacle
from bot.workflow.editors import editors_of
from bot.workflow.notices import About, NoticeKind, private, tell
from storage import events, waiting
from storage.models import Article, Assignment, Claim


async def tell_nobody(
    session: AsyncSession,
    left: Sequence[tuple[Claim, Article]],
    *,
    pool: Sequence[Candidate],
    history: Mapping[int, list[Assignment]],
    now: datetime,
) -> int:
    """One message per article about those of its claims that are told of for the first time.

    How many messages were written. The claims stay waiting for the next slot.
    """
    told = await waiting.told_nobody(session, [claim.id for claim, _ in left])
    fresh: dict[int, tuple[Article, list[Claim]]] = {}
    for claim, article in left:
        if (claim.id, claim.round) not in told:
            fresh.setdefault(article.id, (article, []))[1].append(claim)
    for article, claims in fresh.values():
        for claim in claims:
            await events.record(
                session, "claim.nobody", "claim", claim.id, at=now, round=claim.round
            )
        had = {one.reviewer_id for claim in claims for one in history[claim.id]}
        await _tell(session, article, claims, _help(pool, article, had, now), now=now)
    return len(fresh)


async def _tell(
    session: AsyncSession,
    article: Article,
    claims: Sequence[Claim],
    help_: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    for editor in await editors_of(session, article):
        await tell(
            session,
            private(editor),
            NoticeKind.NOBODY,
            now=now,
            about=About(article_id=article.id),
            claim_ids=[claim.id for claim in claims],
            **help_,
        )


def _help(
    pool: Sequence[Candidate], article: Article, had: set[int], now: datetime
) -> dict[str, Any]:
    """Who is away until when, who is full, who had it: ids, and the instants as they are now.

    Whether others are free, who do not get it since the article has its people.
    """
    found: dict[str, list[Any]] = {"away": [], "full": [], "had": []}
    for one in pool:
        reason = obstacle(one, submitter_id=article.editor_id, had=had)
        if reason is Obstacle.AWAY:
            until = away_until(one.hours, now)
            known = until.isoformat() if until and until != UNTIL_TOLD else None
            found["away"].append([one.member_id, known])
        elif reason is Obstacle.FULL:
            found["full"].append(one.member_id)
        elif reason is Obstacle.HAD_IT:
            found["had"].append(one.member_id)
    obstacles = [obstacle(one, submitter_id=article.editor_id, had=had) for one in pool]
    return {**found, "reviewers": len(pool), "others_free": None in obstacles}
