"""Who may do what: one pure question, asked inside the transaction of the change."""

from collections.abc import Iterable
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import NotPermitted
from storage import members
from storage.models.people import Role


class Deed(StrEnum):
    """What a person can want to do at the desk."""

    SUBMIT = "submit"  # put an article or draft on the reading list
    READ_ARTICLES = "read_articles"
    EDIT_SHEET = "edit_sheet"  # choose, drop, add, trim, send
    REVIEW = "review"  # hold assignments; whose they are is a matter of the assignment
    RULE = "rule"  # decide over differing verdicts
    CLEAR = "clear"  # say that the text was mended
    MANAGE_PEOPLE = "manage_people"
    SET_TEAM_CHAT = "set_team_chat"
    MEND_POSTS = "mend_posts"  # say whether a post of unknown fate is there
    POST_DIGEST = "post_digest"
    SEE_DIGEST = "see_digest"
    OWN_CARD = "own_card"


_EVERYBODY = frozenset(Role)
_EDITORS = frozenset({Role.ADMIN, Role.EDITOR})
_ADMINS = frozenset({Role.ADMIN})

ALLOWED: dict[Deed, frozenset[Role]] = {
    Deed.SUBMIT: _EDITORS,
    Deed.READ_ARTICLES: _EDITORS,
    Deed.EDIT_SHEET: _EDITORS,
    Deed.REVIEW: _EVERYBODY,
    Deed.RULE: _EDITORS,
    Deed.CLEAR: _EDITORS,
    Deed.MANAGE_PEOPLE: _ADMINS,
    Deed.SET_TEAM_CHAT: _ADMINS,
    Deed.MEND_POSTS: _ADMINS,
    Deed.POST_DIGEST: _EDITORS,
    Deed.SEE_DIGEST: _EVERYBODY,
    Deed.OWN_CARD: _EVERYBODY,
}


def may(roles: Iterable[Role], deed: Deed) -> bool:
    """Whether somebody with these roles may do this; no roles, no deeds."""
    return not ALLOWED[deed].isdisjoint(roles)


async def require(session: AsyncSession, actor_id: int, deed: Deed) -> None:
    """Refuse unless the actor's roles, as they are in this transaction, allow the deed.

    Raises:
        NotPermitted: they do not.
    """
    if not may(await members.roles_of(session, actor_id), deed):
        raise NotPermitted("not_permitted", deed=deed.value)
