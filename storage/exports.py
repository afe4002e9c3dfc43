"""What an export reads: the desk's claims page by page, and all that belongs to them."""

from collections.abc import Collection, Sequence

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Article,
    ArticleVersion,
    Assignment,
    Claim,
    ClaimRevision,
    Outcome,
    Ruling,
    Verdict,
)

Page = Sequence[tuple[Claim, ClaimRevision, Article, ArticleVersion]]


async def claim_count(session: AsyncSession) -> int:
    """How many claims the desk has, sent to check or not."""
    return (await session.exec(select(func.count()).select_from(Claim))).one()


async def claims_after(session: AsyncSession, claim_id: int, *, limit: int) -> Page:
    """The next claims in the order of their ids, with their words, article and its text."""
    query = (
        select(Claim, ClaimRevision, Article, ArticleVersion)
        .join(ClaimRevision, col(ClaimRevision.id) == Claim.head_revision_id)
        .join(Article, col(Article.id) == Claim.article_id)
        .join(ArticleVersion, col(ArticleVersion.id) == Article.head_version_id)
        .where(col(Claim.id) > claim_id)
        .order_by(col(Claim.id))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def verdicts_of(
    session: AsyncSession, claim_ids: Collection[int]
) -> Sequence[tuple[Verdict, Assignment, str]]:
    """Every revision of every verdict on these claims, with the words that it judged."""
    query = (
        select(Verdict, Assignment, ClaimRevision.quote)
        .join(Assignment, col(Assignment.id) == col(Verdict.assignment_id))
        .join(ClaimRevision, col(ClaimRevision.id) == col(Verdict.claim_revision_id))
        .where(col(Assignment.claim_id).in_(claim_ids))
        .order_by(
            col(Assignment.claim_id),
            col(Assignment.round),
            col(Assignment.slot),
            col(Assignment.id),
            col(Verdict.revision),
        )
    )
    return (await session.exec(query)).all()


async def rulings_that_stand(
    session: AsyncSession, claim_ids: Collection[int]
) -> Sequence[tuple[int, Ruling]]:
    """The rulings by which these claims are decided now: (claim id, ruling)."""
    query = (
        select(Claim.id, Ruling)
        .join(Outcome, col(Outcome.id) == Claim.head_outcome_id)
        .join(Ruling, col(Ruling.id) == Outcome.ruling_id)
        .where(col(Claim.id).in_(claim_ids), col(Outcome.rating).is_not(None))
    )
    return (await session.exec(query)).all()
