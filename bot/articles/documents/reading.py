"""The article in a Word or PDF file."""

from datetime import datetime

from bot.articles.article import Article, ArticleStatus, DateOrigin
from bot.articles.bylines import byline_in, names_in
from bot.articles.documents.document import Document, DocumentKind
from bot.articles.documents.manuscript import Manuscript
from bot.articles.documents.pdf import read_pdf
from bot.articles.documents.word import read_word
from bot.articles.language import language_of
from bot.articles.moments import date_line
from bot.articles.pieces import Pieces, assembled, line_from
from bot.articles.plain_text import is_heading

HEAD_PARAGRAPHS = 6  # title, kicker, byline and date stand above the text
HEAD_CHARS = 100  # of a paragraph that is nothing but a byline or a date
TITLE_CHARS = 400


def read_document(document: Document) -> Article:
    """The article in a file; title, byline and date at its head are no part of the text.

    What the file says of its author counts where no byline stands in it, and the day it was last
    saved is a guess at its date.

    Raises:
        ArticleUnreadable: "file_locked" (a password), "file_scanned" (pictures of text),
            "file_broken", "old_word", "too_big", "file_too_long" (pages).
    """
    readings = {DocumentKind.WORD: read_word, DocumentKind.PDF: read_pdf}
    manuscript = readings[document.kind](document.body)
    title, authors, dated_at, body = _without_head(manuscript)
    text, spans, links = assembled(body)
    return Article(
        text=text,
        paragraphs=spans,
        links=links,
        title=title[:TITLE_CHARS] if title else None,
        authors=authors,
        published_at=dated_at,
        published_at_source=DateOrigin.GUESSED if dated_at else None,
        language=language_of(text),
        url=document.url,
        status=ArticleStatus.OK if text else ArticleStatus.NOT_AN_ARTICLE,
        confidence=manuscript.confidence if text else 0.0,
    )


def _without_head(
    manuscript: Manuscript,
) -> tuple[str | None, tuple[str, ...], datetime | None, list[Pieces]]:
    """Title, authors, date, and the paragraphs that are left."""
    head = [line_from(pieces) for pieces in manuscript.paragraphs[:HEAD_PARAGRAPHS]]
    several = len(manuscript.paragraphs) > 1
    heading = head[0] if several and is_heading(head[0]) else None
    title = manuscript.title or heading or manuscript.declared_title
    authors: tuple[str, ...] = ()
    dated_at: datetime | None = None
    body: list[Pieces] = []
    for line, pieces in zip(head, manuscript.paragraphs, strict=False):
        names, moment = (
            (byline_in(line), date_line(line)) if len(line) <= HEAD_CHARS else ((), None)
        )
        authors, dated_at = authors or names, dated_at or moment
        if not (names or moment or _same(line, title)):
            body.append(pieces)
    body.extend(manuscript.paragraphs[HEAD_PARAGRAPHS:])
    authors = authors or names_in([manuscript.author or ""])
    return title, authors, dated_at or manuscript.dated_at, body


def _same(line: str, title: str | None) -> bool:
    return title is not None and line.casefold() == title.casefold()
