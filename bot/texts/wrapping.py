"""Lines of a terminal, in which a Chinese, Japanese or Korean character takes two columns."""

import textwrap
from collections.abc import Iterator

from bot.texts.language import columns


def wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """`text` in lines of at most `width` columns; `first` opens the first, `rest` the others."""
    if columns(text) == len(text):
        return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest)
    lines: list[str] = []
    line = first
    for piece in _pieces(text):
        opens = line in (first, rest)
        if not opens and columns(line) + columns(piece) > width:
            lines.append(line.rstrip())
            line, opens = rest, True
        line += piece.lstrip() if opens else piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> Iterator[str]:
    """What stays in one line: words with the space before them, and wide characters by
    themselves."""
    word = ""
    for character in text:
        wide = columns(character) > 1
        if word and (wide or character == " " or columns(word[-1]) > 1):
            yield word
            word = ""
        word += character
    if word:
        yield word
