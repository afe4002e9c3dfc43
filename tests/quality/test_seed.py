"""The copy of a real page that the desk was first shown, found through DESKCHECK_SEED."""

import os
from pathlib import Path

import pytest

from bot.articles.reading import read_text
from bot.claims.finding import find_claims
from bot.claims.findings import SourceKind

pytestmark = pytest.mark.quality


@pytest.fixture(scope="module")
def article():
    folder = os.environ.get("DESKCHECK_SEED")
    if not folder:
        pytest.skip("set DESKCHECK_SEED to the folder that holds the copied page")
    (path,) = Path(folder).glob("000_*.txt")
    return read_text(path.read_text("utf-8"))


def test_title_byline_and_nineteen_paragraphs(article):
    assert article.title == "Russian troops deny joining Ukraine war"
    assert article.authors == ("Anshul Kumar Saxena",)
    assert len(article.paragraphs) == 19
    assert "Facebook" not in article.text
    assert "Editorial Board" not in article.text


def test_its_figures_are_claims(article):
    quotes = " ".join(claim.quote for claim in find_claims(article).claims)

    for figure in ("There were 78", "150 soldiers", "around 20 appeals"):
        assert figure in quotes


def test_its_sources_have_their_kinds(article):
    kinds = {source.name: source.kind for source in find_claims(article).sources}

    assert kinds["The Moscow Times"] is SourceKind.OUTLET
    assert kinds["Current Time TV"] is SourceKind.OUTLET
    assert kinds["Vladimir Budaev"] is SourceKind.PERSON
    assert kinds["Oksana Plusnina"] is SourceKind.PERSON
    assert kinds["Free Buryatia Foundation"] is SourceKind.ORGANISATION


def test_who_says_what_and_through_what(article):
    findings = find_claims(article)
    names = {source.id: source.name for source in findings.sources}
    said = {
        " … ".join(article.text[start:end] for start, end in one.content)[:24]: (
            names[one.source_id] if one.source_id else None,
            one.via,
        )
        for one in findings.attributions
        if not one.inferred
    }

    wanted = {
        "their military commander": ("Russian contract soldiers", "The Moscow Times"),
        "“There were 78 [objector": ("Vladimir Budaev", "The Moscow Times"),
        "After refusing to accept": (
            "Oksana Plusnina",
            "a video appeal distributed by Free Buryatia Foundation",
        ),
        "the soldiers don’t have ": ("Oksana Plusnina", None),
        "a group of his fellow se": ("Ilya Kaminsky", "Current Time TV"),
        "“Eight people already [w": ("Agafonov", "the recording aired by Current Time"),
        "“We are unable to talk t": ("Oksana Plusnina", "the video"),
        "the command has also thr": ("Oksana Plusnina", None),
        "“This is completely ille": ("Vladimir Budaev", None),
        "150 soldiers from the Si": ("Free Buryatia Foundation", None),
        "The video initially had ": ("Vladimir Budaev", None),
        "“As far as we know they ": ("Vladimir Budaev", "The Moscow Times"),
    }
    assert {start: said.get(start) for start in wanted} == wanted


def test_what_the_opening_says_of_other_media_rests_on_no_cited_source(article):
    (claim,) = [
        one for one in find_claims(article).claims if "mainstream media outlets" in one.quote
    ]

    assert claim.unsourced
    assert claim.sources == ()
