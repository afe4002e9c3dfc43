"""What an editor forwards to an article's author: each claim that blocks, and what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.texts.fitting import fitted
from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened
from bot.texts.quoting import quoted
from storage.models.claims import Action, Rating

QUOTE_CHARS = 400
WORDS_CHARS = 300
TITLE_CHARS = 120
LINKS_SHOWN = 3


@dataclass(frozen=True)
class Query:
    """One claim as its author is asked about it; nobody of the desk is named."""

    number: int
    quote: str
    rating: Rating | None
    action: Action | None
    found: str = ""  # what the desk found, in the reader's or the editor's words
    links: tuple[str, ...] = ()


def query(title: str | None, queries: Sequence[Query], *, left_out: int) -> str:
    """The whole message, made to be forwarded as it is."""

    def compose(scale: float) -> str:
        name = safe(shortened(title or _("your article"), TITLE_CHARS))
        ask = ngettext(
            "A question about <b>{title}</b>", "Questions about <b>{title}</b>", len(queries)
        )
        parts = [ask.format(title=name), *(_one(one, scale) for one in queries)]
        if left_out:
            more = ngettext("and {n} more claim", "and {n} more claims", left_out)
            parts.append(more.format(n=left_out))
        return "\n\n".join(parts)

    return fitted(compose)


def forward_it() -> str:
    """The little answer of the button: what the message is for."""
    return _("Forward this message to the author, or copy from it.")


def nothing_to_ask() -> str:
    """The little answer when nothing blocks the article any more."""
    return _("Nothing blocks this article, so there is nothing to ask.")


def _one(one: Query, scale: float) -> str:
    lines = [f"<b>{one.number}</b> {quoted(one.quote, int(QUOTE_CHARS * scale) + 12)}"]
    found = safe(shortened(one.found, int(WORDS_CHARS * scale) + 12))
    if found:
        lines.append(_("We found: {words}").format(words=found))
    lines += [safe(link) for link in one.links[:LINKS_SHOWN]]
    return "\n".join([*lines, f"→ {_question(one)}"])


def _question(one: Query) -> str:
    if one.action is Action.ADD_SOURCE or one.rating is Rating.UNVERIFIABLE:
        return _("What is your source for this?")
    if one.action is Action.CUT:
        return _("May we leave this out?")
    if one.action is Action.ASK_AUTHOR:
        return _("What is this based on?")
    return _("What is this based on, and how should it read?")
