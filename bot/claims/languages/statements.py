"""Reported speech in one sentence of any language that we have word lists for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.channels import Channel
from bot.claims.contents import before_speaker
from bot.claims.findings import Span
from bot.claims.languages.according import according_in
from bot.claims.languages.channels import channel_in
from bot.claims.languages.cues import Cue, cues_in
from bot.claims.languages.following import Subject
from bot.claims.languages.grammar import Grammar, form_at
from bot.claims.languages.labels import labelled, rested_on
from bot.claims.languages.said import (
    DIRECT_SHARE,
    Spoken,
    is_direct,
    span_of,
    without_doubles,
)
from bot.claims.languages.subjects import subject_of
from bot.claims.languages.tokens import Token, tokens_in
from bot.claims.quotations import Quotation
from bot.claims.statement import Statement

THAT_WORDS = 16  # so far behind the reporting word "that" may still open what was said
SPEAKER_CHARS = 160  # between a quotation and the reporting word behind it
SPOKEN_CHARS = 25  # a quotation so long needs no comma before its speaker
BARE_WORDS = 1
LISTENER_WORDS = 8  # who was told, when and where, before a clause without "that"

_TIE = re.compile(r"[\s,.;!?…—–-]*")
_COMMA = re.compile(r"\s*[,—–]")
_FINAL = ",.!?…"


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its words and quotations."""

    text: str
    start: int
    end: int
    tokens: Sequence[Token]
    quoted: Sequence[Quotation]
    grammar: Grammar


def statements_in(
    text: str, start: int, end: int, quoted: Sequence[Quotation], grammar: Grammar
) -> list[Spoken]:
    """The reported speech of the sentence `text[start:end]`, in order of the reporting words."""
    tokens = [
        token
        for token in tokens_in(text, start, end, grammar.language)
        if not any(one.start <= token.start < one.end for one in quoted)
    ]
    sentence = _Sentence(text, start, end, tokens, quoted, grammar)
    found = [Spoken(one) for one in according_in(text, (start, end), tokens, grammar)]
    taken = {token.start for one in found for token in tokens if _within(token, one.statement.cue)}
    for cue in cues_in(text, tokens, grammar):
        if cue.start in taken:
            continue
        spoken = _spoken(sentence, cue)
        if spoken is not None:
            found.append(spoken)
    if not found and (label := labelled(text, (start, end), tokens, quoted, grammar)):
        found.append(Spoken(label))
    if not found and (rested := rested_on(text, tokens, grammar)):
        found.append(Spoken(rested, back=True))
    found.sort(key=lambda one: one.statement.cue)
    return without_doubles(found)


def _is_author(sentence: _Sentence, subject: Subject) -> bool:
    """ "Je pense": the author of the article is nobody's source."""
    first = next((one for one in sentence.tokens if one.start >= subject.start), None)
    return first is not None and sentence.grammar.holds(first.low, "first_person")


def _within(token: Token, span: Span) -> bool:
    return span[0] <= token.start < span[1]


def _spoken(sentence: _Sentence, cue: Cue) -> Spoken | None:
    text, grammar = sentence.text, sentence.grammar
    before = _spoken_before(sentence, cue)
    opening = before[-1].end if before else sentence.start
    subject = subject_of(text, sentence.tokens, cue, opening, grammar)
    if cue.limit == "behind" and (subject is None or not subject.follows):
        return None
    if subject is not None and _is_author(sentence, subject):
        return None
    if subject is None and not (before or "drops_subject" in grammar.traits):
        return None
    place = max(cue.end, subject.end if subject and subject.follows else 0)
    content, said_at = _content(sentence, cue, subject, before, place)
    back = not content and _points_back(sentence, cue)
    if not content and not back:
        return None
    speaker = subject.speaker if subject else None
    stands = speaker.span[0] if subject and speaker and not subject.follows else cue.start
    channel = _channel(sentence, (place, said_at), (opening, min(stands, cue.start)))
    if channel is None and subject:
        between = (cue.end, subject.start) if subject.follows else (subject.end, cue.start)
        channel = channel_in(text, sentence.tokens, *between, grammar)
    statement = Statement(
        content, (cue.start, cue.end), speaker, channel, direct=is_direct(content, sentence.quoted)
    )
    return Spoken(statement, back)


