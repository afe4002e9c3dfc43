"""An article as the desk reads it: clean text, and where everything stands in it."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ArticleStatus(StrEnum):
    """What the page turned out to be; everything but OK has its own next step for the editor."""

    OK = "ok"
    PAYWALL = "paywall"
    CONSENT = "consent"
    SCRIPT_ONLY = "script_only"
    BLOCKED = "blocked"
    NOT_FOUND = "not_found"
    NOT_AN_ARTICLE = "not_an_article"


class DateOrigin(StrEnum):
    """Whether the page says when it was published, or somebody inferred it."""

    DECLARED = "declared"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the body: `article.text[start:end] == text`, `url` is absolute."""

    start: int
    end: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """Paragraphs joined by a blank line, with spans in code points into `text`.

    `published_at` is aware; a day without an hour is midnight UTC. `confidence`, in [0, 1], says
    how sure the reading is of having the whole body and nothing else.
    """

    text: str
    paragraphs: tuple[tuple[int, int], ...] = ()
    links: tuple[Link, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    publication: str | None = None
    published_at: datetime | None = None
    published_at_source: DateOrigin | None = None
    language: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    status: ArticleStatus = ArticleStatus.OK
    confidence: float = 1.0

    def links_over(self, start: int, end: int) -> list[Link]:
        """Links that share a character with `text[start:end]`; logarithmic in their number."""
        first = bisect_right(self.links, start, key=lambda link: link.end)
        found = []
        for link in self.links[first:]:
            if link.start >= end:
                break
            found.append(link)
        return found
