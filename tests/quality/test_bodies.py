"""How much of an article's body is found, and how much else, on 181 labelled news pages."""

import pytest
import trafilatura

from bot.articles.page import Page
from bot.articles.reading import read_page, read_text
from tests.quality import labelled
from tests.quality.labelled import mean_f1, overlap
from tests.quality.line_fitting import labelled_pages, unseen_scores

PAGE_FLOOR = 0.975
COPIED_TEXT_FLOOR = 0.935
UNSEEN_SITE_FLOOR = 0.91

pytestmark = [pytest.mark.quality, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def pages() -> list[tuple[str, str, str]]:
    """(address, HTML, labelled body) of every page."""
    return labelled.pages()


def test_bodies_of_pages_are_at_least_as_good_as_the_extractors_own(pages, measured):
    ours, plain = [], []
    for url, html, body in pages:
        text = read_page(Page(url, html.encode(), "text/html", "utf-8")).text
        ours.append(overlap(text, body))
        theirs = trafilatura.extract(html, favor_precision=True, include_comments=False)
        plain.append(overlap(theirs or "", body))

    measured(
        "body F1 of pages",
        mean_f1(ours),
        floor=max(PAGE_FLOOR, mean_f1(plain)),
        target=0.964,
        baselines={"trafilatura": mean_f1(plain)},
    )


def test_bodies_of_pages_that_were_copied_as_text(pages, measured):
    scores, raw = [], []
    for _, html, body in pages:
        copied = labelled.copied_text(html)
        scores.append(overlap(read_text(copied).text, body))
        raw.append(overlap(copied, body))

    measured(
        "body F1 of pages copied as text",
        mean_f1(scores),
        floor=COPIED_TEXT_FLOOR,
        baselines={"everything kept": mean_f1(raw)},
    )


def test_bodies_of_copied_pages_whose_site_the_weights_never_saw(measured):
    scores = unseen_scores(labelled_pages())

    measured(
        "body F1 of pages copied as text, site not seen",
        mean_f1(scores),
        floor=UNSEEN_SITE_FLOOR,
        target=0.92,
        baselines={"stretch of running text": 0.886},
    )


def test_hardly_an_article_is_taken_for_something_else(pages):
    statuses = [
        read_page(Page(url, html.encode(), "text/html", "utf-8")).status for url, html, _ in pages
    ]

    assert statuses.count("ok") >= 177  # three pages are paywall stubs
