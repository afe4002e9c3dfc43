"""Asking an article's author: the desk writes the questions, an editor passes them on."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.incoming import Tap
from bot.workflow.may import Deed, require
from bot.workflow.notices import About, NoticeKind, private, tell
from bot.workflow.sheet_states import live
from storage import articles, claims, members
from storage.models.claims import ClaimStatus


async def write_query(session: AsyncSession, tap: Tap, article_id: int, *, now: datetime) -> bool:
    """Send who asked, in private, what to ask the author; False when nothing blocks the article.

    Raises:
        NotPermitted: the actor is no editor.
        Refusal: there is no such article.
    """
    await require(session, tap.actor_id, Deed.CLEAR)
    member = await members.get(session, tap.actor_id)
    if member is None or await articles.get(session, article_id) is None:
        raise Refusal("no_such_article", article=article_id)
    on_sheet = live(await claims.of_article(session, article_id))
    blocking = [claim.id for claim in on_sheet if claim.status is ClaimStatus.DECIDED]
    if not blocking:
        return False
    about = About(article_id=article_id)
    kind = NoticeKind.AUTHOR_QUERY
    await tell(session, private(member), kind, now=now, about=about, claim_ids=blocking)
    return True