def _spoken_before(sentence: _Sentence, cue: Cue) -> list[Quotation]:
    """The quotations before the cue that are speech: the last stands right before the speaker."""
    before = [one for one in sentence.quoted if one.end <= cue.start and one.end > sentence.start]
    if not before or cue.start - before[-1].end > SPEAKER_CHARS:
        return []
    last, text = before[-1], sentence.text
    tied = text[last.end - 2] in _FINAL or _COMMA.match(text, last.end)
    long = last.end - last.start >= SPOKEN_CHARS and _TIE.fullmatch(text, last.end, cue.start)
    between = [token for token in sentence.tokens if last.end <= token.start < cue.start]
    if any(sentence.grammar.holds(token.low, "joins") for token in between[1:]):
        return []
    return before if tied or long else []


def _content(
    sentence: _Sentence,
    cue: Cue,
    subject: Subject | None,
    before: Sequence[Quotation],
    place: int,
) -> tuple[tuple[Span, ...], int]:
    """What is said, and where behind the cue it begins (the sentence's end if before it)."""
    after, said_at = _after(sentence, cue, subject, place, is_second=bool(before))
    if before:
        stand = min(cue.start, subject.start if subject and not subject.follows else cue.start)
        spans = before_speaker(sentence.text, sentence.start, stand, before)
        return (*spans, *after), said_at
    if after:
        return after, said_at
    if _opens_with_as(sentence, cue):
        return span_of(sentence.text, max(place, cue.tail), sentence.end), place
    follows = subject is not None and subject.follows
    comma = sentence.text[sentence.start : cue.start].rstrip().endswith((",", "–", "—"))
    connected = _connected(sentence, cue)
    if (follows or subject is None) and (comma or connected is not None):
        stop = connected if connected is not None else cue.start
        return before_speaker(sentence.text, sentence.start, stop, sentence.quoted), sentence.end
    if subject is not None and not follows and cue.limit != "quote":
        return _clause_before(sentence, subject), sentence.end
    return (), sentence.end


def _after(
    sentence: _Sentence, cue: Cue, subject: Subject | None, place: int, *, is_second: bool
) -> tuple[tuple[Span, ...], int]:
    """What stands behind the cue and its subject: a quotation, a "that" clause, a colon."""
    text, end, grammar = sentence.text, sentence.end, sentence.grammar
    tokens = [token for token in sentence.tokens if token.start >= place]
    quote = next((one for one in sentence.quoted if place <= one.start < end), None)
    that = next((t for t in tokens[:THAT_WORDS] if grammar.holds(t.low, "complementisers")), None)
    if is_second:
        that = None  # behind a quotation and its speaker a "that" is about the speaker
    if that is not None and (quote is None or that.start < quote.start):
        return span_of(text, that.end, end), that.start
    if quote is not None and _leads_to(sentence, place, quote, is_second=is_second):
        return _quotes_from(sentence, quote), quote.start
    colon = text.find(":", place, end)
    if colon >= 0 and sum(token.start < colon for token in tokens) <= THAT_WORDS:
        return span_of(text, colon + 1, end), colon
    if is_second or cue.limit or subject is None:
        return (), end
    if cue.is_divided:
        return _divided(sentence, cue, tokens, place), end
    comma = _clause_comma(sentence, place, tokens) if "comma_clause" in grammar.traits else None
    if comma is not None:
        return span_of(text, comma + 1, end), comma
    return _bare(sentence, cue, tokens, place)


def _divided(
    sentence: _Sentence, cue: Cue, tokens: Sequence[Token], place: int
) -> tuple[Span, ...]:
    """ "teilte mit, die …" behind the comma, or the object in "kündigte eine Prüfung an"."""
    if sentence.text.startswith(",", cue.tail):
        return span_of(sentence.text, cue.tail + 1, sentence.end)
    adverbial = tokens and sentence.grammar.holds(tokens[0].low, "prepositions", "times")
    return () if adverbial else span_of(sentence.text, place, cue.part)


def _clause_comma(sentence: _Sentence, place: int, tokens: Sequence[Token]) -> int | None:
    """ "sagte dem Sender, die Firma habe …": where the comma stands before a main clause."""
    comma = sentence.text.find(",", place, sentence.end)
    behind = [token for token in tokens if token.start > comma]
    if comma < 0 or len(tokens) - len(behind) > LISTENER_WORDS or len(behind) < BARE_WORDS + 2:
        return None
    relative = sentence.grammar.holds(behind[0].low, "relatives")
    if relative and not any(token.is_capital for token in behind[1:3]):
        return None  # "zwei Beamte, die anonym bleiben wollten"
    return None if sentence.grammar.holds(behind[0].low, "joins") else comma


