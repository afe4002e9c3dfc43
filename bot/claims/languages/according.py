""" "Selon X", "за словами X", "laut X", "X zufolge": a source without a verb."""

import re
from collections.abc import Sequence

from bot.claims.contents import trimmed
from bot.claims.findings import Span
from bot.claims.languages.channels import channel_in
from bot.claims.languages.following import Subject, subject_at
from bot.claims.languages.grammar import Grammar, form_at
from bot.claims.languages.phrases import phrase_before, speaker_of
from bot.claims.languages.tokens import Token
from bot.claims.phrases import Speaker
from bot.claims.statement import Statement

SOURCES = 3  # per sentence
LEAST_CHARS = 8  # a shorter rest of the sentence says nothing

_PIECE_END = re.compile(r",(?!\d)|[:;]|\s[—–]\s|[.!?…]$")


def according_in(
    text: str, sentence: Span, tokens: Sequence[Token], grammar: Grammar
) -> list[Statement]:
    """The statements of a sentence whose source stands behind or before such words."""
    found: list[Statement] = []
    low = [token.low for token in tokens]
    for index in range(len(tokens)):
        if len(found) == SOURCES:
            break
        own = form_at(grammar.according_own, low, index)
        form = form_at(grammar.according, low, index)
        if own is not None:
            made = _own(text, sentence, tokens, index, index + len(own.words) - 1)
        elif form is not None and not _is_ordinal(tokens, index, grammar):
            made = _prefixed(text, sentence, tokens, index, index + len(form.words) - 1, grammar)
        elif low[index] in grammar.according_after:
            made = _postposed(text, sentence, tokens, index, grammar)
        else:
            continue
        if made is not None:
            found.append(made)
    return found


def _is_ordinal(tokens: Sequence[Token], index: int, grammar: Grammar) -> bool:
    """ "el segundo", "in secondo luogo": the second, and no source."""
    return index > 0 and grammar.holds(tokens[index - 1].low, "determiners", "prepositions")


def _prefixed(
    text: str, sentence: Span, tokens: Sequence[Token], first: int, last: int, grammar: Grammar
) -> Statement | None:
    start, end = sentence
    place = tokens[last].end
    behind = [token.low for token in tokens[last + 1 : last + 2]]
    if behind and (behind[0] in grammar.verbs or grammar.holds(behind[0], "joins", "auxiliaries")):
        return None  # "según informó X" has a verb; "selon lesquels" has no source
    subject = subject_at(text, tokens[last + 1 :], place, grammar, closed=True)
    if behind and grammar.holds(behind[0], "oblique_pronouns"):
        pronoun = tokens[last + 1]
        speaker = Speaker((pronoun.start, pronoun.end), is_pronoun=True)
        subject = Subject(speaker, pronoun.start, pronoun.end, follows=True)
    if subject is None:
        return None
    goes_on = "comma_clause" in grammar.traits
    stop = _phrase_stop(text, place, end, subject.end, goes_on=goes_on)
    stop = _behind_relative(text, tokens, (stop, end), grammar)
    cue = (tokens[first].start, tokens[last].end)
    before = text[start : tokens[first].start]
    opens = not before.strip(' \u00a0—–-«„“"') or _only_openers(tokens[:first], grammar)
    rest = trimmed(text, stop, end)
    spans = [rest] if opens else [trimmed(text, start, tokens[first].start), rest]
    content = tuple(one for one in spans if one and one[1] - one[0] >= LEAST_CHARS)
    channel = channel_in(text, tokens, subject.end, stop, grammar)
    return Statement(content, cue, subject.speaker, channel) if content else None


def _own(
    text: str, sentence: Span, tokens: Sequence[Token], first: int, last: int
) -> Statement | None:
    """ "За його словами": the source is a pronoun within the words."""
    pronoun = tokens[min(first + 1, last)]
    cue = (tokens[first].start, tokens[last].end)
    before = trimmed(text, sentence[0], cue[0])
    rest = trimmed(text, cue[1], sentence[1])
    content = tuple(one for one in (before, rest) if one and one[1] - one[0] >= LEAST_CHARS)
    speaker = Speaker((pronoun.start, pronoun.end), is_pronoun=True)
    return Statement(content, cue, speaker) if content else None


def _postposed(
    text: str, sentence: Span, tokens: Sequence[Token], index: int, grammar: Grammar
) -> Statement | None:
    """ "Dem Bericht zufolge": the source stands before the word."""
    start, end = sentence
    token = tokens[index]
    comma = max(text.rfind(", ", start, token.start) + 1, start)
    piece = [one for one in tokens[:index] if one.start >= comma]
    phrase = phrase_before(text, piece, grammar)
    speaker = speaker_of(text, phrase, grammar)
    if piece and grammar.holds(piece[-1].low, "oblique_pronouns"):
        phrase = piece[-1:]
        speaker = Speaker((piece[-1].start, piece[-1].end), is_pronoun=True)
    if speaker is None:
        return None
    before = trimmed(text, start, phrase[0].start)
    rest = trimmed(text, token.end, end)
    content = tuple(one for one in (before, rest) if one and one[1] - one[0] >= LEAST_CHARS)
    return Statement(content, (token.start, token.end), speaker) if content else None


def _phrase_stop(text: str, place: int, end: int, phrase_end: int, *, goes_on: bool) -> int:
    """Where the source ends: at the comma behind it, or with the phrase if words follow at once."""
    if goes_on and text[phrase_end : phrase_end + 1] != ",":
        return phrase_end  # German needs no comma: "laut Polizei bricht die Mauer"
    found = _PIECE_END.search(text, max(place, phrase_end), end)
    if found and not text[phrase_end : found.start()].strip(" »“”\"'"):
        return found.end() if found.group() == "," else found.start()
    if found and found.group() == "," and found.start() - phrase_end < 60:
        return found.end()
    return phrase_end


def _behind_relative(text: str, tokens: Sequence[Token], rest: Span, grammar: Grammar) -> int:
    """Behind "al que ha tenido acceso este diario,", which is about the source."""
    start, end = rest
    near = [token for token in tokens if token.start >= start][:2]
    relative = any(grammar.holds(token.low, "relatives", "asides") for token in near[:1]) or (
        len(near) > 1
        and grammar.holds(near[0].low, "prepositions")
        and grammar.holds(near[1].low, "relatives")
    )
    comma = text.find(",", start, end) if relative else -1
    return comma + 1 if comma >= 0 else start


def _only_openers(tokens: Sequence[Token], grammar: Grammar) -> bool:
    return all(grammar.holds(token.low, "openers", "between", "joins") for token in tokens)
