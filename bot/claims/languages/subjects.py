"""Who stands beside a reporting word: behind it, before it, or as what "who" means."""

import re
from collections.abc import Sequence

from bot.claims.findings import Span
from bot.claims.languages.cues import Cue
from bot.claims.languages.following import (
    PIECE_END,
    Subject,
    subject_behind,
    subject_in_a_place,
    without_article,
)
from bot.claims.languages.grammar import Grammar
from bot.claims.languages.phrases import (
    is_known,
    phrase_at,
    phrase_before,
    speaker_of,
)
from bot.claims.languages.tokens import Token
from bot.claims.phrases import Speaker

_BRACKETS = re.compile(r"\s?\([^()]{1,60}\)")
OPENING_WORDS = 2  # before a reporting word that opens the sentence: "comme l’a dit X"


def subject_of(
    text: str, tokens: Sequence[Token], cue: Cue, opening: int, grammar: Grammar
) -> Subject | None:
    """The subject of the reporting word; None if the sentence names none.

    `opening` is where the words between the last quotation and the cue begin.
    """
    pieces = _pieces(text, tokens, opening, cue)
    near = pieces[-1]
    opens = cue.first <= OPENING_WORDS and not text[max(opening - 1, 0) : opening].strip()
    after = subject_behind(text, tokens, cue, grammar, opens=opens)
    if after is None and "place_speaks" in grammar.traits:
        after = subject_in_a_place(text, tokens, cue, grammar)
    if near and grammar.holds(near[-1].low, "relatives") and len(pieces) > 1:
        return _whole(text, pieces[-2], grammar)
    near = _without_adverbials(near, grammar)
    joined = bool(near) and grammar.holds(near[-1].low, "joins")
    leads = not near or joined or grammar.holds(near[0].low, "prepositions")
    if after is not None and (leads or _is_told(near, after, grammar)):
        return after
    if near and not joined:
        before = _before(text, near, grammar)
        if before is not None:
            return before
    if joined:
        return _first(text, pieces, grammar)
    if not near and len(pieces) > 1:
        return _over_apposition(text, pieces[:-1], grammar)
    return after


def _before(text: str, near: Sequence[Token], grammar: Grammar) -> Subject | None:
    phrase = phrase_before(text, near, grammar)
    place = near.index(phrase[0]) if phrase else 0
    if place > 1 and grammar.holds(near[place - 1].low, "relatives"):
        phrase = phrase_before(text, near[: place - 1], grammar)  # "l’homme qui parle a dit"
    speaker = speaker_of(text, phrase, grammar)
    if speaker is None or not (is_known(phrase, grammar) or _is_determined(phrase, grammar)):
        return _with_its_place(text, near, grammar)
    if not speaker.is_pronoun:
        place = near.index(phrase[0])
        led = place and grammar.holds(near[place - 1].low, "prepositions")
        if led and (whole := _with_its_place(text, near, grammar)):
            return whole
        if led and not speaker.is_name and not _is_speaking_place(phrase, near[place - 1], grammar):
            return None  # "en un comunicado dijo": the statement does not speak
    return Subject(speaker, phrase[0].start, phrase[-1].end, follows=False)


def _with_its_place(text: str, near: Sequence[Token], grammar: Grammar) -> Subject | None:
    """ "Джерело в поліції розповіло", "fonti vicine all’inchiesta riferiscono"."""
    phrase = phrase_at(text, near, 0, grammar)
    if not any(grammar.holds(token.low, "anonymous", "titles") for token in phrase[:3]):
        return None
    speaker = speaker_of(text, phrase, grammar)
    if speaker is None:
        return None
    if speaker.is_name:  # "Депутатка Марія Кравець у Telegram написала"
        return Subject(speaker, phrase[0].start, phrase[-1].end, follows=False)
    span = (phrase[0].start, near[-1].end)
    return Subject(Speaker(span), span[0], span[1], follows=False)


def _is_told(near: Sequence[Token], after: Subject, grammar: Grammar) -> bool:
    """ "Der Zeitung sagte Lüders": where nouns are declined, the outlet may stand first."""
    return (
        "comma_clause" in grammar.traits
        and after.speaker.is_name
        and any(grammar.holds(token.low, "outlets") for token in near)
    )


def _is_speaking_place(phrase: Sequence[Token], led_by: Token, grammar: Grammar) -> bool:
    """ "у міськраді кажуть"."""
    return grammar.holds(led_by.low, "place_prepositions") and any(
        grammar.holds(token.low, "organisations", "outlets", "anonymous") for token in phrase
    )


def _is_determined(phrase: Sequence[Token], grammar: Grammar) -> bool:
    """ "la joven", "ein Mann": an article makes a subject of a noun that we do not know."""
    return len(phrase) > 1 and grammar.holds(phrase[0].low, "articles")


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
    filled = [
        piece
        for piece in pieces
        if piece and not grammar.holds(piece[0].low, "prepositions", "asides")
    ][-3:]
    wholes = [_whole(text, piece, grammar) for piece in filled]
    for index, subject in enumerate(wholes):
        if subject is None or not is_known(filled[index], grammar):
            continue
        if subject.speaker.is_name or index + 1 == len(wholes):
            rest = filled[index + 1 :]
            about = (rest[0][0].start, rest[-1][-1].end) if rest else None
            return _replaced(subject, subject.speaker, subject.speaker.role or about)
        later = wholes[index + 1]
        if later is not None and later.speaker.is_name:
            role = without_article(subject.speaker.span, filled[index], grammar)
            return _replaced(later, later.speaker, later.speaker.role or role)
        return subject
    return None


def _whole(text: str, piece: Sequence[Token], grammar: Grammar) -> Subject | None:
    """The speaker that a piece between commas ends with."""
    phrase = phrase_before(text, piece, grammar)
    speaker = speaker_of(text, phrase, grammar)
    if speaker is None:
        return None
    return Subject(speaker, phrase[0].start, phrase[-1].end, follows=False)


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
    """The words before the cue, cut at commas and dashes; the last is nearest.

    What stands in brackets, as a party behind a name, is left out.
    """
    aside = [found.span() for found in _BRACKETS.finditer(text, opening, cue.start)]
    pieces: list[list[Token]] = [[]]
    last = opening
    before = [token for token in tokens[: cue.first] if token.start >= opening]
    for token in before:
        if any(start < token.start < end for start, end in aside):
            continue
        gap = _BRACKETS.sub("", text[last : token.start + 1])
        if pieces[-1] and PIECE_END.search(gap):
            pieces.append([])
        pieces[-1].append(token)
        last = token.end
    if before and PIECE_END.search(_BRACKETS.sub("", text[last : cue.start + 1])):
        pieces.append([])
    return pieces
