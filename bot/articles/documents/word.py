"""What a Word file (.docx) holds: its visible paragraphs with their links."""

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import cast

from docx import Document as open_word
from docx.document import Document as WordDocument
from lxml import etree

from bot.articles.documents.manuscript import Manuscript
from bot.articles.linking import web_address
from bot.articles.pieces import Piece, line_from
from bot.errors import ArticleUnreadable

UNPACKED_BYTES = 200 * 1024 * 1024  # a file of 20 MB with pictures unpacks to little more
_OLE = b"\xd0\xcf\x11\xe0"  # what .doc files and locked .docx files begin with
_LOCKED = "EncryptedPackage".encode("utf-16-le")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Struck out or moved away by an editor, written a second time, or beside the running text.
_UNREAD = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", _FALLBACK})
_MARKS = {f"{_W}tab": " ", f"{_W}noBreakHyphen": "-", f"{_W}tc": " "}
_LINE_ENDS = frozenset({f"{_W}br", f"{_W}cr"})
_FIELD_LINK = re.compile(r"\s*HYPERLINK\s+\"([^\"]+)\"")
_TITLE_STYLES = ("title", "heading 1")


def read_word(body: bytes) -> Manuscript:
    """The paragraphs of a .docx file as an editor sees them with all changes accepted.

    Headers, footers, notes, comments and text boxes are left out.

    Raises:
        ArticleUnreadable: "file_locked", "old_word", "file_broken", or "too_big".
    """
    document = _opened(body)
    about = document.core_properties
    dated_at = about.modified or about.created
    walk = _Walk(document)
    paragraphs = [pieces for pieces in walk.paragraphs() if line_from(pieces)]
    return Manuscript(
        paragraphs=paragraphs,
        title=walk.title,
        declared_title=about.title.strip() or None,
        author=about.author,
        dated_at=_aware(dated_at) if dated_at else None,
    )


def _opened(body: bytes) -> WordDocument:
    if body.startswith(_OLE):
        raise ArticleUnreadable("", "file_locked" if _LOCKED in body else "old_word")
    try:
        with zipfile.ZipFile(BytesIO(body)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
        if unpacked <= UNPACKED_BYTES:
            return open_word(BytesIO(body))
    except MemoryError:
        raise
    except Exception as error:  # the library raises whatever a broken file makes it stumble over
        raise ArticleUnreadable("", "file_broken") from error
    raise ArticleUnreadable("", "too_big")


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class _Walk:
    """One way through the body of a document; `title` is known once it was walked."""

    def __init__(self, document: WordDocument) -> None:
        self.title: str | None = None
        self._body = cast(etree._Element, document.element.body)
        self._addresses = {
            name: relation.target_ref
            for name, relation in document.part.rels.items()
            if relation.is_external
        }
        self._styles = {style.style_id: (style.name or "").lower() for style in document.styles}
        self._links: list[str | None] = []
        self._fields: list[str] = []
        self._pieces: list[Piece] = []
        self._unread = self._tables = 0

    def paragraphs(self) -> Iterator[list[Piece]]:
        """Paragraphs in document order, a table's row as one, some of them empty."""
        for event, element in etree.iterwalk(self._body, events=("start", "end")):
            tag = element.tag
            hidden = tag in _UNREAD or (tag == f"{_W}r" and _is_hidden(element))
            if event == "start":
                self._unread += hidden
                if not self._unread:
                    self._enter(element)
                continue
            self._unread -= hidden
            if not self._unread and self._leave(element):
                yield self._closed(element)

    def _enter(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == f"{_W}t":
            self._write(element.text or "")
        elif tag in _MARKS:
            self._write(_MARKS[tag])
        elif tag == f"{_W}instrText" and self._fields:
            self._fields[-1] += element.text or ""
        elif tag == f"{_W}hyperlink":
            self._links.append(self._addresses.get(element.get(_RELATION, "")))
        elif tag == f"{_W}fldSimple":
            self._links.append(_address_of(element.get(f"{_W}instr", "")))
        elif tag == f"{_W}fldChar":
            self._turn_field(element.get(f"{_W}fldCharType", ""))
        elif tag == f"{_W}tbl":
            self._tables += 1

    def _leave(self, element: etree._Element) -> bool:
        """Whether a paragraph ends here."""
        tag = element.tag
        if tag in (f"{_W}hyperlink", f"{_W}fldSimple") and self._links:
            self._links.pop()
        if tag == f"{_W}tbl":
            self._tables -= 1
        if self._tables:
            return tag == f"{_W}tr"
        return tag == f"{_W}p" or tag in _LINE_ENDS

    def _turn_field(self, turn: str) -> None:
        """A link may be written as a field: begin, its instruction, separate, its words, end."""
        if turn == "begin":
            self._fields.append("")
            self._links.append(None)
        elif turn == "separate" and self._fields:
            self._links[-1] = _address_of(self._fields[-1])
        elif turn == "end" and self._fields:
            self._fields.pop()
            self._links.pop()

    def _write(self, text: str) -> None:
        written = next((link for link in reversed(self._links) if link), None)
        self._pieces.append(Piece(text, web_address(written, base=None) if written else None))

    def _closed(self, element: etree._Element) -> list[Piece]:
        pieces, self._pieces = self._pieces, []
        style = element.find(f"{_W}pPr/{_W}pStyle")
        name = self._styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""
        if self.title is None and name in _TITLE_STYLES:
            self.title = line_from(pieces) or None
        return pieces


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val", "1") not in ("0", "false", "off")


def _address_of(instruction: str) -> str | None:
    found = _FIELD_LINK.match(instruction)
    return found.group(1) if found else None
