"""Names and noun phrases in languages whose words we know only in part, by spelling and lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.findings import Span
from bot.claims.languages.grammar import Grammar
from bot.claims.languages.tokens import Token
from bot.claims.phrases import Speaker

PHRASE_WORDS = 14  # a longer run of words is no noun phrase
KNOWN = ("titles", "anonymous", "organisations", "documents", "recordings", "outlets")
_MARKS = '«»„“”"'
_ADJECTIVE = re.compile(r"(?:[сзц]ьк|ск|цк)(?:ий|а|е|ого|ої|ому|ій|им|ою|ая|ое|ой|ую|ый)$")
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


def phrase_at(text: str, tokens: Sequence[Token], first: int, grammar: Grammar) -> list[Token]:
    """The noun phrase that begins at `first`: up to a stop, a verb, a conjunction, the name's end.

    Adverbs and times before it are passed over; empty if something else stands there.
    """
    first = _after_adverbials(text, tokens, first, grammar)
    phrase: list[Token] = []
    named = False
    for index in range(first, min(len(tokens), first + PHRASE_WORDS)):
        token = tokens[index]
        if phrase and not _is_joined(text, phrase[-1], token, grammar):
            break
        if _ends(tokens, index, phrase, grammar):
            break
        if named and not token.is_capital and not _leads_on(phrase, tokens, index, grammar):
            break
        phrase.append(token)
        named = named or _names(token, grammar)
    while phrase and grammar.holds(phrase[-1].low, "connectors", "determiners"):
        phrase.pop()
    return phrase


def phrase_before(text: str, tokens: Sequence[Token], grammar: Grammar) -> list[Token]:
    """The noun phrase that `tokens` end with."""
    last = len(tokens)
    while last and grammar.holds(tokens[last - 1].low, "between", "negations"):
        last -= 1
    first = last
    while first > max(0, last - PHRASE_WORDS):
        token = tokens[first - 1]
        if first < last and not _is_joined(text, token, tokens[first], grammar):
            break
        if grammar.holds(token.low, "joins", "finite") or (
            grammar.holds(token.low, "prepositions") and not grammar.holds(token.low, "connectors")
        ):
            break
        first -= 1
    while first < last and grammar.holds(tokens[first].low, "connectors", "between"):
        if grammar.holds(tokens[first].low, "determiners"):
            break
        first += 1
    return list(tokens[first:last])


def speaker_of(text: str, phrase: Sequence[Token], grammar: Grammar) -> Speaker | None:
    """The phrase as somebody who can say something: a name with its role, or the whole phrase."""
    if not phrase:
        return None
    if grammar.holds(phrase[0].low, "pronouns") and len(phrase) <= 2:
        return Speaker((phrase[0].start, phrase[0].end), is_pronoun=True)
    names = names_in(text, phrase, grammar)
    name = names[-1] if names else None
    if name is not None and name.last == len(phrase) - 1 and not _belongs(phrase, name, grammar):
        return _named(text, phrase, name, grammar)
    if all(grammar.holds(token.low, "determiners", "connectors") for token in phrase):
        return None
    return Speaker((phrase[0].start, _phrase_end(text, phrase)))


def is_known(phrase: Sequence[Token], grammar: Grammar) -> bool:
    """True where a name, a pronoun, a role or another known noun stands in the phrase."""
    return any(
        _names(token, grammar) or grammar.holds(token.low, "pronouns", *KNOWN) for token in phrase
    )


def is_lower_noun(token: Token, grammar: Grammar) -> bool:
    """True for a word of which we know that it names a role, a group or a document."""
    return grammar.holds(token.low, *KNOWN)


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
    common = grammar.holds(token.low, "times", "between", "finite", *KNOWN, "number_words")
    return not (opens and alone and common)


def _opens_sentence(text: str, place: int) -> bool:
    before = text[max(0, place - 4) : place].rstrip(" \u00a0\u202f")
    return not before or before[-1] in '\n.!?…:«„“"—–¿¡'


def _is_german_name(tokens: Sequence[Token], index: int, grammar: Grammar) -> bool:
    """Every noun has a capital: a name has no article and no adjective, or a name beside it."""
    token = tokens[index]
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
    while last + 1 < len(tokens) and last - first < PHRASE_WORDS:
        following = tokens[last + 1]
        if not _is_joined(text, tokens[last], following, grammar):
            break
        if following.is_capital and not grammar.holds(following.low, "calendar"):
            last += 1
            continue
        reach = _over_connectors(tokens, last + 1, grammar)
        if reach is None or not _is_joined(text, following, tokens[reach], grammar):
            break
        last = reach
    return last


def _over_connectors(tokens: Sequence[Token], index: int, grammar: Grammar) -> int | None:
    """The capitalised word behind one or two words such as "de la"; None if there is none."""
    for place in (index, index + 1):
        if place + 1 >= len(tokens) or not grammar.holds(tokens[place].low, "connectors"):
            return None
        if tokens[place + 1].is_capital:
            return place + 1
    return None


def _without_titles(tokens: Sequence[Token], run: Run, grammar: Grammar) -> Run | None:
    """The run without roles before it and, in Slavic names, the town they stand for."""
    first = run.first
    organised = any(
        grammar.holds(token.low, "organisations", "outlets")
        for token in tokens[run.first : run.last + 1]
    )
    while first < run.last and grammar.holds(tokens[first].low, "titles"):
        first += 1
        if grammar.holds(tokens[first].low, "connectors"):
            return run if organised else None
    if first == run.last and grammar.holds(tokens[first].low, "titles"):
        return None
    if organised and first == run.first:
        return run
    if "declines" in grammar.traits and first > 0 and not tokens[first - 1].is_capital:
        first = max(first, _first_of_person(tokens, run.last))  # «мер Калинова Ірина Коваль»
    return Run(first, run.last)


def _first_of_person(tokens: Sequence[Token], last: int) -> int:
    """Index where a Slavic name begins: two words before a patronymic's end, else one."""
    patronymic = any(token.low.endswith(_PATRONYMICS) for token in tokens[last - 1 : last + 1])
    return last - (2 if patronymic else 1)


