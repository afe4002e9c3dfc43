"""Title, authors, publication and date: JSON-LD first, then OpenGraph, then meta tags."""

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from lxml import etree

from bot.articles.bylines import names_in
from bot.articles.characters import one_line
from bot.articles.linking import web_address
from bot.articles.moments import parse_moment
from bot.articles.structured import Node, article_node, as_list, as_text
from bot.articles.tree import elements, line_of

TITLE_CHARS = 400
_DATE_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "article.published",
    "publication_date",
    "cxenseparse:recs:publishtime",
)
_AUTHOR_KEYS = (
    "author",
    "article:author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
)
_SITE_BREAK = re.compile(r"\s[|–—»·:-]\s")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page declares; None and () where it does not."""

    title: str | None
    authors: tuple[str, ...]
    publication: str | None
    published_at: datetime | None
    canonical_url: str | None
    language: str | None


def read_metadata(root: etree._Element, nodes: list[Node], *, url: str) -> Metadata:
    """What the page says about itself, without any guess."""
    article, tags = article_node(nodes), _meta_tags(root)
    publication = _first(
        as_text(article.get("publisher")), tags.get("og:site_name"), tags.get("application-name")
    )
    if publication and (cut := _SITE_BREAK.search(publication)):
        publication = publication[: cut.start()]  # what else the site is about
    return Metadata(
        title=_title(root, article, tags, publication),
        authors=_authors(root, article, tags, publication),
        publication=publication,
        published_at=_published_at(root, article, tags),
        canonical_url=_canonical(root, tags, url),
        language=_language(root, article),
    )


def _title(
    root: etree._Element, article: Node, tags: dict[str, str], publication: str | None
) -> str | None:
    headings = [line_of(h1) for h1 in root.iterfind(".//h1")]
    whole = root.findtext(".//title")
    declared = _first(
        as_text(article.get("headline")), tags.get("og:title"), tags.get("twitter:title")
    )
    if declared is None:
        declared = _first(headings[0] if len(headings) == 1 else None, whole, *headings)
    if declared is None:
        return None
    declared = _without_site(declared, publication)
    for heading in headings:  # the heading people read is often the title with its ending cut off
        if (
            len(heading) >= 15
            and declared.startswith(heading)
            and _SITE_BREAK.match(declared, len(heading))
        ):
            return heading
    return declared[:TITLE_CHARS]


def _without_site(title: str, publication: str | None) -> str:
    breaks = list(_SITE_BREAK.finditer(title))
    if not breaks or publication is None:
        return title
    ending = title[breaks[-1].end() :]
    return title[: breaks[-1].start()] if ending.casefold() == publication.casefold() else title


def _authors(
    root: etree._Element, article: Node, tags: dict[str, str], publication: str | None
) -> tuple[str, ...]:
    declared = [as_text(author) for author in as_list(article.get("author"))]
    candidates: list[list[str | None]] = [declared, *([tags.get(key)] for key in _AUTHOR_KEYS)]
    marked = elements(
        root,
        "//*[@rel='author' or @itemprop='author' or "
        "contains(concat(' ', @class, ' '), ' author-name ') or "
        "contains(concat(' ', @class, ' '), ' byline ')][position() <= 4]",
    )
    candidates.append([line_of(element)[:200] for element in marked])
    for written in candidates:
        names = names_in([unescape(name) for name in written if name], not_among=publication)
        if names:
            return names
    return ()


def _published_at(root: etree._Element, article: Node, tags: dict[str, str]) -> datetime | None:
    written: list[str | None] = [as_text(article.get("datePublished"))]
    written.extend(tags.get(key) for key in _DATE_KEYS[:3])
    marked = elements(root, "//*[@itemprop='datePublished'][position() <= 2]")
    written.extend(element.get("content") or element.get("datetime") for element in marked)
    written.extend(tags.get(key) for key in _DATE_KEYS[3:])
    written.extend(
        time.get("datetime") for time in elements(root, "//article//time[@datetime]")[:1]
    )
    return next((moment for text in written if text and (moment := parse_moment(text))), None)


def _canonical(root: etree._Element, tags: dict[str, str], url: str) -> str | None:
    hrefs: list[str | None] = [
        link.get("href")
        for link in root.iterfind(".//link[@rel]")
        if link.get("rel", "").lower() == "canonical"
    ]
    for href in (*hrefs, tags.get("og:url")):
        if href and (address := web_address(href.strip(), base=url)):
            return address
    return None


def _language(root: etree._Element, article: Node) -> str | None:
    written = root.get("lang") or as_text(article.get("inLanguage")) or ""
    code = written.strip().lower()[:2]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _meta_tags(root: etree._Element) -> dict[str, str]:
    """Contents of meta tags by lower-case name, property or itemprop; the first one counts."""
    tags: dict[str, str] = {}
    for meta in root.iterfind(".//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content", "").strip()
        if name and content:
            tags.setdefault(name.strip().lower(), content)
    return tags


def _first(*texts: Any) -> str | None:
    """The first that holds words, as one line with its entities resolved."""
    for text in texts:
        if isinstance(text, str) and (line := one_line(unescape(text))):
            return line
    return None
