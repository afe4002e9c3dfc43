"""What is said "according to" somebody."""

import re
from collections.abc import Sequence

from bot.claims.channels import Channel
from bot.claims.contents import trimmed
from bot.claims.phrases import Speaker, speaker_in, tokens_in
from bot.claims.quotations import Quotation
from bot.claims.statement import Statement
from bot.claims.words import (
    ANONYMOUS_WORDS,
    DOCUMENT_WORDS,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    RECORDING_WORDS,
    STARTERS,
)

STATEMENTS = 4  # per sentence

_BODIES = ANONYMOUS_WORDS | ORGANISATION_WORDS | OUTLET_WORDS
_ACCORDING = re.compile(r"\b[Aa]ccording\sto\s")
_BY = re.compile(r"\s(?:by|from|of|released by|published by|issued by)\s")


def according_in(text: str, start: int, end: int, quoted: Sequence[Quotation]) -> list[Statement]:
    """The statements of the sentence that are introduced by "according to"."""
    matches = list(_ACCORDING.finditer(text, start, end))[:STATEMENTS]
    outside = [one for one in matches if not any(q.start < one.start() < q.end for q in quoted)]
    return [_according(text, start, end, match) for match in outside]


def _according(text: str, start: int, end: int, match: re.Match[str]) -> Statement:
    comma = piece_end(text, match.end(), end)
    speaker = speaker_in(text, tokens_in(text, match.end(), comma))
    channel = None
    if speaker is not None:
        speaker, channel = author_of(text, speaker, comma)
    cue = (match.start(), match.end() - 1)
    opens = not any(token.low not in STARTERS for token in tokens_in(text, start, match.start()))
    if opens and comma < end:
        content = trimmed(text, comma + 1, end)
    elif opens:
        content = None
    else:
        content = trimmed(text, start, match.start())
    rest = trimmed(text, comma + 1, end) if not opens and text[comma : comma + 1] == "," else None
    spans = tuple(span for span in (content, rest) if span and span[1] - span[0] > 12)
    return Statement(spans, cue, speaker, channel)


def author_of(text: str, speaker: Speaker, end: int) -> tuple[Speaker, Channel | None]:
    """ "a report by the ministry": the ministry says it, the report is the channel."""
    if any(word.lower() in OUTLET_WORDS for word in text[slice(*speaker.span)].split()[:-1]):
        return speaker, None
    head = text[slice(*speaker.span)].split()[-1].lower()
    by = _BY.match(text, speaker.span[1], end)
    if head not in DOCUMENT_WORDS | RECORDING_WORDS or not by:
        return speaker, None
    author = speaker_in(text, tokens_in(text, by.end(), end))
    if author is None or not (author.is_name or text[slice(*author.span)].split()[-1] in _BODIES):
        return speaker, None
    return author, Channel(speaker.span)


def piece_end(text: str, start: int, end: int) -> int:
    found = re.compile(r",(?!\d)|[:;]|\s[—–]|—|[.!?]$").search(text, start, end)
    return found.start() if found else end
