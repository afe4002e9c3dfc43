"""Who stands beside a reporting word: behind it, before it, or as what "who" means."""

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
    phrase_before,
    speaker_of,
)
from bot.claims.languages.tokens import Token
from bot.claims.phrases import Speaker

ROLE_CHARS = 160
NEAR_CHARS = 90  # between the reporting word and its subject
PLACE_WORDS = 3  # of a place between them, behind its first noun
_PLACES = ("organisations", "outlets", "documents", "recordings")  # may speak: "в мэрии сказали"
OPENING_WORDS = 2  # before a reporting word that opens the sentence: "comme l’a dit X"

_PIECE_END = re.compile(r",(?!\d)|[;:()\[\]…]|\s[—–-]+\s|—")


@dataclass(frozen=True, slots=True)
class Subject:
    """The speaker of a reporting word; `end` is where the words about him end.

    `follows`: he stands behind the word.
    """

    speaker: Speaker
    start: int
    end: int
    follows: bool


def subject_of(
    text: str, tokens: Sequence[Token], cue: Cue, opening: int, grammar: Grammar
) -> Subject | None:
    """The subject of the reporting word; None if the sentence names none.

    `opening` is where the words between the last quotation and the cue begin.
    """
    pieces = _pieces(text, tokens, opening, cue)
    near = pieces[-1]
    opens = cue.first <= OPENING_WORDS and not text[max(opening - 1, 0) : opening].strip()
    after = _behind(text, tokens, cue, grammar, opens=opens)
    if after is None and "place_speaks" in grammar.traits:
        after = _in_a_place(text, tokens, cue, grammar)
    if near and grammar.holds(near[-1].low, "relatives") and len(pieces) > 1:
        return _whole(text, pieces[-2], grammar)
    near = _without_adverbials(near, grammar)
    joined = bool(near) and grammar.holds(near[-1].low, "joins")
    leads = not near or joined or grammar.holds(near[0].low, "prepositions")
    if leads and after is not None:
        return after
    if near and not joined:
        before = _before(text, near, grammar, leads=leads)
        if before is not None:
            return before
    if joined:
        return _first(text, pieces, grammar)
    if not near and len(pieces) > 1:
        return _over_apposition(text, pieces[:-1], grammar)
    return after


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


