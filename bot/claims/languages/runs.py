"""Runs of capitalised words: the names of people, organisations and places."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.languages.grammar import Grammar
from bot.claims.languages.tokens import Token

NAME_WORDS = 14  # a longer run is a headline in capitals
KNOWN = ("titles", "anonymous", "organisations", "documents", "recordings", "outlets")
_MARKS_CLOSING = tuple('»“”"')  # a name in marks ends with them
_MARKS = '«»„“”"'
_OUTLET_AND_NAME = 3  # words behind the first
_PATRONYMICS = ("вич", "вна", "ична", "ївна", "івна")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of capitalised words: token indexes, both inclusive."""

    first: int
    last: int


def names_in(text: str, tokens: Sequence[Token], grammar: Grammar) -> list[Run]:
    """People, organisations and places; without titles, days, and words that open a sentence."""
    found: list[Run] = []
    index = 0
    while index < len(tokens):
        if not _is_name_word(text, tokens, index, grammar):
            index += 1
            continue
        last = _run_end(text, tokens, index, grammar)
        run = _without_titles(tokens, Run(index, last), grammar)
        if run is not None:
            found.append(run)
        index = last + 1
    return found


def is_joined(text: str, left: Token, right: Token, grammar: Grammar) -> bool:
    """Only a space, an apostrophe or the marks of a name stand between two words."""
    gap = text[left.end : right.start]
    if not gap.strip():
        return "\n" not in gap
    if gap.strip() == ".":
        return len(left.word) == 1 or grammar.holds(left.low, "title_abbreviations")
    bare = gap.strip()
    return len(bare) == 1 and bare in _MARKS + "№"


def over_connectors(tokens: Sequence[Token], index: int, grammar: Grammar) -> int | None:
    """The capitalised word behind one or two words such as "de la"; None if there is none."""
    limited = "name_connectors" in grammar.groups  # "Eva Faber der Presse" is no name
    if limited and not grammar.holds(tokens[index].low, "name_connectors"):
        return None
    for place in (index, index + 1):
        if place + 1 >= len(tokens) or not grammar.holds(tokens[place].low, "connectors"):
            return None
        if tokens[place + 1].is_capital:
            return place + 1
    return None


def _is_name_word(text: str, tokens: Sequence[Token], index: int, grammar: Grammar) -> bool:
    token = tokens[index]
    if not token.is_capital or grammar.holds(token.low, "calendar"):
        return False
    if grammar.holds(token.low, "starters", "determiners", "prepositions", "joins", "pronouns"):
        return False
    alone = index + 1 >= len(tokens) or not tokens[index + 1].is_capital
    if "noun_capitals" in grammar.traits:
        return _is_german_name(tokens, index, grammar)
    opens = _opens_sentence(text, token.start)
    if opens and grammar.holds(token.low, "seen"):
        return False
    common = grammar.holds(token.low, "times", "between", "finite", *KNOWN, "number_words")
    return not (opens and alone and common)


def _opens_sentence(text: str, place: int) -> bool:
    before = text[max(0, place - 4) : place].rstrip(" \u00a0\u202f")
    return not before or before[-1] in '\n.!?…:«„“"—–¿¡'


def _is_german_name(tokens: Sequence[Token], index: int, grammar: Grammar) -> bool:
    """Every noun has a capital: a name has no article and no adjective, or a name beside it."""
    token = tokens[index]
    if token.word.isupper() and len(token.word) > 1:
        return True  # "der DGB"
    if grammar.holds(token.low, "nouns", "number_words", "anonymous", "documents", "recordings"):
        return False
    behind = index + 1 < len(tokens) and tokens[index + 1].is_capital
    if grammar.holds(token.low, "titles", "organisations", "outlets"):
        return behind or grammar.holds(token.low, "outlets", "organisations")
    before = tokens[index - 1] if index else None
    if before is None or behind or before.is_capital:
        return True
    return not grammar.holds(before.low, "determiners") and not before.low.endswith(
        ("en", "em", "er", "es", "e")
    )


def _run_end(text: str, tokens: Sequence[Token], first: int, grammar: Grammar) -> int:
    last = first
    while last + 1 < len(tokens) and last - first < NAME_WORDS:
        following = tokens[last + 1]
        gap = text[tokens[last].end : following.start]
        if not is_joined(text, tokens[last], following, grammar) or gap[:1] in _MARKS_CLOSING:
            break
        if following.is_capital and not grammar.holds(following.low, "calendar"):
            last += 1
            continue
        reach = over_connectors(tokens, last + 1, grammar)
        if reach is None or not is_joined(text, following, tokens[reach], grammar):
            break
        last = reach
    return last


def _without_titles(tokens: Sequence[Token], run: Run, grammar: Grammar) -> Run | None:
    """The run without roles before it and, in Slavic names, the town they stand for."""
    first = run.first
    organised = any(
        grammar.holds(token.low, "organisations", "outlets")
        for token in tokens[run.first : run.last + 1]
    )
    if "noun_capitals" in grammar.traits:  # "Hausers Anwältin Miriam Scholl"
        roles = [n for n in range(first, run.last) if grammar.holds(tokens[n].low, "titles")]
        first = roles[-1] if roles else first
    while first < run.last and grammar.holds(tokens[first].low, "titles", "honorifics"):
        first += 1
        if grammar.holds(tokens[first].low, "connectors"):
            return run if organised else None
    is_title = grammar.holds(tokens[first].low, "titles")
    if first == run.last and is_title and (first == 0 or "noun_capitals" in grammar.traits):
        return None
    if organised and first == run.first and not _holds_a_person(tokens, run, grammar):
        return run
    if "declines" in grammar.traits and first > 0 and not tokens[first - 1].is_capital:
        first = max(first, _first_of_person(tokens, run.last))  # «мер Калинова Ірина Коваль»
    return Run(first, run.last)


def _holds_a_person(tokens: Sequence[Token], run: Run, grammar: Grammar) -> bool:
    """«Радіо Обрій Іван Рудь»: an outlet and somebody's name, with nothing between them."""
    return (
        "declines" in grammar.traits
        and run.last - run.first >= _OUTLET_AND_NAME
        and not any(
            grammar.holds(token.low, "organisations", "outlets")
            for token in tokens[run.last - 1 : run.last + 1]
        )
    )


def _first_of_person(tokens: Sequence[Token], last: int) -> int:
    """Index where a Slavic name begins: two words before a patronymic's end, else one."""
    patronymic = any(token.low.endswith(_PATRONYMICS) for token in tokens[last - 1 : last + 1])
    return last - (2 if patronymic else 1)
