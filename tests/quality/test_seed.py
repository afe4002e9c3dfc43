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
