"""Who stands before or after a reporting verb."""

import re
from collections.abc import Sequence

from bot.claims.findings import Span
from bot.claims.phrases import Speaker, Token, is_verb, phrase_end, speaker_in, tokens_in
from bot.claims.words import (
    ANONYMOUS_WORDS,
    BETWEEN,
    BREAKS,
    DETERMINERS,
    DOCUMENT_WORDS,
    FUNCTION_WORDS,
    PRONOUNS,
    RECORDING_WORDS,
)

PIECES = 5  # a speaker stands at most so many commas before the verb
ROLE_CHARS = 160

_PIECE_END = re.compile(r",(?!\d)|[;:()\[\]…]|\s[—–-]+\s|—|[\"“”«»]")
_PARTY = re.compile(r"[RDIL]-[A-Z]")  # "(R-Wis.)" stands between a name and the verb
_TIMES = FUNCTION_WORDS["times"]
_ENDINGS = frozenset({"inc", "ltd", "llc", "plc", "corp", "jr", "sr"})  # after a name and a comma
_JOINING = frozenset({"and", "but", "or"})
_RELATIVE = frozenset({"who", "which", "that"})


def subject_before(text: str, start: int, verb: int, *, after_quotation: bool) -> Speaker | None:
    """The speaker between `start` and the verb at `verb`.

    After a quotation the speaker comes first and the rest is apposition; otherwise the search
    goes back from the verb, over appositions, to the nearest name that stands alone.
    """
    pieces = _pieces(text, start, verb)
    if pieces:
        pieces[-1] = _without_adverbs(pieces[-1])
    closed = bool(pieces) and not pieces[-1]
    pieces = [piece for piece in pieces if piece]
    while closed and len(pieces) > 1 and _is_aside(pieces[-1]):
        pieces.pop()
    if not pieces:
        return None
    if pieces[-1][-1].low in _RELATIVE - {"that"}:
        return _antecedent(text, pieces)
    if after_quotation:
        speaker = _whole(text, pieces[0]) or _name_at_end(text, pieces[0])
        speaker = speaker or speaker_in(text, pieces[0])
        named = _whole(text, pieces[1]) if len(pieces) > 1 else None
        if speaker and named and named.is_name and not (speaker.is_name or named.role):
            return Speaker(named.span, speaker.span, is_name=True)
        return _with_role(text, speaker, pieces[1:]) if speaker else None
    return _nearest(text, pieces[-PIECES:])


def subject_of_clause(
    text: str, start: int, opening: int, verb: int
) -> tuple[Speaker | None, Span | None]:
    """The speaker of a participle: `Jane Doe defended the plan, saying it …`.

    After "the board issued a statement saying" the board speaks and the statement, returned
    second, is the channel. Without such a noun the subject of the sentence speaks.
    """
    pieces = [piece for piece in _pieces(text, opening, verb) if piece]
    before = text[max(start, verb - 3) : verb].rstrip()
    if pieces and not before.endswith((",", "–", "—")) and pieces[-1][-1].low not in BREAKS:
        near = speaker_in(text, _trailing(pieces[-1]))
        if near and near.span[1] == pieces[-1][-1].end and not near.is_name:
            head = text[slice(*near.span)].split()[-1].lower()
            if head in ANONYMOUS_WORDS:
                return near, None
            if head in RECORDING_WORDS | DOCUMENT_WORDS:
                return _issuer(text, pieces, near)
    for piece in pieces:
        if piece[0].low in BREAKS - PRONOUNS:
            continue
        speaker = speaker_in(text, piece)
        if speaker is not None:
            return speaker, None
    return None, None


def _issuer(
    text: str, pieces: Sequence[Sequence[Token]], document: Speaker
) -> tuple[Speaker, Span | None]:
    """Who recorded the video or issued the statement; the document itself if nobody is named."""
    words = [token for token in pieces[-1] if token.end <= document.span[0]]
    if not words or not is_verb(words[-1]):
        return document, None
    earlier = [words[:-1], *reversed(pieces[:-1])]
    for piece in earlier:
        rest = _trailing(piece)
        if piece and not _is_aside(piece) and rest and (speaker := speaker_in(text, rest)):
            return speaker, document.span
    return document, None


def subject_after(text: str, verb_end: int, end: int) -> Speaker | None:
    """The speaker that follows the verb, as in `, said Jane Doe, a teacher`."""
    pieces = [piece for piece in _pieces(text, verb_end, end) if piece]
    if not pieces or text[verb_end : pieces[0][0].start].strip():
        return None
    speaker = speaker_in(text, pieces[0])
    if speaker is None or (speaker.is_pronoun and speaker.span[1] == pieces[0][0].start):
        return None
    follows = [pieces[1]] if len(pieces) > 1 and _is_apposition(pieces[1]) else []
    return _with_role(text, speaker, follows)


