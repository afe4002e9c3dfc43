"""How good scores are: the gate over all units, the ranking within each article."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FIRST = 2.5  # from this gain on, a unit is one that the desk would check first
TOP_SHARE = 0.25


class Answers(Protocol):
    """What the labels say of an article's units."""

    @property
    def checkable(self) -> Floats: ...
    @property
    def gain(self) -> Floats: ...


@dataclass(frozen=True)
class Figures:
    """`gate_auc` and `gate_f1` over all units; the others are means over articles."""

    gate_auc: float
    gate_f1: float
    average_precision: float
    top_quarter: float
    ndcg: float

    def __str__(self) -> str:
        return (
            f"gate AUC {self.gate_auc:.3f} F1 {self.gate_f1:.3f} | priority 1: "
            f"average precision {self.average_precision:.3f}, "
            f"top quarter {self.top_quarter:.3f}, nDCG {self.ndcg:.3f}"
        )


def figures_of(articles: Sequence[Answers], scored: Sequence[tuple[Floats, Floats]]) -> Figures:
    """The figures of (checkable, worth) per unit; `checkable` is a logit, 0 divides."""
    wanted = np.concatenate([article.checkable for article in articles])
    gate = np.concatenate([checkable for checkable, _ in scored])
    known = ~np.isnan(wanted)
    pairs = [(article.gain, worth) for article, (_, worth) in zip(articles, scored, strict=True)]
    with_first = [(gain >= FIRST, worth) for gain, worth in pairs if (gain >= FIRST).any()]
    return Figures(
        gate_auc=auc(wanted[known] > 0, gate[known]),
        gate_f1=f1(wanted[known] > 0, gate[known] > 0),
        average_precision=_mean([average_precision(*one) for one in with_first]),
        top_quarter=_mean([top_quarter(gain >= FIRST, worth) for gain, worth in pairs]),
        ndcg=_mean([ndcg(*one) for one in pairs]),
    )


def auc(wanted: NDArray[np.bool_], scores: Floats) -> float:
    """The share of pairs of a wanted and another in the right order; ties count half."""
    _, ranks, counts = np.unique(scores, return_inverse=True, return_counts=True)
    middle = (np.cumsum(counts) - (counts - 1) / 2)[ranks]
    hits = int(wanted.sum())
    misses = len(wanted) - hits
    return float((middle[wanted].sum() - hits * (hits + 1) / 2) / (hits * misses))


def f1(wanted: NDArray[np.bool_], found: NDArray[np.bool_]) -> float:
    """F1 of the positive class."""
    return float(2 * (wanted & found).sum() / (wanted.sum() + found.sum()))


def average_precision(wanted: NDArray[np.bool_], scores: Floats) -> float:
    """Mean of the precision at each wanted unit, in the order of the scores."""
    ordered = wanted[_order(scores)]
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float(precision[ordered].mean())


def top_quarter(wanted: NDArray[np.bool_], scores: Floats) -> float:
    """Precision among the best quarter, rounded up, at least one."""
    count = max(1, math.ceil(TOP_SHARE * len(scores)))
    return float(wanted[_order(scores)[:count]].mean())


def ndcg(gain: Floats, scores: Floats) -> float:
    """Discounted gain against the best possible order; 1 where no order is better."""
    discount = 1 / np.log2(np.arange(2, len(gain) + 2))
    best = float((np.sort(gain)[::-1] * discount).sum())
    return float((gain[_order(scores)] * discount).sum()) / best if best else 1.0


def _order(scores: Floats) -> NDArray[np.int64]:
    """Best first; the earlier first among equals, as on a claim sheet."""
    return np.argsort(-scores, kind="stable")


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
