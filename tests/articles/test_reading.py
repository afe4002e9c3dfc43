"""A page becomes clean text with its links, and says what it is."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.articles.article import ArticleStatus, DateOrigin
from bot.articles.bylines import names_in
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


PARAGRAPHS = [
    "<p>The new harbour wall of Tolland cost 8.4 million euros, twice the plan, an audit by the "
    "State Court of Accounts found on Monday.</p>",
    "<p>“There were 78 change orders in the first year alone,” said Mira Tolland, who heads the "
    "harbour office, in an interview with the paper.</p>",
    "<p>The builder, Larsen Marine, had asked for more stone three times since the spring of 2023, "
    "when the first ship brought it from the quarry.</p>",
]


def page_of(*parts: str):
    body = f"<article><h1>Harbour wall</h1><div class='story'>{''.join(parts)}</div></article>"
    menu = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
    return read_page(Page(HARBOUR, f"<body>{menu}{body}</body>".encode(), "text/html", "utf-8"))


def test_a_story_in_several_boxes_of_one_kind_is_read_to_its_end():
    box = "</div><div class='ad'></div><div class='story'>"

    text = page_of(*PARAGRAPHS, box, "<p>The council knew of it in March and told nobody.</p>").text

    assert text.endswith("The council knew of it in March and told nobody.")


def test_headings_lists_and_posts_between_paragraphs_keep_their_order():
    said = "<p>We were not asked, @tolland. <a href='/p'>pic</a></p>"
    post = f"<div><blockquote>{said}</blockquote></div>"
    things = (
        "<h3><a href='https://x.example/'>What it cost</a></h3><ul><li>4.2 million for stone</li>"
    )

    text = page_of(PARAGRAPHS[0], things, "</ul>", PARAGRAPHS[1], post, PARAGRAPHS[2]).text
    order = [
        text.index(part)
        for part in (
            "twice the plan",
            "What it cost",
            "4.2 million",
            "78 change",
            "not asked",
            "stone t",
        )
    ]

    assert order == sorted(order)


@pytest.mark.parametrize(
    "goodbye",
    [
        "<p><a href='/2'>Ferry late again, and nobody knows why that should be</a></p>",
        "<p>Sign up for our newsletter.</p>",
        "<p>Follow us on Twitter for more.</p>",
    ],
)
def test_what_a_site_says_under_an_article_is_no_part_of_it(goodbye):
    more = "<p>The council knew of the cost in March and told nobody, the audit says on page 9.</p>"

    text = page_of(*PARAGRAPHS, more, goodbye).text

    assert text.endswith("on page 9.")


@pytest.mark.parametrize(
    "mark", ["\x00", "\x1b", "\x0c", "&#27;", "&#x1f;", "&#0;", "&#xD800;", "\ufffe"]
)
def test_control_characters_in_markup_break_nothing(mark):
    article = page_of(*PARAGRAPHS, f"<p>It leaks{mark} in nine places, the audit says.</p>")

    assert article.text.endswith("It leaks in nine places, the audit says.")


def test_a_lead_that_the_page_repeats_without_its_links_keeps_them():
    lead = "The wall cost 8.4 million euros, an audit by the State Court of Accounts found Monday."
    linked = lead.replace("an audit", "<a href='/report'>an audit</a>")

    article = page_of(f"<h2>{lead}</h2>", f"<p>{linked}</p>", *PARAGRAPHS[1:])

    assert ("an audit", "https://ledger.example/report") in [
        (link.text, link.url) for link in article.links
    ]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Sobre Ada Novak", ()),
        ("About the Author", ()),
        ("The Harbour", ()),
        ("Ada Novak. Tolland International", ("Ada Novak",)),
        ("J. Novak and Piet Larsen", ("J. Novak", "Piet Larsen")),
    ],
)
def test_only_people_are_authors(written, names):
    assert names_in([written]) == names


def test_a_publication_is_its_name_without_what_else_the_site_is_about():
    page = "<meta property='og:site_name' content='Ledger | News | Sport'><p>It leaks.</p>"

    assert read_page(Page(HARBOUR, page.encode(), "text/html", None)).publication == "Ledger"


@pytest.mark.parametrize(
    "goodbye",
    [
        "Follow The Tolland Ledger on Facebook, Twitter (@ledger) and Instagram.",
        "The Ledger publishes a diversity of letters to the editor.",
        "Get the latest updates right in your inbox.",
        "[Related: What the wall cost in 1954]",
        "Like this:",
        "Tell us what YOU think...",
    ],
)
def test_lines_that_sites_end_with_are_dropped_from_the_end(goodbye):
    more = "<p>The council knew of the cost in March and told nobody, the audit says on page 9.</p>"

    text = page_of(*PARAGRAPHS, more, f"<p>{goodbye}</p>").text

    assert text.endswith("on page 9.")


def test_a_way_to_another_story_between_paragraphs_is_dropped():
    teaser = "<p><a href='/2'>Ferry late again, and nobody knows why</a></p>"
    linked = "<p><a href='/report'>An audit of the wall in nine volumes</a> names the builder.</p>"
    more = "<p>The council knew of the cost in March and told nobody, the audit says on page 9.</p>"

    text = page_of(PARAGRAPHS[0], teaser, *PARAGRAPHS[1:], linked, more).text

    assert "Ferry" not in text
    assert "An audit of the wall in nine volumes names the builder." in text
