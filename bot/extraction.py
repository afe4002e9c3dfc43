"""The one function that the reader process calls, and how that process gets ready for it."""

from dataclasses import dataclass
from typing import Literal

from bot.articles.article import Article
from bot.articles.documents.document import Document
from bot.articles.page import Page
from bot.claims.findings import Findings

WARM = ("bot.extraction:warm_up",)  # for the reader process, before its first job
_SAMPLE = "The mayor said on Monday that 12 boats were lost. “It was a storm,” he told the Ledger."


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
    # Imported where it runs. The desk's own process only names this function, and so does without
    # the parsers and models, which would make it half as big again.
    from bot.articles.documents.reading import read_document
    from bot.articles.reading import read_html_draft, read_markdown, read_page, read_text
    from bot.claims.finding import find_claims

    if isinstance(source, Page):
        article = read_page(source)
    elif isinstance(source, Document):
        article = read_document(source)
    else:
        readings = {"text": read_text, "html": read_html_draft, "markdown": read_markdown}
        article = readings[source.format](source.text, url=source.url)
    return Extraction(article, find_claims(article))


def warm_up() -> None:
    """Load what reading an article needs, so that the first one does not wait for it."""
    extract(Draft(_SAMPLE))
