"""What claim sheets and article lists ask for across aggregates, and how far a sheet has come."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Article, ArticleVersion, Assignment, Claim, Member, Outbox
from storage.models.intake import ArticleState
from storage.models.work import AssignmentState


async def article(session: AsyncSession, article_id: int) -> tuple[Article, ArticleVersion] | None:
    """The article and the text that its claims are found in; None for one that was never read."""
    query = (
        select(Article, ArticleVersion)
        .join(ArticleVersion, col(ArticleVersion.id) == col(Article.head_version_id))
        .where(Article.id == article_id)
    )
    return (await session.exec(query)).one_or_none()


async def newest_articles(
    session: AsyncSession, *, offset: int, limit: int
) -> Sequence[tuple[Article, ArticleVersion]]:
    """Articles that were read, newest first, from the `offset`th on."""
    query = (
        select(Article, ArticleVersion)
        .join(ArticleVersion, col(ArticleVersion.id) == col(Article.head_version_id))
        .order_by(col(Article.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def articles_named(
    session: AsyncSession, article_ids: Collection[int]
) -> Sequence[tuple[Article, ArticleVersion]]:
    """These articles with their texts, oldest first."""
    query = (
        select(Article, ArticleVersion)
        .join(ArticleVersion, col(ArticleVersion.id) == col(Article.head_version_id))
        .where(col(Article.id).in_(article_ids))
        .order_by(col(Article.id))
    )
    return (await session.exec(query)).all()


async def article_count(session: AsyncSession) -> int:
    """How many articles were read."""
    query = select(func.count()).where(col(Article.head_version_id).is_not(None))
    return (await session.exec(query)).one()


async def holders(session: AsyncSession, article_id: int) -> Sequence[tuple[int, str, datetime]]:
    """In whose hands the article's claims are: (claim id, name, due), by claim and slot."""
    query = (
        select(Assignment.claim_id, Member.name, Assignment.due_at)
        .join(Claim, col(Claim.id) == Assignment.claim_id)
        .join(Member, col(Member.id) == Assignment.reviewer_id)
        .where(Claim.article_id == article_id, col(Assignment.state) == AssignmentState.OPEN)
        .order_by(col(Assignment.claim_id), col(Assignment.slot))
    )
    return (await session.exec(query)).all()


async def last_shown(session: AsyncSession, notice_id: int) -> Outbox | None:
    """The newest wording, sent or still to be sent, of a message of ours."""
    query = (
        select(Outbox)
        .where((col(Outbox.id) == notice_id) | (col(Outbox.target_id) == notice_id))
        .order_by(col(Outbox.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).one_or_none()


async def move(
    session: AsyncSession, article_id: int, *, seen: Collection[ArticleState], to: ArticleState
) -> bool:
    """Bring an article from one of the states in `seen` to `to`; False when it was in neither."""
    result = await session.exec(
        update(Article)
        .where(col(Article.id) == article_id, col(Article.state).in_(seen))
        .values(state=to)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def set_due(session: AsyncSession, article_id: int, due_at: datetime | None) -> None:
    """Until when the article's claims are needed; None for no wish."""
    await session.exec(update(Article).where(col(Article.id) == article_id).values(due_at=due_at))


async def untriaged(
    session: AsyncSession, *, before: datetime, limit: int = 200
) -> Sequence[Article]:
    """Untouched articles that came before `before` and whose editor was not reminded yet."""
    query = (
        select(Article)
        .where(
            col(Article.state) == ArticleState.UNTRIAGED,
            col(Article.head_version_id).is_not(None),
            col(Article.triage_reminded_at).is_(None),
            Article.created_at < before,
        )
        .order_by(col(Article.id))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def mark_reminded(session: AsyncSession, article_ids: Collection[int], now: datetime) -> None:
    """Their editors were reminded, which happens once."""
    await session.exec(
        update(Article).where(col(Article.id).in_(article_ids)).values(triage_reminded_at=now)
    )
