"""Which words of a sentence are the claim: what somebody says, and each fact of its own."""

import re
from collections.abc import Sequence

from bot.claims.findings import Attribution, Span
from bot.claims.phrases import Token, is_verb, names_in, tokens_in
from bot.claims.quotations import MARKS, Quotation
from bot.claims.speech import Place
from bot.claims.words import CONNECTORS, DETERMINERS, FUNCTION_WORDS

WHOLE_CONTENT = 0.4  # what somebody says stands for the sentence from this share of it
CLAUSE_WORDS = 5  # a shorter clause leans on the other one
SUBJECT_WORDS = 6  # a subject that goes on for longer is not told safely from a list
CLAUSES = 4

_TURN = re.compile(r"(?:,|;)\s(?:and|but|while|whereas)\s|;\s")
_PERSONAL = frozenset({"he", "she", "they", "it"})
_NUMBERS = FUNCTION_WORDS["number_words"]
_VERBS = FUNCTION_WORDS["being"] | FUNCTION_WORDS["irregular_past"]
_BINDING = FUNCTION_WORDS["binding"]


def claim_spans(text: str, place: Place, attributions: Sequence[Attribution]) -> list[Span]:
    """The spans to check in a sentence, in order: one, or one for each fact of its own."""
    start, end = said_in(text, place, attributions)
    inside = any(one.start <= start and end <= one.end for one in place.quoted)
    return [(start, end)] if inside else clauses_in(text, start, end, place.quoted)


def said_in(text: str, place: Place, attributions: Sequence[Attribution]) -> Span:
    """The words that somebody says, where they are most of the sentence; else all of it.

    A quotation that stands alone is taken without its outer marks.
    """
    start, end = place.start, place.end
    said = [span for attribution in attributions for span in attribution.content]
    spans = [span for span in said if start <= span[0] and span[1] <= end]
    if spans:
        first, last = min(span[0] for span in spans), max(span[1] for span in spans)
        infinitive = text.startswith("to ", first)
        if not infinitive and last - first >= WHOLE_CONTENT * (end - start):
            start, end = first, last
    for quotation in place.quoted:
        if quotation.start == start and quotation.end == end and not quotation.open_ended:
            return _inside(text, quotation)
    return start, end


def clauses_in(text: str, start: int, end: int, quoted: Sequence[Quotation]) -> list[Span]:
    """Clauses that are each a fact of their own; the whole span unless all of them surely are.

    Nothing but the words between the clauses is left out. Each has a subject and a verb of its
    own and a number or a name, and none depends on another.
    """
    if _opens_bound(text, start, end):
        return [(start, end)]
    spans: list[Span] = []
    begin = start
    for turn in _TURN.finditer(text, start, end):
        if any(one.start < turn.start() < one.end for one in quoted):
            continue
        if _stands(text, begin, turn.start()) and _stands(text, turn.end(), end):
            spans.append((begin, turn.start()))
            begin = turn.end()
    spans.append((begin, end))
    return spans if len(spans) <= CLAUSES else [(start, end)]


def _opens_bound(text: str, start: int, end: int) -> bool:
    first = tokens_in(text, start, min(end, start + 40))
    return bool(first) and first[0].low in _BINDING


def _stands(text: str, start: int, end: int) -> bool:
    """A clause that can be checked alone: subject, verb, and something to check."""
    tokens = tokens_in(text, start, end)
    if len(tokens) < CLAUSE_WORDS or not _begins_with_subject(tokens):
        return False
    verb = next((n for n, token in enumerate(tokens) if n and _is_verb(token)), None)
    if verb is None or verb > SUBJECT_WORDS:
        return False
    if any(token.low in _BINDING for token in tokens[:verb]):
        return False
    numbered = any(token.low in _NUMBERS for token in tokens) or any(
        mark.isdigit() for mark in text[start:end]
    )
    return numbered or bool(names_in(text, tokens[1:]))


def _begins_with_subject(tokens: Sequence[Token]) -> bool:
    first = tokens[0]
    opens = first.low in DETERMINERS | _PERSONAL or first.is_capital or first.low in _NUMBERS
    return (opens or first.low[:1].isdigit()) and first.low not in CONNECTORS - DETERMINERS


def _is_verb(token: Token) -> bool:
    return not token.is_capital and (token.low in _VERBS or is_verb(token))


def _inside(text: str, quotation: Quotation) -> Span:
    start = quotation.start + (text[quotation.start] in MARKS)
    end = quotation.end - (text[quotation.end - 1] in MARKS)
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if end > start else (quotation.start, quotation.end)
