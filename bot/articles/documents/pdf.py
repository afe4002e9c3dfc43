"""What a PDF holds: its running text with its links, without what a page repeats."""

import re
from collections.abc import Sequence
from datetime import datetime

from pypdfium2 import PdfDocument, PdfiumError, raw

from bot.articles.characters import one_line
from bot.articles.documents.manuscript import Manuscript
from bot.articles.documents.pdf_lines import Line, lines_of
from bot.articles.documents.pdf_paragraphs import (
    TITLE_SHARE,
    body_size,
    joined,
    without_repeated,
)
from bot.articles.moments import parse_moment
from bot.articles.pieces import line_from
from bot.errors import ArticleUnreadable

PAGES = 400  # seconds of work; a longer one is a book
LETTERS = 100  # a file with fewer holds pictures of text, and a stamp at most
TITLE_LINES = 4
CONFIDENCE = 0.85  # a PDF knows places of letters and no paragraphs

_NO_TITLE = re.compile(r"^(?:microsoft word|untitled|document\d*$)|\.\w{2,5}$", re.I)
_MOMENT = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-]\d\d)'?(\d\d)'?)?")


def read_pdf(body: bytes) -> Manuscript:
    """The paragraphs of a PDF, broken lines and broken words joined.

    Running heads, feet and page numbers are left out. Costs about 3 ms of CPU for a page.

    Raises:
        ArticleUnreadable: "file_locked", "file_broken", "file_scanned", "file_too_long" (pages).
    """
    try:
        with PdfDocument(body) as document:
            if len(document) > PAGES:
                raise ArticleUnreadable("", "file_too_long", pages=len(document), most=PAGES)
            pages = [lines_of(document, number) for number in range(len(document))]
            about = document.get_metadata_dict()
    except PdfiumError as error:
        locked = error.err_code == raw.FPDF_ERR_PASSWORD
        raise ArticleUnreadable("", "file_locked" if locked else "file_broken") from error
    if sum(map(str.isalnum, "".join(line.text for page in pages for line in page))) < LETTERS:
        raise ArticleUnreadable("", "file_scanned")
    lines = without_repeated(pages)
    declared = one_line(about.get("Title", ""))
    return Manuscript(
        paragraphs=joined(lines),
        title=_title(lines, declared),
        declared_title=None if _NO_TITLE.search(declared) else declared or None,
        author=about.get("Author"),
        dated_at=_moment(about.get("CreationDate", "")),
        confidence=CONFIDENCE,
    )


def _title(lines: Sequence[Line], declared: str) -> str | None:
    """The declared title if the first page shows it, else the tallest lines there."""
    first_page = [line for line in lines if line.page == 0]
    least = TITLE_SHARE * body_size(lines)
    tall = [line for line in first_page if line.size >= least and line.text.strip()]
    if declared and _letters(declared) in _letters(" ".join(line.text for line in first_page)):
        return declared
    if not tall:
        return None
    height = max(line.size for line in tall)
    start = next(index for index, line in enumerate(tall) if line.size == height)
    same = [line for line in tall[start : start + TITLE_LINES] if line.size == height]
    return line_from(joined(same)[0]) if sum(len(line.text) for line in same) > 3 else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _moment(written: str) -> datetime | None:
    """An instant as PDF writes it. Source: ISO 32000-1, 7.9.4."""
    found = _MOMENT.match(written)
    if found is None:
        return None
    year, month, day, hour, minute, second, offset_h, offset_min = found.groups(default="00")
    offset = f"{offset_h}:{offset_min}" if offset_h[0] in "+-" else "+00:00"
    return parse_moment(f"{year}-{month}-{day}T{hour}:{minute}:{second}{offset}")
