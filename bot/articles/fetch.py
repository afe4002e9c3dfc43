"""Fetching one page on a stranger's word, within limits of time, size and place."""

import asyncio
import errno
import re
import ssl
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from bot.articles import walls
from bot.articles.addresses import normal_url
from bot.articles.body import ACCEPT_ENCODING, ENCODINGS, Body
from bot.articles.charsets import known_charset
from bot.articles.documents.document import PDF_TYPE, WORD_TYPE, DocumentKind, document_kind
from bot.articles.guard import Allow, guarded_connector
from bot.articles.page import Page
from bot.articles.sites import is_login_page, site_without_article
from bot.errors import AddressForbidden, ArticleProblem, ArticleUnreachable, ArticleUnreadable

FETCH_TIMEOUT_S = 20.0  # everything: names, redirects, body
MAX_BODY_BYTES = 8 * 1024 * 1024  # as sent and decompressed; long live blogs reach 5 MB
MAX_DOCUMENT_BYTES = 20 * 1024 * 1024  # reports with pictures in them
MAX_REDIRECTS = 5
HEADER_BYTES = 32 * 1024  # one header; content policies of news sites exceed the usual 8 KB
CHECK_BYTES = 256 * 1024  # a robot check is a small page
CHUNK_BYTES = 64 * 1024
USER_AGENT = "Deskcheck/0.1 (newsroom fact-check desk; opens single pages that an editor sends in)"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TOLD_APART = frozenset({401, 403, 404, 410})
_TEXT_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_DOCUMENT_TYPES = frozenset({PDF_TYPE, "application/x-pdf", WORD_TYPE})
_ANY_FILE = frozenset({"application/octet-stream", "binary/octet-stream"})  # the body tells
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain;q=0.8, */*;q=0.1",
    "Accept-Encoding": ACCEPT_ENCODING,
    "Accept-Language": "*",
}


def open_http(
    allow: Allow = frozenset(), *, connector: aiohttp.TCPConnector | None = None
) -> aiohttp.ClientSession:
    """The session for pages: dials public addresses and `allow`, keeps no cookies, knows no proxy.

    Needs a running loop; the caller closes it.
    """
    return aiohttp.ClientSession(
        connector=connector or guarded_connector(allow),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers=_HEADERS,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        trust_env=False,
        auto_decompress=False,
        max_line_size=HEADER_BYTES,
        max_field_size=HEADER_BYTES,
    )


async def fetch_page(
    http: aiohttp.ClientSession | None,
    url: str,
    *,
    allow: Allow = frozenset(),
    timeout_s: float = FETCH_TIMEOUT_S,
    max_bytes: int = MAX_BODY_BYTES,
    now: datetime | None = None,
) -> Page:
    """The page or document behind `url`, after redirects, decompressed but not yet read.

    `http` comes from `open_http`; without it a session is opened for this one page, with `allow`,
    which else is without effect. `now` is kept as `Page.fetched_at`.

    Raises:
        AddressForbidden: "scheme", "address", or "private": not on the public internet.
        ArticleUnreachable: "timeout", "dns", "refused", "tls", "connection", "http_5xx" (status),
            "busy" (retry_after in seconds, or None).
        ArticleUnreadable: "http_401", "http_403", "http_404", "http_410", "http_4xx" (status),
            "blocked", "too_big", "empty", "not_text" (content_type), "video", "login",
            "too_many_redirects", "redirect_loop".
    """
    address = normal_url(url)
    async with AsyncExitStack() as stack:
        if http is None:
            http = await stack.enter_async_context(open_http(allow))
        with _network_trouble_told(address):
            async with asyncio.timeout(timeout_s):
                return await _follow(http, address, max_bytes=max_bytes, now=now)


async def _follow(
    session: aiohttp.ClientSession, address: str, *, max_bytes: int, now: datetime | None
) -> Page:
    visited: set[str] = set()
    while len(visited) <= MAX_REDIRECTS:
        if address in visited:
            raise ArticleUnreadable(address, "redirect_loop")
        if reason := site_without_article(address):
            raise ArticleUnreadable(address, reason)
        visited.add(address)
        async with session.get(URL(address, encoded=True), allow_redirects=False) as response:
            target = _target(response, address)
            if target is None:
                _refuse_login(address, was_redirected=len(visited) > 1)
                return await _page(response, address, max_bytes=max_bytes, now=now)
        address = target
    raise ArticleUnreadable(address, "too_many_redirects")


def _target(response: aiohttp.ClientResponse, address: str) -> str | None:
    location = response.headers.get("Location", "")
    if response.status not in _REDIRECTS or not location:
        return None
    try:
        return normal_url(urljoin(address, location))
    except ValueError as error:  # brackets that do not match
        raise AddressForbidden(location[:80], "address") from error


def _refuse_login(address: str, *, was_redirected: bool) -> None:
    if was_redirected and is_login_page(address):
        raise ArticleUnreadable(address, "login")


async def _page(
    response: aiohttp.ClientResponse, address: str, *, max_bytes: int, now: datetime | None
) -> Page:
    if response.status == 503 and await _is_robot_check(response, address):
        raise ArticleUnreadable(address, "blocked")
    _refuse_status(response, address)
    declared = response.headers.get("Content-Type", "")
    content_type = declared.partition(";")[0].strip().lower()
    _refuse_type(content_type, address)
    if content_type in _DOCUMENT_TYPES:
        max_bytes = max(max_bytes, MAX_DOCUMENT_BYTES)
    body = await _body(response, address, max_bytes)
    if not body.strip():
        raise ArticleUnreadable(address, "empty")
    charset = _CHARSET.search(declared)
    return Page(
        url=address,
        body=body,
        content_type=_seen_type(content_type, body, address),
        charset=known_charset(charset.group(1)) if charset else None,
        http_status=response.status,
        fetched_at=now,
    )


async def _is_robot_check(response: aiohttp.ClientResponse, address: str) -> bool:
    """Whether "come later" means: prove that you are a browser. Waiting would not help."""
    if response.headers.get("cf-mitigated") == "challenge":
        return True
    try:
        body = await _body(response, address, CHECK_BYTES)
    except (ArticleUnreadable, zlib.error):
        return False
    return bool(walls.ROBOT_CHECK.search(body.decode("latin-1")))


def _refuse_status(response: aiohttp.ClientResponse, address: str) -> None:
    status, headers = response.status, response.headers
    if status == 429 or (status == 503 and "Retry-After" in headers):
        raise ArticleUnreachable(address, "busy", retry_after=_retry_after_s(headers))
    if status >= 500:
        raise ArticleUnreachable(address, "http_5xx", status=status)
    if status in _TOLD_APART:
        raise ArticleUnreadable(address, f"http_{status}")
    if status >= 400:
        raise ArticleUnreadable(address, "http_4xx", status=status)
    if not 200 <= status < 300:
        raise ArticleUnreadable(address, "empty")


def _retry_after_s(headers: Mapping[str, str]) -> int | None:
    """How long a busy server asks us to wait, by its own clock; None if it does not say."""
    wanted = headers.get("Retry-After", "").strip()
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 9:
        return int(wanted)
    try:
        until = parsedate_to_datetime(wanted)
        said_at = parsedate_to_datetime(headers.get("Date", ""))
    except ValueError:
        return None
    wait = _aware(until) - _aware(said_at)
    return max(0, int(wait.total_seconds()))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _refuse_type(content_type: str, address: str) -> None:
    if content_type.startswith(("video/", "audio/")):
        raise ArticleUnreadable(address, "video")
    if content_type and content_type not in _TEXT_TYPES | _DOCUMENT_TYPES | _ANY_FILE:
        raise ArticleUnreadable(address, "not_text", content_type=content_type[:80])


def _seen_type(content_type: str, body: bytes, address: str) -> str:
    """The type by what came; what the server said may be missing or wrong."""
    kind = document_kind(body)
    is_file = content_type in _DOCUMENT_TYPES | _ANY_FILE
    if kind is DocumentKind.PDF or (kind and is_file):
        return PDF_TYPE if kind is DocumentKind.PDF else WORD_TYPE
    start = body[:1024]
    if is_file or (b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise ArticleUnreadable(address, "not_text", content_type=content_type)
    return content_type or "text/html"


async def _body(response: aiohttp.ClientResponse, address: str, max_bytes: int) -> bytes:
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ENCODINGS:
        raise ArticleUnreadable(address, "not_text", content_type=f"encoded as {encoding[:40]}")
    if (response.content_length or 0) > max_bytes:
        raise ArticleUnreadable(address, "too_big")
    body = Body(encoding, max_bytes)
    try:
        async for chunk in response.content.iter_chunked(CHUNK_BYTES):
            body.feed(chunk)
        return body.finished()
    except OverflowError as error:
        raise ArticleUnreadable(address, "too_big") from error


@contextmanager
def _network_trouble_told(address: str) -> Iterator[None]:
    """Turn what the network does to us into what a person can be told."""
    try:
        yield
    except (aiohttp.ClientError, TimeoutError, OSError, UnicodeError, zlib.error) as error:
        raise _problem(address, error) from error


def _problem(address: str, error: Exception) -> ArticleProblem:
    if isinstance(error, TimeoutError):
        return ArticleUnreachable(address, "timeout")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return ArticleUnreachable(address, "dns")
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return ArticleUnreachable(address, "tls")
    if isinstance(error, aiohttp.InvalidURL | UnicodeError):
        return AddressForbidden(address, "address")
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EACCES:  # the guard's word, see `ForbiddenDial`
        return AddressForbidden(address, "private")
    reasons = {errno.ECONNREFUSED: "refused", errno.ETIMEDOUT: "timeout"}
    return ArticleUnreachable(address, reasons.get(number or 0, "connection"))
