"""Word and PDF files as articles."""

from bot.articles.documents.document import Document, DocumentKind, document_kind
from bot.articles.documents.reading import read_document

__all__ = ["Document", "DocumentKind", "document_kind", "read_document"]
