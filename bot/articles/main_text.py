"""The body of a page: what people came to read, without what stands around it."""

import logging
import re
from collections import Counter
from html import unescape

from lxml import etree
from trafilatura import bare_extraction

from bot.articles.characters import one_line
from bot.articles.paragraphs import paragraphs_of
from bot.articles.structured import Node, article_node
from bot.articles.tree import line_of

# Their complaints about a stranger's page are no events of ours; what the page is says its status.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

RESCUE_CHARS = 500  # a shorter articleBody in JSON-LD is a teaser
RESCUE_SHARE = 0.5  # the page's markup gave less than this share of what JSON-LD holds
COUNTED_WORDS = 8  # shorter blocks are captions and menus more often than prose

_TAGS = re.compile(r"<[^<>]{1,300}>")
_LINES = re.compile(r"(?:\r?\n|<br\s?/?>|</p>)+", re.I)
_WORD = re.compile(r"\w+")


def body_of(page: str, nodes: list[Node]) -> list[str]:
    """The body's paragraphs in order; [] where the page holds none.

    A page that keeps its text for scripts but declares it in JSON-LD is read from there.
    Costs about 15 ms of CPU for an ordinary news page.
    """
    document = bare_extraction(page, favor_precision=True, include_comments=False)
    body = getattr(document, "body", None)  # None where trafilatura finds no text at all
    paragraphs = paragraphs_of(body) if body is not None else []
    declared = _declared_body(nodes)
    found, promised = sum(map(len, paragraphs)), sum(map(len, declared))
    if promised >= RESCUE_CHARS and found < RESCUE_SHARE * promised:
        return declared
    return paragraphs


def agreement(paragraphs: list[str], root: etree._Element) -> float:
    """How far a second, simpler reading of the page finds the same words, in [0, 1].

    The second reading takes the blocks with running text under the element that holds most of
    it. Where the two differ, one of them took too much or too little.
    """
    ours = Counter(_words(" ".join(paragraphs)))
    theirs = Counter(_words(" ".join(_densest_blocks(root))))
    if not ours or not theirs:
        return 0.0
    shared = sum((ours & theirs).values())
    return 2 * shared / (sum(ours.values()) + sum(theirs.values()))


def _densest_blocks(root: etree._Element) -> list[str]:
    """Texts of the `p` elements under the grandparent that holds the most running text."""
    blocks: dict[etree._Element, list[str]] = {}
    for paragraph in root.iterfind(".//p"):
        text = line_of(paragraph)
        if len(text.split()) < COUNTED_WORDS:
            continue
        parent = paragraph.getparent()
        holder = parent.getparent() if parent is not None else None
        for ancestor in (parent, holder):
            if ancestor is not None:
                blocks.setdefault(ancestor, []).append(text)
    if not blocks:
        return []
    # a grandparent must hold clearly more than the parent to be preferred, or it is the whole page
    return max(blocks.values(), key=lambda texts: sum(map(len, texts)))


def _declared_body(nodes: list[Node]) -> list[str]:
    body = article_node(nodes).get("articleBody")
    if not isinstance(body, str):
        return []
    lines = (one_line(_TAGS.sub(" ", unescape(line))) for line in _LINES.split(body))
    return [line for line in lines if line]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
