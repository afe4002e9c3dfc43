"""Why something is not possible, in the reader's words: what happened and what to do next."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

from bot.errors import ArticleProblem, FactcheckError, Refusal
from bot.texts import cards, digest, failures, people, reading, settling, sheet_replies, verdicts
from bot.texts.language import gettext as _
from bot.texts.language import safe
from bot.workflow.may import Deed

Sentence = Callable[[Mapping[str, Any]], str]

# A key belongs to one flow; `tests/texts/test_refusals.py` refuses a second owner.
FLOWS: tuple[Mapping[str, Sentence], ...] = (
    people.REFUSALS,
    reading.REFUSALS,
    sheet_replies.REFUSALS,
    cards.REFUSALS,
    verdicts.REFUSALS,
    settling.REFUSALS,
    digest.REFUSALS,
)
_READING = frozenset(
    {"ArticleProblem", *(kind.__name__ for kind in ArticleProblem.__subclasses__())}
)
_TAG = re.compile(r"<[^<>]*>")


def refusal(error: FactcheckError) -> str:
    """What the person is told, as Telegram's HTML."""
    if isinstance(error, Refusal):
        return refusal_in_words({"what": error.what, **error.details})
    if isinstance(error, ArticleProblem):
        return refusal_in_words(
            {"what": error.reason, "type": type(error).__name__, **error.details}
        )
    return safe(str(error))


def refusal_in_words(problem: Mapping[str, Any]) -> str:
    """The same from the facts of a notice: {"what", "type"?, …details}."""
    what = str(problem.get("what", ""))
    if what == "not_permitted":
        return _not_permitted(problem)
    if problem.get("type") in _READING:
        return _unread(what, problem)
    for flow in FLOWS:
        if what in flow:
            return flow[what](_Details(problem))
    return _("This is not possible at the moment. /help shows what you can do.")


def without_markup(html: str) -> str:
    """The same words as plain text, for a button's answer or a terminal."""
    return unescape(_TAG.sub("", html))


def _unread(reason: str, problem: Mapping[str, Any]) -> str:
    happened = failures.what_happened(reason, is_link=True)
    return f"{happened}. {failures.next_step(reason, problem, is_link=True)}"


def _not_permitted(problem: Mapping[str, Any]) -> str:
    sentences = {
        Deed.SUBMIT: _("Only editors put articles on the list. Send the link to one of them."),
        Deed.READ_ARTICLES: _("Only editors see all articles. /queue shows your own claims."),
        Deed.EDIT_SHEET: _("Only editors change a claim sheet. Tell one of them what you noticed."),
        Deed.REVIEW: _("You are not on the team any more. Ask an admin for a new invitation."),
        Deed.RULE: _("Only editors decide between differing verdicts."),
        Deed.CLEAR: _("Only editors clear a claim. Tell one of them what was mended."),
        Deed.MANAGE_PEOPLE: _("Only admins invite people and change roles. Ask one of them."),
        Deed.SET_TEAM_CHAT: _("Only admins choose where the digest goes. Ask one of them."),
        Deed.MEND_POSTS: _("Only admins decide whether a post goes out again. Tell one of them."),
        Deed.POST_DIGEST: _("Only editors post the digest. /digest shows it to you alone."),
        Deed.SEE_DIGEST: _("You are not on the team any more. Ask an admin for a new invitation."),
        Deed.OWN_CARD: _("You are not on the team any more. Ask an admin for a new invitation."),
    }
    deed = str(problem.get("deed", ""))
    known = sentences.get(Deed(deed)) if deed in set(Deed) else None
    return known or _("You may not do this. /help shows what you can do.")


class _Details(dict[str, Any]):
    """Details of a refusal; one that is not there leaves a gap, for words must never fail."""

    def __missing__(self, key: str) -> str:
        return ""
