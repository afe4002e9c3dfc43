"""What a page is: the article, or one of the things that stand in its place, on any site."""

from pathlib import Path

import pytest

import bot.demo
from bot.articles.article import ArticleStatus
from bot.articles.page import Page
from bot.articles.reading import read_page

SITE = Path(bot.demo.__file__).parent / "site"
ADDRESS = "https://ledger.example/2026/harbour-wall"
MENU = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("News", "Sport", "Opinion"))
HEAD, FOOT = f"<nav><ul>{MENU}</ul></nav>", "<footer><p>© 2026 Tolland Ledger</p></footer>"
BANNER = (
    "<div id='cookies'><p>We and our 14 partners use cookies to measure how our pages are read. "
    "You can change your mind at any time.</p><button>Accept all</button></div>"
)
PARAGRAPH = (
    "<p>The new harbour wall of Tolland cost 8.4 million euros, twice the plan, an audit by the "
    "State Court of Accounts found on Monday.</p>"
)
MORE = (
    "<p>“There were 78 change orders in the first year alone,” said Mira Tolland, who heads the "
    "harbour office, in an interview.</p><p>The builder, Larsen Marine, had asked for more stone "
    "three times since the spring of 2023, when the first ship brought it from the quarry.</p>"
    "<p>The council knew of the cost in March and told nobody, the audit says on page 9.</p>"
)
TEASERS = "".join(
    f"<li><h3><a href='/{number}'>Headline of story {number}</a></h3><p>In a few words.</p></li>"
    for number in range(14)
)


def status_of(body: str, *, title: str = "Harbour wall", head: str = "", url: str = ADDRESS):
    page = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return read_page(Page(url, page.encode(), "text/html", "utf-8")).status


@pytest.mark.parametrize(
    "sold",
    [
        "Subscribe to continue reading.",
        "This article is for subscribers only.",
        "Jetzt abonnieren und weiterlesen mit Ledger Plus.",
        "Article réservé aux abonnés. Il vous reste 80 % de cet article à lire.",
        "Contenido exclusivo para suscriptores.",
        "Conteúdo exclusivo para assinantes.",
        "Articolo riservato agli abbonati.",
        "Доступно только для подписчиков.",
        "Читати далі можуть лише передплатники.",
    ],
)
def test_a_teaser_whose_rest_is_sold_is_a_paywall(sold):
    assert status_of(f"{HEAD}<article>{PARAGRAPH}<p>{sold}</p></article>{FOOT}") == "paywall"


@pytest.mark.parametrize(
    "asked",
    [
        "Before you continue. We use cookies and data to deliver and maintain our services.",
        "Avec votre accord, nos partenaires et nous utilisons des cookies pour mesurer l'audience.",
        "Mit Werbung weiterlesen. Wir und unsere Partner verarbeiten personenbezogene Daten.",
        "Nosotros y nuestros socios usamos cookies para medir la publicidad.",
        "Noi e i nostri partner utilizziamo cookie per misurare la pubblicità.",
        "Этот сайт использует файлы cookie, чтобы показывать рекламу. Принять все",
    ],
)
def test_a_dialogue_about_consent_in_the_articles_place_is_a_consent_wall(asked):
    assert status_of(f"<h1>Ledger</h1><p>{asked}</p><button>OK</button>") == "consent"


@pytest.mark.parametrize(
    "asked",
    [
        "Please enable JavaScript to view this page.",
        "Bitte aktivieren Sie JavaScript, um die Seite zu sehen.",
        "Veuillez activer JavaScript pour continuer.",
        "Для просмотра включите JavaScript.",
    ],
)
def test_a_page_that_only_scripts_can_fill_is_told_as_such(asked):
    assert status_of(f"<noscript>{asked}</noscript><div id='app'></div>") == "script_only"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Just a moment...", "Checking your browser before you can go on."),
        ("ledger.example", "Press & Hold to confirm you are a human (and not a bot)."),
        ("Access Denied", "You do not have permission to open this page."),
        ("Ledger", "We have detected unusual traffic from your network."),
    ],
)
def test_a_check_for_robots_is_told_as_a_block(title, text):
    assert status_of(f"<h1>{title}</h1><p>{text}</p>", title=title) == "blocked"


@pytest.mark.parametrize(
    "title",
    [
        "404 | Ledger",
        "Page not found",
        "Seite nicht gefunden",
        "Page introuvable",
        "Página no encontrada",
        "Pagina non trovata",
        "Сторінку не знайдено",
    ],
)
def test_a_page_that_says_it_is_not_there_is_missing_though_the_server_says_all_is_well(title):
    most_read = f"<aside><h2>Most read</h2><ul>{TEASERS}</ul></aside>"

    assert status_of(f"{HEAD}<h1>{title}</h1>{most_read}{FOOT}", title=title) == "not_found"


@pytest.mark.parametrize("banner", ["", BANNER])
@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<h1>Sport</h1><ul>{TEASERS}</ul>", "<meta property='og:type' content='website'>"),
        (
            "<h1>Watch: the ferry is towed</h1><video></video><p>1:12</p>",
            "<meta property='og:type' content='video.other'>",
        ),
    ],
    ids=["section", "video"],
)
def test_a_section_and_a_video_are_no_articles_with_or_without_a_cookie_banner(body, head, banner):
    page = f"{banner}{HEAD}{body}{FOOT}"

    assert status_of(page, head=head, url="https://ledger.example/sport") == "not_an_article"


@pytest.mark.parametrize(
    "line",
    [
        "Readers who want to continue reading must subscribe to the paper, the publisher said.",
        "The site shows “404 not found” to everyone who looks for the report, she said.",
        "Browsers that do not enable JavaScript are shown an empty page, the report says.",
        "“We use cookies,” the company said, “and our partners use cookies, too.”",
        "The court saw no unusual traffic and no robots on the pages of the ministry.",
    ],
)
def test_an_article_about_walls_is_an_article(line):
    page = f"{BANNER}{HEAD}<article><h1>Wall</h1><p>{line}</p>{MORE}{PARAGRAPH}</article>"

    assert status_of(page) is ArticleStatus.OK


def test_text_that_a_server_calls_html_is_read_as_text():
    text = "The wall cost 8.4 million euros, twice the plan.\n\nIt leaks in nine places, she said."

    article = read_page(Page(ADDRESS, text.encode(), "text/html", None))

    assert article.text == text


def test_the_sample_site_says_what_each_of_its_pages_is():
    statuses = {
        path.name: read_page(Page(f"{ADDRESS}/{path.name}", path.read_bytes(), "text/html", None))
        for path in SITE.glob("*.html")
    }
    others = {name: page.status.value for name, page in statuses.items() if page.status != "ok"}

    assert others == {
        "gone.html": "not_found",
        "index.html": "not_an_article",
        "school-paywall.html": "paywall",
        "video.html": "not_an_article",
    }
