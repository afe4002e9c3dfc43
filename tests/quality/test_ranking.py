"""Gate and ranker on 60 labelled news articles.

The shipped weights are fitted on all of these articles, so what they score here says little. The
figures with a target are cross-validated: each article is scored by weights that never saw it.
"""

import math
import re

import numpy as np
import pytest

from bench.training.news import labelled_articles
from bench.training.ranking import auc, average_precision, figures_of, ndcg, top_quarter
from bench.training.weigh import cross_validated
from bot.articles.article import Article
from bot.claims.finding import find_claims
from bot.claims.model.network import the_network
from tests.quality.labelled import folder, news_articles

ONE_PASS = "one pass against the other"
WHOLE = "whole network alone"

pytestmark = [pytest.mark.quality, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def articles():
    return labelled_articles(folder("news-claims"), the_network())


@pytest.fixture(scope="module")
def figures(articles):
    return cross_validated(articles, "model")


def test_checkable_sentences_are_told_from_others(figures, measured):
    measured(
        "checkable, AUC (cross-validated)",
        figures.gate_auc,
        floor=0.93,
        target=0.93,
        baselines={WHOLE: 0.883},
    )


def test_what_checkers_want_first_comes_first(figures, measured):
    measured(
        "priority 1, average precision (cross-validated)",
        figures.average_precision,
        floor=0.74,
        target=0.78,
        baselines={WHOLE: 0.664, "length": 0.543, ONE_PASS: 0.883},
    )


def test_the_top_quarter_is_what_checkers_want_first(figures, measured):
    measured(
        "priority 1, precision in the top quarter (cross-validated)",
        figures.top_quarter,
        floor=0.655,
        target=0.67,
        baselines={WHOLE: 0.579, "length": 0.462, ONE_PASS: 0.802},
    )


def test_rules_alone_rank_better_than_length(articles, measured):
    rules = cross_validated(articles, "rules")

    measured("checkable, AUC, rules alone (cross-validated)", rules.gate_auc, floor=0.88)
    measured(
        "priority 1, average precision, rules alone (cross-validated)",
        rules.average_precision,
        floor=0.66,
        baselines={"length": 0.543},
    )


def test_what_ships_gives_its_articles_the_scores_it_was_fitted_for(articles, measured):
    """In-sample, so far above the figures that count: a fall means that the two ways differ."""
    scored = []
    for _, text, units in news_articles():
        spans = tuple(found.span() for found in re.finditer(r"[^\n]+", text))
        found = find_claims(Article(text=text, paragraphs=spans), may_parse=False).sentences
        nearest = [max(found, key=lambda one, unit=unit: _shared(unit, one)) for unit in units]
        gate = np.array([_logit(one.checkability) for one in nearest])
        scored.append((gate, np.array([one.checkworthiness for one in nearest])))
    shipped = figures_of(articles, scored)

    measured("checkable, AUC (shipped weights, in-sample)", shipped.gate_auc, floor=0.95)
    measured(
        "priority 1, average precision (shipped weights, in-sample)",
        shipped.average_precision,
        floor=0.8,
    )


def test_the_measures_agree_with_cases_worked_by_hand():
    wanted, scores = np.array([True, False, True, False]), np.array([4.0, 3.0, 2.0, 1.0])

    assert average_precision(wanted, scores) == pytest.approx((1 + 2 / 3) / 2)
    assert auc(wanted, scores) == 0.75
    assert auc(wanted, np.zeros(4)) == 0.5
    assert top_quarter(wanted, scores) == 1.0
    gain = np.array([0.0, 3.0])
    assert ndcg(gain, np.array([2.0, 1.0])) == pytest.approx(1 / math.log2(3))


def _shared(unit, sentence) -> int:
    return min(unit["end"], sentence.end) - max(unit["start"], sentence.start)


def _logit(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(share / (1 - share))
