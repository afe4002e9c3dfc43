"""Spans of what is said, and whether they are a quotation."""

from collections.abc import Sequence

from bot.claims.contents import trimmed
from bot.claims.findings import Span
from bot.claims.quotations import Quotation

DIRECT_SHARE = 0.6  # of the content in quotation marks, from which it is a quotation


def is_direct(content: Sequence[Span], quoted: Sequence[Quotation]) -> bool:
    """True where most of the content stands in quotation marks."""
    size = sum(end - start for start, end in content)
    marked = sum(
        max(0, min(end, one.end) - max(start, one.start))
        for start, end in content
        for one in quoted
    )
    return size > 0 and marked > DIRECT_SHARE * size


def span_of(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The span without spaces and punctuation at both ends; empty if no words are left."""
    span = trimmed(text, start, end)
    return (span,) if span else ()
