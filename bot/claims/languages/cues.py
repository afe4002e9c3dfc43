"""Reporting words in a sentence: plain, in two words ("a déclaré"), divided ("teilte … mit")."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.languages.grammar import Grammar, form_at
from bot.claims.languages.tokens import Token

CUES = 6  # per sentence; more is a list of verbs or hostile
PARTICIPLE_WORDS = 3  # an auxiliary's participle follows so soon
BRACKET_WORDS = 14  # where it stands at the end of the clause, so late
_CLAUSE_ENDS = ',;:()«»„“”"—–.!?'


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word: token indexes `first` to `last`, both inclusive.

    `end` is where the finite part ends; a divided verb goes on from `part` to `tail`.
    """

    start: int
    end: int
    part: int
    tail: int
    first: int
    last: int
    limit: str

    @property
    def is_divided(self) -> bool:
        return self.tail > self.end


def cues_in(text: str, tokens: Sequence[Token], grammar: Grammar) -> list[Cue]:
    """The reporting words of a sentence in text order, at most `CUES`."""
    found: list[Cue] = []
    index = 0
    while index < len(tokens) and len(found) < CUES:
        cue = cue_at(text, tokens, index, grammar)
        if cue is not None:
            found.append(cue)
        index = cue.last + 1 if cue else index + 1
    return found


def cue_at(text: str, tokens: Sequence[Token], index: int, grammar: Grammar) -> Cue | None:
    """The reporting word that begins with the token at `index`."""
    if tokens[index].is_capital and not _may_open(text, tokens, index, grammar):
        return None
    if _is_denied(tokens, index, grammar):
        return None
    low = [token.low for token in tokens[index : index + 4]]
    divided = _divided(text, tokens, index, grammar)
    if divided is not None:
        return divided
    form = form_at(grammar.verbs, low, 0)
    if form is not None and not _is_noun(tokens, index, grammar):
        last = index + len(form.words) - 1
        return _cue(tokens, index, last, form.limit)
    if grammar.holds(tokens[index].low, "auxiliaries"):
        return _compound(text, tokens, index, grammar)
    if "participle_first" in grammar.traits:  # "wie sie erklärt hat"
        form = form_at(grammar.participles, low, 0)
        behind = tokens[index + 1 : index + 2]
        if form and behind and grammar.holds(behind[0].low, "auxiliaries"):
            return _cue(tokens, index, index + 1, form.limit)
    return None


def _compound(text: str, tokens: Sequence[Token], index: int, grammar: Grammar) -> Cue | None:
    """An auxiliary and its participle, with adverbs or an inverted pronoun between them."""
    bracket = "bracket" in grammar.traits
    reach = BRACKET_WORDS if bracket else PARTICIPLE_WORDS
    for place in range(index + 1, min(len(tokens), index + 1 + reach)):
        gap = text[tokens[place - 1].end : tokens[place].start]
        if any(mark in _CLAUSE_ENDS for mark in gap):
            return None
        words = [token.low for token in tokens[place : place + 3]]
        form = form_at(grammar.participles, words, 0)
        if form is not None:
            return _with_participle(tokens, index, place, form.limit, len(form.words), bracket)
        if not bracket and not grammar.holds(tokens[place].low, "between", "pronouns"):
            return None
        if grammar.holds(tokens[place].low, "negations"):
            return None
    return None


def _with_participle(  # the parts of one verb
    tokens: Sequence[Token], index: int, place: int, limit: str, size: int, bracket: bool
) -> Cue:
    last = place + size - 1
    if bracket and place > index + 1:
        token = tokens[index]
        part, tail = tokens[place].start, tokens[last].end
        return Cue(token.start, token.end, part, tail, index, index, limit)
    return _cue(tokens, index, last, limit)


def _divided(text: str, tokens: Sequence[Token], index: int, grammar: Grammar) -> Cue | None:
    """ "teilte das Ministerium am Montag mit": the particle ends the clause."""
    particles = grammar.particles.get(tokens[index].low)
    if not particles:
        return None
    for place in range(index + 1, min(len(tokens), index + 1 + BRACKET_WORDS)):
        gap = text[tokens[place - 1].end : tokens[place].start]
        if any(mark in ",;:.!?" for mark in gap):
            return None
        if tokens[place].low not in particles:
            continue
        behind = text[tokens[place].end : tokens[place].end + 1]
        if not behind or behind in _CLAUSE_ENDS:
            token = tokens[index]
            part, tail = tokens[place].start, tokens[place].end
            return Cue(token.start, token.end, part, tail, index, index, "")
    return None


def _cue(tokens: Sequence[Token], first: int, last: int, limit: str) -> Cue:
    end = tokens[last].end
    return Cue(tokens[first].start, end, end, end, first, last, limit)


def _may_open(text: str, tokens: Sequence[Token], index: int, grammar: Grammar) -> bool:
    """A verb has a capital only where it opens a sentence, and in German not even there."""
    if "noun_capitals" in grammar.traits:
        return False
    return index == 0 or not text[tokens[index - 1].end : tokens[index].start].isspace()


def _is_denied(tokens: Sequence[Token], index: int, grammar: Grammar) -> bool:
    """ "no dijo", "n’a pas déclaré", "не сказал": nothing was said."""
    near = [token.low for token in tokens[max(0, index - 2) : index]]
    behind = [token.low for token in tokens[index + 1 : index + 2]]
    return any(grammar.holds(word, "negations") for word in near) or any(
        grammar.holds(word, "negations_behind") for word in behind
    )


def _is_noun(tokens: Sequence[Token], index: int, grammar: Grammar) -> bool:
    """ "la nota", "une annonce": a noun that is spelled like the verb."""
    if index == 0 or "verbs_after_articles" in grammar.traits:
        return False
    return grammar.holds(tokens[index - 1].low, "determiners")
