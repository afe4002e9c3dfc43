"""The ways into the desk: a fetched page, pasted text, a Markdown or HTML draft."""

import re
from collections.abc import Sequence
from datetime import datetime

from lxml import etree
from markdown_it import MarkdownIt
from trafilatura.metadata import extract_metadata

from bot.articles.article import Article, ArticleStatus, DateOrigin
from bot.articles.bylines import byline_in, names_in
from bot.articles.characters import decoded, one_line, without_controls
from bot.articles.documents.document import PDF_TYPE, WORD_TYPE, Document, DocumentKind
from bot.articles.documents.reading import read_document
from bot.articles.language import language_of
from bot.articles.linking import LinkedCharacters
from bot.articles.main_text import Body, body_of
from bot.articles.metadata import Metadata, read_metadata
from bot.articles.moments import date_line, parse_moment
from bot.articles.page import Page
from bot.articles.paragraphs import join_paragraphs, paragraphs_of
from bot.articles.plain_text import read_lines
from bot.articles.status import status_of
from bot.articles.structured import nodes_of
from bot.articles.tree import line_of, tree_of

SURE_CHARS = 600  # a body shorter than this is complete less often
DATED_LINES = 5  # at the head of a body may say when it was published
# The words of a robot check or an error page are no article: no claim is looked for in them.
_FOREIGN_TEXT = (ArticleStatus.BLOCKED, ArticleStatus.CONSENT, ArticleStatus.NOT_FOUND)
_DOCUMENTS = {PDF_TYPE: DocumentKind.PDF, WORD_TYPE: DocumentKind.WORD}
TEXT_WORDS = 12  # of what has no tags: less is an error message
_TAG = re.compile(r"<[a-z!/]", re.I)  # without one the server only calls it HTML
_READ_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "")


def read_page(page: Page) -> Article:
    """The article that a fetched page holds; what it is worth says `status`.

    Metadata comes from JSON-LD, OpenGraph and meta tags, gaps from trafilatura's guess; a date
    that nobody declared is marked as guessed.

    Raises:
        ArticleUnreadable: the page is a document that cannot be read, see `read_document`.
    """
    kind = page.content_type.partition(";")[0].strip().lower()
    if kind in _DOCUMENTS:
        return read_document(Document(page.body, _DOCUMENTS[kind], url=page.url or None))
    if kind not in _READ_TYPES:
        return _nothing(page, ArticleStatus.NOT_AN_ARTICLE)
    characters = decoded(page.body, declared=page.charset)
    if kind in ("text/plain", "text/markdown"):
        reading = read_markdown if kind == "text/markdown" else read_text
        return reading(characters, url=page.url or None)
    if not _TAG.search(characters) and len(characters.split()) >= TEXT_WORDS:
        return read_text(characters, url=page.url or None)
    characters = without_controls(characters)
    root = tree_of(characters)
    if root is None:
        missing = page.http_status in (404, 410)
        return _nothing(page, ArticleStatus.NOT_FOUND if missing else ArticleStatus.NOT_AN_ARTICLE)
    return _read_tree(root, characters, page)


def read_text(text: str, *, url: str | None = None) -> Article:
    """The article in plain text, whether a clean paste or a copy of a whole web page.

    Menus, comment forms and subscription boxes around the body are left out; lines within a
    clean paste never are.
    """
    found = read_lines(text)
    body, spans = join_paragraphs(found.paragraphs)
    return Article(
        text=body,
        paragraphs=spans,
        title=found.title,
        authors=found.authors,
        published_at=found.published_at,
        published_at_source=DateOrigin.GUESSED if found.published_at else None,
        language=language_of(body),
        url=url,
        status=ArticleStatus.OK if body else ArticleStatus.NOT_AN_ARTICLE,
        confidence=found.confidence,
    )


