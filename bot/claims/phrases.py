"""Words, names and noun phrases of a sentence, by spelling alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.findings import Span
from bot.claims.words import (
    ANONYMOUS_WORDS,
    BREAKS,
    CONNECTORS,
    DETERMINERS,
    DOCUMENT_WORDS,
    FINITE,
    FUNCTION_WORDS,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PRONOUNS,
    RECORDING_WORDS,
    STARTERS,
    TITLES,
)

PHRASE_WORDS = 14  # a longer run of words is no noun phrase

_TOKEN = re.compile(r"\w+(?:[.&’'\-]\w+)*")
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")
_CALENDAR = FUNCTION_WORDS["calendar"]
_CAPITAL_NAMES = frozenset({"WHO", "IT", "US", "AS", "AT"})  # names that look like small words
_COMMON = ANONYMOUS_WORDS | DOCUMENT_WORDS | RECORDING_WORDS | FUNCTION_WORDS["bodies"] | {"police"}
_OPENERS = STARTERS - DETERMINERS - PRONOUNS


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place; `low` is its lower-case form without a possessive ending."""

    start: int
    end: int
    word: str
    low: str
    possessive: bool

    @property
    def is_capital(self) -> bool:
        return self.word[0].isupper()


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words; `first` and `last` are token indexes, both inclusive."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """A noun phrase that can say something, and what the text says about it.

    `means`: whom a "who" or "which" stands for, where that is known.
    """

    span: Span
    role: Span | None = None
    is_name: bool = False
    is_pronoun: bool = False
    means: "Speaker | None" = None


def tokens_in(text: str, start: int, end: int) -> list[Token]:
    """The words between two places."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text, start, end):
        word = found.group()
        bare = _POSSESSIVE.sub("", word)
        place = found.start()
        low = bare if bare in _CAPITAL_NAMES else bare.lower()
        tokens.append(Token(place, place + len(bare), bare, low, len(bare) < len(word)))
    return tokens


def names_in(text: str, tokens: Sequence[Token]) -> list[Name]:
    """Runs of capitalised words: people, organisations, places; not days, not opening words."""
    names: list[Name] = []
    index = 0
    while index < len(tokens):
        if not _starts_name(text, tokens, index):
            index += 1
            continue
        last = _end_of_name(text, tokens, index)
        names.append(Name(tokens[index].start, tokens[last].end, index, last))
        index = last + 1
    return names


def speaker_in(text: str, tokens: Sequence[Token]) -> Speaker | None:
    """The noun phrase that `tokens` begin with, as a speaker; None if they begin with none."""
    first = 0
    while first < len(tokens) and tokens[first].low in _OPENERS and not _is_the_name(tokens, first):
        first += 1
    core = list(tokens[first : phrase_end(tokens, first)])
    if not core:
        return None
    if core[0].low in PRONOUNS:
        return Speaker((core[0].start, core[0].end), is_pronoun=True)
    names = names_in(text, core)
    name = names[-1] if names else None
    if name is not None and not _belongs(core, name) and _ends_phrase(core, name):
        return _named(core, name)
    while core and core[-1].low in (*CONNECTORS, *DETERMINERS):
        core.pop()
    if not core or all(token.low in DETERMINERS for token in core):
        return None
    return Speaker((core[0].start, core[-1].end))


def after_titles(tokens: Sequence[Token], name: Name) -> int:
    """Index where a name begins behind its titles; "State Court of Accounts" has none."""
    words = [token.low for token in tokens[name.first : name.last + 1]]
    if any(word in ORGANISATION_WORDS or word in ("of", "for") for word in words[1:]):
        personal = words[0] in ("mr", "mrs", "ms", "dr") or words[1:2] in (["of"], ["president"])
        if not personal:
            return name.first
    first = name.first
    while first < name.last and tokens[first].low.lower() in TITLES:  # "US" stays in capitals
        first += 1
    return first


def phrase_end(tokens: Sequence[Token], first: int) -> int:
    """Index after the noun phrase that begins at `first`: up to a verb or a word that breaks it."""
    for index in range(first, min(len(tokens), first + PHRASE_WORDS)):
        token = tokens[index]
        if index > first and (is_verb(token) or token.low in BREAKS):
            return index
        if index > first and token.low in PRONOUNS | {"says", "also"}:
            return index
        if index == first and token.low in BREAKS - PRONOUNS:
            return index
    return min(len(tokens), first + PHRASE_WORDS)