def _behind(
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
    if not phrase or not is_known(phrase, grammar):
        return None
    if "," in text[cue.end : phrase[0].start] or phrase[0].start - cue.end > NEAR_CHARS:
        return None
    opens_name = phrase[0].is_capital or is_lower_noun(phrase[0], grammar)
    led = grammar.holds(phrase[0].low, "determiners", "pronouns", "adjectives")
    if not (opens_name or led or "declines" in grammar.traits):
        return None
    return subject_at(text, tokens, phrase[0].start, grammar, closed=opens)


def _before(text: str, near: Sequence[Token], grammar: Grammar, *, leads: bool) -> Subject | None:
    phrase = phrase_before(text, near, grammar)
    place = near.index(phrase[0]) if phrase else 0
    if place > 1 and grammar.holds(near[place - 1].low, "relatives"):
        phrase = phrase_before(text, near[: place - 1], grammar)  # "l’homme qui parle a dit"
    speaker = speaker_of(text, phrase, grammar)
    if speaker is None or not (is_known(phrase, grammar) or _is_determined(phrase, grammar)):
        return None
    if leads and not speaker.is_name and not speaker.is_pronoun:
        place = near.index(phrase[0])
        led = place and grammar.holds(near[place - 1].low, "prepositions")
        if led and not _is_speaking_place(phrase, near[place - 1], grammar):
            return None  # "en un comunicado dijo": the statement does not speak
    return Subject(speaker, phrase[0].start, phrase[-1].end, follows=False)


def _is_speaking_place(phrase: Sequence[Token], led_by: Token, grammar: Grammar) -> bool:
    """ "у міськраді кажуть"."""
    return grammar.holds(led_by.low, "place_prepositions") and any(
        grammar.holds(token.low, "organisations", "outlets") for token in phrase
    )


def _is_determined(phrase: Sequence[Token], grammar: Grammar) -> bool:
    """ "la joven", "ein Mann": an article makes a subject of a noun that we do not know."""
    return len(phrase) > 1 and grammar.holds(phrase[0].low, "articles")


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


def _in_a_place(text: str, tokens: Sequence[Token], cue: Cue, grammar: Grammar) -> Subject | None:
    """ "повідомили в поліції": the place speaks."""
    behind = list(tokens[cue.last + 1 : cue.last + 2])
    if not behind or not grammar.holds(behind[0].low, "place_prepositions"):
        return None
    phrase = phrase_at(text, tokens, cue.last + 2, grammar)
    if not any(grammar.holds(token.low, *_PLACES) for token in phrase):
        return None
    return subject_at(text, tokens, phrase[0].start, grammar)


def _first(text: str, pieces: Sequence[Sequence[Token]], grammar: Grammar) -> Subject | None:
    """The subject of "X visited the works and said": the phrase that the clause begins with."""
    for piece in pieces:
        if not piece or grammar.holds(piece[0].low, "prepositions", "joins"):
            continue
        phrase = phrase_at(text, piece, 0, grammar)
        if phrase and is_known(phrase, grammar):
            speaker = speaker_of(text, phrase, grammar)
            if speaker is not None:
                return Subject(speaker, phrase[0].start, phrase[-1].end, follows=False)
    return None


def _over_apposition(
    text: str, pieces: Sequence[Sequence[Token]], grammar: Grammar
) -> Subject | None:
    """ "Lucía Prado, alcaldesa de Valdeluz, dijo" and "la alcaldesa, Lucía Prado, dijo"."""
    filled = [piece for piece in pieces if piece]
    wholes = [_whole(text, piece, grammar) for piece in filled[-3:]]
    for index, subject in enumerate(wholes):
        if subject is None or not is_known(filled[-3:][index], grammar):
            continue
        if subject.speaker.is_name or index + 1 == len(wholes):
            rest = filled[-3:][index + 1 :]
            role = (rest[0][0].start, rest[-1][-1].end) if rest else None
            speaker = subject.speaker
            role = speaker.role or role
            return _replaced(subject, speaker, role)
        later = wholes[index + 1]
        if later is not None and later.speaker.is_name:
            span = subject.speaker.span
            return _replaced(later, later.speaker, later.speaker.role or span)
        return subject
    return None


def _whole(text: str, piece: Sequence[Token], grammar: Grammar) -> Subject | None:
    """The speaker that a piece between commas ends with."""
    phrase = phrase_before(text, piece, grammar)
    speaker = speaker_of(text, phrase, grammar)
    if speaker is None:
        return None
    return Subject(speaker, phrase[0].start, phrase[-1].end, follows=False)


def _with_apposition(
    text: str, tokens: Sequence[Token], subject: Subject, grammar: Grammar, *, closed: bool
) -> Subject:
    """The subject with the role, or for a role the name, that stands behind a comma."""
    speaker = subject.speaker
    if speaker.is_pronoun or not text.startswith(",", subject.end):
        return subject
    close = _PIECE_END.search(text, subject.end + 1, tokens[-1].end + 1)
    if closed and (close is None or close.group() != ","):
        return subject
    last_end = close.start() if close else tokens[-1].end
    end = min(last_end, subject.end + ROLE_CHARS)
    inside = [token for token in tokens if subject.end < token.start and token.end <= end]
    if not inside or grammar.holds(inside[0].low, "joins", "relatives", "prepositions", "between"):
        return subject
    if any(
        grammar.holds(token.low, "finite", "past") or token.low in grammar.verbs
        for token in inside
        if not token.is_capital
    ):
        return subject
    added = speaker_of(text, inside, grammar)
    last = inside[-1].end
    if not speaker.is_name:
        if added is not None and added.is_name and added.role is None and len(inside) <= 4:
            role = _without_article(speaker.span, tokens, grammar)
            named = Speaker(added.span, role, is_name=True)
            return Subject(named, subject.start, last, subject.follows)
        return subject
    if speaker.role is None and (not inside[0].is_capital or is_lower_noun(inside[0], grammar)):
        about = (inside[0].start, last)
        return Subject(Speaker(speaker.span, about, is_name=True), subject.start, last, True)
    return subject


def _without_article(span: Span, tokens: Sequence[Token], grammar: Grammar) -> Span:
    inside = [token for token in tokens if span[0] <= token.start and token.end <= span[1]]
    while len(inside) > 1 and grammar.holds(inside[0].low, "determiners"):
        inside.pop(0)
    return (inside[0].start, span[1])


def _replaced(subject: Subject, speaker: Speaker, role: Span | None) -> Subject:
    made = Speaker(speaker.span, role, speaker.is_name, speaker.is_pronoun)
    return Subject(made, subject.start, subject.end, subject.follows)


def _without_adverbials(piece: Sequence[Token], grammar: Grammar) -> list[Token]:
    """A piece without adverbs at both ends: "también", "am Montag", "вчора"."""
    kept = list(piece)
    while kept and grammar.holds(kept[-1].low, "between", "negations", "times", "calendar"):
        kept.pop()
        if (
            kept
            and grammar.holds(kept[-1].low, "prepositions", "determiners")
            and (len(kept) == 1 or grammar.holds(kept[-1].low, "prepositions"))
        ):
            kept.pop()
    while kept and grammar.holds(kept[0].low, "between", "openers", "times"):
        if grammar.holds(kept[0].low, "determiners"):
            break
        kept.pop(0)
    return kept


def _pieces(text: str, tokens: Sequence[Token], opening: int, cue: Cue) -> list[list[Token]]:
    """The words before the cue, cut at commas, dashes and quotation marks; the last is nearest."""
    pieces: list[list[Token]] = [[]]
    before = [token for token in tokens[: cue.first] if token.start >= opening]
    for index, token in enumerate(before):
        if index and _PIECE_END.search(text[before[index - 1].end : token.start + 1]):
            pieces.append([])
        pieces[-1].append(token)
    if before and _PIECE_END.search(text[before[-1].end : cue.start + 1]):
        pieces.append([])
    return pieces
