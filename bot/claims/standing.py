"""How a sentence stands in its article: where, how long, how much of it was said before."""

import math
import re
from collections.abc import Sequence

from bot.claims.findings import Span
from bot.claims.signals import Signals

LEAD_SENTENCES = 2
LAST_SENTENCES = 3
WORD_LETTERS = 4  # shorter words are seldom what a sentence is about

_WORD = re.compile(r"\w+")


def standing_of(text: str, spans: Sequence[Span], paragraphs: Sequence[int]) -> list[Signals]:
    """Signals of each sentence by name; `paragraphs` are the numbers of their paragraphs.

    `position` is 1 at the beginning and 0 at the end; `depth` grows fast at first. Linear in the
    length of the text.
    """
    found: list[Signals] = []
    seen: set[str] = set()
    last = max(len(spans) - 1, 1)
    for index, (start, end) in enumerate(spans):
        words = {
            word for word in _WORD.findall(text[start:end].lower()) if len(word) >= WORD_LETTERS
        }
        opens = index == 0 or paragraphs[index] != paragraphs[index - 1]
        found.append(
            {
                "log_length": math.log(end - start),
                "position": 1 - index / last,
                "depth": math.sqrt(index / last),
                "first": float(index == 0),
                "second": float(index == 1),
                "lead": float(index < LEAD_SENTENCES),
                "last": float(index >= len(spans) - LAST_SENTENCES),
                "opens_paragraph": float(opens),
                "said_before": len(words & seen) / max(len(words), 1),
                "new_words": min(len(words - seen), 10) / 10,
            }
        )
        seen |= words
    return found
