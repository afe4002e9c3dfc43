"""Who says what in 84 political news articles, against PolNeAR's annotators."""

import re

import pytest

from bot.articles.article import Article
from bot.claims.finding import find_claims
from tests.quality import polnear
from tests.quality.labelled import folder

pytestmark = [pytest.mark.quality, pytest.mark.timeout(600)]


def counted(*, may_parse: bool) -> polnear.Tally:
    counts = polnear.Tally()
    for text, labelled in polnear.articles(folder("polnear") / "dev"):
        paragraphs = tuple(found.span() for found in re.finditer(r"[^\n]+", text))
        findings = find_claims(Article(text=text, paragraphs=paragraphs), may_parse=may_parse)
        polnear.count(counts, text, polnear.compare(text, labelled, polnear.told(findings)))
    return counts


@pytest.fixture(scope="module")
def tally() -> polnear.Tally:
    pytest.importorskip("spacy", reason="the extra `parser` is not installed")
    return counted(may_parse=True)


def test_reported_speech_is_found(tally, measured):
    measured(
        "reported speech, soft F1",
        tally.f1(tally.soft),
        floor=0.84,
        target=0.85,
        baselines={"people": 0.79, "spaCy rules": 0.69, "Citron": 0.62},
    )


def test_reported_speech_is_found_to_the_word(tally, measured):
    measured(
        "reported speech, exact F1",
        tally.f1(tally.exact),
        floor=0.72,
        target=0.73,
        baselines={"people": 0.69, "spaCy rules": 0.50, "Citron": 0.44},
    )


def test_its_speaker_is_the_one_who_spoke(tally, measured):
    measured(
        "reported speech, speaker right",
        tally.speaker / tally.soft,
        floor=0.97,
        target=0.97,
        baselines={"people": 0.96, "spaCy rules": 0.88, "Citron": 0.94},
    )


def test_speech_and_speaker_are_right_together(tally, measured):
    measured(
        "reported speech, end to end F1",
        tally.f1(tally.speaker),
        floor=0.82,
        target=0.82,
        baselines={"people": 0.75, "spaCy rules": 0.61, "Citron": 0.58},
    )


def test_rules_alone_find_most_of_it(measured):
    tally = counted(may_parse=False)

    measured(
        "… without the parser, soft F1",
        tally.f1(tally.soft),
        floor=0.77,
        baselines={"spaCy rules": 0.69, "Citron": 0.62},
    )
    measured(
        "… without the parser, end to end F1",
        tally.f1(tally.speaker),
        floor=0.73,
        baselines={"spaCy rules": 0.61, "Citron": 0.58},
    )
