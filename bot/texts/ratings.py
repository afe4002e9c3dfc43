"""What the ratings are called, and the mark that makes them seen at a glance."""

from bot.texts.language import gettext as _
from storage.models.claims import Rating


def rating_name(rating: Rating) -> str:
    """The rating as people say it: "Mostly true"."""
    return {
        Rating.TRUE: _("True"),
        Rating.MOSTLY_TRUE: _("Mostly true"),
        Rating.MISLEADING: _("Misleading"),
        Rating.FALSE: _("False"),
        Rating.UNVERIFIABLE: _("Can't tell"),
        Rating.OUTDATED: _("Outdated"),
        Rating.OPINION: _("Opinion"),
    }[rating]