def _named(text: str, phrase: Sequence[Token], name: Run, grammar: Grammar) -> Speaker:
    first = name.first
    before = list(phrase[:first])
    while before and grammar.holds(before[0].low, "determiners", "honorifics"):
        before.pop(0)
    role: Span | None = (before[0].start, before[-1].end) if before else None
    return Speaker((phrase[first].start, _phrase_end(text, phrase)), role, is_name=True)


def _phrase_end(text: str, phrase: Sequence[Token]) -> int:
    """A name in marks ends with its closing mark."""
    end = phrase[-1].end
    opened = any(mark in text[phrase[0].start : end] for mark in "«„")
    return end + 1 if opened and text[end : end + 1] in tuple("»“”") else end


def _belongs(phrase: Sequence[Token], name: Run, grammar: Grammar) -> bool:
    """ "portavoz del Ministerio", "Sprecher der Stadt Falkenau": a role with somebody's name."""
    if name.first == 0:
        return False
    before = phrase[name.first - 1]
    if grammar.holds(before.low, "connectors"):
        return True
    head = phrase[name.first]
    genitive = "declines" in grammar.traits or "noun_capitals" in grammar.traits
    role = any(grammar.holds(token.low, "titles", "anonymous") for token in phrase[: name.first])
    return genitive and role and grammar.holds(head.low, "organisations")


def _after_adverbials(text: str, tokens: Sequence[Token], first: int, grammar: Grammar) -> int:
    """Index behind "este lunes", "am Montag", "у понеділок", "también"."""
    index = first
    while index < len(tokens):
        if index > first and text[tokens[index - 1].end : tokens[index].start].strip():
            return index
        low = tokens[index].low
        adverb = grammar.holds(low, "between", "times", "calendar")
        if adverb and not grammar.holds(low, "determiners"):
            index += 1
            continue
        timed = grammar.holds(low, "prepositions", "determiners", "connectors")
        following = tokens[index + 1 : index + 2]
        if timed and following and grammar.holds(following[0].low, "calendar", "times"):
            index += 2
            continue
        return index
    return index


def _is_joined(text: str, left: Token, right: Token, grammar: Grammar) -> bool:
    """Only a space, an apostrophe or the marks of a name stand between two words."""
    gap = text[left.end : right.start]
    if not gap.strip():
        return "\n" not in gap
    if gap.strip() == ".":
        return len(left.word) == 1 or grammar.holds(left.low, "title_abbreviations")
    bare = gap.strip()
    return len(bare) == 1 and bare in _MARKS


def _ends(tokens: Sequence[Token], index: int, phrase: Sequence[Token], grammar: Grammar) -> bool:
    low = tokens[index].low
    if phrase and tokens[index].is_capital and not grammar.holds(low, "joins", "calendar"):
        return False
    if grammar.holds(low, "joins", "finite", "negations"):
        return True
    if grammar.holds(low, "connectors"):
        return not phrase and not grammar.holds(low, "determiners")
    if grammar.holds(low, "pronouns"):
        return bool(phrase)
    if grammar.holds(low, "prepositions", "times", "calendar"):
        return True
    return bool(phrase) and low in grammar.verbs and not tokens[index].is_capital


def _leads_on(
    phrase: Sequence[Token], tokens: Sequence[Token], index: int, grammar: Grammar
) -> bool:
    """A connector before a further capitalised word, or inside what an organisation is called."""
    if _over_connectors(tokens, index, grammar) is not None:
        return True
    if "declines" in grammar.traits and _ADJECTIVE.search(phrase[-1].low):
        return grammar.holds(tokens[index].low, "organisations", "outlets")
    tied = grammar.holds(tokens[index].low, "connectors") or grammar.holds(
        phrase[-1].low, "connectors"
    )
    return tied and any(
        token.is_capital and grammar.holds(token.low, "organisations") for token in phrase
    )


def _names(token: Token, grammar: Grammar) -> bool:
    """A capitalised word that is no role and, where all nouns have capitals, no known noun."""
    if not token.is_capital or grammar.holds(token.low, "calendar", "starters", "determiners"):
        return False
    return not grammar.holds(token.low, "titles", "nouns")
