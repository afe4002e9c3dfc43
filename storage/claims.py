"""Claims with their revisions and citations; a claim's words are only ever added to."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlmodel import SQLModel, col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Assignment, Citation, Claim, ClaimRevision, Outcome, Source, Verdict
from storage.models.claims import ClaimStatus
from storage.models.work import VerdictKind


async def get(session: AsyncSession, claim_id: int) -> Claim | None:
    """The claim with this id."""
    return await session.get(Claim, claim_id)


async def of_article(session: AsyncSession, article_id: int) -> Sequence[Claim]:
    """Every claim the article ever had, dropped ones too, by number."""
    query = select(Claim).where(Claim.article_id == article_id).order_by(col(Claim.number))
    return (await session.exec(query)).all()


async def numbered(
    session: AsyncSession, article_id: int, numbers: Collection[int]
) -> Sequence[Claim]:
    """The article's claims with these numbers, by number; unknown numbers are simply missing."""
    query = (
        select(Claim)
        .where(Claim.article_id == article_id, col(Claim.number).in_(numbers))
        .order_by(col(Claim.number))
    )
    return (await session.exec(query)).all()


async def highest_number(session: AsyncSession, article_id: int) -> int:
    """The highest number the article's claims ever had; 0 without claims."""
    query = select(func.max(Claim.number)).where(Claim.article_id == article_id)
    return (await session.exec(query)).one() or 0


async def head_revision(session: AsyncSession, claim_id: int) -> ClaimRevision | None:
    """The words of the claim as they stand."""
    query = (
        select(ClaimRevision)
        .join(Claim, col(Claim.head_revision_id) == ClaimRevision.id)
        .where(Claim.id == claim_id)
    )
    return (await session.exec(query)).one_or_none()


async def head_revisions(
    session: AsyncSession, claim_ids: Collection[int]
) -> Sequence[ClaimRevision]:
    """The words of these claims as they stand, by claim id."""
    query = (
        select(ClaimRevision)
        .join(Claim, col(Claim.head_revision_id) == ClaimRevision.id)
        .where(col(Claim.id).in_(claim_ids))
        .order_by(col(Claim.id))
    )
    return (await session.exec(query)).all()


async def revision(session: AsyncSession, revision_id: int) -> ClaimRevision | None:
    """The revision with this id."""
    return await session.get(ClaimRevision, revision_id)


async def last_revision_n(session: AsyncSession, claim_id: int) -> int:
    """The number of the claim's newest revision, whether or not it is the head."""
    query = select(func.max(ClaimRevision.n)).where(ClaimRevision.claim_id == claim_id)
    return (await session.exec(query)).one() or 0


async def citations_of(
    session: AsyncSession, revision_ids: Collection[int]
) -> Sequence[tuple[Citation, Source | None]]:
    """Who is cited in these revisions, in the order of the text, with the source if it is known."""
    query = (
        select(Citation, Source)
        .join(Source, col(Source.id) == Citation.source_id, isouter=True)
        .where(col(Citation.claim_revision_id).in_(revision_ids))
        .order_by(col(Citation.id))
    )
    return (await session.exec(query)).all()


async def add(session: AsyncSession, row: SQLModel) -> None:
    """Add a claim, a revision, a citation or a source, so that it has its id."""
    session.add(row)
    await session.flush()


async def change(session: AsyncSession, claim: Claim, **values: Any) -> bool:
    """Change a claim unless somebody changed it since it was loaded; the row is brought up to date.

    False means that nothing was changed.
    """
    result = await session.exec(
        update(Claim)
        .where(col(Claim.id) == claim.id, col(Claim.version) == claim.version)
        .values(version=claim.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(claim)
    return cast("CursorResult[Any]", result).rowcount == 1


async def choose(session: AsyncSession, claim_id: int, *, chosen: bool) -> bool:
    """Tick or untick a claim that nobody sent yet; False when there was nothing to change."""
    result = await session.exec(
        update(Claim)
        .where(
            col(Claim.id) == claim_id,
            col(Claim.status) == ClaimStatus.NEW,
            col(Claim.chosen).is_not(chosen),
        )
        .values(chosen=chosen, version=col(Claim.version) + 1)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def keep(
    session: AsyncSession, claim_ids: Collection[int], *, readers_needed: int, now: datetime
) -> int:
    """Send claims that are still new: from now on they wait for reviewers. How many were new."""
    result = await session.exec(
        update(Claim)
        .where(col(Claim.id).in_(claim_ids), col(Claim.status) == ClaimStatus.NEW)
        .values(
            status=ClaimStatus.KEPT,
            chosen=False,
            kept_at=now,
            readers_needed=readers_needed,
            version=col(Claim.version) + 1,
        )
    )
    return cast("CursorResult[Any]", result).rowcount


async def last_outcome(session: AsyncSession, claim_id: int) -> Outcome | None:
    """What the desk came to hold of the claim last, be it that nothing stands any more."""
    query = (
        select(Outcome).where(Outcome.claim_id == claim_id).order_by(col(Outcome.n).desc()).limit(1)
    )
    return (await session.exec(query)).one_or_none()


async def is_judged(session: AsyncSession, claim: Claim) -> bool:
    """Whether a reading of the claim's present round is in."""
    query = (
        select(Verdict.id)
        .join(Assignment, col(Assignment.id) == Verdict.assignment_id)
        .where(
            Assignment.claim_id == claim.id,
            Assignment.round == claim.round,
            Verdict.kind == VerdictKind.GIVEN,
        )
        .limit(1)
    )
    return (await session.exec(query)).first() is not None


async def tallies(
    session: AsyncSession, article_ids: Collection[int]
) -> Sequence[tuple[int, ClaimStatus, int]]:
    """How many claims of these articles stand where: (article id, status, count)."""
    query = (
        select(Claim.article_id, Claim.status, func.count())
        .where(col(Claim.article_id).in_(article_ids))
        .group_by(col(Claim.article_id), col(Claim.status))
    )
    rows = (await session.exec(query)).all()
    return [(article_id, ClaimStatus(status), count) for article_id, status, count in rows]


async def add_all(session: AsyncSession, rows: Sequence[SQLModel]) -> None:
    """Add many claims, revisions or citations in one go, so that each has its id."""
    session.add_all(rows)
    await session.flush()
