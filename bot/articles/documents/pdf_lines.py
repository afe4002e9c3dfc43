"""The lines of a PDF's pages: characters with their places, and the links that lie over them."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdfium2 import PdfDocument, PdfPage, PdfTextPage, raw

from bot.articles.linking import web_address
from bot.articles.pieces import Piece

URL_BYTES = 4096
LINKS = 2000  # on one page
CHARS = 60_000  # on one page; a broadsheet has 20,000
_HYPHENS = "\x02\ufffe\xad"  # what PDFium and typesetters write where a word is broken
_SEAM = re.compile(r"\s{2,}")

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points from below


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print. `size` is the height of its letters in points, `y` its foot on the page."""

    pieces: tuple[Piece, ...]
    left: float
    right: float
    y: float
    size: float
    page: int

    @property
    def text(self) -> str:
        """The line's words as they stand."""
        return "".join(piece.text for piece in self.pieces)


def lines_of(document: PdfDocument, number: int) -> list[Line]:
    """The lines of one page, in the order in which the file writes them."""
    page = document[number]
    text_page = page.get_textpage()
    try:
        links = _links_on(document, page)
        return [
            line
            for marks in _broken_up(text_page)
            if (line := _line(text_page, marks, links, number)) is not None
        ]
    finally:
        text_page.close()
        page.close()


def _broken_up(text_page: PdfTextPage) -> Iterator[list[tuple[int, str]]]:
    """(place, character) of each line; a broken word ends its line with a hyphen."""
    marks: list[tuple[int, str]] = []
    high = 0
    for place in range(min(text_page.count_chars(), CHARS)):
        code = raw.FPDFText_GetUnicode(text_page, place)
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        mark = chr(code) if code <= 0x10FFFF else "\ufffd"
        if (mark in "\r\n\x0c" and code) or mark in _HYPHENS:
            if mark in _HYPHENS and marks:
                marks.append((place, "-"))
            yield marks
            marks = []
        elif code:
            marks.append((place, mark))
    yield marks


def _line(
    text_page: PdfTextPage,
    marks: Sequence[tuple[int, str]],
    links: Sequence[tuple[Box, str]],
    number: int,
) -> Line | None:
    seen = [place for place, mark in marks if not mark.isspace()]
    if not seen:
        return None
    boxes = [_box(text_page, place) for place in (seen[0], seen[-1], *seen[1:-1:9])]
    first, last = boxes[:2]
    near = [link for link in links if link[0][1] <= first[3] and link[0][3] >= first[1]]
    return Line(
        pieces=tuple(_pieces(text_page, marks, near)),
        left=first[0],
        right=last[2],
        y=first[1],
        # Fonts in one line differ, the letters of a footnote mark most: the tallest counts.
        size=round(max(top - foot for _, foot, _, top in boxes), 1),
        page=number,
    )


def _pieces(
    text_page: PdfTextPage,
    marks: Sequence[tuple[int, str]],
    links: Sequence[tuple[Box, str]],
) -> Iterator[Piece]:
    if not links:
        yield Piece("".join(mark for _, mark in marks))
        return
    for place, mark in marks:
        left, bottom, right, top = _box(text_page, place)
        x, y = (left + right) / 2, (bottom + top) / 2
        covering = (url for box, url in links if box[0] <= x <= box[2] and box[1] <= y <= box[3])
        yield Piece(mark, next(covering, None))


def _box(text_page: PdfTextPage, place: int) -> Box:
    """The room of a character, from the foot to the head of its font; zeros for one without."""
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text_page, place, box):
        return 0.0, 0.0, 0.0, 0.0
    return box.left, box.bottom, box.right, box.top


def _links_on(document: PdfDocument, page: PdfPage) -> list[tuple[Box, str]]:
    """Areas of a page that lead to a web address."""
    found: list[tuple[Box, str]] = []
    position, link, area = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _ in range(LINKS):
        if not raw.FPDFLink_Enumerate(page, position, link):
            break
        action = raw.FPDFLink_GetAction(link)
        if not action or not raw.FPDFLink_GetAnnotRect(link, area):
            continue
        buffer = ctypes.create_string_buffer(URL_BYTES)
        raw.FPDFAction_GetURIPath(document, action, buffer, URL_BYTES)
        url = web_address(buffer.value.decode("utf-8", "replace").strip(), base=None)
        if url:
            found.append(((area.left, area.bottom, area.right, area.top), url))
    return found
