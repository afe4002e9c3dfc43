"""Could evidence settle a sentence, and is it worth an hour of a checker's time in this article?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.claims.signals import Signals

CHECKABLE = 0.5  # from here on a sentence counts as a claim
ASSERTS_LITTLE = 0.4  # the most that a question without a number can reach

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Score:
    """Both in [0, 1]; `checkworthiness` compares within one article only."""

    checkability: float
    checkworthiness: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: of signals, of how they deviate within the article, and of the states."""

    base: float
    names: tuple[str, ...]
    plain: Floats
    within: Floats
    spread: Floats
    states: Floats | None

    def logits(self, signals: Sequence[Signals], states: NDArray[np.float32] | None) -> Floats:
        """One number a sentence; 0 means that either answer is as likely."""
        values = values_of(signals, self.names)
        found = self.base + values @ self.plain + deviations(values, self.spread) @ self.within
        if self.states is not None and states is not None:
            found = found + states @ self.states
        return found


def scores_of(signals: Sequence[Signals], states: NDArray[np.float32] | None = None) -> list[Score]:
    """The scores of an article's sentences, in their order; by rules alone without `states`."""
    if not signals:
        return []
    gate, ranker = (weights_of(method_of(states), what) for what in ("checkable", "worth"))
    checkable = _shares(gate.logits(signals, states))
    worth = _shares(ranker.logits(signals, states))
    asks = values_of(signals, ("question", "number"))
    asks_only = (asks[:, 0] > 0) & (asks[:, 1] == 0)
    checkable = np.where(asks_only, np.minimum(checkable, ASSERTS_LITTLE), checkable)
    worth = worth * np.minimum(1.0, 2 * checkable)
    return [
        Score(round(float(one), 3), round(float(other), 3))
        for one, other in zip(checkable, worth, strict=True)
    ]


def method_of(states: NDArray[np.float32] | None) -> str:
    """Which of the weights apply."""
    return "rules" if states is None else "model"


def values_of(signals: Sequence[Signals], names: Sequence[str]) -> Floats:
    """Shape [sentences, names]; a signal that is not there is 0."""
    return np.array([[one.get(name, 0.0) for name in names] for one in signals], np.float64)


def deviations(values: Floats, spread: Floats) -> Floats:
    """How far each value lies from the article's mean, in standard deviations.

    `spread` is added to the article's own deviation, so that a signal which hardly varies in
    an article does not jump there.
    """
    away: Floats = (values - values.mean(axis=0)) / (values.std(axis=0) + spread)
    return away


@cache
def weights_of(method: str, what: str) -> Weights:
    """The weights for "model" or "rules", of "checkable" or "worth"."""
    return read_weights(_stored()[method][what])


def read_weights(stored: Mapping[str, Any]) -> Weights:
    """Weights as `bench/training/weigh.py` writes them: a line a signal, then the states."""
    rows = stored["signals"]
    columns = np.array(list(rows.values()), np.float64).reshape(-1, 3)
    states = stored.get("states")
    return Weights(
        base=stored["base"],
        names=tuple(rows),
        plain=columns[:, 0],
        within=columns[:, 1],
        spread=columns[:, 2],
        states=np.array(states, np.float64) if states else None,
    )


@cache
def _stored() -> dict[str, Any]:
    text = files("bot.claims.model").joinpath("weights.json").read_text("utf-8")
    return dict(json.loads(text))


def _shares(logits: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
