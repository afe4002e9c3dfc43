"""Where an article stands, after an edit of its sheet, by where its claims stand."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.sheet.choosing import sent_of
from bot.workflow.sheet.pages import DECIDED, live
from storage import claims, sheets
from storage.models.claims import ClaimStatus
from storage.models.intake import ArticleState


async def restate(session: AsyncSession, article_id: int) -> ArticleState:
    """Bring the article's state in line with its claims; what it is then.

    A sheet whose claims were all dropped is closed; one without sent claims waits for a choice.
    """
    on_sheet = live(await claims.of_article(session, article_id))
    statuses = {claim.status for claim in sent_of(on_sheet)}
    if not on_sheet:
        state = ArticleState.CLOSED
    elif not statuses:
        state = ArticleState.UNTRIAGED
    elif statuses == {ClaimStatus.CLEARED}:
        state = ArticleState.CLEARED
    elif statuses <= DECIDED:
        state = ArticleState.DECIDED
    else:
        state = ArticleState.OPEN
    await sheets.move(session, article_id, seen=frozenset(ArticleState) - {state}, to=state)
    return state