def read_markdown(text: str, *, url: str | None = None) -> Article:
    """A Markdown draft; its whole body is kept."""
    return read_html_draft(MarkdownIt("commonmark").enable("table").render(text), url=url)


def read_html_draft(markup: str, *, url: str | None = None) -> Article:
    """An HTML draft: everything visible but title and byline is the body."""
    root = tree_of(without_controls(markup))
    body = root.find("body") if root is not None else None
    if root is None or body is None:
        return Article(text="", url=url, status=ArticleStatus.NOT_AN_ARTICLE, confidence=0.0)
    paragraphs = paragraphs_of(body)
    title = line_of(next(body.iterfind(".//h1"), None))
    if title and title in paragraphs[:3]:
        paragraphs.remove(title)
    title = title or one_line(root.findtext(".//title") or "")
    authors = byline_in(paragraphs[0]) if paragraphs else ()
    if authors and len(paragraphs[0]) < 100:
        paragraphs.pop(0)
    text, spans = join_paragraphs(paragraphs)
    return Article(
        text=text,
        paragraphs=spans,
        links=LinkedCharacters(root, url=url or "").links_in(text, spans),
        title=title or None,
        authors=authors,
        language=language_of(text),
        url=url,
        status=ArticleStatus.OK if text else ArticleStatus.NOT_AN_ARTICLE,
        confidence=1.0 if text else 0.0,
    )


def _read_tree(root: etree._Element, characters: str, page: Page) -> Article:
    nodes = nodes_of(root)
    declared = read_metadata(root, nodes, url=page.url)
    linked = LinkedCharacters(root, url=page.url)
    body = body_of(characters, root, nodes)
    paragraphs = [line for line in body.paragraphs if line != declared.title]
    status = status_of(root, nodes, paragraphs, url=page.url, http_status=page.http_status)
    if status in _FOREIGN_TEXT:
        paragraphs = []
    text, spans = join_paragraphs(paragraphs)
    title, authors, published_at, origin = _filled(declared, root, paragraphs)
    return Article(
        text=text,
        paragraphs=spans,
        links=linked.links_in(text, spans),
        title=title,
        authors=authors,
        publication=declared.publication,
        published_at=published_at,
        published_at_source=origin,
        language=language_of(text, declared=declared.language),
        url=page.url or None,
        canonical_url=declared.canonical_url,
        status=status,
        confidence=_confidence(body, status),
    )


def _filled(
    declared: Metadata, root: etree._Element, lines: Sequence[str]
) -> tuple[str | None, tuple[str, ...], datetime | None, DateOrigin | None]:
    """Title, authors, date and the date's origin, gaps filled by trafilatura's guesses."""
    origin = DateOrigin.DECLARED if declared.published_at else None
    if declared.title and declared.authors and declared.published_at:
        return declared.title, declared.authors, declared.published_at, origin
    # Not extensive: that would load month names in 200 languages, 40 MB, for every doubtful line.
    guess = extract_metadata(root, extensive=False)
    dated = next(filter(None, map(date_line, lines[:DATED_LINES])), None)
    guessed = dated or (parse_moment(guess.date) if guess.date else None)
    if guessed and (guessed.month, guessed.day) == (1, 1):
        guessed = None  # somebody found a year and nothing else
    published_at = declared.published_at or guessed
    if origin is None and published_at:
        origin = DateOrigin.GUESSED
    authors = declared.authors or names_in(
        (guess.author or "").split(";"), not_among=declared.publication
    )
    return declared.title or guess.title, authors, published_at, origin


def _confidence(body: Body, status: ArticleStatus) -> float:
    if status is not ArticleStatus.OK:
        return 0.0
    length = min(1.0, sum(map(len, body.paragraphs)) / SURE_CHARS)
    return round(body.agreement * (0.5 + 0.5 * length), 3)


def _nothing(page: Page, status: ArticleStatus) -> Article:
    return Article(text="", url=page.url or None, status=status, confidence=0.0)
