"""One piece of reported speech."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.channels import Channel
from bot.claims.cues import Cue
from bot.claims.findings import Span
from bot.claims.phrases import Speaker
from bot.claims.quotations import Quotation

DIRECT_SHARE = 0.6  # of the content in quotation marks, from which it is a quotation


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, by which words, by whom, through what.

    `content` may be empty where only the speaker is clear.
    """

    content: tuple[Span, ...]
    cue: Span
    speaker: Speaker | None
    channel: Channel | None = None
    direct: bool = False


def statement_of(
    content: tuple[Span, ...],
    cue: Cue,
    speaker: Speaker,
    channel: Channel | None,
    quoted: Sequence[Quotation],
) -> Statement:
    """The statement, direct where most of its content stands in quotation marks."""
    size = sum(end - start for start, end in content) or 1
    marked = sum(
        max(0, min(end, one.end) - max(start, one.start))
        for start, end in content
        for one in quoted
    )
    direct = marked > DIRECT_SHARE * size
    return Statement(content, (cue.start, cue.end), speaker, channel, direct=direct)
