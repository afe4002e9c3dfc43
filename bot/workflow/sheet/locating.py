"""Finding an editor's words in the text: exact words, whatever the marks, dashes and spaces."""

import re
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

NEAREST_SCORE = 55  # of 100; a passage less alike than this helps nobody
NEEDLE_CHARS = 400  # more of the words is not needed to find the nearest passage
PASSAGE_CHARS = 300
_SAME = {
    **dict.fromkeys("“”„‟«»‹›\"'‘’‚‛`´", '"'),
    **dict.fromkeys("-‐‑‒–—―−", "-"),
    "…": "...",
}
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_PASSAGES = re.compile(rf"\S[^\n]{{0,{PASSAGE_CHARS}}}?(?:[.!?…][\"”»]?(?=\s)|(?=\n)|$)")

Span = tuple[int, int]


def occurrences(text: str, words: str) -> list[Span]:
    """Where `words` stand in `text`, in order, as code point spans of the text itself.

    Kinds of quotation marks, dashes and spaces are taken as alike; capitals only count when that
    finds something. `text[start:end]` is what the text has there, byte for byte.
    """
    return _found(text, words, str) or _found(text, words, str.lower)


def nearest(text: str, words: str) -> str | None:
    """The passage of the text that is most like `words`; None when none is much like them."""
    shortest = len(words) // 2
    passages = [found[0] for found in _PASSAGES.finditer(text) if len(found[0]) >= shortest]
    best = process.extractOne(
        words[:NEEDLE_CHARS].lower(),
        passages,
        scorer=fuzz.partial_ratio,
        processor=str.lower,
        score_cutoff=NEAREST_SCORE,
    )
    return best[0] if best else None


def distance(one: Span, other: Span) -> int:
    """How many characters lie between two spans; 0 when they touch or overlap."""
    return max(0, one[0] - other[1], other[0] - one[1])


def closest(spans: Sequence[Span], to: Span) -> Span | None:
    """The span that is nearest to `to`, the first of equals."""
    return min(spans, key=lambda span: distance(span, to), default=None)


def _found(text: str, words: str, case: Callable[[str], str]) -> list[Span]:
    haystack, origins = _folded(text, case)
    needle = _folded(words, case)[0].strip()
    spans, at = [], haystack.find(needle) if needle else -1
    while at >= 0:
        spans.append((origins[at], origins[at + len(needle) - 1] + 1))
        at = haystack.find(needle, at + len(needle))
    return spans


def _folded(text: str, case: Callable[[str], str]) -> tuple[str, list[int]]:
    """The text with alike signs made one, and for each of its characters where it comes from."""
    folded: list[str] = []
    origins: list[int] = []
    for at, char in enumerate(text):
        if char in _UNSEEN:
            continue
        if char.isspace():
            if folded and folded[-1] == " ":
                continue
            alike = " "
        else:
            alike = _SAME.get(char) or case(char)
        folded += alike
        origins += [at] * len(alike)
    return "".join(folded), origins
