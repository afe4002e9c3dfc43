"""Who answers for an article: its editor, and who stands in when that person is gone."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import articles, members
from storage.models import Article, Member
from storage.models.people import Role


async def editors_of(session: AsyncSession, article: Article) -> Sequence[Member]:
    """The article's editor; when they left, lost the role or cannot be reached, the admins.

    Where no admin can be reached, the other editors; empty only while nobody can.
    """
    editing = await members.with_role(session, Role.EDITOR, Role.ADMIN)
    own = [editor for editor in editing if editor.id == article.editor_id]
    return own or await members.with_role(session, Role.ADMIN) or editing


async def editor_of(session: AsyncSession, article_id: int) -> Member | None:
    """The one person who is to deal with something about the article; None: nobody can."""
    article = await articles.get(session, article_id)
    found = await editors_of(session, article) if article is not None else []
    return next((editor for editor in found if editor.tg_user_id is not None), None)
