"""What the digest counts: one query each over a span of time, its end not included."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Article, Assignment, Claim, ClaimRevision, Outcome, Verdict
from storage.models.claims import ClaimStatus
from storage.models.intake import ArticleState
from storage.models.work import AssignmentState, VerdictKind

_NOT_WORK = (ClaimStatus.DROPPED, ClaimStatus.WITHDRAWN)


async def first_article_at(session: AsyncSession) -> datetime | None:
    """When the desk's first article came; None before there is one."""
    return (await session.exec(select(func.min(Article.created_at)))).one()


async def article_count(session: AsyncSession, start: datetime, end: datetime) -> int:
    """How many articles came and were read."""
    query = select(func.count()).where(
        col(Article.head_version_id).is_not(None),
        Article.created_at >= start,
        Article.created_at < end,
    )
    return (await session.exec(query)).one()


async def claims_in_work(
    session: AsyncSession, start: datetime, end: datetime
) -> Sequence[tuple[Claim, bool]]:
    """Claims that were sent before `end` and not decided before `start`; whether unsourced."""
    query = (
        select(Claim, ClaimRevision.unsourced)
        .join(ClaimRevision, col(ClaimRevision.id) == Claim.head_revision_id)
        .where(
            col(Claim.kept_at) < end,
            col(Claim.status).not_in(_NOT_WORK),
            or_(col(Claim.decided_at).is_(None), col(Claim.decided_at) >= start),
        )
        .order_by(col(Claim.kept_at), col(Claim.id))
    )
    return (await session.exec(query)).all()


async def blocking_since(
    session: AsyncSession, decided_before: datetime, end: datetime
) -> Sequence[Claim]:
    """Claims decided before that moment whose action was still open at `end`, oldest first."""
    query = (
        select(Claim)
        .where(
            col(Claim.decided_at) < decided_before,
            col(Claim.status).in_((ClaimStatus.DECIDED, ClaimStatus.CLEARED)),
            or_(col(Claim.cleared_at).is_(None), col(Claim.cleared_at) >= end),
        )
        .order_by(col(Claim.decided_at), col(Claim.id))
    )
    return (await session.exec(query)).all()


async def readings(
    session: AsyncSession, start: datetime, end: datetime
) -> Sequence[tuple[int, datetime, datetime, datetime]]:
    """Readings of claims decided in the span: (claim id, sent, handed out, first answered)."""
    query = (
        select(Claim.id, Claim.kept_at, Assignment.opened_at, func.min(col(Verdict.recorded_at)))
        .join(Assignment, col(Assignment.claim_id) == Claim.id)
        .join(Verdict, col(Verdict.assignment_id) == Assignment.id)
        .where(
            _decided_in(start, end),
            col(Claim.kept_at).is_not(None),
            Assignment.round == Claim.round,
            col(Assignment.state) == AssignmentState.DONE,
            Verdict.kind == VerdictKind.GIVEN,
        )
        .group_by(col(Claim.id), col(Claim.kept_at), col(Assignment.id), col(Assignment.opened_at))
        .order_by(col(Claim.id), col(Assignment.id))
    )
    rows = (await session.exec(query)).all()
    return [(claim_id, kept, opened, said) for claim_id, kept, opened, said in rows if kept]


async def holders(session: AsyncSession, claim_ids: Collection[int]) -> Sequence[tuple[int, int]]:
    """Who holds these claims now: (claim id, member id), by slot."""
    query = (
        select(Assignment.claim_id, Assignment.reviewer_id)
        .where(
            col(Assignment.claim_id).in_(claim_ids),
            col(Assignment.state) == AssignmentState.OPEN,
        )
        .order_by(col(Assignment.claim_id), col(Assignment.slot))
    )
    return (await session.exec(query)).all()


async def untriaged(
    session: AsyncSession, *, before: datetime, day_before: datetime
) -> Sequence[Article]:
    """Untouched articles whose editor was reminded, or that came before `day_before`; by age."""
    query = (
        select(Article)
        .where(
            col(Article.state) == ArticleState.UNTRIAGED,
            col(Article.head_version_id).is_not(None),
            Article.created_at < before,
            or_(col(Article.triage_reminded_at).is_not(None), Article.created_at < day_before),
        )
        .order_by(col(Article.created_at), col(Article.id))
    )
    return (await session.exec(query)).all()


async def later_outcomes(
    session: AsyncSession, start: datetime, end: datetime
) -> Sequence[tuple[Outcome, Claim, str]]:
    """Ratings that came after an earlier outcome of their claim, with the claim and its words."""
    query = (
        select(Outcome, Claim, ClaimRevision.quote)
        .join(Claim, col(Claim.id) == Outcome.claim_id)
        .join(ClaimRevision, col(ClaimRevision.id) == Claim.head_revision_id)
        .where(
            Outcome.n > 1,
            col(Outcome.rating).is_not(None),
            Outcome.decided_at >= start,
            Outcome.decided_at < end,
        )
        .order_by(col(Outcome.decided_at), col(Outcome.id))
    )
    return (await session.exec(query)).all()


async def outcomes_of(session: AsyncSession, claim_ids: Collection[int]) -> Sequence[Outcome]:
    """All that the desk ever held of these claims, in order."""
    query = (
        select(Outcome)
        .where(col(Outcome.claim_id).in_(claim_ids))
        .order_by(col(Outcome.claim_id), col(Outcome.n))
    )
    return (await session.exec(query)).all()


def _decided_in(start: datetime, end: datetime) -> ColumnElement[bool]:
    return (col(Claim.decided_at) >= start) & (col(Claim.decided_at) < end)