def _bare(
    sentence: _Sentence, cue: Cue, tokens: Sequence[Token], place: int
) -> tuple[tuple[Span, ...], int]:
    """ "confirmó la muerte de dos personas": the object is what was said; "dijo" has none."""
    while tokens and sentence.grammar.holds(tokens[0].low, "times", "calendar", "between"):
        if sentence.grammar.holds(tokens[0].low, "determiners"):
            break
        place, tokens = tokens[0].end, tokens[1:]  # "anunció ayer una subida"
    if len(tokens) < BARE_WORDS or sentence.text[place : tokens[0].start].strip(' \u00a0«„“"'):
        return (), sentence.end
    adverbial = ("prepositions", "joins", "between", "times", "listeners")
    says = sentence.grammar.holds(sentence.text[slice(cue.start, cue.end)].split()[-1], "says")
    outside = says or (
        sentence.grammar.holds(tokens[0].low, *adverbial)
        and not sentence.grammar.holds(tokens[0].low, "determiners")
    )
    return (
        ((), sentence.end)
        if outside
        else (span_of(sentence.text, place, sentence.end), sentence.end)
    )


def _leads_to(sentence: _Sentence, place: int, quote: Quotation, *, is_second: bool) -> bool:
    """Only words that place it stand between the cue and a quotation behind it."""
    between = [token for token in sentence.tokens if place <= token.start < quote.start]
    if not between:
        return True
    led = sentence.text[place : quote.start].rstrip().endswith((",", ":", "—", "–", "."))
    if is_second and any(sentence.grammar.holds(one.low, "joins") for one in between):
        return False  # "…, subrayó Vidal, quien lo calificó de «disparate»"
    return led and len(between) <= THAT_WORDS


def _quotes_from(sentence: _Sentence, quote: Quotation) -> tuple[Span, ...]:
    inside = [one for one in sentence.quoted if one.start >= quote.start]
    marked = sum(one.end - one.start for one in inside)
    if marked > DIRECT_SHARE * (sentence.end - quote.start):
        return tuple((one.start, min(one.end, sentence.end)) for one in inside)
    return span_of(sentence.text, quote.start, sentence.end)


def _clause_before(sentence: _Sentence, subject: Subject) -> tuple[Span, ...]:
    """ "Die Brücke sei sicher, Kroll sagte": rare; only behind a comma."""
    role = subject.speaker.role
    if role is not None and role[0] < subject.start:
        return ()  # "El presidente, Pablo Ferrer, …": what stands before him is his role
    before = sentence.text[sentence.start : subject.start].rstrip()
    placed = sentence.grammar.holds(sentence.tokens[0].low, "prepositions")  # "en una carta, …"
    if placed or not before.endswith((",", "—", "–")):
        return ()
    return before_speaker(sentence.text, sentence.start, subject.start, sentence.quoted)


def _connected(sentence: _Sentence, cue: Cue) -> int | None:
    """ ", como dijo X", ", wie X sagte", ", як сказав X": where the connecting word begins."""
    near = [token for token in sentence.tokens if cue.start - 60 <= token.start < cue.start]
    words = [token.low for token in near]
    for index in range(max(0, len(near) - 3), len(near)):
        if form_at(sentence.grammar.back, words, index):  # "…, — про це повідомив X"
            before = sentence.text[sentence.start : near[index].start].rstrip()
            return near[index].start if before.endswith((",", "–", "—")) else None
    for token in reversed(near):
        if sentence.grammar.holds(token.low, "as_words"):
            before = sentence.text[sentence.start : token.start].rstrip()
            return token.start if before.endswith((",", "—", "–")) else None
    return None


def _opens_with_as(sentence: _Sentence, cue: Cue) -> bool:
    """ "Wie die Polizei mitteilte, …": what was said follows behind the comma."""
    opens = sentence.grammar.holds(sentence.tokens[0].low, "as_words")
    return opens and "," not in sentence.text[sentence.start : cue.start]


def _points_back(sentence: _Sentence, cue: Cue) -> bool:
    """ "Про це повідомила пресслужба": what was said stands in the sentence before."""
    words = [token.low for token in sentence.tokens[:4]]
    grammar = sentence.grammar
    opens = any(form_at(grammar.back, words, index) for index in range(min(2, len(words))))
    return opens and cue.first <= 6


def _channel(sentence: _Sentence, behind: Span, before: Span) -> Channel | None:
    """The channel named behind the cue, else the one before the speaker."""
    text, tokens, grammar = sentence.text, sentence.tokens, sentence.grammar
    place, said_at = behind
    quotes = [one.start for one in sentence.quoted if one.start >= place]
    stop = max(min([said_at, *quotes]), place)
    found = channel_in(text, tokens, place, stop, grammar)
    return found or channel_in(text, tokens, *before, grammar)
