"""What editors said about the findings: which were no claims, and whose speaker was wrong."""

from dataclasses import dataclass

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Article, Citation, Claim, Event
from storage.models.claims import ClaimOrigin, ClaimStatus
from storage.models.intake import ArticleState

NO_CLAIM = "claim.no_claim"  # the action of the event by which an editor says so


@dataclass(frozen=True)
class Feedback:
    """Of the claims found on sheets that an editor has gone through: how many were faults."""

    found: int
    no_claims: int
    speakers_corrected: int


async def of_desk(session: AsyncSession, desk_id: int) -> Feedback:
    """The feedback on everything found so far.

    What was taken back does not count: a claim that is on its sheet again, a speaker as found.
    """
    found = (
        select(Claim.id)
        .join(Article, col(Article.id) == col(Claim.article_id))
        .where(
            Article.desk_id == desk_id,
            Claim.origin == ClaimOrigin.EXTRACTED,
            Article.state != ArticleState.UNTRIAGED,
        )
    )
    marked = select(Event.subject_id).where(Event.action == NO_CLAIM, Event.subject == "claim")
    no_claims = found.where(Claim.status == ClaimStatus.DROPPED, col(Claim.id).in_(marked))
    corrected = found.where(
        col(Claim.head_revision_id).in_(
            select(Citation.claim_revision_id).where(col(Citation.by_id).is_not(None))
        )
    )
    counts = [
        (await session.exec(select(func.count()).select_from(query.subquery()))).one()
        for query in (found, no_claims, corrected)
    ]
    return Feedback(*counts)
