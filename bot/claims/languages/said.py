"""What is said: its spans, whether they are a quotation, and each claimed by one speaker."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.claims.contents import trimmed
from bot.claims.findings import Span
from bot.claims.quotations import Quotation
from bot.claims.statement import Statement

DIRECT_SHARE = 0.6  # of the content in quotation marks, from which it is a quotation


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement; `back`: what was said stands in the sentence before it."""

    statement: Statement
    back: bool = False


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


def without_doubles(found: Sequence[Spoken]) -> list[Spoken]:
    """Two cues may claim the same words; the first keeps them."""
    kept: list[Spoken] = []
    for one in found:
        taken = {span for other in kept for span in other.statement.content}
        content = tuple(span for span in one.statement.content if span not in taken)
        if content or one.back:
            kept.append(replace(one, statement=replace(one.statement, content=content)))
    return kept
