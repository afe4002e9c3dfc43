"""The names of an article, so that a surname, in whatever case, leads to the full name."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.claims.findings import SourceKind, Span
from bot.claims.languages.grammar import Grammar
from bot.claims.languages.runs import names_in
from bot.claims.languages.tokens import Token, tokens_in, words_of
from bot.claims.naming import Key

NAMES = 4000  # per article; a text with more is a list of names
STEM_CHARS = 3  # two forms of one name share at least so many letters
PERSON_WORDS = (2, 4)

_ENDING = {  # case endings of names; what two forms of a name may differ in
    "ru": "а у ом ым е ой ою ы и я ю ем ей ь ого ому им его ему ая ую ый ий ых их",
    "uk": "а у ом им е ою і и я ю ем ею ь ого ому ові еві їй ій ий ього ьому ю єю єм ї ої",
    "de": "s es",
}
_ALIKE = re.compile(r"[’ʼ'`]")


class Names:
    """The names of an article under their fullest form."""

    def __init__(self, text: str, sentences: Sequence[Span], grammar: Grammar) -> None:
        self._text, self._grammar = text, grammar
        endings = _ENDING.get(grammar.language, "").split()
        self._endings = frozenset((*endings, "")) if endings else frozenset()
        self.spans: list[Span] = []
        self._written: dict[Key, str] = {}
        self._counts: Counter[Key] = Counter()
        self._by_word: dict[str, list[Key]] = {}
        self._known: dict[Key, tuple[Key, bool]] = {}
        lower: set[str] = set()
        for start, end in sentences:
            tokens = tokens_in(text, start, end, grammar.language)
            lower.update(token.low for token in tokens if not token.is_capital)
            self._add_all(tokens)
        self._drop_common(lower)

    def key_of(self, span: Span) -> Key:
        """The fullest name of whatever stands at `span`, as lower-case words."""
        return self._full(self._key(span))[0]

    def is_guess(self, span: Span) -> bool:
        """True where only a surname in another case, or part of a name, led to the full name."""
        return self._full(self._key(span))[1]

    def written(self, key: Key, otherwise: str) -> str:
        """The spelling of a name in the text, in the form the text uses for subjects."""
        return self._written.get(key, otherwise)

    def prefer(self, span: Span) -> None:
        """Take this spelling, since here the name is the subject of a sentence."""
        key = self._key(span)
        full = self._full(key)[0]
        if len(key) == len(full):
            self._written[full] = self._text[slice(*span)]

    def is_personal(self, key: Key) -> bool:
        """True for two to four words, the last of which the text also uses alone."""
        low, high = PERSON_WORDS
        return low <= len(key) <= high and any(
            self._same(key[-1], other[0]) for other in self._counts if len(other) == 1
        )

    def _add_all(self, tokens: Sequence[Token]) -> None:
        for run in names_in(self._text, tokens, self._grammar)[: NAMES - len(self.spans)]:
            span = (tokens[run.first].start, tokens[run.last].end)
            key = self._key(span)
            if not key:
                continue
            self.spans.append(span)
            self._counts[key] += 1
            if key not in self._written:
                self._written[key] = self._text[slice(*span)]
                if len(key) > 1:
                    for word in {key[0], key[-1]}:
                        self._by_word.setdefault(self._stem(word), []).append(key)

    def _drop_common(self, lower: set[str]) -> None:
        """A word that opens a sentence here and stands in lower case there is no name."""
        common = {key for key in self._counts if len(key) == 1 and key[0] in lower}
        self.spans = [span for span in self.spans if self._key(span) not in common]
        for key in common:
            del self._counts[key]

    def _full(self, key: Key) -> tuple[Key, bool]:
        if key not in self._known:
            self._known[key] = self._find(key)
        return self._known[key]

    def _find(self, key: Key) -> tuple[Key, bool]:
        if not key:
            return key, False
        near = [
            *self._by_word.get(self._stem(key[-1]), ()),
            *self._by_word.get(self._stem(key[0]), ()),
        ]
        longer = [one for one in dict.fromkeys(near) if len(one) > len(key)]
        exact = [one for one in longer if one[-len(key) :] == key or one[: len(key)] == key]
        if exact:
            return self._first_form(exact[0]), False
        declined = [one for one in longer if self._ends_alike(one, key)]
        if declined:
            return self._first_form(declined[0]), True
        return self._first_form(key), False

    def _first_form(self, key: Key) -> Key:
        """The first spelling of a name among those that differ in case endings only."""
        if len(key) == 1 and not self._endings:
            return key
        for other in self._by_word.get(self._stem(key[-1]), ()) if len(key) > 1 else self._counts:
            if len(other) == len(key) and all(map(self._same, other, key)):
                return other
        return key

    def _ends_alike(self, longer: Key, key: Key) -> bool:
        return all(map(self._same, longer[-len(key) :], key))

    def _same(self, left: str, right: str) -> bool:
        """The same word, perhaps in another case."""
        if left == right:
            return True
        if not self._endings:
            return False
        common = 0
        for one, other in zip(left, right, strict=False):
            if one != other:
                break
            common += 1
        if common < STEM_CHARS:
            return False
        return left[common:] in self._endings and right[common:] in self._endings

    def _stem(self, word: str) -> str:
        return word[:STEM_CHARS] if self._endings else word

    def _key(self, span: Span) -> Key:
        words = words_of(self._text[slice(*span)], self._grammar.language)
        while len(words) > 1 and self._grammar.holds(words[0], "determiners", "titles"):
            words.pop(0)
        return tuple(words)


def kind_of(words: str, grammar: Grammar, *, is_name: bool, is_personal: bool) -> SourceKind:
    """What kind of source these words name; `is_personal`: a role or the text says a person."""
    low = words_of(words, grammar.language)
    head = _head(low, grammar)
    groups = (
        ("outlets", SourceKind.OUTLET),
        ("recordings", SourceKind.RECORDING),
        ("documents", SourceKind.DOCUMENT),
        ("anonymous", SourceKind.ANONYMOUS),
        ("organisations", SourceKind.ORGANISATION),
    )
    if is_name:
        if any(grammar.holds(word, "outlets") for word in low):
            return SourceKind.OUTLET
        capitals = words.isupper() and len(words) > 1
        if capitals or any(grammar.holds(word, "organisations") for word in low):
            return SourceKind.ORGANISATION
        if is_personal or PERSON_WORDS[0] <= len(low) <= PERSON_WORDS[1]:
            return SourceKind.PERSON
        return SourceKind.ORGANISATION
    for word in head:
        for group, kind in groups:
            if grammar.holds(word, group):
                return kind
    if any(grammar.holds(word, "titles") for word in low):
        return SourceKind.PERSON
    return SourceKind.OTHER


def _head(low: Sequence[str], grammar: Grammar) -> list[str]:
    """The words of a phrase before its first connector or preposition."""
    for index, word in enumerate(low):
        if index and grammar.holds(word, "connectors", "prepositions"):
            return list(low[:index])
    return list(low)
