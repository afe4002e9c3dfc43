"""A file of a word processor or a PDF, as it came."""

from dataclasses import dataclass
from enum import StrEnum

PDF_TYPE = "application/pdf"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
_PDF_START = 1024  # bytes of anything that may stand before a PDF's own start


class DocumentKind(StrEnum):
    """The two formats that a draft or a report comes in."""

    WORD = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it came; `url` is where it was published, if that is known."""

    body: bytes
    kind: DocumentKind
    name: str | None = None
    url: str | None = None


def document_kind(body: bytes) -> DocumentKind | None:
    """The kind by the first bytes, whatever the name says; None for text and everything else."""
    if _PDF in body[:_PDF_START]:
        return DocumentKind.PDF
    return DocumentKind.WORD if body.startswith((_ZIP, _OLE)) else None
