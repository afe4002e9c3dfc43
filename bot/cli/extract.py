"""`deskcheck extract`: what the desk finds in an article, for a person or for a script."""

import argparse
import asyncio
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bot.articles.characters import decoded
from bot.articles.documents.document import Document, DocumentKind, document_kind
from bot.articles.fetch import fetch_page
from bot.articles.page import Page
from bot.claims.contract import to_json
from bot.cli.extract_lines import extract_lines
from bot.errors import ArticleProblem, Refusal
from bot.extraction import Draft, Extraction, extract
from bot.reader.reader import Reader
from bot.settings import load_fetch_allow
from bot.texts import extraction as texts

FILE_BYTES = 20 * 1024 * 1024  # as much as Telegram hands over to a bot
READ_TIMEOUT_S = 30.0
SHEET_COLUMNS = 100  # longer lines are hard to read
GARBAGE_SHARE = 0.05  # of characters that are no text: then it is a picture or an archive

_HTML = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")
_DOCUMENTS = {".docx": DocumentKind.WORD, ".pdf": DocumentKind.PDF}
_FOREIGN = (".doc", ".odt", ".rtf", ".epub", ".pages", ".xlsx", ".zip")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `deskcheck extract`."""
    parser.add_argument(
        "source",
        metavar="SOURCE",
        help="a web address, a file (.html, .md, .docx, .pdf, other text), or - for standard input",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the findings as JSON")
    form.add_argument(
        "--jsonl",
        action="store_true",
        help='read one object a line {"id", "html" | "text", "url"?}, write one a line in the '
        'same order; {"id", "error"} where a line could not be read',
    )


def run(args: argparse.Namespace) -> int:
    """Print the findings of one source or of many; 0 done, 1 could not, 2 wrong usage."""
    try:
        if args.jsonl:
            with _opened(args.source) as lines:
                failed = asyncio.run(extract_lines(lines, sys.stdout.buffer))
            if failed:
                print(texts.failed_lines(failed), file=sys.stderr)
            return 0
        found = asyncio.run(_extraction(args.source))
        return _show(found, args.source, as_json=args.json)
    except (ArticleProblem, Refusal) as problem:
        print(texts.problem_line(problem, args.source), file=sys.stderr)
        return 1


async def _extraction(source: str) -> Extraction:
    """Fetch or read the source, then extract where it may be killed."""
    page = await _source_of(source)
    async with Reader(timeout_s=READ_TIMEOUT_S) as reader:
        return await reader.run(extract, page)


async def _source_of(source: str) -> Page | Draft | Document:
    if source.lower().startswith(("http://", "https://")):
        return await fetch_page(None, source, allow=load_fetch_allow())
    if source == "-":
        return _piped(await asyncio.to_thread(sys.stdin.buffer.read, FILE_BYTES + 1))
    body = _file_bytes(Path(source))
    ending = Path(source).suffix.lower()
    if ending in _FOREIGN:
        raise Refusal("format", ending=ending)
    document = document_kind(body) or _DOCUMENTS.get(ending)
    if document is not None:
        return Document(body, document, Path(source).name)
    if ending in _HTML:
        return Page("", body, "text/html", None)
    text = _text_of(body)
    return Draft(text, "markdown" if ending in _MARKDOWN else "text", Path(source).name)


def _piped(body: bytes) -> Page | Draft | Document:
    if len(body) > FILE_BYTES:
        raise Refusal("too_big")
    document = document_kind(body)
    if document is not None:
        return Document(body, document)
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<?xml")):
        return Page("", body, "text/html", None)
    return Draft(_text_of(body))


def _text_of(body: bytes) -> str:
    text = decoded(body)
    if not text.strip():
        raise Refusal("empty")
    strange = sum((char < " " and char not in "\n\r\t\f") or char == "\ufffd" for char in text)
    if strange > GARBAGE_SHARE * len(text):
        raise Refusal("not_text")
    return text


def _file_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refusal("folder")
        if path.stat().st_size > FILE_BYTES:
            raise Refusal("too_big")
        body = path.read_bytes()
    except FileNotFoundError as error:
        raise Refusal("missing") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise Refusal("unreadable", why=getattr(error, "strerror", None) or str(error)) from error
    if not body.strip():
        raise Refusal("empty")
    return body


@contextmanager
def _opened(source: str) -> Iterator[BinaryIO]:
    """The lines of a batch; closes what it opened."""
    if source == "-":
        yield sys.stdin.buffer
        return
    path = Path(source)
    if path.is_dir():
        raise Refusal("folder")
    try:
        lines = path.open("rb")
    except FileNotFoundError as error:
        raise Refusal("missing") from error
    except (OSError, ValueError) as error:
        raise Refusal("unreadable", why=getattr(error, "strerror", None) or str(error)) from error
    with lines:
        yield lines


def _show(found: Extraction, source: str, *, as_json: bool) -> int:
    if as_json:
        record = to_json(found.article, found.findings)
        _write(json.dumps(record, ensure_ascii=False, indent=1))
        return 0
    if not found.article.text:
        print(texts.nothing_line(found.article.status, source), file=sys.stderr)
        return 1
    columns = min(shutil.get_terminal_size((SHEET_COLUMNS, 24)).columns, SHEET_COLUMNS)
    _write(texts.sheet(found.article, found.findings, columns=columns))
    return 0


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
