"""What can be seen in the wording of a sentence in a language with word lists."""

import re
from collections import defaultdict
from collections.abc import Sequence

from bot.claims.languages.grammar import Grammar
from bot.claims.languages.numbers import has_money, is_year, numbers_in
from bot.claims.languages.runs import names_in
from bot.claims.languages.tokens import tokens_in
from bot.claims.lexicons import WordGroup
from bot.claims.signals import Signals
from bot.claims.speech import Place

VERB_WORDS = 6  # a news sentence of so many words has a verb, known to us or not

_CLOSING = ' \u00a0\u202f"“”’‘»«›)'
_MONTH = re.compile(r"[.\s]{1,3}(?:d[eio]\s)?([^\W\d_]+)")
_TELLING = ("opinion", "future")  # one word is enough: an ending tells the future


def signals_of(text: str, place: Place, grammar: Grammar) -> Signals:
    """Signals by name, each in [0, 1]; the same names as in English."""
    start, end = place.start, place.end
    tokens = tokens_in(text, start, end, grammar.language)
    words = [token.low for token in tokens]
    numbers = [
        found.group() for found in numbers_in(text, start, end) if not _is_day(text, found, grammar)
    ]
    spelled = sum(grammar.holds(word, "number_words") for word in words)
    names = names_in(text, tokens, grammar)
    marked = sum(min(one.end, end) - max(one.start, start) for one in place.quoted)
    closing = re.sub(f"[{re.escape(_CLOSING)}]+$", "", text[start:end])
    other = [number for number in numbers if not is_year(number)]
    money = any(grammar.holds(word, "currencies") for word in words)
    verb = any(
        word in grammar.verbs or grammar.holds(word, "finite", "being", "past") for word in words
    )
    seen = {
        "number": float(bool(other) or spelled > 0),
        "numbers": min(len(numbers) + spelled, 4) / 4,
        "year": float(len(other) < len(numbers)),
        "money": float(money or has_money(text, start, end)),
        "name": float(bool(names)),
        "names": min(len(names), 4) / 4,
        "length": min(max(len(words), 1), 40) / 40,
        "short": float(len(words) < 7),
        "verb": float(verb or len(words) >= VERB_WORDS),
        "past": 1.0 if verb else 0.5 * (len(words) >= VERB_WORDS),
        "being": _any(words, grammar.groups.get("being")),
        "question": float(closing.endswith("?")),
        "exclamation": float(closing.endswith("!")),
        "ended": float(closing.endswith((".", "!", "?", "…", ":"))),
        "first_person": _any(words, grammar.groups.get("first_person")),
        "second_person": _any(words, grammar.groups.get("second_person")),
        "pronoun_start": float(bool(words) and grammar.holds(words[0], "pronouns")),
        "quoted": min(max(marked, 0) / max(end - start, 1), 1.0),
    }
    shares = {
        name: _any(words, group) if name in _TELLING else _share(words, group)
        for name, group in grammar.signals.items()
    }
    return defaultdict(float, seen | shares)


def _is_day(text: str, number: re.Match[str], grammar: Grammar) -> bool:
    """ "3. März", "3 de mayo": a date is no figure."""
    month = _MONTH.match(text, number.end(), number.end() + 24)
    if month is None or len(number.group()) > len("31"):
        return False
    return grammar.holds(month[1].lower(), "calendar")


def _any(words: Sequence[str], group: WordGroup | None) -> float:
    return float(group is not None and any(map(group.holds, words)))


def _share(words: Sequence[str], group: WordGroup) -> float:
    """0 without a word of the group, .5 with one, 1 with two or more."""
    return min(sum(map(group.holds, words)), 2) / 2
