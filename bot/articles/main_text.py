"""The body of a page: what people came to read, without what stands around it."""

import logging
import re
from collections import Counter
from dataclasses import dataclass
from html import unescape

from lxml import etree
from trafilatura import bare_extraction

from bot.articles.blocks import mended
from bot.articles.characters import one_line
from bot.articles.paragraphs import PROSE_WORDS, is_prose, paragraphs_of
from bot.articles.structured import Node, article_node
from bot.articles.tree import line_of

# Their complaints about a stranger's page are no events of ours; what the page is says its status.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

DOUBTFUL = 0.4  # of agreement: here one reading of two is of something else
CLEARLY = 0.05
DECLARED_AGREEMENT = 0.9  # no second reading, but the page itself says so
RESCUE_CHARS = 500  # a shorter articleBody in JSON-LD is a teaser
RESCUE_SHARE = 0.5  # the page's markup gave less than this share of what JSON-LD holds

_TAGS = re.compile(r"<[^<>]{1,300}>")
_LINES = re.compile(r"(?:\r?\n|<br\s?/?>|</p>)+", re.I)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs in order, and how far a second reading agrees, in [0, 1] (see `agreement`)."""

    paragraphs: list[str]
    agreement: float


def body_of(page: str, root: etree._Element, nodes: list[Node]) -> Body:
    """The body of a page; no paragraphs where the page holds none.

    A page that keeps its text for scripts but declares it in JSON-LD is read from there. Where
    the careful reading finds something else than everybody would, the generous one is tried.
    Costs about 15 ms of CPU for an ordinary news page.
    """
    careful = _extracted(page, root, careful=True)
    declared = _declared_body(nodes)
    found, promised = sum(map(len, careful.paragraphs)), sum(map(len, declared))
    if promised >= RESCUE_CHARS and found < RESCUE_SHARE * promised:
        return Body(declared, DECLARED_AGREEMENT)
    if careful.agreement >= DOUBTFUL:
        return careful
    generous = _extracted(page, root, careful=False)
    return generous if generous.agreement > careful.agreement + CLEARLY else careful


def _extracted(page: str, root: etree._Element, *, careful: bool) -> Body:
    try:
        document = bare_extraction(page, favor_precision=careful, include_comments=False)
    except ValueError:  # it moves text between elements, and some text of hostile pages it may not
        document = None
    body = getattr(document, "body", None)  # None where trafilatura finds no text at all
    paragraphs = mended(root, paragraphs_of(body)) if body is not None else []
    return Body(paragraphs, agreement(paragraphs, root))


def agreement(paragraphs: list[str], root: etree._Element) -> float:
    """How far a second, simpler reading of the page finds the same words, in [0, 1].

    Two simple readings are tried, the running text where most of it stands and all running text
    of the page; the one that agrees more counts. Below .9 lie most of the bad readings.
    """
    everywhere = [line for line in paragraphs_of(root) if is_prose(line)]
    return max(_alike(paragraphs, reading) for reading in (_densest_blocks(root), everywhere))


def _alike(one: list[str], other: list[str]) -> float:
    ours, theirs = Counter(_words(" ".join(one))), Counter(_words(" ".join(other)))
    size = sum(ours.values()) + sum(theirs.values())
    return 2 * sum((ours & theirs).values()) / size if size else 0.0


def _densest_blocks(root: etree._Element) -> list[str]:
    """Texts of the `p` elements under the grandparent that holds the most running text."""
    blocks: dict[etree._Element, list[str]] = {}
    for paragraph in root.iterfind(".//p"):
        text = line_of(paragraph)
        parent = paragraph.getparent()
        holder = parent.getparent() if parent is not None else None
        if holder is not None and len(text.split()) >= PROSE_WORDS:
            blocks.setdefault(holder, []).append(text)
    return max(blocks.values(), key=lambda texts: sum(map(len, texts)), default=[])


def _declared_body(nodes: list[Node]) -> list[str]:
    body = article_node(nodes).get("articleBody")
    if not isinstance(body, str):
        return []
    lines = (one_line(_TAGS.sub(" ", unescape(line))) for line in _LINES.split(body))
    return [line for line in lines if line]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
