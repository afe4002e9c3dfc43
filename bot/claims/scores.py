"""Could evidence settle a sentence, and is it worth an hour of a checker's time in this article?"""

import math
from dataclasses import dataclass

from bot.claims.signals import Signals

CHECKABLE = 0.5  # from here on a sentence counts as a claim

# Logistic weights (checkable) and linear weights (worth), fitted on 60 labelled news articles with
# six-fold cross-validation over articles, rounded.
_WEIGHTS = {
    "number": (0.8, 0.40),
    "numbers": (0.5, 0.26),
    "year": (0.2, 0.20),
    "money": (0.4, 0.19),
    "names": (0.8, 0.29),
    "length": (1.2, 0.63),
    "short": (-0.7, -0.27),
    "verb": (0.6, 0.14),
    "past": (0.7, 0.32),
    "being": (0.3, 0.09),
    "question": (-0.8, -0.35),
    "exclamation": (-0.2, -0.09),
    "ended": (0.9, 0.37),
    "first_person": (-0.5, -0.12),
    "second_person": (-0.5, -0.19),
    "pronoun_start": (0.0, -0.07),
    "quoted": (-1.0, -0.50),
    "law": (0.1, 0.21),
    "accusation": (0.4, 0.39),
    "cause": (0.4, 0.25),
    "comparison": (0.2, 0.14),
    "science": (0.5, 0.25),
    "biography": (-0.2, -0.10),
    "opinion": (-0.8, -0.33),
    "future": (-0.5, -0.17),
    "directive": (-0.3, -0.16),
    "authority": (0.4, 0.15),
    "attributed": (-0.3, 0.03),
    "position": (0.5, 0.30),
    "last": (-0.3, -0.12),
}
_CHECKABLE_BASE, _WORTH_BASE = -1.8, 0.10
_MOST_WORTH = 3.0  # the labels' scale: mean of 4 - priority


@dataclass(frozen=True, slots=True)
class Score:
    """Both in [0, 1]; `checkworthiness` compares within one article only."""

    checkability: float
    checkworthiness: float


def score_of(signals: Signals) -> Score:
    """The scores of a sentence with these signals; a question asserts nothing."""
    checkable, worth = _CHECKABLE_BASE, _WORTH_BASE
    for name, (for_checkable, for_worth) in _WEIGHTS.items():
        value = signals.get(name, 0.0)
        checkable += for_checkable * value
        worth += for_worth * value
    checkability = 1 / (1 + math.exp(-checkable))
    if signals["question"] and not signals["number"]:
        checkability = min(checkability, 0.4)
    checkworthiness = min(max(worth / _MOST_WORTH, 0.0), 1.0) * min(1.0, 2 * checkability)
    return Score(round(checkability, 3), round(checkworthiness, 3))
