"""Which lines of a copied page are the article: two small logistic readings, one on the other.

The first sees each line and its neighbours; the second also sees what the first made of them. The
weights are fitted on labelled pages by `tests/quality/line_fitting.py`, which says how well they
do on sites that they were not fitted on.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from bot.articles.line_context import (
    first_features,
    likeliest_stretch,
    second_features,
    sizes,
)
from bot.articles.line_features import Column, Matrix
from bot.articles.site_lines import ends_article, is_site_line

WORTH = 0.3  # of a chance: what a line must have to lengthen the body
LINE_COST = 0.01
ENDING_COST = 0.3  # of a heading under which articles end; two lines of text make up for it
KEPT = 0.4  # chance that a line within the body must have to stay
SUBHEADING = 0.1  # the same for a line between two lines that stay
SURE = 0.8  # chance with which a line outside the body's stretch belongs to it
SURE_PAGE = 0.9  # the best lines of an ordinary page; where they have less, less is asked of all
BEST_LINES = 5


@dataclass(frozen=True)
class Weights:
    """One number for each feature of the first and of the second reading."""

    first: Column
    second: Column


def body_chances(lines: Sequence[str], weights: Weights | None = None) -> Column:
    """The chance of each line, in [0, 1], of being part of the article."""
    if not lines:
        return np.zeros(0)
    used = weights or _fitted()
    first = first_features(lines)
    chances = chances_of(first, used.first)
    return chances_of(second_features(lines, first, chances), used.second)


def chances_of(features: Matrix, weights: Column) -> Column:
    """The logistic of the weighted features, row by row."""
    chances: Column = 1 / (1 + np.exp(-np.clip(features @ weights, -30, 30)))
    return chances


def body_lines(lines: Sequence[str], chances: Column) -> list[bool]:
    """Which lines stay: those of the likeliest stretch that are not too unlikely, and sure ones."""
    size = sizes(lines)
    best = np.sort(chances * (size > 0.3))[-BEST_LINES:]
    share = min(1.0, float(best.mean()) / SURE_PAGE) if len(lines) > BEST_LINES else 1.0
    ends = np.array([float(ends_article(line)) for line in lines])
    worth = size * (chances - WORTH * share) - LINE_COST - ENDING_COST * ends
    start, end = likeliest_stretch(worth)
    kept = [
        bool(chance > KEPT * share if start <= index < end else chance > SURE)
        for index, chance in enumerate(chances)
    ]
    for index in range(1, len(lines) - 1):
        between = kept[index - 1] and kept[index + 1] and not is_site_line(lines[index])
        kept[index] = kept[index] or (between and chances[index] > SUBHEADING * share)
    return kept


@cache
def _fitted() -> Weights:
    text = files("bot.articles").joinpath("line_weights.json").read_text("utf-8")
    numbers = json.loads(text)
    return Weights(np.array(numbers["first"]), np.array(numbers["second"]))
