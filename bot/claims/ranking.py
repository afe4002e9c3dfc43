"""Which claims come first in an article."""

import math
from collections.abc import Sequence

FIRST_SHARE = 0.25  # of the sentences: what a desk checks if it can check only a few
SECOND_SHARE = 0.6


def priorities(worth: Sequence[float], sentences: int) -> list[int]:
    """1, 2 or 3 for every claim by its rank; earlier claims first among equals."""
    ranked = sorted(range(len(worth)), key=lambda index: -worth[index])
    first = max(1, math.ceil(FIRST_SHARE * sentences))
    second = max(first, math.ceil(SECOND_SHARE * sentences))
    found = [3] * len(worth)
    for rank, index in enumerate(ranked):
        found[index] = 1 if rank < first else 2 if rank < second else 3
    return found
