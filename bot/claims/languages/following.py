"""Who stands behind a reporting word, with what a comma adds about him."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.findings import Span
from bot.claims.languages.cues import Cue
from bot.claims.languages.grammar import Grammar
from bot.claims.languages.phrases import (
    after_adverbials,
    is_known,
    is_lower_noun,
    phrase_at,
    speaker_of,
)
from bot.claims.languages.tokens import Token
from bot.claims.phrases import Speaker

ROLE_CHARS = 160
NEAR_CHARS = 90  # between the reporting word and its subject
NAME_WORDS = 5  # of a name with a title behind a role and a comma
PLACE_WORDS = 3  # of a place between them, behind its first noun
PIECE_END = re.compile(r",(?!\d)|[;:()\[\]…]|\s[—–-]+\s|—")
_PLACES = ("organisations", "outlets", "documents", "recordings")  # may speak: "в мэрии сказали"


@dataclass(frozen=True, slots=True)
class Subject:
    """The speaker of a reporting word; `end` is where the words about him end.

    `follows`: he stands behind the word.
    """

    speaker: Speaker
    start: int
    end: int
    follows: bool


def subject_at(
    text: str, tokens: Sequence[Token], place: int, grammar: Grammar, *, closed: bool = False
) -> Subject | None:
    """Whoever stands at `place`, with what a comma adds about him.

    `closed`: only what a second comma closes is about him, the rest is what is said.
    """
    index = next((n for n, token in enumerate(tokens) if token.start >= place), None)
    if index is None or text[place : tokens[index].start].strip(' \u00a0«„“"'):
        return None
    phrase = phrase_at(text, tokens, index, grammar)
    speaker = speaker_of(text, phrase, grammar)
    if speaker is None:
        return None
    start, end = phrase[0].start, max(phrase[-1].end, speaker.span[1])
    subject = Subject(speaker, start, end, follows=True)
    return _with_apposition(text, tokens, subject, grammar, closed=closed)


def subject_behind(
    text: str, tokens: Sequence[Token], cue: Cue, grammar: Grammar, *, opens: bool
) -> Subject | None:
    """The subject that follows at once: "dijo ayer la alcaldesa", "сказав Олег Гончар".

    `opens`: "según informó X, …": what was said is still to come.
    """
    if cue.last + 1 < len(tokens):
        between = text[cue.end : tokens[cue.last + 1].start]
        if between.strip(" \u00a0«„“"):
            return None
    phrase = phrase_at(text, tokens, cue.last + 1, grammar)
    if not phrase or not is_known(phrase, grammar):
        place = _behind_a_place(text, tokens, cue.last + 1, grammar)
        phrase = phrase_at(text, tokens, place, grammar) if place is not None else []
    phrase = _past_a_listener(text, tokens, phrase, grammar)
    if not phrase or not is_known(phrase, grammar):
        return None
    if "," in text[cue.end : phrase[0].start] or phrase[0].start - cue.end > NEAR_CHARS:
        return None
    opens_name = phrase[0].is_capital or is_lower_noun(phrase[0], grammar)
    led = grammar.holds(phrase[0].low, "determiners", "pronouns", "adjectives")
    if not (opens_name or led or "declines" in grammar.traits):
        return None
    return subject_at(text, tokens, phrase[0].start, grammar, closed=opens)


def _past_a_listener(
    text: str, tokens: Sequence[Token], phrase: list[Token], grammar: Grammar
) -> list[Token]:
    """ "рассказала газете «Волна» следователь Анна Мохова": the outlet was told, she spoke."""
    if not phrase:
        return phrase
    marked = text[max(phrase[0].start - 1, 0)] in "«„“"
    if not (marked or grammar.holds(phrase[0].low, "outlets", "listeners")):
        return phrase
    index = next(n for n, token in enumerate(tokens) if token.start == phrase[-1].start) + 1
    if index >= len(tokens):
        return phrase
    gap = text[phrase[-1].end : tokens[index].start]
    further = phrase_at(text, tokens, index, grammar) if not gap.strip(' »”“"') else []
    speaks = further and (further[0].is_capital or is_lower_noun(further[0], grammar))
    return further if speaks else phrase


def _behind_a_place(text: str, tokens: Sequence[Token], index: int, grammar: Grammar) -> int | None:
    """Index of the subject in "ha dicho el lunes en el Congreso la ministra"; None without one."""
    index = after_adverbials(text, tokens, index, grammar)
    if index >= len(tokens) or not grammar.holds(tokens[index].low, "prepositions"):
        return None
    first = index + (3 if _is_article(tokens, index + 1, grammar) else 2)
    for place in range(index + 1, min(len(tokens), first + PLACE_WORDS)):
        gap = text[tokens[place - 1].end : tokens[place].start].strip(' \u00a0«„“»”"')
        if gap or grammar.holds(tokens[place].low, "joins"):
            return None
        if place >= first and grammar.holds(tokens[place].low, "articles", "titles", "anonymous"):
            return place
    return None


def _is_article(tokens: Sequence[Token], index: int, grammar: Grammar) -> bool:
    return index < len(tokens) and grammar.holds(tokens[index].low, "determiners")


def subject_in_a_place(
    text: str, tokens: Sequence[Token], cue: Cue, grammar: Grammar
) -> Subject | None:
    """ "повідомили в поліції": the place speaks."""
    behind = list(tokens[cue.last + 1 : cue.last + 2])
    if not behind or not grammar.holds(behind[0].low, "place_prepositions"):
        return None
    phrase = phrase_at(text, tokens, cue.last + 2, grammar)
    if not any(grammar.holds(token.low, *_PLACES) for token in phrase):
        return None
    return subject_at(text, tokens, phrase[0].start, grammar)


def _with_apposition(
    text: str, tokens: Sequence[Token], subject: Subject, grammar: Grammar, *, closed: bool
) -> Subject:
    """The subject with the role, or for a role the name, that stands behind a comma."""
    speaker = subject.speaker
    if speaker.is_pronoun or not text.startswith(",", subject.end):
        return subject
    close = PIECE_END.search(text, subject.end + 1, tokens[-1].end + 1)
    if closed and (close is None or close.group() != ","):
        return subject
    last_end = close.start() if close else tokens[-1].end
    end = min(last_end, subject.end + ROLE_CHARS)
    inside = [token for token in tokens if subject.end < token.start and token.end <= end]
    if not inside or grammar.holds(inside[0].low, "joins", "relatives", "prepositions", "between"):
        return subject
    if any(
        grammar.holds(token.low, "finite", "past", "reported_mood") or token.low in grammar.verbs
        for token in inside
        if not token.is_capital
    ):
        return subject
    added = speaker_of(text, inside, grammar)
    last = inside[-1].end
    if not speaker.is_name:
        if added is not None and added.is_name and len(inside) <= NAME_WORDS:
            role = without_article(speaker.span, tokens, grammar)
            named = Speaker(added.span, role, is_name=True)
            return Subject(named, subject.start, last, subject.follows)
        return subject
    if speaker.role is None and (not inside[0].is_capital or is_lower_noun(inside[0], grammar)):
        about = (inside[0].start, last)
        return Subject(Speaker(speaker.span, about, is_name=True), subject.start, last, True)
    return subject


def without_article(span: Span, tokens: Sequence[Token], grammar: Grammar) -> Span:
    inside = [token for token in tokens if span[0] <= token.start and token.end <= span[1]]
    while len(inside) > 1 and grammar.holds(inside[0].low, "determiners"):
        inside.pop(0)
    return (inside[0].start, span[1])
