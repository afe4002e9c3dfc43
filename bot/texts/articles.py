"""Lists of articles in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened
from storage.models.claims import ClaimStatus
from storage.models.intake import ArticleState

TITLE_CHARS = 64  # two lines on a phone
_OPEN = (
    ClaimStatus.KEPT,
    ClaimStatus.ASSIGNED,
    ClaimStatus.SECOND_REVIEW,
    ClaimStatus.DISPUTED,
)


@dataclass(frozen=True)
class ArticleLine:
    """What a list tells of one article; `tally` counts its claims by where they stand."""

    article_id: int
    title: str | None
    state: ArticleState
    tally: Mapping[ClaimStatus, int] = field(default_factory=dict)


def article_list(lines: Sequence[ArticleLine], *, page: int, pages: int) -> str:
    """One page of the list of articles, newest first."""
    if not lines:
        return _("No article yet. Send me a link, a text or a file, and I read it.")
    head = _("<b>Articles</b>, newest first")
    if pages > 1:
        head += " · " + _("page {n} of {all}").format(n=page + 1, all=pages)
    return "\n\n".join([head, *(_line(line) for line in lines)])


def untriaged(lines: Sequence[ArticleLine]) -> str:
    """The reminder of sheets that nobody has touched."""
    head = ngettext(
        "<b>{n} claim sheet waits for your choice</b>",
        "<b>{n} claim sheets wait for your choice</b>",
        len(lines),
    ).format(n=len(lines))
    foot = _("Send claims, or say that there is nothing to check.")
    return "\n\n".join([head, *(_line(line) for line in lines), foot])


def untriaged_done() -> str:
    """The same message once every sheet in it was dealt with."""
    return _("☑️ No claim sheet of this reminder waits any more.")


def state_line(line: ArticleLine) -> str:
    """Where an article stands, in a few words: "3 decided · 1 blocking"."""
    new = line.tally.get(ClaimStatus.NEW, 0)
    if line.state is ArticleState.CLOSED:
        return _("closed, nothing to check")
    if line.state is ArticleState.UNTRIAGED:
        return ngettext("{n} claim, none sent", "{n} claims, none sent", new).format(n=new)
    blocking = line.tally.get(ClaimStatus.DECIDED, 0)
    decided = blocking + line.tally.get(ClaimStatus.CLEARED, 0)
    unfinished = sum(line.tally.get(status, 0) for status in _OPEN)
    parts = [_("{n} decided").format(n=decided)]
    if blocking:
        parts.append(_("⛔ {n} blocking").format(n=blocking))
    if unfinished:
        parts.append(_("{n} open").format(n=unfinished))
    if not blocking and not unfinished and decided:
        parts = ["✅ " + ngettext("{n} cleared", "{n} cleared", decided).format(n=decided)]
    return " · ".join(parts)


def _line(line: ArticleLine) -> str:
    title = safe(shortened(line.title or _("Without a title"), TITLE_CHARS))
    return f"<b>A-{line.article_id}</b> {title}\n<i>{state_line(line)}</i>"
