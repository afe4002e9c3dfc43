"""Fit the gate and the ranker on labelled news, cross-validated by article, and store them.

    DESKCHECK_DATA=… .venv/bin/python -m bench.training.weigh [--write]

Without `--write` it only prints what cross-validation reaches. Takes a minute or two.
"""

import argparse
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import bot.claims.model
from bench.training.news import Labelled, labelled_articles
from bench.training.ranking import Figures, figures_of
from bot.claims.model.network import the_network
from bot.claims.scores import deviations, read_weights, values_of

Floats = NDArray[np.float64]

FOLDS = 10
STEPS = 12  # of Newton's method; it has settled after six or so
SPREAD = 0.3  # of a signal's overall deviation is added to its deviation within the article

# How much a unit counts as one that a desk checks first, by the mean of its two priorities.
# Labels are noisy near the border, so a near miss counts for a little and a near hit not for all.
FIRST = {3.0: 1.0, 2.5: 0.7, 2.0: 0.1, 1.5: 0.05}

WORDING = (
    *("number", "numbers", "year", "money", "name", "names", "short", "verb", "past", "being"),
    *("question", "exclamation", "ended", "first_person", "second_person", "pronoun_start"),
    *("quoted", "law", "accusation", "cause", "comparison", "science", "biography", "opinion"),
    *("future", "directive", "vague", "authority"),
)
SAID = ("attributed", "cue_here", "direct", "via", "content")
PLACE = (
    *("log_length", "position", "depth", "first", "second", "last", "opens_paragraph"),
    *("said_before", "new_words"),
)
ALL = (*WORDING, *SAID, *PLACE)
SEEN = ("centrality",)  # comes with the network's states


@dataclass(frozen=True)
class Recipe:
    """What one set of weights looks at, and how strongly it is held back from overfitting."""

    names: tuple[str, ...]
    penalty: float
    with_states: bool


RECIPES = {
    "model": {
        "checkable": Recipe((*ALL, *SEEN), 250.0, with_states=True),
        "worth": Recipe(
            ("log_length", "position", "depth", "first", "second", *SEEN),
            350.0,
            with_states=True,
        ),
    },
    "rules": {
        "checkable": Recipe(ALL, 30.0, with_states=False),
        "worth": Recipe(ALL, 30.0, with_states=False),
    },
}


def main() -> None:
    """Print the cross-validated figures, and with `--write` store weights fitted on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the shipped weights")
    write = parser.parse_args().write
    network = the_network()
    if network is None:
        raise SystemExit("the network is not there")
    articles = labelled_articles(Path(os.environ["DESKCHECK_DATA"]) / "news-claims", network)
    for method in RECIPES:
        print(f"{method:<6} {cross_validated(articles, method)}", flush=True)
    if write:
        stored = {method: fitted(articles, method) for method in RECIPES}
        path = Path(bot.claims.model.__path__[0]) / "weights.json"
        path.write_text(_lines(stored), "utf-8")
        print(f"written: {path}")


def cross_validated(articles: Sequence[Labelled], method: str, *, seed: int = 0) -> Figures:
    """The figures on articles that had no part in the weights that scored them."""
    folds = np.random.default_rng(seed).permutation(len(articles)) % FOLDS
    scored: list[tuple[Floats, Floats]] = [(np.empty(0), np.empty(0))] * len(articles)
    for fold in range(FOLDS):
        weights = fitted([a for a, of in zip(articles, folds, strict=True) if of != fold], method)
        for index in np.flatnonzero(folds == fold):
            scored[index] = scores_under(weights, articles[index])
    return figures_of(articles, scored)


def scores_under(weights: dict[str, Any], article: Labelled) -> tuple[Floats, Floats]:
    """(checkable, worth) of each labelled unit, as logits."""
    checkable, worth = (
        read_weights(weights[what]).logits(article.signals, article.states)[article.rows]
        for what in ("checkable", "worth")
    )
    return checkable, worth


def fitted(articles: Sequence[Labelled], method: str) -> dict[str, Any]:
    """The weights of one method, ready to be stored."""
    return {
        what: _fitted(articles, recipe, checkable_of if what == "checkable" else worth_of)
        for what, recipe in RECIPES[method].items()
    }


def checkable_of(article: Labelled) -> Floats:
    """1 or 0 for each unit; NaN leaves it out."""
    return article.checkable


def worth_of(article: Labelled) -> Floats:
    """How far each unit is one that a desk checks first, in [0, 1]."""
    return np.array([FIRST.get(float(gain), 0.0) for gain in article.gain])


def _fitted(
    articles: Sequence[Labelled], recipe: Recipe, answer: Callable[[Labelled], Floats]
) -> dict[str, Any]:
    values = [values_of(article.signals, recipe.names) for article in articles]
    spread = SPREAD * np.concatenate(values).std(axis=0) + 1e-6
    within = [deviations(one, spread) for one in values]
    blocks = [
        np.hstack([one, other, *([a.states] if recipe.with_states else [])])[a.rows]
        for one, other, a in zip(values, within, articles, strict=True)
    ]
    rows, wanted = np.concatenate(blocks), np.concatenate([answer(a) for a in articles])
    known = ~np.isnan(wanted)
    base, slopes = _logistic(rows[known], wanted[known], recipe.penalty)
    count = len(recipe.names)
    signals = zip(slopes[:count], slopes[count : 2 * count], spread, strict=True)
    stored: dict[str, Any] = {
        "base": _short(base),
        "signals": {
            name: [_short(x) for x in row] for name, row in zip(recipe.names, signals, strict=True)
        },
    }
    if recipe.with_states:
        stored["states"] = [_short(x) for x in slopes[2 * count :]]
    return stored


def _logistic(rows: Floats, wanted: Floats, penalty: float) -> tuple[float, Floats]:
    """Base and slopes of a logistic regression on standardised columns, by Newton's method.

    `wanted` may lie between 0 and 1. The penalty is on the squares of the slopes, not the base.
    """
    middle, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    columns = np.hstack([np.ones((len(rows), 1)), (rows - middle) / scale])
    held = np.full(columns.shape[1], penalty)
    held[0] = 0.0
    slopes = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-columns @ slopes))
        gradient = columns.T @ (share - wanted) + held * slopes
        curve = (columns * (share * (1 - share))[:, None]).T @ columns
        curve[np.diag_indices_from(curve)] += held + 1e-9
        step = np.linalg.solve(curve, gradient)
        slopes -= step
        if np.abs(step).max() < 1e-6:
            break
    plain = slopes[1:] / scale
    return float(slopes[0] - plain @ middle), plain


def _short(number: float) -> float:
    return float(f"{number:.5g}")


def _lines(stored: dict[str, Any]) -> str:
    """JSON with a line a signal, so that a change can be read."""
    text = json.dumps(stored, indent=1)
    lines: list[str] = []
    for line in text.splitlines():
        inside = line.startswith("    ") and lines and lines[-1].rstrip().endswith(("[", ",", "["))
        number = line.strip().rstrip(",").lstrip("-")[:1].isdigit()
        closes = line.strip() in ("]", "],") and lines and not lines[-1].rstrip().endswith("}")
        if (inside and number and "[" in lines[-1]) or (closes and "[" in lines[-1]):
            lines[-1] += (" " if number and not lines[-1].endswith("[") else "") + line.strip()
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
