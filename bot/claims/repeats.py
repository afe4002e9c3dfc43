"""The same claim made twice in an article: found by its words, never across differing figures."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.findings import Span
from bot.claims.languages.grammar import LANGUAGES
from bot.claims.lexicons import word_lists
from bot.claims.words import FUNCTION_WORDS

SHARED = 0.8  # of the words of the shorter claim stand in the longer one as well
ALIKE = 0.55  # of all their words stand in both
SHARED_WORDS = 4  # fewer are a phrase and not a claim
STEM_LETTERS = 6  # "returned" and "returning" count as one word
LOOKED_UP = 60  # earlier claims per word; a word of more of them says little

_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d[\d,.]*")
_NAME = re.compile(r"(?<![.!?“\"«]\s)(?<!^)(?<=\s)[^\W\d_a-z][\w’'-]+")
_WORDS = re.compile(r"n[’'](?=\w)|\w+")
_OPPOSITES = frozenset(  # of every language: at worst a repetition is listed twice
    word.replace("'", mark)
    for language in LANGUAGES
    for word in word_lists(language)["words"]["opposites"].split()
    for mark in "'’"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_NEGATION = re.compile(r"\b(?:not|no|never|none|nobody|denied|denies|without)\b|n[’']t\b", re.I)
_SMALL = FUNCTION_WORDS["determiners"] | FUNCTION_WORDS["pronouns"] | FUNCTION_WORDS["being"]
_SPELLED = FUNCTION_WORDS["number_words"]


@dataclass(frozen=True, slots=True)
class _Wording:
    stems: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    negated: bool


def first_mentions(text: str, spans: Sequence[Span]) -> list[int]:
    """For each claim the index of the claim that says it first: its own, or an earlier one's."""
    wordings: list[_Wording] = []
    by_stem: defaultdict[str, list[int]] = defaultdict(list)
    firsts: list[int] = []
    for index, (start, end) in enumerate(spans):
        wording = _wording(text[start:end])
        wordings.append(wording)
        near = Counter(one for stem in wording.stems for one in by_stem[stem][:LOOKED_UP])
        first = next((one for one in sorted(near) if _same(wordings[one], wording)), index)
        firsts.append(first)
        if first == index:
            for stem in wording.stems:
                by_stem[stem].append(index)
    return firsts


def _wording(words: str) -> _Wording:
    low = [word for word in _WORD.findall(words.lower()) if word not in _SMALL]
    numbers = {number.rstrip(".,").replace(",", "") for number in _NUMBER.findall(words)}
    negated = _NEGATION.search(words) or any(
        word in _OPPOSITES for word in _WORDS.findall(words.lower())
    )
    return _Wording(
        stems=frozenset(word[:STEM_LETTERS] for word in low),
        numbers=frozenset(numbers | {word for word in low if word in _SPELLED}),
        names=frozenset(_POSSESSIVE.sub("", name.lower()) for name in _NAME.findall(words)),
        negated=bool(negated),
    )


def _same(one: _Wording, other: _Wording) -> bool:
    if one.numbers != other.numbers or one.negated != other.negated:
        return False
    if one.names - other.names and other.names - one.names:
        return False
    shared = len(one.stems & other.stems)
    shorter = min(len(one.stems), len(other.stems))
    return (
        shared >= SHARED_WORDS
        and shared >= SHARED * shorter
        and shared >= ALIKE * len(one.stems | other.stems)
    )
