"""Reporting words that stand aside: "As she noted, …", "In other states, he said, …"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.claims.contents import trimmed
from bot.claims.cues import Cue
from bot.claims.findings import Span
from bot.claims.quotations import Quotation
from bot.claims.statement import Statement, statement_of
from bot.claims.subjects import subject_before

SUBJECT_CHARS = 120  # between "as" and the verb

_AS = re.compile(r"(?:\b(?:[Bb]ut|[Aa]nd)\s)?\b[Aa]s\s(?=[^,;:—–“\"]{1,120}$)")
_REST = re.compile(r"[^,;:—–“\"()]{0,60}?(?P<mark>,|\s--|\s?[—–])\s")
_ENDS = re.compile(r"[^,;:—–“\"()]{0,60}\.?$")


def as_reported(
    text: str, start: int, end: int, cue: Cue, quoted: Sequence[Quotation]
) -> Statement | None:
    """ "As she noted, it leaks" and "It leaks, as she noted": the rest is what she noted."""
    found = _AS.search(text, max(start, cue.start - SUBJECT_CHARS), cue.start)
    if found is None or not cue.finite:
        return None
    speaker = subject_before(text, found.end(), cue.start, after_quotation=False)
    if speaker is None:
        return None
    before = text[start : found.start()].rstrip(" -—–")
    rest = _REST.match(text, cue.end, end)
    span: Span | None = None
    if not before and rest is not None:
        span = trimmed(text, rest.end(), end)
    elif before.endswith(",") and _ENDS.match(text, cue.end, end):
        span = trimmed(text, start, start + len(before))
    return statement_of((span,), cue, speaker, None, quoted) if span else None


def with_opening(text: str, start: int, statement: Statement) -> Statement:
    """ "In other states, he said, it leaks": the opening belongs to what he said.

    Not so before a quotation that is a sentence of its own: there it says where he spoke.
    """
    speaker, content, (first, last) = statement.speaker, statement.content, statement.cue
    if speaker is None or not content or content[0][0] < last or speaker.span[0] > first:
        return statement
    begins = min(speaker.span[0], speaker.role[0] if speaker.role else speaker.span[0])
    opening = text[start:begins].rstrip()
    said = text[content[0][0] : content[0][0] + 2]
    whole = said[:1] in "“\"'‘" and said[1:2].isupper()
    aside = opening.endswith(",") and text[last : last + 2] == ", "
    span = trimmed(text, start, begins) if aside and not whole else None
    if span is None or content[0][0] - last > 4:
        return statement
    return replace(statement, content=(span, *content))
