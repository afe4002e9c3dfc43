"""Articles, the addresses they are known under, and the versions of their text."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Article, ArticleAlias, ArticleVersion, Desk, Extraction
from storage.outbox import insert_or_ignore

DOUBTFUL_BELOW = 0.5  # under this confidence the reading may have missed part of the article


async def get(session: AsyncSession, article_id: int) -> Article | None:
    """The article with this id."""
    return await session.get(Article, article_id)


async def hold(session: AsyncSession, article_id: int) -> Article:
    """The article, with other writers kept off until the transaction ends."""
    query = select(Article).where(Article.id == article_id).with_for_update()
    return (await session.exec(query)).one()


async def hold_desk(session: AsyncSession, desk_id: int) -> None:
    """Keep others from adding articles until the transaction ends: one address, one article."""
    await session.exec(select(Desk.id).where(Desk.id == desk_id).with_for_update())


async def version(session: AsyncSession, version_id: int) -> ArticleVersion | None:
    """One reading of an article's text."""
    return await session.get(ArticleVersion, version_id)


async def head_version(session: AsyncSession, article_id: int) -> ArticleVersion | None:
    """The text that the article's sheet is about."""
    query = select(ArticleVersion).join(
        Article, col(Article.head_version_id) == col(ArticleVersion.id)
    )
    return (await session.exec(query.where(Article.id == article_id))).one_or_none()


async def newest_version(session: AsyncSession, article_id: int) -> ArticleVersion | None:
    """The version with the highest number."""
    query = (
        select(ArticleVersion)
        .where(ArticleVersion.article_id == article_id)
        .order_by(col(ArticleVersion.n).desc())
        .limit(1)
    )
    return (await session.exec(query)).one_or_none()


async def method_of(session: AsyncSession, version_id: int) -> str | None:
    """How speakers were looked for in a version; None where its extraction does not say."""
    query = (
        select(col(Extraction.output)["method"].as_string())
        .where(Extraction.article_version_id == version_id)
        .order_by(col(Extraction.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


async def warnings_of(session: AsyncSession, version_id: int) -> Sequence[str]:
    """What the reading of a version could not do as well as it can; [] where it says nothing."""
    query = (
        select(col(Extraction.output)["warnings"])
        .where(Extraction.article_version_id == version_id)
        .order_by(col(Extraction.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first() or []


async def known_as(session: AsyncSession, desk_id: int, url_keys: Sequence[str]) -> Article | None:
    """The article that is known under one of these addresses; the oldest, should they differ."""
    query = (
        select(Article)
        .join(ArticleAlias, col(ArticleAlias.article_id) == col(Article.id))
        .where(ArticleAlias.desk_id == desk_id, col(ArticleAlias.url_key).in_(url_keys))
        .order_by(col(Article.id))
        .limit(1)
    )
    return (await session.exec(query)).one_or_none()


async def draft_with(session: AsyncSession, desk_id: int, text_sha256: str) -> Article | None:
    """The draft whose text is exactly this; the oldest, should there be several."""
    query = (
        select(Article)
        .join(ArticleVersion, col(Article.head_version_id) == col(ArticleVersion.id))
        .where(
            Article.desk_id == desk_id,
            col(Article.is_draft),
            ArticleVersion.text_sha256 == text_sha256,
        )
        .order_by(col(Article.id))
        .limit(1)
    )
    return (await session.exec(query)).one_or_none()


async def add_alias(session: AsyncSession, *, desk_id: int, url_key: str, article_id: int) -> None:
    """Know the article under a further address; one that belongs to another is left there."""
    await session.exec(
        insert_or_ignore(session, ArticleAlias)
        .values(desk_id=desk_id, url_key=url_key, article_id=article_id)
        .on_conflict_do_nothing(index_elements=["desk_id", "url_key"])
    )


async def add(session: AsyncSession, article: Article) -> Article:
    """Add an article; it has its number afterwards."""
    session.add(article)
    await session.flush()
    return article


async def add_version(
    session: AsyncSession, row: ArticleVersion, *, extractor: str, output: dict[str, object]
) -> ArticleVersion:
    """Add a version of the text and keep on record what `extractor` made of it."""
    session.add(row)
    await session.flush()
    session.add(Extraction(article_version_id=row.id, extractor_version=extractor, output=output))
    await session.flush()
    return row
