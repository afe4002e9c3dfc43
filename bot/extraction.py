"""The one function that the reader process calls."""

from dataclasses import dataclass
from typing import Literal

from bot.articles.article import Article
from bot.articles.documents import Document, read_document
from bot.articles.page import Page
from bot.articles.reading import read_html_draft, read_markdown, read_page, read_text
from bot.claims.finding import find_claims
from bot.claims.findings import Findings


@dataclass(frozen=True, slots=True)
class Draft:
    """A text without an address: pasted, forwarded or uploaded; `name` is the file's.

    `url` is where it was published, if that is known.
    """

    text: str
    format: Literal["text", "html", "markdown"] = "text"
    name: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article and what is to be checked in it. Pickles both ways."""

    article: Article
    findings: Findings


def extract(source: Page | Draft | Document) -> Extraction:
    """Read a page, a draft or a file and find its claims; what came of it says `article.status`.

    Costs about 30 ms of CPU for a news page, half a second more in a fresh process.

    Raises:
        ArticleUnreadable: a Word or PDF file that cannot be read, see `read_document`.
    """
    article = _article_in(source)
    return Extraction(article, find_claims(article))


def _article_in(source: Page | Draft | Document) -> Article:
    if isinstance(source, Page):
        return read_page(source)
    return read_document(source) if isinstance(source, Document) else _read_draft(source)


def _read_draft(draft: Draft) -> Article:
    readings = {"text": read_text, "html": read_html_draft, "markdown": read_markdown}
    return readings[draft.format](draft.text, url=draft.url)
