"""Words of a sentence in any of our languages, elided and inverted ones taken apart."""

import re
from dataclasses import dataclass

_ELIDES = frozenset({"fr", "it"})
_APOSTROPHES = str.maketrans("’ʼ‘`", "''''")
_PRONOUN_BEHIND = r"-(?:t-)?(?:il|elle|on|ils|elles|je|nous|vous)\b"
_PLAIN = re.compile(r"[^\W_]+(?:[.&’ʼ'\-][^\W_]+)*")
_ELIDED = re.compile(
    rf"[Aa]ujourd[’']hui|[^\W\d_]{{1,9}}[’'](?=[^\W_«“])|{_PRONOUN_BEHIND}"
    rf"|[^\W_]+(?:(?!{_PRONOUN_BEHIND})[.&\-][^\W_]+)*"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place; `low` is in lower case with straight apostrophes."""

    start: int
    end: int
    word: str
    low: str

    @property
    def is_capital(self) -> bool:
        return self.word[0].isupper()


def tokens_in(text: str, start: int, end: int, language: str) -> list[Token]:
    """The words between two places: "l’" and "eau" are two, and so are "a" and "-t-il" ("il")."""
    pattern = _ELIDED if language in _ELIDES else _PLAIN
    return [
        Token(found.start(), found.end(), found.group(), _low(found.group()))
        for found in pattern.finditer(text, start, end)
    ]


def words_of(written: str, language: str) -> list[str]:
    """The lower-case words of a phrase, as `tokens_in` would take it apart."""
    return [token.low for token in tokens_in(written, 0, len(written), language)]


def _low(word: str) -> str:
    low = word.lower().translate(_APOSTROPHES)
    return low.rpartition("-")[2] if low.startswith("-") else low
