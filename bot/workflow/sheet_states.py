"""What the states of its claims mean for a sheet, and for the article as a whole."""

from collections.abc import Collection, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import claims, sheets
from storage.models import Claim
from storage.models.claims import ClaimStatus
from storage.models.intake import ArticleState

OFF_THE_SHEET = (ClaimStatus.DROPPED, ClaimStatus.WITHDRAWN)
SENT = frozenset(ClaimStatus) - {ClaimStatus.NEW, *OFF_THE_SHEET}
DECIDED = frozenset({ClaimStatus.DECIDED, ClaimStatus.CLEARED})


def live(found: Sequence[Claim]) -> list[Claim]:
    """The claims that are on the sheet: neither dropped nor gone from the text."""
    return [claim for claim in found if claim.status not in OFF_THE_SHEET]


def chosen_of(found: Collection[Claim]) -> list[Claim]:
    """The claims that are ticked and not sent yet."""
    return [claim for claim in found if claim.chosen and claim.status is ClaimStatus.NEW]


def sent_of(found: Collection[Claim]) -> list[Claim]:
    """The claims that were sent and are still of interest."""
    return [claim for claim in found if claim.status in SENT]


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
