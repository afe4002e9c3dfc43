"""Sentences, so that a quotation of a few sentences stays in one piece with its speaker."""

import re
from bisect import bisect_right

from bot.claims.findings import Span
from bot.claims.quotations import Quotation
from bot.claims.words import FUNCTION_WORDS, STARTERS, VERBS

SENTENCE_CHARS = 1500  # bounds what every later rule costs on hostile text
DATELINE_CHARS = 100
WHOLE_QUOTATION_CHARS = 420  # a longer quotation is split inside

_END = re.compile(r"[.!?…]{1,6}[\"”’'»)\]]{0,3}(?=\s)|[。！？][”」』]{0,2}")
_DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]{2,30}(?:,\s[A-Z][\w.’ ]{1,30}){0,2}(?:\s\([A-Z][\w .]{1,20}\))?"
    r"\s?(?:—|–|--|-)\s"
)
_WORD_BEFORE = re.compile(r"[^\s(\[“\"‘«—–]{1,20}$")
_NAME_THEN_VERB = re.compile(
    r"(?:[^\W\d_a-z][\w.’'-]{0,30} ){0,3}[^\W\d_a-z][\w.’'-]{0,30}(?:,[^.!?“\"]{1,120},)? "
    r"([a-z]{3,14})\b"
)
_TITLES = FUNCTION_WORDS["title_abbreviations"]
_SOMETIMES = FUNCTION_WORDS["other_abbreviations"]


def sentences_in(text: str, start: int, end: int, quotations: list[Quotation]) -> list[Span]:
    """Sentences of one paragraph, in order, without the spaces between them."""
    openings = [one.start for one in quotations]
    spans: list[Span] = []
    begin = start
    for found in _END.finditer(text, start, end):
        place = found.end()
        after = _next_visible(text, place, end)
        if after >= end or not _ends_here(text, found.start(), place, after):
            continue
        if _is_held(found.start(), place, quotations, openings):
            continue
        spans.append((begin, place))
        begin = after
    if begin < end:
        spans.append((begin, end))
    return [piece for span in spans for piece in _bounded(text, *span)]


def after_dateline(text: str, start: int, end: int) -> int:
    """Where a paragraph begins behind "KYIV, Ukraine (AP) —": that is no part of its sentence."""
    found = _DATELINE.match(text, start, min(end, start + DATELINE_CHARS))
    return found.end() if found and found.end() < end else start


def _ends_here(text: str, mark: int, place: int, after: int) -> bool:
    follower = text[after]
    if follower.islower() or follower in ",;:)—–":
        return False
    closed = place - mark > 1 and text[place - 1] in "\"”’'»"
    if closed and text[mark] != "." and _names_speaker(text, after):
        return False
    if text[mark] != "." or place - mark > 1:
        return True
    word = _WORD_BEFORE.search(text, max(0, mark - 20), mark)
    before = word.group().lower() if word else ""
    if before in _TITLES or (len(before) == 1 and before.isalpha()):
        return False
    if before in _SOMETIMES or (len(before) < 8 and "." in before):
        opener = re.match(r"\w{1,20}", text[after : after + 20])
        return bool(opener) and opener.group().lower() in STARTERS  # type: ignore[union-attr]
    return True


def _names_speaker(text: str, after: int) -> bool:
    """`“Never!” Jane Doe said`: the speaker belongs to what she says."""
    found = _NAME_THEN_VERB.match(text, after, after + 260)
    return bool(found) and found[1] in VERBS  # type: ignore[index]


def _is_held(mark: int, place: int, quotations: list[Quotation], openings: list[int]) -> bool:
    """True inside a quotation that is short enough to stay whole."""
    index = bisect_right(openings, mark) - 1
    if index < 0:
        return False
    one = quotations[index]
    inside = one.start < mark and place < one.end
    return inside and one.end - one.start <= WHOLE_QUOTATION_CHARS


def _bounded(text: str, start: int, end: int) -> list[Span]:
    pieces: list[Span] = []
    while end - start > SENTENCE_CHARS:
        space = text.rfind(" ", start + 1, start + SENTENCE_CHARS)
        cut = space if space > start else start + SENTENCE_CHARS
        pieces.append((start, cut))
        start = _next_visible(text, cut, end)
    if start < end:
        pieces.append((start, end))
    return pieces


def _next_visible(text: str, place: int, end: int) -> int:
    while place < end and text[place].isspace():
        place += 1
    return place
