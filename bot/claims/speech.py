"""All reported speech of an article, with speakers carried over to quotations that go on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.claims.findings import Span
from bot.claims.quotations import Quotation, quotations_in
from bot.claims.sentences import sentences_in
from bot.claims.statements import Statement, statements_in

QUOTED_SHARE = 0.6  # of a sentence in marks and without a cue: somebody speaks on
WHOLLY = 0.9  # in marks: speech, however short
QUOTED_CHARS = 25  # shorter quotations are titles and words in somebody's mouth
CARRIED_PARAGRAPHS = 1  # a speaker is carried over one paragraph at most, unless marks stay open


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence with the number of its paragraph and the quotations in it."""

    start: int
    end: int
    paragraph: int
    quoted: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement where it stands; `inferred` where its sentence has no reporting word."""

    statement: Statement
    place: Place
    inferred: bool = False


def places_in(text: str, paragraphs: Sequence[Span]) -> list[Place]:
    """The sentences of an article in order."""
    places: list[Place] = []
    for number, (start, end) in enumerate(paragraphs):
        quotations = quotations_in(text, start, end)
        for first, last in sentences_in(text, start, end, quotations):
            inside = tuple(one for one in quotations if one.start < last and one.end > first)
            places.append(Place(first, last, number, inside))
    return places


def speech_in(text: str, places: Sequence[Place]) -> list[Spoken]:
    """Who says what, in text order; continued quotations get the speaker before them."""
    spoken: list[Spoken] = []
    waiting: list[Place] = []
    for place in places:
        statements = statements_in(text, place.start, place.end, place.quoted)
        if waiting and statements and waiting[-1].paragraph == place.paragraph:
            spoken.extend(_carried(statements[0], before) for before in waiting)
        if statements or (waiting and waiting[-1].paragraph != place.paragraph):
            waiting = []
        spoken.extend(Spoken(statement, place) for statement in statements)
        if statements or not _goes_on(place):
            continue
        previous = spoken[-1] if spoken else None
        if previous and place.paragraph - previous.place.paragraph <= CARRIED_PARAGRAPHS:
            spoken.append(_carried(previous.statement, place))
        else:
            waiting.append(place)
    spoken.sort(key=lambda one: (one.place.start, one.statement.cue))
    return spoken


def _goes_on(place: Place) -> bool:
    """A sentence that is a quotation for the most part."""
    marked = sum(min(one.end, place.end) - max(one.start, place.start) for one in place.quoted)
    longest = max((one.end - one.start for one in place.quoted), default=0)
    size = place.end - place.start
    return marked >= WHOLLY * size or (longest >= QUOTED_CHARS and marked >= QUOTED_SHARE * size)


def _carried(statement: Statement, place: Place) -> Spoken:
    content = tuple((max(one.start, place.start), min(one.end, place.end)) for one in place.quoted)
    return Spoken(replace(statement, content=content, direct=True), place, inferred=True)