def is_verb(token: Token) -> bool:
    """A finite verb, as far as spelling tells: a common one, or a lower-case word in -ed."""
    if token.is_capital:
        return False
    return token.low in FINITE or (token.low.endswith("ed") and len(token.low) > 4)


def _named(core: Sequence[Token], name: Name) -> Speaker:
    """A name at the end of its phrase; the words before it, titles too, are the role."""
    first = after_titles(core, name)
    before = [token for token in core[:first] if token.low not in DETERMINERS]
    role = (before[0].start, core[first - 1].end) if before else None
    return Speaker((core[first].start, name.end), role=role, is_name=True)


def _belongs(core: Sequence[Token], name: Name) -> bool:
    """ "chairman of the Joint Chiefs", "Vice President of Sales": the name is part of a role."""
    first = after_titles(core, name)
    if first > name.first and core[first].low in CONNECTORS:
        return True
    before = [token.low for token in core[: name.first] if token.low not in DETERMINERS]
    return bool(before) and before[-1] in CONNECTORS


def _ends_phrase(core: Sequence[Token], name: Name) -> bool:
    """True for "Jane Doe" and "the Current Time TV channel", not for "Jane Doe's son"."""
    if core[name.last].possessive:
        return False
    rest = core[name.last + 1 :]
    if any(token.low in OUTLET_WORDS for token in core[name.first : name.last + 1]):
        return all(token.low in OUTLET_WORDS | DOCUMENT_WORDS for token in rest)
    return len(rest) <= 2 and all(token.low in OUTLET_WORDS | ORGANISATION_WORDS for token in rest)


def _starts_name(text: str, tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.word[0].isdigit():  # 11th Guards Brigade
        follows = index + 1 < len(tokens) and tokens[index + 1].is_capital
        return token.word[-2:] in ("th", "st", "nd", "rd") and follows
    if not token.is_capital or token.low in _CALENDAR or token.word == "I":
        return False
    if token.low == "the":
        return _is_the_name(tokens, index) and not _opens_sentence(text, token.start)
    alone = index + 1 == len(tokens) or not tokens[index + 1].is_capital
    return token.low not in STARTERS and not (index == 0 and alone and token.low in _COMMON)


def _opens_sentence(text: str, place: int) -> bool:
    before = text[max(0, place - 3) : place].rstrip(" ")
    return not before or before[-1] in '\n.!?:"“”«‘'


def _is_the_name(tokens: Sequence[Token], index: int) -> bool:
    """ "The" belongs to a name inside a sentence, as in "told The Moscow Times"."""
    if tokens[index].word != "The" or index + 1 >= len(tokens):
        return False
    return tokens[index + 1].is_capital and tokens[index + 1].start == tokens[index].end + 1


def _end_of_name(text: str, tokens: Sequence[Token], first: int) -> int:
    last = first
    while not tokens[last].possessive and last + 1 < len(tokens) and last - first < PHRASE_WORDS:
        gap = text[tokens[last].end : tokens[last + 1].start]
        stops = gap not in (" ", ". ", " & ", " (") or (gap == ". " and not _is_short(tokens[last]))
        if stops or gap == " (":
            break
        following = tokens[last + 1]
        if following.is_capital and following.low not in _CALENDAR and following.word != "I":
            last += 1
        elif _is_connected(text, tokens, last):
            last += 2 if tokens[last + 2].is_capital else 3
        else:
            break
    return last


def _is_short(token: Token) -> bool:
    return (
        token.low in TITLES
        or len(token.word) == 1
        or "." in token.word
        or token.low in ("jr", "st")
    )


def _is_connected(text: str, tokens: Sequence[Token], last: int) -> bool:
    """ "of", "de" or "of the" between two capitalised words."""
    after = tokens[last + 2 : last + 4]
    if tokens[last + 1].word not in CONNECTORS or not after:
        return False
    if text[tokens[last + 1].end : after[0].start] != " ":
        return False
    if after[0].is_capital:
        return after[0].low not in _CALENDAR
    return after[0].word == "the" and len(after) == 2 and after[1].is_capital
