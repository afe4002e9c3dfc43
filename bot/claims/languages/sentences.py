"""Sentences in any script; a quotation of a few sentences stays in one piece."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.findings import Span
from bot.claims.quotations import Quotation

SENTENCE_CHARS = 1500  # bounds what every later rule costs on hostile text
WHOLE_QUOTATION_CHARS = 420  # a longer quotation is split inside

_END = re.compile(
    r"[.!?…؟؛۔।]{1,6}(?:[\u00a0\u202f ]?[»›]|[\"”“’'«)\]]){0,3}(?=\s|$)"
    r"|[。！？｡]{1,3}[”」』）]{0,2}"
)
_WORD_BEFORE = re.compile(r"[^\s(\[“\"‘«„—–]{1,20}$")
_ELIDED = re.compile(r"^.*[’']")  # "l’ing."
_YEAR_BEFORE = re.compile(r"\d{4}[ \u00a0]\w$")
_FOLLOWER = re.compile(r"[\s\"“„«‘(\[]*([^\W\d_]+)")
_SPACES = re.compile(r"\s*")
_HOLDS = ",;:)—–"


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Words before a full stop that does not end a sentence.

    `never` do not end one, `sometimes` do before a word of `starters`. `ordinals`: "3." is a
    numeral, as in German.
    """

    never: frozenset[str] = frozenset()
    sometimes: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    ordinals: bool = False


def sentences_in(
    text: str, start: int, end: int, quotations: Sequence[Quotation], known: Abbreviations
) -> list[Span]:
    """The sentences of one paragraph in order, without the spaces between them."""
    spans: list[Span] = []
    begin = start
    for found in _END.finditer(text, start, end):
        place = found.end()
        after = _after_spaces(text, place, end)
        if place <= begin or after >= end or not _ends_here(text, found, after, known):
            continue
        if _is_held(found.start(), place, quotations):
            continue
        spans.append((begin, place))
        begin = after
    if begin < end:
        spans.append((begin, end))
    return [piece for span in spans for piece in _bounded(text, *span)]


def _ends_here(text: str, found: re.Match[str], after: int, known: Abbreviations) -> bool:
    if text[after].islower() or text[after] in _HOLDS:
        return False
    mark, place = found.start(), found.end()
    if text[mark] != "." or place - mark > 1:
        return True
    before = _WORD_BEFORE.search(text, max(0, mark - 20), mark)
    word = _ELIDED.sub("", before.group().lower()) if before else ""
    if len(word) == 1 and _YEAR_BEFORE.search(text, max(0, mark - 12), mark):
        return _starts_anew(text, after, known)  # «у 2024 р.» may end a sentence
    if word in known.never or (len(word) == 1 and word.isalpha()):
        return False
    if known.ordinals and word.isdigit() and len(word) <= 2:
        return False
    if word in known.sometimes or (len(word) < 8 and "." in word and not word[0].isdigit()):
        return _starts_anew(text, after, known)
    return True


def _starts_anew(text: str, after: int, known: Abbreviations) -> bool:
    follower = _FOLLOWER.match(text, after, after + 40)
    return follower is not None and follower[1].lower() in known.starters


def _is_held(mark: int, place: int, quotations: Sequence[Quotation]) -> bool:
    """True inside a quotation that is short enough to stay whole."""
    return any(
        one.start < mark and place < one.end and one.end - one.start <= WHOLE_QUOTATION_CHARS
        for one in quotations
    )


def _bounded(text: str, start: int, end: int) -> list[Span]:
    pieces: list[Span] = []
    while end - start > SENTENCE_CHARS:
        space = text.rfind(" ", start + 1, start + SENTENCE_CHARS)
        cut = space if space > start else start + SENTENCE_CHARS
        pieces.append((start, cut))
        start = _after_spaces(text, cut, end)
    if start < end:
        pieces.append((start, end))
    return pieces


def _after_spaces(text: str, place: int, end: int) -> int:
    found = _SPACES.match(text, place, end)
    return found.end() if found else place
