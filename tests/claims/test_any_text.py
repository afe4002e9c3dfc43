"""Whatever is pasted: nothing breaks, and every span is a place in the text."""

import json
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.page import Page
from bot.claims.contract import to_json
from bot.extraction import Draft, Extraction, extract

PIECES = """
“ ” " ' ‘ ’ « » , . ! ? — ( ) : % # * <p> </p> <a/href=/x> </a> [x](y) 78 | said told says
according to the who that report she in a statement by It Ada Novak The Times Dr. U.S. Inc.
"""
WORDS = st.sampled_from(PIECES.split()).map(lambda piece: piece.replace("|", "\n\n"))
TEXTS = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=80).map(" ".join))


def every_span_is_a_place_in_the_text(extraction: Extraction) -> None:
    record = to_json(extraction.article, extraction.findings)
    text = record["article"]["text"]
    spans = [*record["article"]["paragraphs"]]
    for one in (*record["sentences"], *record["claims"], *record["article"]["links"]):
        spans.append([one["start"], one["end"]])
    spans.extend(span for one in record["claims"] for span in one["repeated"])
    for one in record["attributions"]:
        spans.extend([*one["content"], *filter(None, (one["cue"], one["source"]))])
    for one in record["sources"]:
        spans.extend(one["mentions"])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in record["claims"])
    assert all(text[one["start"] : one["end"]] == one["text"] for one in record["article"]["links"])
    json.dumps(record, allow_nan=False)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_any_draft(form, text):
    every_span_is_a_place_in_the_text(extract(Draft(text, form)))


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), TEXTS.map(str.encode)), st.sampled_from(["", "utf-8", "x"])
)
def test_any_page(body, charset):
    page = Page("https://ledger.example/a", body, "text/html", charset or None)

    every_span_is_a_place_in_the_text(extract(page))


def test_what_is_found_travels_between_processes():
    found = extract(Draft("“It leaks,” Ada Novak said on Monday."))

    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 -- our own bytes


@pytest.mark.parametrize(
    "text",
    [
        '"A. ' * 4000,
        "said that " * 4000,
        "according to " * 4000,
        "“" * 9000,
        "Ada Novak, " * 4000,
        "in a statement " * 4000,
        "(" * 9000,
    ],
)
def test_hostile_repetition_ends_within_the_suites_time_limit(text):
    every_span_is_a_place_in_the_text(extract(Draft(text)))
