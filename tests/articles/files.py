"""Word and PDF files made on the spot, so that a test shows what stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

PITCH = 14  # points from line to line
LETTER = 5.5  # points, about the width of one letter of the test font


@dataclass(frozen=True)
class Print:
    """A line of print; `url` lies over the words `linked`."""

    text: str
    size: float = 11
    x: float = 72
    gap: float = 0  # points above it, beyond the usual
    linked: str = ""
    url: str = ""


def a_pdf(*pages: Sequence[Print], about: dict[str, str] | None = None, locked: bool = False):
    """A PDF with the lines of each page from above, a few points from its edge."""
    objects: list[bytes] = [b"", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>"]
    kids = []
    for lines in pages:
        stream, links = _page(lines)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>/Annots[%s]>>" % (len(objects), b" ".join(links))
        )
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    entries = b"".join(b"/%s(%s)" % (k.encode(), v.encode()) for k, v in (about or {}).items())
    objects.append(b"<<%s>>" % entries)
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[<00><00>]" % (
        b"o" * 32,
        b"u" * 32,
    )
    return _written(objects, b"/Info %d 0 R" % len(objects) + (lock if locked else b""))


def _page(lines: Sequence[Print]) -> tuple[bytes, list[bytes]]:
    written, links, y = [], [], 800.0
    for line in lines:
        y -= line.gap + max(PITCH, 1.25 * line.size)
        safe = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        written.append(f"BT /F {line.size} Tf {line.x} {y} Td ({safe}) Tj ET")
        if line.url:
            width = 0.6 * line.size
            left = line.x + width * line.text.index(line.linked)
            right = left + width * len(line.linked)
            links.append(
                f"<</Type/Annot/Subtype/Link/Rect[{left} {y - 2} {right} {y + 8}]"
                f"/A<</S/URI/URI({line.url})>>>>".encode()
            )
    return "\n".join(written).encode("cp1252"), links


def _written(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out = BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


class WordFile:
    """A .docx file, paragraph by paragraph; markup inside one is given as WordprocessingML."""

    def __init__(self) -> None:
        self.document = Document()

    def says(self, text: str, *, style: str | None = None) -> "WordFile":
        self.document.add_paragraph(text, style=style)
        return self

    def holds(self, markup: str) -> "WordFile":
        """A paragraph of runs, deletions, links …"""
        paragraph = parse_xml(f"<w:p {nsdecls('w', 'r')}>{markup}</w:p>")
        ElementTree.fromstring(f"<p xmlns:w='w' xmlns:r='r'>{markup}</p>")  # noqa: S314 - ours
        body = self.document.element.body
        body.insert(len(body) - 1, paragraph)
        return self

    def link_to(self, url: str) -> str:
        """The id under which a paragraph's markup names an address."""
        return self.document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def table(self, *rows: Sequence[str]) -> "WordFile":
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        return self

    def saved(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()
