"""Renders lists of articles: all of them in pages, and those that nobody has touched."""

from collections.abc import Sequence

from bot.texts import articles as texts
from bot.texts.language import gettext as _
from bot.workflow.notices import NoticeKind
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import claims, sheets
from storage.models import Article, ArticleVersion
from storage.models.claims import ClaimStatus
from storage.models.intake import ArticleState
from storage.models.talking import OutboxOp

PER_PAGE = 7  # three lines each: a phone's screen
LISTED_AT_MOST = 8  # in a reminder; the rest is in /articles
BUTTONS_PER_ROW = 4


@renders(NoticeKind.ARTICLES)
async def articles(scene: Scene) -> Outgoing | None:
    """One page of the list of articles; each button opens one."""
    pages = max(1, -(-await sheets.article_count(scene.session) // PER_PAGE))
    page = min(max(int(scene.facts.get("page", 0)), 0), pages - 1)
    found = await sheets.newest_articles(scene.session, offset=page * PER_PAGE, limit=PER_PAGE)
    lines = await _lines(scene, found)
    rows = _openers(lines, "article")
    turning = []
    if page > 0:
        turning.append(Button(_("‹ Newer"), data("articles", page - 1)))
    if page + 1 < pages:
        turning.append(Button(_("Older ›"), data("articles", page + 1)))
    if turning:
        rows.append(tuple(turning))
    return Outgoing(texts.article_list(lines, page=page, pages=pages), buttons=tuple(rows))


@renders(NoticeKind.UNTRIAGED)
async def untriaged(scene: Scene) -> Outgoing | None:
    """The sheets of this reminder that are still untouched."""
    found = await sheets.articles_named(scene.session, scene.facts.get("article_ids", []))
    waiting = [row for row in found if row[0].state is ArticleState.UNTRIAGED]
    if not waiting:
        is_there = scene.row.op is OutboxOp.EDIT  # else there is nothing to remind of
        return Outgoing(texts.untriaged_done()) if is_there else None
    lines = await _lines(scene, waiting[:LISTED_AT_MOST])
    return Outgoing(texts.untriaged(lines), buttons=tuple(_openers(lines, "sheet")))


async def _lines(
    scene: Scene, found: Sequence[tuple[Article, ArticleVersion]]
) -> list[texts.ArticleLine]:
    tallies: dict[int, dict[ClaimStatus, int]] = {}
    ids = [article.id for article, _version in found]
    for article_id, status, count in await claims.tallies(scene.session, ids):
        tallies.setdefault(article_id, {})[status] = count
    return [
        texts.ArticleLine(article.id, version.title, article.state, tallies.get(article.id, {}))
        for article, version in found
    ]


def _openers(lines: Sequence[texts.ArticleLine], verb: str) -> list[tuple[Button, ...]]:
    buttons = [Button(f"A-{line.article_id}", data(verb, line.article_id)) for line in lines]
    return [
        tuple(buttons[at : at + BUTTONS_PER_ROW]) for at in range(0, len(buttons), BUTTONS_PER_ROW)
    ]
