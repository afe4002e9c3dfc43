"""Which words of a sentence a reporting verb reports."""

import re
from collections.abc import Sequence

from bot.claims.cues import Cue
from bot.claims.findings import Span
from bot.claims.phrases import tokens_in
from bot.claims.quotations import Quotation
from bot.claims.words import FUNCTION_WORDS

SMALLEST_CHARS = 8
CLAUSE_WORDS = 3  # fewer words after the verb are its adverbials and not what was said
THAT_WORDS = 14  # so far behind the verb "that" may still open what was said
WITHIN_CHARS = 1500

_PREPOSITIONS = FUNCTION_WORDS["prepositions"]
_TURN = re.compile(r",\s(?:but|and|while|though|although|whereas)\s")
_THAT = re.compile(r"\bthat\s")
_INFINITIVE_VERBS = FUNCTION_WORDS["infinitive_verbs"]
_CLOSE_ASIDE = re.compile(r"\s[—–]\s|—")
_ACCORDING = re.compile(r",?\saccording\sto\s")


def before_speaker(
    text: str, start: int, stop: int, quoted: Sequence[Quotation]
) -> tuple[Span, ...]:
    """What stands before the speaker: whole quotations where it is one, else the clause."""
    whole = trimmed(text, start, stop)
    if whole is None:
        return ()
    inside = [one for one in quoted if start <= one.start and one.end <= stop]
    marked = sum(one.end - one.start for one in inside)
    if inside and (marked > 0.6 * (whole[1] - whole[0]) or inside[-1].end >= whole[1]):
        if inside[0].start <= whole[0] + 3 or marked > 0.6 * (whole[1] - whole[0]):
            return tuple((one.start, one.end) for one in inside)
        return ((whole[0], inside[-1].end),)
    words = tokens_in(text, *whole)
    return (whole,) if len(words) >= CLAUSE_WORDS else ()


def after_verb(
    text: str, start: int, end: int, cue: Cue, quoted: Sequence[Quotation], *, bare: bool
) -> tuple[Span, ...]:
    """What follows the verb and its listener: after "that", a colon, a mark, or at once.

    `bare`: a clause that follows at once counts; not so behind a quotation with its speaker.
    """
    end = _clause_end(text, start, end, cue)
    tokens = tokens_in(text, start, end)
    if not tokens:
        return ()
    quote = next((one.start for one in quoted if start <= one.start < end), None)
    reach = tokens[min(len(tokens), THAT_WORDS) - 1].end
    turn = _TURN.search(text, start, reach)
    that = _THAT.search(text, start, turn.start() if turn else reach)
    if that and (quote is None or that.start() < quote):
        return _spans(text, that.end(), end)
    if quote is not None and _leads_to(text, start, quote):
        return _quoted_to(text, quote, end, quoted)
    colon = text.find(":", start, end)
    if 0 <= colon < end - SMALLEST_CHARS and len(tokens_in(text, start, colon)) <= THAT_WORDS:
        return _spans(text, colon + 1, end)
    return _bare_clause(text, start, end, cue) if bare else ()


def trimmed(text: str, start: int, end: int) -> Span | None:
    """`start, end` without spaces and punctuation at both ends; None if no words are left.

    Quotation marks stay, and so does a question mark.
    """
    while start < end and (text[start].isspace() or text[start] in ",;:.–—-…"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:.–—-"):
        end -= 1
    return (start, end) if end - start >= SMALLEST_CHARS else None


def _bare_clause(text: str, start: int, end: int, cue: Cue) -> tuple[Span, ...]:
    """ "Officials said the bridge was closed": a clause without "that"."""
    if cue.limit in ("that", "document", "view"):
        return ()
    tokens = tokens_in(text, start, end)
    if len(tokens) < CLAUSE_WORDS or text[start : tokens[0].start].strip():
        return ()
    first = tokens[0].low
    if first == "to":
        return _spans(text, start, end) if text[cue.start : cue.end] in _INFINITIVE_VERBS else ()
    if first not in _PREPOSITIONS:
        return _spans(text, start, end)
    comma = text.find(", ", start, min(end, start + 80))
    if first in ("in", "on", "at", "last", "earlier", "after", "during") and comma > 0:
        return _spans(text, comma + 2, end) if end - comma > 60 else ()
    dated = first in ("last", "earlier", "this") or (
        first == "on" and tokens[1].low.endswith("day")
    )
    if dated or first in ("today", "yesterday") or first.endswith("day"):
        rest = tokens[2:] if dated else tokens[1:]
        if len(rest) > CLAUSE_WORDS and rest[0].low not in _PREPOSITIONS:
            return _spans(text, rest[0].start, end)
    return ()


def _clause_end(text: str, start: int, end: int, cue: Cue) -> int:
    """The clause ends at a dash that closes an aside, and before "according to"."""
    end = min(end, start + WITHIN_CHARS)
    according = _ACCORDING.search(text, start, end)
    if according:
        end = according.start()
    aside = _CLOSE_ASIDE.search(text, start, end)
    opened = text[max(0, cue.start - 40) : cue.start]
    if aside and _CLOSE_ASIDE.search(opened):
        end = aside.start()
    return end


def _leads_to(text: str, start: int, quote: int) -> bool:
    """The words between verb and quotation only place it: "in a statement on Tuesday, “"."""
    between = tokens_in(text, start, quote)
    if not between:
        return True
    return text[start:quote].rstrip().endswith((",", ":")) and len(between) <= THAT_WORDS


def _quoted_to(text: str, quote: int, end: int, quoted: Sequence[Quotation]) -> tuple[Span, ...]:
    inside = [one for one in quoted if quote <= one.start and one.end <= end]
    if inside and inside[0].end - quote > 0.6 * (end - quote):
        return tuple((one.start, one.end) for one in inside)
    return _spans(text, quote, end)


def _spans(text: str, start: int, end: int) -> tuple[Span, ...]:
    span = trimmed(text, start, end)
    return (span,) if span else ()
