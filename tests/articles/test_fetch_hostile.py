"""What a hostile page cannot make the desk do: dial inside, swell, wait for ever, or crash."""

import gzip
import shutil
import socket
import ssl
import subprocess

import pytest

from bot.articles.fetch import fetch_page, open_http
from bot.articles.guard import guarded_connector
from bot.errors import AddressForbidden, ArticleProblem, ArticleUnreachable, ArticleUnreadable
from tests.articles.wire import Names, a_wire, answering, dial_record, for_ever, redirecting, saying

LIMIT = 100_000
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def own_certificate(tmp_path):
    """A server's identity that it has signed itself."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def problem_of(script, **limits) -> ArticleProblem:
    async with a_wire(script) as wire:
        with pytest.raises(ArticleProblem) as problem:
            await fetch_page(None, wire.url, allow=wire.allow, **limits)
    return problem.value


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "[::1]",
     "[::ffff:127.0.0.1]", "[::]", "0.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254",
     "168.63.129.16", "100.100.100.200", "[fd00:ec2::254]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
     "１２７.0.0.1", "①②⑦.0.0.1"],
)  # fmt: skip
async def test_addresses_inside_are_not_dialled(host):
    with dial_record() as dialled, pytest.raises(ArticleProblem) as problem:
        await fetch_page(None, f"http://{host}:8080/latest/meta-data")

    assert dialled == []
    assert type(problem.value) is AddressForbidden
    assert problem.value.reason in ("private", "address")  # odd spellings are no address at all


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "//[::1]:{port}/",
     "http://169.254.169.254/", "http://10.0.0.1/"],
)  # fmt: skip
async def test_a_redirect_inside_is_not_dialled(target):
    async with (
        a_wire(answering(b"secret")) as secret,
        a_wire(redirecting(target.format(port=secret.port))) as wire,
    ):
        with dial_record() as dialled, pytest.raises(AddressForbidden) as problem:
            await fetch_page(None, wire.url, allow=wire.allow)

    assert dialled == [("127.0.0.1", wire.port)]
    assert problem.value.reason == "private"
    assert secret.requests == []


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/", "gopher://x/", "javascript:alert(1)"]
)
async def test_a_redirect_to_another_scheme_is_refused(target):
    problem = await problem_of(redirecting(target))

    assert (type(problem), problem.reason) == (AddressForbidden, "scheme")


async def test_a_name_that_points_inside_is_not_dialled():
    names = Names(inside_example=["10.0.0.1", "127.0.0.1", "fd00::1"])
    async with open_http(connector=guarded_connector(resolver=names)) as http:
        with dial_record() as dialled, pytest.raises(AddressForbidden) as problem:
            await fetch_page(http, "http://inside.example/")

    assert dialled == []
    assert problem.value.reason == "private"


async def test_an_allowed_name_may_be_inside_and_no_other_port_of_it():
    async with a_wire(answering()) as cms, a_wire(answering()) as other:
        names = Names(cms_local=["127.0.0.1"])
        connector = guarded_connector(frozenset({("cms.local", cms.port)}), resolver=names)
        async with open_http(connector=connector) as http:
            page = await fetch_page(http, f"http://CMS.local:{cms.port}/draft")
            with pytest.raises(AddressForbidden):
                await fetch_page(http, f"http://cms.local:{other.port}/")

    assert page.url == f"http://cms.local:{cms.port}/draft"
    assert other.requests == []


async def test_a_second_address_is_tried_when_the_first_is_down():
    async with a_wire(answering()) as wire:
        names = Names(two_local=["127.0.0.2", "127.0.0.1"])
        connector = guarded_connector(frozenset({("two.local", wire.port)}), resolver=names)
        async with open_http(connector=connector) as http:
            page = await fetch_page(http, f"http://two.local:{wire.port}/")

    assert page.http_status == 200


async def test_international_names_are_asked_for_in_their_wire_form():
    async with a_wire(answering()) as wire:
        host = "xn--80a1acn3a.local"
        names = Names(**{host.replace(".", "_"): ["127.0.0.1"]})
        connector = guarded_connector(frozenset({(host, wire.port)}), resolver=names)
        async with open_http(connector=connector) as http:
            page = await fetch_page(http, f"пошта.local:{wire.port}/шлях".join(["http://", ""]))

    assert page.url == f"http://{host}:{wire.port}/%D1%88%D0%BB%D1%8F%D1%85"
    assert f"Host: {host}:{wire.port}" in wire.requests[0]


async def test_an_unknown_name_is_told():
    async with open_http(connector=guarded_connector(resolver=Names())) as http:
        with pytest.raises(ArticleUnreachable) as problem:
            await fetch_page(http, "https://nowhere.example/")

    assert problem.value.reason == "dns"


async def test_a_closed_port_is_told():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(ArticleUnreachable) as problem:
            await fetch_page(
                None, f"http://127.0.0.1:{port}/", allow=frozenset({("127.0.0.1", port)})
            )

    assert problem.value.reason == "refused"


async def test_a_certificate_that_nobody_vouches_for_is_told(own_certificate):
    async with a_wire(answering(), tls=own_certificate) as wire:
        with pytest.raises(ArticleUnreachable) as problem:
            await fetch_page(None, f"https://127.0.0.1:{wire.port}/", allow=wire.allow)

    assert problem.value.reason == "tls"
    assert wire.requests == []


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(b"a" * 50_000_000),
        gzip.compress(b"a" * LIMIT) * 2,
        gzip.compress(b"") * 1000,
    ],
    ids=["large", "in parts", "many parts"],
)
async def test_a_bomb_does_not_go_off(packed):
    problem = await problem_of(answering(packed, Content_Encoding="gzip"), max_bytes=LIMIT)

    assert (type(problem), problem.reason) == (ArticleUnreadable, "too_big")


@pytest.mark.parametrize(
    "script",
    [
        for_ever(HEAD + b"\r\n", b"a" * 10_000),
        for_ever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\naaaaa\r\n" * 1000),
        saying(HEAD + b"Content-Length: 99999999999\r\n\r\n"),
    ],
    ids=["endless", "endless chunks", "announced"],
)
async def test_a_body_without_end_is_not_read_to_the_end(script):
    problem = await problem_of(script, max_bytes=LIMIT)

    assert (type(problem), problem.reason) == (ArticleUnreadable, "too_big")


@pytest.mark.parametrize(
    "script",
    [
        for_ever(HEAD + b"\r\n", b"a", pause_s=0.02),
        for_ever(HEAD, b"X-More: a\r\n", pause_s=0.02),
        for_ever(b"", b"", pause_s=0.02),
    ],
    ids=["body", "headers", "silence"],
)
async def test_a_page_that_drips_is_left_in_time(script):
    problem = await problem_of(script, timeout_s=0.3)

    assert (type(problem), problem.reason) == (ArticleUnreachable, "timeout")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/1.1 999999 What\r\n\r\n",
        HEAD + b"Content-Length: 500\r\n\r\n<p>half",
        HEAD + b"Content-Length: -5\r\n\r\n<p>half",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n<p>half",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<p>ha",
        HEAD + b"X-Big: " + b"a" * 200_000 + b"\r\n\r\n<p>",
        HEAD + b"".join(b"X-%d: a\r\n" % n for n in range(5000)) + b"\r\n<p>",
        HEAD + b"Content-Encoding: gzip\r\n\r\n<p>not packed at all",
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>a" * 100)[:-9],
        HEAD + b"Content-Encoding: deflate\r\n\r\n\xff\xff\xff",
    ],
    ids=[
        "nothing", "another protocol", "no status", "too short", "negative length", "bad chunk",
        "half a chunk", "huge header", "many headers", "not gzip", "half of gzip", "not deflate",
    ],
)  # fmt: skip
async def test_a_broken_answer_is_told_as_a_broken_connection(raw):
    problem = await problem_of(saying(raw))

    assert (type(problem), problem.reason) == (ArticleUnreachable, "connection")


async def test_an_unknown_packing_is_told():
    assert (await problem_of(answering(Content_Encoding="br"))).reason == "not_text"


async def test_a_large_header_of_an_honest_site_is_taken():
    async with a_wire(answering(Content_Security_Policy="a" * 20_000)) as wire:
        page = await fetch_page(None, wire.url, allow=wire.allow)

    assert page.http_status == 200


@pytest.mark.parametrize(
    "target", ["http://[", "http://a..b/", "http://x:99999/", f"http://{'a' * 70}.org/", "http:///"]
)
async def test_a_redirect_to_nonsense_is_told(target):
    problem = await problem_of(redirecting(target))

    assert problem.reason in ("address", "redirect_loop")
