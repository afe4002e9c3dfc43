"""What comes back when a page is fetched, and what a person is told when none does."""

import gzip
import zlib
from datetime import UTC, datetime

import pytest

from bot.articles.documents.document import PDF_TYPE, WORD_TYPE
from bot.articles.fetch import MAX_REDIRECTS, fetch_page, open_http
from bot.errors import AddressForbidden, ArticleProblem, ArticleUnreachable, ArticleUnreadable
from tests.articles.wire import a_wire, answering, by_path, redirecting, saying

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
ARTICLE = "<p>There were 78 objectors at first – “шлях”.</p>".encode()


async def problem_of(script, *, path="/", **limits) -> ArticleProblem:
    """What is told when a page is fetched from a server with this script."""
    async with a_wire(script) as wire:
        with pytest.raises(ArticleProblem) as problem:
            await fetch_page(None, wire.url + path, allow=wire.allow, **limits)
    return problem.value


async def page_of(script, *, path="/"):
    async with a_wire(script) as wire:
        return await fetch_page(None, wire.url + path, allow=wire.allow)


async def test_a_page_comes_with_its_address_type_charset_and_time():
    async with a_wire(answering(ARTICLE)) as wire:
        page = await fetch_page(None, f"{wire.url}/a?b=1#part", allow=wire.allow, now=MONDAY)

    assert (page.url, page.body) == (f"{wire.url}/a?b=1", ARTICLE)
    assert (page.content_type, page.charset, page.http_status) == ("text/html", "utf-8", 200)
    assert page.fetched_at == MONDAY


async def test_one_session_serves_many_pages():
    async with a_wire(answering(ARTICLE)) as wire, open_http(wire.allow) as http:
        assert [(await fetch_page(http, wire.url)).body for _ in range(3)] == [ARTICLE] * 3


async def test_we_say_who_we_are_and_nothing_about_the_editor(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    script = by_path(
        first=answering(b"", status="302 Found", Location="/second", Set_Cookie="id=7; Path=/"),
        second=answering(ARTICLE),
    )
    async with a_wire(script) as wire:
        with_secret = wire.url.replace("//", "//editor:secret@") + "/first"
        await fetch_page(None, with_secret, allow=wire.allow)

    assert len(wire.requests) == 2
    for request in wire.requests:
        assert "User-Agent: Deskcheck/" in request
        assert not {"cookie", "authorization", "referer"} & {
            line.partition(":")[0].lower() for line in request.splitlines()
        }


async def test_redirects_are_followed_to_the_final_address():
    script = by_path(old=redirecting("/new?x=1#part", status="301 Moved"), new=answering(ARTICLE))
    async with a_wire(script) as wire:
        page = await fetch_page(None, f"{wire.url}/old", allow=wire.allow)

    assert (page.url, page.body) == (f"{wire.url}/new?x=1", ARTICLE)


async def test_as_many_redirects_as_allowed_are_followed_and_no_more():
    steps = {f"r{n}": redirecting(f"/r{n + 1}") for n in range(MAX_REDIRECTS + 1)}
    script = by_path(**steps, **{f"r{MAX_REDIRECTS + 1}": answering(ARTICLE)})

    assert (await page_of(script, path="/r1")).body == ARTICLE
    assert (await problem_of(script, path="/r0")).reason == "too_many_redirects"


async def test_a_redirect_in_a_circle_is_told():
    script = by_path(a=redirecting("/b"), b=redirecting("/a"))

    assert (await problem_of(script, path="/a")).reason == "redirect_loop"


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        ("401 Unauthorized", ArticleUnreadable, "http_401"),
        ("403 Forbidden", ArticleUnreadable, "http_403"),
        ("404 Not Found", ArticleUnreadable, "http_404"),
        ("410 Gone", ArticleUnreadable, "http_410"),
        ("451 Unavailable", ArticleUnreadable, "http_4xx"),
        ("429 Too Many", ArticleUnreachable, "busy"),
        ("500 Oops", ArticleUnreachable, "http_5xx"),
        ("503 Later", ArticleUnreachable, "http_5xx"),
        ("304 Not Modified", ArticleUnreadable, "empty"),
        ("302 Found", ArticleUnreadable, "empty"),
        ("204 No Content", ArticleUnreadable, "empty"),
    ],
)
async def test_refusals_of_the_site_are_told_apart(status, kind, reason):
    problem = await problem_of(saying(f"HTTP/1.1 {status}\r\n\r\n".encode()))

    assert (type(problem), problem.reason) == (kind, reason)
    if reason in ("http_4xx", "http_5xx"):
        assert problem.details["status"] == int(status[:3])


@pytest.mark.parametrize(
    ("asked", "wait_s"),
    [
        ("120", 120),
        ("Mon, 16 Nov 2026 09:10:00 GMT", 600),
        ("Mon, 16 Nov 2026 08:00:00 GMT", 0),
        ("soon", None),
        ("99999999999", None),
    ],
)
async def test_a_busy_site_says_how_long_to_wait(asked, wait_s):
    problem = await problem_of(
        answering(status="503 Busy", Retry_After=asked, Date="Mon, 16 Nov 2026 09:00:00 GMT")
    )

    assert (type(problem), problem.reason) == (ArticleUnreachable, "busy")
    assert problem.details == {"retry_after": wait_s}


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        ({}, b"<title>Just a moment...</title><p>Checking your browser</p>", "blocked"),
        ({"Retry_After": "5"}, b"<p>Please verify you are human</p>", "blocked"),
        ({"cf_mitigated": "challenge"}, b"", "blocked"),
        ({}, b"<title>Down for maintenance</title><p>We are back soon.</p>", "http_5xx"),
        ({"Retry_After": "5"}, b"<p>Too many readers right now</p>", "busy"),
    ],
)
async def test_a_robot_check_is_not_taken_for_a_busy_site(headers, body, reason):
    problem = await problem_of(answering(body, status="503 Service Unavailable", **headers))

    assert problem.reason == reason


