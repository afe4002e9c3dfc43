"""Names and noun phrases in languages whose words we know only in part, by spelling and lists."""

import re
from collections.abc import Sequence

from bot.claims.findings import Span
from bot.claims.languages.grammar import Grammar
from bot.claims.languages.runs import KNOWN, Run, is_joined, names_in, over_connectors
from bot.claims.languages.tokens import Token
from bot.claims.phrases import Speaker

PHRASE_WORDS = 14  # a longer run of words is no noun phrase
_ADJECTIVE = re.compile(  # endings of adjectives, with which a body's name may begin
    r"(?:(?:[сзц]ьк|ск|цк|[оеє]в|н)а|ий|е|ого|ої|ому|ій|им|ою|ая|ое|ой|ую|ый|ым|его|ей)$"
)


def phrase_at(text: str, tokens: Sequence[Token], first: int, grammar: Grammar) -> list[Token]:
    """The noun phrase that begins at `first`: up to a stop, a verb, a conjunction, the name's end.

    Adverbs and times before it are passed over; empty if something else stands there.
    """
    first = after_adverbials(text, tokens, first, grammar)
    phrase: list[Token] = []
    named = False
    for index in range(first, min(len(tokens), first + PHRASE_WORDS)):
        token = tokens[index]
        if phrase and not is_joined(text, phrase[-1], token, grammar):
            break
        if _ends(tokens, index, phrase, grammar):
            break
        if named and not token.is_capital and not _leads_on(phrase, tokens, index, grammar):
            break
        phrase.append(token)
        named = named or _names(token, grammar) or _is_german_noun(token, grammar)
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
        if first < last and not is_joined(text, token, tokens[first], grammar):
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
    if grammar.holds(phrase[0].low, "pronouns"):
        is_alone = len(phrase) <= 2
        return Speaker((phrase[0].start, phrase[0].end), is_pronoun=True) if is_alone else None
    names = names_in(text, phrase, grammar)
    name = names[-1] if names else None
    if name is not None and name.last == len(phrase) - 1 and not _belongs(phrase, name, grammar):
        return _named(phrase, name, grammar)
    if all(grammar.holds(token.low, "determiners", "connectors") for token in phrase):
        return None
    return Speaker((phrase[0].start, _phrase_end(text, phrase)))


def is_known(phrase: Sequence[Token], grammar: Grammar) -> bool:
    """True where a name, a pronoun, a role or another known noun stands in the phrase."""
    names = [_names(token, grammar) for token in phrase]
    if len(phrase) > 1 and not phrase[1].is_capital and "noun_capitals" not in grammar.traits:
        names[0] = False  # «Мур падає»: the capital opens a sentence and nothing more
    return any(names) or any(grammar.holds(token.low, "pronouns", *KNOWN) for token in phrase)


def is_lower_noun(token: Token, grammar: Grammar) -> bool:
    """True for a word of which we know that it names a role, a group or a document."""
    return grammar.holds(token.low, *KNOWN)


def _named(phrase: Sequence[Token], name: Run, grammar: Grammar) -> Speaker:
    first = name.first
    before = list(phrase[:first])
    while before and grammar.holds(before[0].low, "determiners", "honorifics"):
        before.pop(0)
    if any(grammar.holds(token.low, "mediums") for token in before):
        before = []  # "інтерв’ю Радіо Обрій Іван Рудь": the channel is no role
    role: Span | None = (before[0].start, before[-1].end) if before else None
    return Speaker((phrase[first].start, phrase[-1].end), role, is_name=True)


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
        return name.first > 1 or not grammar.holds(before.low, "determiners")
    head = phrase[name.first]
    genitive = "declines" in grammar.traits or "noun_capitals" in grammar.traits
    role = any(grammar.holds(token.low, "titles", "anonymous") for token in phrase[: name.first])
    return genitive and role and grammar.holds(head.low, "organisations")


def after_adverbials(text: str, tokens: Sequence[Token], first: int, grammar: Grammar) -> int:
    """Index behind "este lunes", "am Montag", "у понеділок", "también"."""
    index = first
    while index < len(tokens):
        if index > first and text[tokens[index - 1].end : tokens[index].start].strip():
            return index
        low = tokens[index].low
        adverb = grammar.holds(low, "between", "times", "calendar", "listeners")
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
    if phrase and grammar.holds(phrase[-1].low, "determiners"):
        return False  # "l’accusa": a noun that is spelled like a verb
    return bool(phrase) and low in grammar.verbs and not tokens[index].is_capital


def _leads_on(
    phrase: Sequence[Token], tokens: Sequence[Token], index: int, grammar: Grammar
) -> bool:
    """A connector before a further capitalised word, or inside what an organisation is called."""
    if over_connectors(tokens, index, grammar) is not None:
        return True
    if "noun_capitals" in grammar.traits:  # "Bericht der alten Stadt", not "Eva Faber der Presse"
        tied = grammar.holds(tokens[index].low, "connectors") and _has_capital(tokens, index)
        behind = grammar.holds(phrase[-1].low, "connectors")
        return (tied or behind) and not any(_names(token, grammar) for token in phrase)
    if "declines" in grammar.traits and _ADJECTIVE.search(phrase[-1].low):
        return grammar.holds(tokens[index].low, "organisations", "outlets")
    tied = grammar.holds(tokens[index].low, "connectors") or grammar.holds(
        phrase[-1].low, "connectors"
    )
    return tied and any(
        token.is_capital and grammar.holds(token.low, "organisations") for token in phrase
    )


def _has_capital(tokens: Sequence[Token], index: int) -> bool:
    return any(token.is_capital for token in tokens[index + 1 : index + 3])


def _is_german_noun(token: Token, grammar: Grammar) -> bool:
    return "noun_capitals" in grammar.traits and token.is_capital


def _names(token: Token, grammar: Grammar) -> bool:
    """A capitalised word that is no role and, where all nouns have capitals, no known noun."""
    if not token.is_capital or grammar.holds(token.low, "calendar", "starters", "determiners"):
        return False
    common = KNOWN if "noun_capitals" in grammar.traits else ("titles",)
    return not grammar.holds(token.low, *common, "nouns", "seen")
