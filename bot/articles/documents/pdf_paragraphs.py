"""Paragraphs out of a PDF's lines, which know where they stand and nothing else."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from bot.articles.documents.pdf_lines import Line
from bot.articles.pieces import Piece

EDGE_LINES = 2  # a running head or foot has no more
REPEATED_SHARE = 0.4  # of the pages: on so many a head returns, left and right ones take turns
ENOUGH_LINES = 5  # to know how far apart lines are; else they are set as most people do
GAP = 1.3  # of the usual distance between two lines: a wider one ends a paragraph
INDENT = 0.8  # of a line's height: so far in starts a new paragraph
SHORT = 0.15  # of the column: a line that stays so far from its edge may be a last one
VERY_SHORT = 0.4  # of the column: a heading, a byline, a line of an address
SIZE_CHANGE = 0.12
TITLE_SHARE = 1.2  # of the body's letters: so tall are those of a title at least

_PAGE_NUMBER = re.compile(
    r"(?:(?:page|seite|página|pagina|p\.?|стр\.?)\s?)?[-–—|]?\s?\d{1,4}\s?"
    r"(?:(?:of|/|von|de|di|sur|из|з)\s?\d{1,4}\s?)?[-–—|]?|[ivxl]{1,6}|https?://\S+\s+\d+/\d+",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’»)\]]{0,2}\d{0,2}\s{0,2}$")
_BULLET = re.compile(r"\s{0,4}(?:[•▪●◦‣■□–—*·-]|\(?\d{1,2}[.)]|[a-z][.)])\s")
_DOT = re.compile(r"^\s*[•▪●◦‣■□]\s*")
_BROKEN = re.compile(r"(\w+)-\s*$")
_FIRST_WORD = re.compile(r"\s*(\w+)")


def without_repeated(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of all pages without page numbers and what returns at the edges of pages."""
    edges = [_edges(page) for page in pages]
    seen = Counter(words for page in edges for words in {_shape(line) for line in page})
    least = max(2, REPEATED_SHARE * len(pages))
    tall = TITLE_SHARE * body_size([line for page in pages for line in page])
    kept: list[Line] = []
    for page, edge in zip(pages, edges, strict=True):
        dropped = {
            id(line)
            for line in edge
            if (seen[_shape(line)] >= least and not (line.page == 0 and line.size >= tall))
            or _PAGE_NUMBER.fullmatch(line.text.strip())
        }
        kept.extend(line for line in page if id(line) not in dropped)
    return kept


def joined(lines: Sequence[Line]) -> list[list[Piece]]:
    """Paragraphs in reading order; linear in the number of lines."""
    if not lines:
        return []
    known = Counter(re.findall(r"\w+(?:-\w+)?", " ".join(line.text.lower() for line in lines)))
    paragraphs = [_without_dot(lines[0].pieces)]
    layout = _Layout(lines)
    for before, line in pairwise(lines):
        if layout.goes_on(before, line):
            _append(paragraphs[-1], before, line, known)
        else:
            paragraphs.append(_without_dot(line.pieces))
    return paragraphs


def body_size(lines: Sequence[Line]) -> float:
    """The height that most letters have, in points; 0 without lines."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _edges(page: Sequence[Line]) -> list[Line]:
    by_height = sorted((line for line in page if line.text.strip()), key=lambda line: -line.y)
    return by_height[:EDGE_LINES] + by_height[EDGE_LINES:][-EDGE_LINES:]


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", "".join(line.text.casefold().split()))


def _without_dot(pieces: Sequence[Piece]) -> list[Piece]:
    """A list's item without the dot before it, as pages give it, too."""
    first = pieces[0]
    return [Piece(_DOT.sub("", first.text), first.url), *pieces[1:]]


def _append(paragraph: list[Piece], before: Line, line: Line, known: Counter[str]) -> None:
    """Add a line; a word that was broken becomes whole, one that has a hyphen keeps it."""
    broken, following = _BROKEN.search(before.text), _FIRST_WORD.match(line.text)
    if not broken or not following or not following.group(1)[0].islower():
        same = before.pieces[-1].url if before.pieces[-1].url == line.pieces[0].url else None
        space = "" if before.text.rstrip().endswith("-") else " "
        paragraph.extend((Piece(space, same), *line.pieces))
        return
    whole = (broken.group(1) + following.group(1)).lower()
    hyphened = f"{broken.group(1)}-{following.group(1)}".lower()
    if known[whole] or not known[hyphened]:
        _drop_hyphen(paragraph)
    first = line.pieces[0]
    paragraph.extend((Piece(first.text.lstrip(), first.url), *line.pieces[1:]))


def _drop_hyphen(paragraph: list[Piece]) -> None:
    while paragraph:
        last = paragraph.pop()
        text = last.text.rstrip()
        if text:
            paragraph.append(Piece(text.removesuffix("-"), last.url))
            return


class _Layout:
    """Columns and distances of a text: what tells a paragraph's end from a line's."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._pitch = _pitch(lines)
        self._columns: dict[int, tuple[float, float]] = {}
        column: list[Line] = []
        for line in lines:
            if column and not _is_below(column[-1], line):
                self._measure(column)
                column = []
            column.append(line)
        self._measure(column)

    def goes_on(self, before: Line, line: Line) -> bool:
        """Whether `line` belongs to the paragraph of the line before it."""
        if _changes_size(before, line) or _BULLET.match(line.text):
            return False
        ended = bool(_SENTENCE_END.search(before.text))
        if _stands_beside(before, line):
            return True
        if not _is_below(before, line):  # the next column or page
            return not ended and (line.text.lstrip()[:1].islower() or before.text.endswith("-"))
        if before.y - line.y > GAP * self._pitch.get(line.size, 1.25 * line.size):
            return False
        left, right = self._columns[id(line)]
        inset = left + INDENT * line.size
        if line.left > inset >= before.left and not _BULLET.match(before.text):
            return False
        room = (right - before.right) / max(right - left, 1)
        follows = line.text.lstrip()[:1].islower() or before.text.rstrip().endswith("-")
        return not (ended and room > SHORT) and (follows or room <= VERY_SHORT)

    def _measure(self, column: Sequence[Line]) -> None:
        left = median(line.left for line in column)
        right = sorted(line.right for line in column)[int(0.9 * (len(column) - 1))]
        self._columns.update({id(line): (left, right) for line in column})


def _pitch(lines: Sequence[Line]) -> dict[float, float]:
    """The usual distance from line to line, for each height of letters."""
    found: dict[float, list[float]] = {}
    for before, line in pairwise(lines):
        distance = before.y - line.y
        if before.page == line.page and 0.5 * line.size < distance < 4 * line.size:
            found.setdefault(line.size, []).append(distance)
    return {
        size: sorted(distances)[len(distances) // 4]
        for size, distances in found.items()
        if len(distances) >= ENOUGH_LINES
    }


def _changes_size(before: Line, line: Line) -> bool:
    larger = max(before.size, line.size)
    return abs(before.size - line.size) > SIZE_CHANGE * larger and len(line.text) > 3


def _stands_beside(before: Line, line: Line) -> bool:
    level = abs(before.y - line.y) < 0.3 * line.size
    return before.page == line.page and level and line.left >= before.right - 1


def _is_below(before: Line, line: Line) -> bool:
    return before.page == line.page and (line.y < before.y or _stands_beside(before, line))
