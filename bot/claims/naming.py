"""Under which name the desk keeps somebody: surnames, short forms and acronyms resolved."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.claims.findings import SourceKind, Span
from bot.claims.phrases import Name, Token, after_titles, names_in, tokens_in
from bot.claims.words import (
    ANONYMOUS_WORDS,
    BETWEEN,
    BREAKS,
    CONNECTORS,
    DETERMINERS,
    DOCUMENT_WORDS,
    FINITE,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    RECORDING_WORDS,
    STARTERS,
    TITLES,
    VERBS,
)

_APPOSITION = re.compile(
    r",\s(?:an?|the)\s(?:[\w’'-]{1,20}\s){0,4}?(?P<noun>[\w-]{3,20})(?=[,.]|\s(?:of|at|for|in|from|who)\s)"
)
_NO_NOUNS = DETERMINERS | CONNECTORS | BREAKS | BETWEEN | FINITE | STARTERS | VERBS.keys()
LONGER_WORDS = 2  # "Acme Gas" is "Acme Gas Co.", and not the "Acme Gas Pension Fund Trustees"
NAMES = 4000  # per article; a text with more is a list of names

Key = tuple[str, ...]


class Names:
    """The names of an article, so that a short form can be looked up."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self._text = text
        self.spans: list[Span] = []
        self._with_the: Counter[Key] = Counter()
        self._titled: set[Key] = set()
        self._longer: dict[str, list[Key]] = {}
        self._written: dict[Key, str] = {}
        self._called: dict[str, list[Span]] = {}
        for start, end in sentences:
            tokens = tokens_in(text, start, end)
            for name in names_in(text, tokens)[: NAMES - len(self.spans)]:
                first = after_titles(tokens, name)
                if first > name.first:
                    self._titled.add((tokens[first].low,))
                    self._titled.add(tuple(token.low for token in tokens[first : name.last + 1]))
                self._add(Name(tokens[first].start, name.end, first, name.last))
                self._call((tokens[first].start, name.end), tokens, name, first)

    def key_of(self, span: Span) -> Key:
        """The fullest name of whatever stands at `span`, as lower-case words."""
        key = _key(self._text[slice(*span)])
        if not key:
            return key
        candidates = self._longer.get(key[-1], []) + self._longer.get(key[0], [])
        candidates += self._longer.get("".join(key), [])
        capitals = self._text[slice(*span)].isupper()  # an acronym is nobody's first name
        for longer in candidates:
            first_name = len(longer) == 2 and key == longer[:1]
            if capitals and first_name:
                continue
            if len(longer) > len(key) and _is_short_form(key, longer):
                return longer
        return key

    def written(self, key: Key, otherwise: str) -> str:
        """The spelling of a name in the text."""
        return self._written.get(key, otherwise)

    def called(self, noun: str) -> list[Span]:
        """Names with the noun beside them: "Mayor Doe", "actor Jane Doe", "Jane Doe, an actor"."""
        return self._called.get(noun, [])

    def takes_article(self, key: Key) -> bool:
        """True where the text writes "the" before the name, as before organisations."""
        return self._with_the[key] > 0

    def is_personal(self, key: Key) -> bool:
        """True where the text gives a title, or also uses the last word alone."""
        return key in self._titled or ((key[-1],) in self._written and len(key) > 1)

    def _call(self, span: Span, tokens: Sequence[Token], name: Name, first: int) -> None:
        """Remember what the text calls somebody: the words before the name, and an apposition."""
        nouns = {token.low.lower() for token in tokens[name.first : first]}
        before = tokens[name.first - 1] if name.first else None
        if before and not before.is_capital and self._text[before.end : name.start] == " ":
            nouns.add(before.low)
        if found := _APPOSITION.match(self._text, name.end, name.end + 100):
            nouns.add(found["noun"].lower())
        for noun in nouns - _NO_NOUNS:
            self._called.setdefault(noun, []).append(span)

    def _add(self, name: Name) -> None:
        written = self._text[name.start : name.end]
        key = _key(written)
        if not key:
            return
        self.spans.append((name.start, name.end))
        before = self._text[max(0, name.start - 4) : name.start].lower()
        self._with_the[key] += before == "the " or written.startswith("The ")
        if key not in self._written:
            self._written[key] = written
            if len(key) > 1:
                for word in {key[0], key[-1], _initials(written)}:
                    self._longer.setdefault(word, []).append(key)
        elif written.startswith("The ") and not self._written[key].startswith("The "):
            self._written[key] = written


def kind_of(words: str, *, is_name: bool, has_role: bool, names: Names) -> SourceKind:
    """What kind of source these words name."""
    low = [
        word.strip("’'\",.").removesuffix("’s").removesuffix("'s") for word in words.lower().split()
    ]
    if not is_name:
        return _common_kind(low)
    if any(word in OUTLET_WORDS for word in low):
        return SourceKind.OUTLET
    key = _key(words)
    capitals = words.isupper() and len(words) > 1
    organised = any(word in ORGANISATION_WORDS or word in ("of", "for") for word in low)
    if organised or capitals or "&" in words:
        return SourceKind.ORGANISATION
    if names.is_personal(key) or (has_role and not names.takes_article(key)):
        return SourceKind.PERSON
    if len(key) == 1 or names.takes_article(key) or len(key) > 4:
        return SourceKind.ORGANISATION
    return SourceKind.PERSON


def _common_kind(low: Sequence[str]) -> SourceKind:
    head = low[-1] if low else ""
    until_of = low[: low.index("of")] if "of" in low[1:] else low
    heads = {head, until_of[-1] if until_of else head}
    if heads & RECORDING_WORDS:
        return SourceKind.RECORDING
    if heads & DOCUMENT_WORDS:
        return SourceKind.DOCUMENT
    if any(
        word in ANONYMOUS_WORDS or (word.endswith("s") and word[:-1] in ANONYMOUS_WORDS)
        for word in heads
    ):
        return SourceKind.ANONYMOUS
    if heads & OUTLET_WORDS:
        return SourceKind.OUTLET
    if heads & (ORGANISATION_WORDS | {"firm", "startup", "bureau", "regulator", "kremlin"}):
        return SourceKind.ORGANISATION
    return SourceKind.OTHER


def _key(words: str) -> Key:
    tokens = [token.low.lower() for token in tokens_in(words, 0, len(words))]
    while len(tokens) > 1 and tokens[0] in DETERMINERS | TITLES:
        tokens.pop(0)
    return tuple(tokens)


def _is_short_form(key: Key, longer: Key) -> bool:
    if len(key) == 1 and key[0] == longer[-1] and len(longer) <= 4:
        return True
    if len(key) == 1 and len(longer) == 2 and key[0] == longer[0]:
        return longer[-1] not in ORGANISATION_WORDS
    if longer[: len(key)] == key and len(key) > 1:
        return len(longer) - len(key) <= LONGER_WORDS
    initials = "".join(word[0] for word in longer if word not in CONNECTORS | {"the"})
    short = key[0].replace(".", "").replace("&", "")
    return len(key) == 1 and len(short) > 1 and short in (initials, initials[:-1])


def _initials(written: str) -> str:
    return "".join(word[0] for word in written.split() if word[0].isupper()).lower()
