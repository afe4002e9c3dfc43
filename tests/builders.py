"""Rows for tests; a test states only what matters to it."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Article,
    ArticleVersion,
    Assignment,
    Claim,
    ClaimRevision,
    Member,
    Membership,
)
from storage.models.people import Role

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

TEXT = (
    "The council spent 4.2 million on the harbour wall last year.\n\n"
    "“There were 78 complaints at first,” said Mira Tolland, head of the harbour office.\n\n"
    "The wall is the longest on the coast."
)


async def a_member(session: AsyncSession, name: str, *roles: Role, **fields: Any) -> Member:
    """A member who joined before MONDAY; the Telegram id is made from the row's id."""
    member = Member(name=name, joined_at=MONDAY - DAY, **fields)
    session.add(member)
    await session.flush()
    if member.tg_user_id is None:
        member.tg_user_id = 1000 + member.id
    for role in roles:
        session.add(Membership(desk_id=1, member_id=member.id, role=role, granted_at=MONDAY - DAY))
    await session.flush()
    return member


async def an_article(
    session: AsyncSession, editor: Member, *, text: str = TEXT, **fields: Any
) -> tuple[Article, ArticleVersion]:
    """An article read once."""
    article = Article(desk_id=1, editor_id=editor.id, created_at=MONDAY, **fields)
    session.add(article)
    await session.flush()
    paragraphs, at = [], 0
    for paragraph in text.split("\n\n"):
        paragraphs.append([at, at + len(paragraph)])
        at += len(paragraph) + 2
    version = ArticleVersion(
        article_id=article.id,
        n=1,
        url="https://ledger.example/harbour",
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        title="The harbour wall",
        paragraphs=paragraphs,
        read_at=MONDAY,
        sentence_count=3,
    )
    session.add(version)
    await session.flush()
    article.head_version_id = version.id
    await session.flush()
    return article, version


async def a_claim(
    session: AsyncSession, version: ArticleVersion, quote: str, *, number: int = 1, **fields: Any
) -> Claim:
    """A claim found in the version's text."""
    claim = Claim(article_id=version.article_id, number=number, **fields)
    session.add(claim)
    await session.flush()
    start = version.text.index(quote)
    revision = ClaimRevision(
        claim_id=claim.id,
        n=1,
        article_version_id=version.id,
        start=start,
        end=start + len(quote),
        quote=quote,
        quote_sha256=sha256(quote.encode()).hexdigest(),
        made_at=MONDAY,
    )
    session.add(revision)
    await session.flush()
    claim.head_revision_id = revision.id
    await session.flush()
    return claim


async def an_assignment(
    session: AsyncSession, claim: Claim, reviewer: Member, **fields: Any
) -> Assignment:
    """A claim in a reviewer's hands since MONDAY, due eight hours later."""
    times = {
        "opened_at": MONDAY,
        "half_at": MONDAY + 4 * HOUR,
        "due_at": MONDAY + 8 * HOUR,
        "expires_at": MONDAY + 12 * HOUR,
    }
    assignment = Assignment(
        claim_id=claim.id, round=claim.round, reviewer_id=reviewer.id, **{**times, **fields}
    )
    session.add(assignment)
    await session.flush()
    return assignment
