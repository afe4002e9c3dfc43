"""Claims and speakers on 60 news articles, labelled sentence by sentence."""

import json
import math
import re

import pytest

from bot.articles.article import Article
from bot.claims.finding import find_claims
from tests.quality.labelled import folder

GATE_F1_FLOOR = 0.895
SPEAKER_FLOOR = 0.72
RANKING_FLOOR = 0.94  # nDCG; by length alone .904

pytestmark = [pytest.mark.quality, pytest.mark.timeout(600)]
_SMALL = {"the", "a", "an", "of", "mr", "dr"}


@pytest.fixture(scope="module")
def read():
    """(labelled units, findings) of every article."""
    where = folder("news-claims")
    articles = []
    for label in json.loads((where / "labels.json").read_text("utf-8")):
        text = json.loads((where / "articles" / f"{label['id']}.json").read_text("utf-8"))["text"]
        spans = tuple(found.span() for found in re.finditer(r"[^\n]+", text))
        articles.append((label["units"], find_claims(Article(text=text, paragraphs=spans))))
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


def test_what_checkers_want_first_ranks_first(read):
    gains = [_ndcg(units, findings) for units, findings in read]

    assert sum(gains) / len(gains) >= RANKING_FLOOR


def test_the_speaker_is_the_one_who_said_it(read):
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

    assert right / labelled >= SPEAKER_FLOOR


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


def _ndcg(units, findings) -> float:
    scored = [
        max(
            (
                one.checkworthiness
                for one in findings.sentences
                if _meets(unit, (one.start, one.end))
            ),
            default=0.0,
        )
        for unit in units
    ]
    order = sorted(range(len(units)), key=lambda index: -scored[index])
    ideal = sorted((unit["gain"] for unit in units), reverse=True)
    best = sum(gain / math.log2(rank + 2) for rank, gain in enumerate(ideal))
    reached = sum(units[index]["gain"] / math.log2(rank + 2) for rank, index in enumerate(order))
    return reached / best if best else 1.0
