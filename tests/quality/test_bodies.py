"""How much of an article's body is found, and how much else, on 181 labelled news pages."""

import gzip
import json

import pytest
import trafilatura

from bot.articles.page import Page
from bot.articles.paragraphs import paragraphs_of
from bot.articles.reading import read_page, read_text
from bot.articles.tree import tree_of
from tests.quality.labelled import folder, mean_f1, overlap

PAGE_FLOOR = 0.969
COPIED_TEXT_FLOOR = 0.88

pytestmark = [pytest.mark.quality, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def pages() -> list[tuple[str, str, str]]:
    """(address, HTML, labelled body) of every page."""
    where = folder("aeb")
    labels = json.loads((where / "ground-truth.json").read_text("utf-8"))
    return [
        (
            label["url"],
            gzip.decompress((where / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8"),
            label["articleBody"],
        )
        for name, label in labels.items()
    ]


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
        root = tree_of(html)
        copied = "\n".join(paragraphs_of(root)) if root is not None else ""
        scores.append(overlap(read_text(copied).text, body))
        raw.append(overlap(copied, body))

    measured(
        "body F1 of pages copied as text",
        mean_f1(scores),
        floor=COPIED_TEXT_FLOOR,
        target=0.92,
        baselines={"everything kept": mean_f1(raw)},
    )


def test_hardly_an_article_is_taken_for_something_else(pages):
    statuses = [
        read_page(Page(url, html.encode(), "text/html", "utf-8")).status for url, html, _ in pages
    ]

    assert statuses.count("ok") >= 177  # three pages are paywall stubs