@pytest.mark.parametrize(
    ("content_type", "body", "reason"),
    [
        ("application/pdf", b"<p>Sorry</p>", "not_text"),
        ("video/mp4", b"....", "video"),
        ("audio/mpeg", b"....", "video"),
        ("image/png", b"....", "not_text"),
        ("application/octet-stream", b"....", "not_text"),
        ("text/html", b"PK\x03\x04\0\0\0", "not_text"),
        ("text/html", b" \r\n ", "empty"),
        ("text/html", b"", "empty"),
    ],
)
async def test_what_is_no_text_is_told_by_kind(content_type, body, reason):
    problem = await problem_of(answering(body, Content_Type=content_type))

    assert (type(problem), problem.reason) == (ArticleUnreadable, reason)


@pytest.mark.parametrize(
    ("content_type", "seen"),
    [
        ("TEXT/HTML;charset=x", "text/html"),
        ("application/xhtml+xml", "application/xhtml+xml"),
        ("text/plain", "text/plain"),
        ("", "text/html"),
    ],
)
async def test_text_is_taken(content_type, seen):
    assert (await page_of(answering(ARTICLE, Content_Type=content_type))).content_type == seen


@pytest.mark.parametrize(
    ("content_type", "body", "seen"),
    [
        ("application/pdf", b"%PDF-1.7", PDF_TYPE),
        ("text/html", b"%PDF-1.7", PDF_TYPE),
        ("", b"\n%PDF-1.7", PDF_TYPE),
        ("application/octet-stream", b"%PDF-1.7", PDF_TYPE),
        (WORD_TYPE, b"PK\x03\x04\0\0\0", WORD_TYPE),
        ("application/octet-stream", b"PK\x03\x04\0\0\0", WORD_TYPE),
    ],
)
async def test_a_pdf_or_word_file_is_taken_and_known_by_its_first_bytes(content_type, body, seen):
    assert (await page_of(answering(body, Content_Type=content_type))).content_type == seen


@pytest.mark.parametrize(
    ("declared", "charset"),
    [
        ("utf-8", "utf-8"),
        ('"Windows-1251"', "cp1251"),
        ("ISO-8859-1", "cp1252"),
        ("punycode", None),
        ("rot13", None),
        ("idna", None),
        ("utf-7", None),
        ("a" * 10_000, None),
        ("../../etc", None),
    ],
)
async def test_only_known_charsets_are_passed_on(declared, charset):
    page = await page_of(answering(ARTICLE, Content_Type=f"text/html; charset={declared}"))

    assert page.charset == charset


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(ARTICLE)),
        ("GZIP", gzip.compress(ARTICLE[:10]) + gzip.compress(ARTICLE[10:])),
        ("x-gzip", gzip.compress(ARTICLE) + b"\0" * 512),
        ("deflate", zlib.compress(ARTICLE)),
        ("deflate", zlib.compress(ARTICLE, wbits=-15)),
        ("identity", ARTICLE),
    ],
    ids=["gzip", "two parts", "padded", "zlib", "bare deflate", "as it is"],
)
async def test_compressed_pages_are_unpacked(encoding, packed):
    assert (await page_of(answering(packed, Content_Encoding=encoding))).body == ARTICLE


@pytest.mark.parametrize(
    "url",
    ["https://www.youtube.com/watch?v=1", "https://youtu.be/1", "https://vimeo.com/76979871",
     "https://www.tiktok.com/@desk/video/7", "https://www.facebook.com/desk/videos/9/",
     "https://www.instagram.com/reel/C1/", "https://fb.watch/x/", "https://rutube.ru/video/1/"],
)  # fmt: skip
async def test_videos_are_known_before_anything_is_opened(url):
    with pytest.raises(ArticleUnreadable) as problem:
        await fetch_page(None, url)

    assert (problem.value.url, problem.value.reason) == (url, "video")


@pytest.mark.parametrize(
    "url",
    ["https://docs.google.com/document/d/1abc/edit", "https://drive.google.com/file/d/1/view",
     "https://paper.dropbox.com/doc/x", "https://www.dropbox.com/s/x/a.docx",
     "https://desk.sharepoint.com/:w:/s/x", "https://desk-my.sharepoint.com/x", "https://1drv.ms/w/s",
     "https://www.notion.so/desk/Draft-1", "https://word.office.com/x", "https://coda.io/d/x"],
)  # fmt: skip
async def test_documents_behind_a_login_are_known_before_anything_is_opened(url):
    with pytest.raises(ArticleUnreadable) as problem:
        await fetch_page(None, url)

    assert problem.value.reason == "login"


@pytest.mark.parametrize(
    "target",
    ["/login?next=/a", "/users/Sign-In", "https://docs.google.com/document/d/1/edit"],
)
async def test_a_redirect_to_a_login_is_told(target):
    script = by_path(a=redirecting(target), login=answering(ARTICLE), users=answering(ARTICLE))

    assert (await problem_of(script, path="/a")).reason == "login"


async def test_a_shortened_link_to_a_video_is_told_as_a_video():
    script = redirecting("https://www.youtube.com/watch?v=1")

    assert (await problem_of(script)).reason == "video"


@pytest.mark.parametrize(
    ("url", "reason"),
    [("ftp://example.org/a", "scheme"), ("file:///etc/passwd", "scheme"), ("hello", "address")],
)
async def test_what_is_no_web_address_is_refused(url, reason):
    with pytest.raises(AddressForbidden) as problem:
        await fetch_page(None, url)

    assert problem.value.reason == reason
