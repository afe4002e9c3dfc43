"""A page becomes clean text with its links, and says what it is."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.articles.article import ArticleStatus, DateOrigin
from bot.articles.page import Page
from bot.articles.reading import read_html_draft, read_markdown, read_page
from tests.pages import HARBOUR, a_page


def test_the_body_comes_without_menu_consent_box_and_footer():
    article = read_page(a_page("harbour"))

    assert len(article.paragraphs) == 6
    assert article.text.startswith("The new harbour wall of Tolland cost 8.4 million euros")
    assert article.text.endswith("the change orders from the newspaper.")
    assert article.status is ArticleStatus.OK
    assert article.confidence > 0.9


def test_paragraph_spans_cover_the_text_and_nothing_but_blank_lines():
    article = read_page(a_page("harbour"))

    cut = [article.text[start:end] for start, end in article.paragraphs]

    assert "\n\n".join(cut) == article.text


def test_title_authors_publication_and_date_are_what_the_page_declares():
    article = read_page(a_page("harbour"))

    assert article.title == "Harbour wall cost twice the plan, audit finds"
    assert article.authors == ("Ada Novak", "Piet Larsen")
    assert article.publication == "Tolland Ledger"
    assert article.published_at == datetime(
        2026, 11, 20, 7, 30, tzinfo=timezone(timedelta(hours=2))
    )
    assert article.published_at_source is DateOrigin.DECLARED
    assert article.canonical_url == "https://ledger.example/2026/harbour-wall"
    assert article.url == HARBOUR
    assert article.language == "en"


def test_links_stand_at_their_words_and_are_absolute_by_the_pages_base():
    article = read_page(a_page("harbour"))

    assert [(link.text, link.url) for link in article.links] == [
        (
            "an audit by the State Court of Accounts",
            "https://ledger.example/2026/harbour/report.pdf",
        ),
        ("told the Evening Courier", "https://evening.example/interview"),
    ]
    assert all(article.text[link.start : link.end] == link.text for link in article.links)


def test_spaces_that_only_look_different_become_one_kind():
    assert "the builder, Larsen Marine, at the time" in read_page(a_page("harbour")).text


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("paywall", ArticleStatus.PAYWALL),
        ("consent", ArticleStatus.CONSENT),
        ("script_only", ArticleStatus.SCRIPT_ONLY),
        ("blocked", ArticleStatus.BLOCKED),
        ("not_found", ArticleStatus.NOT_FOUND),
        ("section", ArticleStatus.NOT_AN_ARTICLE),
        ("video", ArticleStatus.NOT_AN_ARTICLE),
    ],
)
def test_what_stands_in_an_articles_place_is_told_apart(name, status):
    article = read_page(a_page(name))

    assert article.status is status
    assert article.confidence == 0.0


@pytest.mark.parametrize("name", ["consent", "blocked", "not_found"])
def test_the_words_of_a_wall_are_no_article_text(name):
    assert read_page(a_page(name)).text == ""


@pytest.mark.parametrize(
    ("http_status", "status"),
    [
        (404, ArticleStatus.NOT_FOUND),
        (410, ArticleStatus.NOT_FOUND),
        (402, ArticleStatus.PAYWALL),
        (403, ArticleStatus.BLOCKED),
        (503, ArticleStatus.BLOCKED),
    ],
)
def test_an_error_status_counts_whatever_the_page_says(http_status, status):
    assert read_page(a_page("harbour", http_status=http_status)).status is status


@pytest.mark.parametrize(
    "page",
    [
        Page(HARBOUR, b"", "text/html", None),
        Page(HARBOUR, b"\x00\xff\x00", "text/html", None),
        Page(HARBOUR, b"GIF89a", "image/gif", None),
        Page("", b"<html>", "text/html", "utf-8"),
        Page("https://[broken", b"<a href='http://[x'>y</a>", "text/html", "punycode"),
    ],
)
def test_a_page_without_an_article_is_an_answer_and_no_error(page):
    assert read_page(page).status is not ArticleStatus.OK


def test_a_page_that_keeps_its_text_in_json_ld_is_read_from_there():
    body = "The ferry was late again on Monday. " * 30
    page = (
        '<html><head><script type="application/ld+json">{"@type": "NewsArticle", "headline": '
        f'"Late again", "articleBody": "{body}"}}</script></head><body><div id="app"></div></body>'
    )

    article = read_page(Page(HARBOUR, page.encode(), "text/html", "utf-8"))

    assert article.text == body.strip()
    assert article.status is ArticleStatus.OK


def test_a_date_that_nobody_declared_is_marked_as_guessed():
    page = (
        "<html><body><article><h1>The pump is back</h1><p>Published on 12 March 2024</p>"
        + "<p>The old pump of Mill Square works again after a repair of nine days.</p>" * 9
        + "</article></body></html>"
    )

    article = read_page(Page(HARBOUR, page.encode(), "text/html", "utf-8"))

    assert article.published_at == datetime(2024, 3, 12, tzinfo=UTC)
    assert article.published_at_source is DateOrigin.GUESSED


def test_the_charset_of_the_server_wins_over_the_pages_own():
    page = "<html><meta charset='utf-16'><body><p>Café Müller</p></body></html>".encode("cp1252")

    text = read_html_draft(page.decode("cp1252")).text

    assert text == "Café Müller"
    assert "Müller" in read_page(Page("", page * 1, "text/plain", "iso-8859-1")).text


def test_a_markdown_draft_is_kept_whole_with_its_links():
    draft = (
        "# A wall for Tolland\n\nBy Ada Novak\n\nThe wall cost "
        "[8.4 million](https://ledger.example/report).\n\n- It leaks.\n- It is late.\n"
    )

    article = read_markdown(draft)

    assert article.title == "A wall for Tolland"
    assert article.authors == ("Ada Novak",)
    assert article.text == "The wall cost 8.4 million.\n\nIt leaks.\n\nIt is late."
    assert [(link.text, link.url) for link in article.links] == [
        ("8.4 million", "https://ledger.example/report")
    ]


def test_an_html_draft_loses_scripts_and_nothing_else():
    article = read_html_draft("<p>One.<script>alert(1)</script></p><div>Short<br>lines</div>")

    assert article.text == "One.\n\nShort\n\nlines"
