"""Quotations in the marks of each language, with the words "— said he —" cut out of them."""

import re
from collections.abc import Sequence

from bot.claims.languages.cues import cue_at
from bot.claims.languages.grammar import Grammar
from bot.claims.languages.tokens import Token, tokens_in
from bot.claims.quotations import QUOTATION_CHARS, Quotation

INSERTIONS = 6  # per quotation
INSERTION_CHARS = 220
NAME_WORDS = 4  # «Радіо Обрій»: so few words in marks may be a name

_CLOSERS = {
    "«": "»",
    "»": "«",
    "„": '“”"',
    "“": '”"',
    "”": "”",
    '"': '"”',
    "‚": "‘’",
    "‘": "’",
    "‹": "›",
    "›": "‹",
}
_REVERSED = "»›"  # open quotations in German books only
_OPENING_BEFORE = " \n\t\u00a0\u202f([—–-/«„“‚‹»›\"'’"
_ASIDE = re.compile(r"[,.!?…]?\s?[—–]\s?(?=[^\W\d_])|[,!?…]\s-\s(?=[^\W\d_])")
_ASIDE_END = re.compile(r"[,.;:!?]?\s?[—–](?:[,.;:])?\s*|[,.]\s-\s|\s?(?=[»“”\"]$)")
_COMMA_ASIDE = re.compile(r"[,!?]\s(?=[^\W\d_])")
_COMMA_END = re.compile(r"[,.](?:\s|$)")
_DIALOGUE = re.compile(r"[—–]\s?|-\s")
_FINAL = ".,!?…"


def quotations_in(text: str, start: int, end: int, grammar: Grammar) -> list[Quotation]:
    """The outermost quotations of a paragraph in text order; names in marks are none."""
    dialogue = _dialogue(text, start, end, grammar)
    if dialogue:
        return dialogue
    found = _marked(text, start, end, reverses="reversed_marks" in grammar.traits)
    pieces: list[Quotation] = []
    for one in found:
        if not is_name(text, one, grammar):
            pieces.extend(_without_asides(text, one, grammar))
    return pieces


def is_name(text: str, one: Quotation, grammar: Grammar) -> bool:
    """True for «Радіо Обрій» behind a word such as "station": no full stop, capitalised."""
    words = tokens_in(text, one.start, one.end, grammar.language)
    if not words or len(words) > NAME_WORDS or not words[0].is_capital:
        return False
    if text[one.end - 2] in _FINAL:
        return False
    before = text[max(0, one.start - 2) : one.start]
    return len(before) == 2 and before[0].isalnum() and before[1].isspace()


def _marked(text: str, start: int, end: int, *, reverses: bool) -> list[Quotation]:
    found: list[Quotation] = []
    unclosed: set[str] = set()
    place = start
    while place < end:
        mark = text[place]
        if mark in unclosed or not _opens(text, place, (start, end), reverses=reverses):
            place += 1
            continue
        close = _closing(text, place, end)
        if close is not None:
            found.append(Quotation(place, close + 1))
            place = close + 1
        elif mark in '«„“"' and _leads_on(text, place, start):
            found.append(Quotation(place, end, open_ended=True))
            break
        else:
            unclosed.add(mark)
            place += 1
    return found


def _opens(text: str, place: int, bounds: tuple[int, int], *, reverses: bool) -> bool:
    mark = text[place]
    if mark not in _CLOSERS or (mark in _REVERSED and not reverses):
        return False
    start, end = bounds
    before = text[place - 1] if place > start else " "
    after = text[place + 1] if place + 1 < end else " "
    if before not in _OPENING_BEFORE:
        return False
    if mark == "«" and not reverses:
        return True  # French sets a space inside
    return not after.isspace()


def _closing(text: str, place: int, end: int) -> int | None:
    """Where the quotation closes; one mark may close two that were opened alike."""
    mark, depth, last = text[place], 1, None
    closers = _CLOSERS[mark]
    for index in range(place + 1, min(end, place + QUOTATION_CHARS)):
        char = text[index]
        if char in closers and index > place + 1 and _closes(text, index, mark, end):
            last, depth = index, depth - 1
            if depth == 0:
                return index
        elif char == mark and char not in closers:
            depth += 1
    return last


def _closes(text: str, index: int, mark: str, end: int) -> bool:
    if mark in "«„“‹" and text[index] not in '"’':
        return True
    after = text[index + 1] if index + 1 < end else " "
    return not after.isalnum()


def _leads_on(text: str, place: int, start: int) -> bool:
    """At the start of a paragraph or after a colon a quotation may stay open."""
    before = text[start:place].rstrip()
    return not before or before.endswith(":")


def _without_asides(text: str, one: Quotation, grammar: Grammar) -> list[Quotation]:
    """The pieces of a quotation around "— said he —", which stands between its marks."""
    pieces: list[Quotation] = []
    begin = one.start
    for first, last in _asides(text, one.start, one.end, grammar):
        pieces.append(Quotation(begin, first))
        begin = last
    if not pieces:
        return [one]
    if one.end - begin > 2:  # no more than a mark: the words of the speaker closed it
        pieces.append(Quotation(begin, one.end, one.open_ended))
    return pieces


def _asides(text: str, start: int, end: int, grammar: Grammar) -> list[tuple[int, int]]:
    """Where the words about the speaker begin and end, the marks around them included."""
    found: list[tuple[int, int]] = []
    place = start + 1
    while place < end and len(found) < INSERTIONS:
        aside = _next_aside(text, place, end, grammar)
        if aside is None:
            break
        found.append(aside)
        place = max(aside[1], aside[0] + 1)
    return found


def _next_aside(text: str, start: int, end: int, grammar: Grammar) -> tuple[int, int] | None:
    for opening in _ASIDE.finditer(text, start, end):
        if _speaks(text, opening.end(), end, grammar):
            closing = _ASIDE_END.search(text, opening.end(), min(end, opening.end() + 220))
            return opening.start(), closing.end() if closing else end
    if "comma_asides" not in grammar.traits:
        return None
    for opening in _COMMA_ASIDE.finditer(text, start, end):
        named = _speaks(text, opening.end(), end, grammar, by_name=True)
        closing = _COMMA_END.search(text, opening.end(), min(end, opening.end() + 220))
        if named and closing:
            return opening.start(), closing.end()
    return None


def _speaks(text: str, start: int, end: int, grammar: Grammar, *, by_name: bool = False) -> bool:
    """True where a reporting word stands here or a word or two later."""
    tokens = tokens_in(text, start, min(end, start + 120), grammar.language)
    if not tokens or (tokens[0].is_capital and by_name):
        return False
    for index in range(1 if by_name else min(3, len(tokens))):
        cue = cue_at(text, tokens, index, grammar)
        if cue is not None:
            return not by_name or _is_named(tokens[cue.first : cue.last + 5], grammar)
    return False


def _is_named(tokens: Sequence[Token], grammar: Grammar) -> bool:
    return any(
        token.is_capital or grammar.holds(token.low, "pronouns", "titles") for token in tokens
    )


def _dialogue(text: str, start: int, end: int, grammar: Grammar) -> list[Quotation]:
    """A paragraph that opens with a dash and says in another whose words these are."""
    opened = _DIALOGUE.match(text, start, end)
    if opened is None:
        return []
    begin = opened.end()
    pieces: list[Quotation] = []
    for first, last in _asides(text, begin, end, grammar):
        pieces.append(Quotation(begin, first))
        begin = last
    if pieces and end - begin > 2:
        pieces.append(Quotation(begin, end))
    return [piece for piece in pieces if piece.end > piece.start]
