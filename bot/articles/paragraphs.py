"""Paragraphs of an element tree, and how they make one text."""

import re
from collections.abc import Iterable

from lxml import etree

from bot.articles.characters import one_line

PROSE_WORDS = 8  # shorter lines are captions and menus more often than prose

_SENTENCE_END = re.compile(r"[.!?…。]['\"”’»)\]]{0,2}\s{0,2}$")

Spans = tuple[tuple[int, int], ...]

# HTML's names and the names of the TEI subset that trafilatura answers with.
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "item",
        "lb",
        "li",
        "list",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "quote",
        "row",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    }
)
_CELLS = frozenset({"td", "th", "cell"})
_UNREAD = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "svg",
        "select",
        "option",
        "button",
        "textarea",
        "title",
        "meta",
        "link",
        "graphic",
        "math",
    }
)


def paragraphs_of(root: etree._Element) -> list[str]:
    """The readable paragraphs under `root` in document order, each on one line, none empty."""
    found: list[str] = []
    pieces: list[str] = []

    def close() -> None:
        if paragraph := one_line("".join(pieces)):
            found.append(paragraph)
        pieces.clear()

    for event, tag, text in _walk(root):
        if tag in _BLOCKS:
            close()
        elif tag in _CELLS and event == "end":
            pieces.append(" ")
        if text:
            pieces.append(text)
    close()
    return found


def is_prose(line: str) -> bool:
    """A line of running text, not a heading, a menu or a button."""
    return len(line.split()) >= PROSE_WORDS and bool(_SENTENCE_END.search(line))


def join_paragraphs(paragraphs: Iterable[str]) -> tuple[str, Spans]:
    """One text with a blank line between paragraphs, and each paragraph's span in it."""
    spans: list[tuple[int, int]] = []
    position = 0
    kept = [paragraph for paragraph in paragraphs if paragraph]
    for paragraph in kept:
        spans.append((position, position + len(paragraph)))
        position += len(paragraph) + 2
    return "\n\n".join(kept), tuple(spans)


def text_events(
    root: etree._Element,
) -> Iterable[tuple[bool, int, etree._Element, str | None]]:
    """(an edge of a block?, +1 into a link or -1 out of it, whose text, text) in document order."""
    unread = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if not isinstance(element.tag, str):
            parent = element.getparent()
            if event != "start" and not unread and parent is not None:
                yield False, 0, parent, element.tail
            continue
        skipped = element.tag in _UNREAD
        link = int(element.tag == "a")
        if event == "start":
            unread += skipped
            yield element.tag in _BLOCKS, link, element, None if unread else element.text
        else:
            unread -= skipped
            parent = element.getparent()
            tail = element.tail if element is not root and not unread else None
            yield element.tag in _BLOCKS, -link, element if parent is None else parent, tail


def _walk(root: etree._Element) -> Iterable[tuple[str, str, str | None]]:
    """(event, tag, text that follows) without recursion: hostile pages nest thousands deep."""
    unread = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if not isinstance(element.tag, str):
            text = None if unread or event == "start" else element.tail
            yield "comment", "", text
            continue
        skipped = element.tag in _UNREAD
        if event == "start":
            unread += skipped
            yield event, element.tag, None if unread else element.text
        else:
            unread -= skipped
            tail = element.tail if element is not root and not unread else None
            yield event, element.tag, tail
