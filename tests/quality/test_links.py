"""Whether the links of an article stand where they stand in the page, on 181 labelled pages."""

import pytest

from bot.articles.page import Page
from bot.articles.reading import read_page
from tests.quality.labelled import pages
from tests.quality.labelled_links import found_links, labelled_links, matched

RECALL_FLOOR = 0.89  # the mean over pages
PRECISION_FLOOR = 0.885
EVERY_LINK_RECALL_FLOOR = 0.865  # one shopping list holds 5 % of all links
EVERY_LINK_PRECISION_FLOOR = 0.925

pytestmark = [pytest.mark.quality, pytest.mark.timeout(900)]


def test_links_stand_at_their_words(measured):
    counts = []
    for url, html, body in pages():
        article = read_page(Page(url, html.encode(), "text/html", "utf-8"))
        labelled = labelled_links(html, url, body)
        spans = [(link.start, link.end, link.url) for link in article.links]
        found = found_links(article.text, spans)
        counts.append((matched(found, labelled), len(labelled), len(found)))

    recalls = [right / wanted for right, wanted, _ in counts if wanted]
    precisions = [right / given for right, _, given in counts if given]
    right, wanted, given = (sum(column) for column in zip(*counts, strict=True))
    measured("links: recall, mean of pages", _mean(recalls), floor=RECALL_FLOOR, target=0.95)
    measured(
        "links: precision, mean of pages", _mean(precisions), floor=PRECISION_FLOOR, target=0.9
    )
    measured(
        "links: recall, every link", right / wanted, floor=EVERY_LINK_RECALL_FLOOR, target=0.95
    )
    measured(
        "links: precision, every link",
        right / given,
        floor=EVERY_LINK_PRECISION_FLOOR,
        target=0.9,
    )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
