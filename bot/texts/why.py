"""Why a claim is on the sheet, as people say it."""

from collections.abc import Sequence

from bot.claims.reasons import (
    ACCUSATION,
    ANONYMOUS_SOURCE,
    CAUSE,
    COMPARISON,
    LAW,
    LEAD,
    NO_LINK,
    NO_SOURCE,
    NUMBER,
    ONE_SOURCE,
    RELAYED,
    SCIENCE,
    UNNAMED_OTHERS,
)
from bot.texts.language import gettext as _


def why(reasons: Sequence[str]) -> list[str]:
    """The reasons in order; what is claimed and who alone claims it become one phrase."""
    phrases: list[str] = []
    left = list(reasons)
    for (kind, source), phrase in _together().items():
        if kind in left and source in left:
            left.remove(kind)
            left.remove(source)
            phrases.append(phrase)
            break
    words = _words()
    return phrases + [words.get(reason, reason) for reason in left]


def _together() -> dict[tuple[str, str], str]:
    return {
        (NUMBER, ONE_SOURCE): _("a number from one interested source"),
        (NUMBER, ANONYMOUS_SOURCE): _("a number from an unnamed source"),
        (ACCUSATION, ONE_SOURCE): _("an accusation by one interested source"),
        (ACCUSATION, ANONYMOUS_SOURCE): _("an accusation by an unnamed source"),
    }


def _words() -> dict[str, str]:
    return {
        NUMBER: _("number"),
        ACCUSATION: _("accusation"),
        LAW: _("law"),
        CAUSE: _("cause and effect"),
        COMPARISON: _("comparison"),
        SCIENCE: _("health or science"),
        LEAD: _("opens the article"),
        NO_SOURCE: _("no source given"),
        ONE_SOURCE: _("one interested source"),
        ANONYMOUS_SOURCE: _("unnamed source"),
        UNNAMED_OTHERS: _("speaks of others whom it does not name"),
        RELAYED: _("second hand"),
        NO_LINK: _("no link"),
    }
