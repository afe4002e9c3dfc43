"""Claims and speakers on 60 news articles, labelled sentence by sentence."""

import re

import pytest

from bot.articles.article import Article
from bot.claims.finding import find_claims
from tests.quality.labelled import news_articles

GATE_F1_FLOOR = 0.895
SPEAKER_FLOOR = 0.835

pytestmark = [pytest.mark.quality, pytest.mark.timeout(600)]
_SMALL = {"the", "a", "an", "of", "mr", "dr"}


@pytest.fixture(scope="module")
def read():
    """(labelled units, findings) of every article."""
    articles = []
    for _, text, units in news_articles():
        spans = tuple(found.span() for found in re.finditer(r"[^\n]+", text))
        articles.append((units, find_claims(Article(text=text, paragraphs=spans))))
    return articles


def test_checkable_sentences_become_claims(read):
    right = found = labelled = 0
    for units, findings in read:
        for unit in units:
            if unit["checkable"] is None:
                continue
            claimed = any(_meets(unit, (claim.start, claim.end)) for claim in findings.claims)
            right += claimed and unit["checkable"]
            found += claimed
            labelled += unit["checkable"]

    assert 2 * right / (found + labelled) >= GATE_F1_FLOOR


def test_the_speaker_is_the_one_who_said_it(read, measured):
    pytest.importorskip("spacy", reason="the extra `parser` is not installed")
    right = labelled = 0
    for units, findings in read:
        names = {source.id: f"{source.name}|{source.role or ''}" for source in findings.sources}
        for unit in units:
            wanted = [name for name in unit["who_said"] if name]
            if len(wanted) < 2:
                continue
            labelled += 1
            given = [
                names[one.source_id]
                for one in findings.attributions
                if one.source_id and any(_meets(unit, span) for span in (*one.content, one.cue))
            ]
            right += any(_same(name, one) for name in wanted for one in given)

    measured(
        "speaker right, of attributed sentences",
        right / labelled,
        floor=SPEAKER_FLOOR,
        target=0.85,
        baselines={"one pass against the other": 0.97, "first rules": 0.33},
    )


def _meets(unit, span) -> bool:
    return span is not None and span[0] < unit["end"] and span[1] > unit["start"]


def _same(wanted: str, given: str) -> bool:
    """One name contains the other, or they share half of their words."""
    left = _words(wanted)
    return any(
        right and (left <= right or right <= left or 2 * len(left & right) >= len(left | right))
        for right in map(_words, given.split("|"))
    )


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.lower().replace("’s", ""))) - _SMALL
