"""The JSON contract: its names, in full, with None for what is absent."""

import json

from bot.articles.reading import read_page, read_text
from bot.claims.contract import to_json
from bot.claims.finding import find_claims
from tests.pages import a_page


def record_of(article):
    return to_json(article, find_claims(article))


NAMES = """
article: url canonical_url title authors publication published_at published_at_source language
article: text paragraphs links status confidence
links: start end text url
sentences: start end checkability checkworthiness
attributions: id content cue source source_id direct inferred via
sources: id name role kind mentions links
claims: id start end quote kind checkability checkworthiness priority reasons attributions
claims: sources links unsourced context repeated
"""


def test_the_names_are_those_that_scripts_rely_on():
    record = record_of(read_page(a_page("harbour")))
    expected: dict[str, set[str]] = {}
    for line in NAMES.strip().splitlines():
        group, _, names = line.partition(": ")
        expected.setdefault(group, set()).update(names.split())

    parts = ["article", "sentences", "attributions", "sources", "claims", "method"]
    assert list(record) == parts
    assert set(record["article"]) == expected["article"]
    assert set(record["article"]["links"][0]) == expected["links"]
    for group in ("sentences", "attributions", "sources", "claims"):
        assert set(record[group][0]) == expected[group]


def test_ids_point_to_what_is_there():
    record = record_of(read_page(a_page("harbour")))

    attributions = {one["id"] for one in record["attributions"]}
    sources = {one["id"] for one in record["sources"]}

    assert all(one["source_id"] in sources | {None} for one in record["attributions"])
    for claim in record["claims"]:
        assert set(claim["attributions"]) <= attributions
        assert set(claim["sources"]) <= sources


def test_what_is_absent_is_none_and_never_left_out():
    record = record_of(read_text("The wall leaks."))

    assert record["article"]["url"] is None
    assert record["article"]["title"] is None
    assert record["article"]["published_at"] is None
    assert record["article"]["published_at_source"] is None
    assert record["article"]["authors"] == []


def test_the_record_is_plain_json():
    record = record_of(read_page(a_page("harbour")))

    assert json.loads(json.dumps(record)) == record
    assert record["article"]["published_at"] == "2026-11-20T07:30:00+02:00"
