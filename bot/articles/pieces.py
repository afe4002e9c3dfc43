"""Text that knows its links: pieces make a paragraph, paragraphs make one text with spans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.articles.article import Link
from bot.articles.characters import one_line, plain
from bot.articles.paragraphs import Spans, join_paragraphs


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph that leads to one address, or to none."""

    text: str
    url: str | None = None


Pieces = Sequence[Piece]


def line_from(pieces: Pieces) -> str:
    """The words of a paragraph as one line."""
    return one_line("".join(piece.text for piece in pieces))


def assembled(paragraphs: Iterable[Pieces]) -> tuple[str, Spans, tuple[Link, ...]]:
    """One text with a blank line between paragraphs, their spans, and the links in text order.

    Spaces are made single as everywhere; a link keeps to its words. Neighbouring pieces with the
    same address are one link.
    """
    lines = [line for pieces in paragraphs if (line := _tidied(pieces))]
    text, spans = join_paragraphs("".join(mark for mark, _ in line) for line in lines)
    links: list[Link] = []
    for (start, _), line in zip(spans, lines, strict=True):
        for first, last, url in _runs(line):
            place = slice(start + first, start + last)
            links.append(Link(place.start, place.stop, text[place], url))
    return text, spans, tuple(links)


def _tidied(pieces: Pieces) -> list[tuple[str, str | None]]:
    """(character, address) of one line; a space between two links belongs to neither."""
    line: list[tuple[str, str | None]] = []
    space: str | None = None
    for piece in pieces:
        for mark in plain(piece.text):
            if mark.isspace():
                space = " "
                continue
            if space and line:
                line.append((space, piece.url if line[-1][1] == piece.url else None))
            line.append((mark, piece.url))
            space = None
    return line


def _runs(line: Sequence[tuple[str, str | None]]) -> Iterable[tuple[int, int, str]]:
    start, current = 0, None
    for place, (_, url) in enumerate([*line, ("", None)]):
        if url == current:
            continue
        if current:
            yield start, place, current
        start, current = place, url
