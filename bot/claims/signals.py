"""What can be seen in the wording of a sentence: numbers, names, law, cause, opinion, question."""

import re
from collections.abc import Sequence

from bot.claims.lexicons import WordGroup
from bot.claims.phrases import Token, is_verb, names_in, tokens_in
from bot.claims.quotations import Quotation
from bot.claims.words import FUNCTION_WORDS, PRONOUNS, SIGNALS

_NUMBER = re.compile(r"\d[\d,.]*")
_YEAR = re.compile(r"^(?:1[5-9]|20)\d\d$")
_NUMBER_WORDS = FUNCTION_WORDS["number_words"]
_CURRENCIES = "|".join(FUNCTION_WORDS["currencies"])
_MONEY = re.compile(rf"[$€£¥₹]\s?\d|\b(?:{_CURRENCIES})\b|\d\s?%|\bper ?cent\b")
_BEING = FUNCTION_WORDS["being"]
_FIRST_PERSON = FUNCTION_WORDS["first_person"]
_SECOND_PERSON = FUNCTION_WORDS["second_person"]

Signals = dict[str, float]


def signals_of(text: str, start: int, end: int, quoted: Sequence[Quotation]) -> Signals:
    """Signals of `text[start:end]` by name, each in [0, 1]; `bot.claims.scores` weighs them."""
    tokens = tokens_in(text, start, end)
    words = [token.low for token in tokens]
    counted = max(len(words), 1)
    names = names_in(text, tokens)
    numbers = [found.group().rstrip(".,") for found in _NUMBER.finditer(text, start, end)]
    years = [number for number in numbers if _YEAR.match(number)]
    spelled = sum(word in _NUMBER_WORDS for word in words)
    marked = sum(min(one.end, end) - max(one.start, start) for one in quoted)
    signals = {
        "number": float(len(numbers) > len(years) or spelled > 0),
        "numbers": min(len(numbers) + spelled, 4) / 4,
        "year": float(bool(years)),
        "money": float(bool(_MONEY.search(text, start, end))),
        "name": float(bool(names)),
        "names": min(len(names), 4) / 4,
        "length": min(counted, 40) / 40,
        "short": float(counted < 7),
        "verb": float(any(_may_be_verb(token) for token in tokens)),
        "past": float(any(is_verb(token) for token in tokens)),
        "being": float(any(word in _BEING for word in words)),
        "question": float(text[start:end].rstrip("\"”’»' ").endswith("?")),
        "exclamation": float(text[start:end].rstrip("\"”’»' ").endswith("!")),
        "ended": float(
            text[start:end].rstrip("\"”’»') ").endswith((".", "!", "?", "…", ":", "。"))
        ),
        "first_person": float(any(word in _FIRST_PERSON for word in words)),
        "second_person": float(any(word in _SECOND_PERSON for word in words)),
        "pronoun_start": float(bool(words) and words[0] in PRONOUNS | {"this", "that"}),
        "quoted": min(max(marked, 0) / max(end - start, 1), 1.0),
    }
    return signals | {name: _share(words, group) for name, group in SIGNALS.items()}


def _share(words: Sequence[str], group: WordGroup) -> float:
    """0 without a word of the group, .5 with one, 1 with two or more."""
    return min(sum(map(group.holds, words)), 2) / 2


def _may_be_verb(token: Token) -> bool:
    return is_verb(token) or (token.low.endswith(("s", "ing")) and not token.is_capital)
