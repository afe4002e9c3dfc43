"""The sample site: every page is served, nothing leads nowhere, and there is something to check."""

import json
import socket
from contextlib import closing
from urllib.parse import urljoin, urlsplit

import aiohttp
import pytest
from lxml import html

from bot.demo.site_server import serve_site, site_pages

PAGES = sorted(name for name in site_pages() if name.endswith(".html"))
ARTICLES = [
    "bridge-opinion.html",
    "budget.html",
    "cannery-feature.html",
    "ferry.html",
    "hospital.html",
    "library-brief.html",
    "rents.html",
    "storm-live.html",
]


@pytest.fixture
async def site():
    async with await serve_site() as served:
        yield served


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


def tree_of(name: str) -> html.HtmlElement:
    return html.document_fromstring(site_pages()[name].decode())


def text_of(name: str) -> str:
    return " ".join(tree_of(name).find(".//main").text_content().split())


def addresses_in(name: str) -> set[str]:
    return set(tree_of(name).xpath("//@href | //@src | //@poster | //@action"))


@pytest.mark.parametrize("name", PAGES)
async def test_every_page_is_served_as_utf8_html(site, http, name):
    async with http.get(site.url(name)) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert await answer.read() == site_pages()[name]


async def test_the_front_page_is_found_without_a_name(site, http):
    async with http.get(site.url()) as answer:
        assert await answer.read() == site_pages()["index.html"]


async def test_style_and_drawing_have_their_own_types(site, http):
    for name, kind in {"ledger.css": "text/css", "harbour.svg": "image/svg+xml"}.items():
        async with http.get(site.url(name)) as answer:
            assert answer.content_type == kind


@pytest.mark.parametrize("path", ["no-such-page.html", "__init__.py", "..%2Fsite_server.py", "a/b"])
async def test_whatever_is_not_part_of_the_site_is_not_found(site, http, path):
    async with http.get(site.url(path)) as answer:
        assert answer.status == 404


async def test_a_closed_site_answers_no_more(http):
    site = await serve_site()

    await site.close()
    await site.close()

    with pytest.raises(aiohttp.ClientConnectorError):
        await http.get(site.url())


async def test_a_taken_port_is_said():
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as taken,
        pytest.raises(OSError, match="in use"),
    ):
        await serve_site(taken.getsockname()[1])


@pytest.mark.parametrize("name", PAGES)
def test_every_link_stays_in_the_site_and_leads_somewhere(name):
    for address in addresses_in(name):
        target = urlsplit(urljoin(f"http://site/{name}", address))
        page = target.path.removeprefix("/")

        assert target.netloc == "site", address
        assert page in site_pages(), address
        if target.fragment:
            assert tree_of(page).xpath("//*[@id=$id]", id=target.fragment), address


def test_every_page_can_be_reached_from_the_front_page():
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        paths = (urlsplit(address).path.removeprefix("/") for address in addresses_in(name))
        waiting += [path for path in paths if path.endswith(".html")]

    assert reached == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_metadata_for_machines_is_valid_and_agrees_with_the_page(name):
    tree = tree_of(name)

    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        assert json.loads(script)["headline"] == tree.findtext(".//h1")


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_wear_the_furniture_of_a_real_site(name):
    tree = tree_of(name)

    assert tree.xpath("//nav")
    assert tree.xpath("//*[@id='cookie-banner']")
    assert tree.xpath("//aside[@class='related']")
    assert tree.xpath("//*[@class='byline']")


def test_articles_are_of_several_lengths():
    words = sorted(len(text_of(name).split()) for name in ARTICLES)

    assert words[0] < 120
    assert words[-1] > 1400


@pytest.mark.parametrize(
    ("article", "claims", "document", "shows"),
    [
        ("budget.html", "grow by 4.1 per cent", "council-budget.html", "+3.1 %"),
        ("budget.html", "falls by 40 per cent", "council-budget.html", "−14.0 %"),
        ("budget.html", "lay off 24 staff", "council-budget.html", "There are no redundancies"),
        (
            "budget.html",
            "so low in a decade",
            "council-budget.html",
            "£2.9 million on 31 March 2021",
        ),
        ("ferry.html", "carrying 163 passengers", "skerry-notice.html", "131 passengers"),
        ("ferry.html", "had been due in June", "skerry-notice.html", "inspected on 9 June 2026"),
        ("hospital.html", "More than half", "hospital-statement.html", "71 per cent"),
        ("hospital.html", "operations last month", "hospital-statement.html", "twelve months"),
    ],
)
def test_a_reviewer_finds_what_an_article_got_wrong_in_the_document(
    article, claims, document, shows
):
    assert claims in text_of(article)
    assert shows in text_of(document)
    assert f"/{document}" in addresses_in(article)


def test_some_claims_are_repeated_and_some_have_no_source():
    assert text_of("budget.html").count("40 per cent") == 2
    for name in ("rents.html", "bridge-opinion.html"):
        assert "risen faster than anywhere else on this coast" in text_of(name)
    assert "They have not been so low in a decade." in text_of("budget.html")