def _pieces(text: str, start: int, end: int) -> list[list[Token]]:
    pieces: list[list[Token]] = []
    begin = start
    for found in _PIECE_END.finditer(text, start, end):
        pieces.append(tokens_in(text, begin, found.start()))
        begin = found.end()
    pieces.append(tokens_in(text, begin, end))
    return [piece for piece in pieces if not (len(piece) == 1 and _PARTY.match(piece[0].word))]


def _nearest(text: str, pieces: Sequence[Sequence[Token]]) -> Speaker | None:
    for index in range(len(pieces) - 1, -1, -1):
        speaker = _whole(text, pieces[index])
        if speaker is not None and speaker.is_name:
            before = _whole(text, pieces[index - 1]) if index and speaker.role else None
            if before is not None and before.is_name and before.role is None:
                return _with_role(text, before, pieces[index:])
            follows = pieces[index + 1 :]
            if not follows and index and _is_apposition(pieces[index - 1]):
                follows = [pieces[index - 1]]
            return _with_role(text, speaker, follows)
        if not _is_apposition(pieces[index]):
            break
    last = pieces[-1]
    if last[-1].low in _JOINING and len(last) + len(pieces) > 2:
        return _first(text, pieces)
    first_end = phrase_end(last, 0)
    opened = last[0].low in BREAKS - PRONOUNS - _JOINING
    if opened or (first_end < len(last) and last[first_end].low not in BREAKS):
        return speaker_in(text, _trailing(last))
    return speaker_in(text, last)


def _first(text: str, pieces: Sequence[Sequence[Token]]) -> Speaker | None:
    """The subject of "X did this and said": the phrase that the sentence begins with."""
    for piece in pieces:
        if piece[0].low not in BREAKS - PRONOUNS:
            return speaker_in(text, piece)
    return None


def _whole(text: str, piece: Sequence[Token]) -> Speaker | None:
    """The speaker that is all of a piece, role words before a name included."""
    if len(piece) == 1 and piece[0].low in _ENDINGS:
        return None
    speaker = speaker_in(text, piece)
    return speaker if speaker and speaker.span[1] == piece[-1].end else None


def _name_at_end(text: str, piece: Sequence[Token]) -> Speaker | None:
    """The name in "lead researcher and planetary scientist Ada Novak"."""
    speaker = _whole(text, _trailing(piece)) if len(piece) > 1 else None
    if speaker is None or not speaker.is_name or any(map(is_verb, piece)):
        return None
    last = [token for token in piece if token.end <= speaker.span[0]]
    role = (last[0].start, last[-1].end) if last else None
    return Speaker(speaker.span, role, is_name=True)


def _trailing(piece: Sequence[Token]) -> Sequence[Token]:
    """The noun phrase right before the verb: what follows the last verb or breaking word."""
    for index in range(len(piece) - 1, -1, -1):
        token = piece[index]
        if is_verb(token) or (token.low in BREAKS and token.low not in PRONOUNS):
            return piece[index + 1 :]
    return piece


def _antecedent(text: str, pieces: Sequence[Sequence[Token]]) -> Speaker | None:
    """Whom "who" means: the phrase before it."""
    inside = pieces[-1][:-1]
    if not inside and len(pieces) > 1:
        inside = pieces[-2]
    if not inside:
        return None
    return speaker_in(text, _trailing(inside)) or speaker_in(text, inside)


def _is_aside(piece: Sequence[Token]) -> bool:
    """ "which runs the ports", "published on Monday", "at a press conference", "54"."""
    first = piece[0]
    if first.word.isdigit() or first.low in BREAKS - PRONOUNS - _JOINING | _RELATIVE:
        return True
    return not first.is_capital and first.low.endswith(("ed", "ing")) and len(piece) > 1


def _is_apposition(piece: Sequence[Token]) -> bool:
    """A phrase that can stand beside a name: it has no verb of its own outside "who …"."""
    first = piece[0]
    if (
        first.low in _TIMES
        or first.low in BREAKS - _RELATIVE
        or (first.low in PRONOUNS - _RELATIVE)
    ):
        return False
    for token in piece:
        if token.low in _RELATIVE:
            return True
        if is_verb(token):
            return token.low.endswith("ed") and token is not first and len(piece) > 3
    return first.low in DETERMINERS or not first.is_capital or len(piece) > 1


def _with_role(text: str, speaker: Speaker, follows: Sequence[Sequence[Token]]) -> Speaker:
    appositions = [piece for piece in follows if piece]
    if speaker.role or not appositions or speaker.is_pronoun:
        return speaker
    start, end = appositions[0][0].start, appositions[-1][-1].end
    role: Span = (start, min(end, start + ROLE_CHARS))
    if role[1] < end:
        role = (start, max(text.rfind(" ", start, role[1]), start + 1))
    return Speaker(speaker.span, role, is_name=speaker.is_name)


def _without_adverbs(piece: list[Token]) -> list[Token]:
    """`piece` without what stands between a speaker and the verb: "has also repeatedly"."""
    last = len(piece)
    while last and (piece[last - 1].low in BETWEEN or piece[last - 1].low.endswith("ly")):
        if piece[last - 1].is_capital and last == 1:
            break
        last -= 1
    return piece[:last]
