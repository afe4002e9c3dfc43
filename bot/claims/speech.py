"""All reported speech of an article, with speakers carried over to quotations that go on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.claims.cues import cues_in
from bot.claims.findings import Span
from bot.claims.parsing import Grammar, Parser
from bot.claims.quotations import MARKS, Quotation, quotations_in
from bot.claims.sentences import after_dateline, sentences_in
from bot.claims.statement import Statement
from bot.claims.statements import statements_in

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

    def cut(self, start: int, end: int) -> "Place":
        """A piece of it, with the quotations that reach into the piece."""
        inside = tuple(one for one in self.quoted if one.start < end and one.end > start)
        return Place(start, end, self.paragraph, inside)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement where it stands; `inferred` where its sentence has no reporting word.

    `continued`: the sentences right beside it, in the same paragraph, that are wholly its words.
    """

    statement: Statement
    place: Place
    inferred: bool = False
    continued: tuple[Place, ...] = ()


def places_in(text: str, paragraphs: Sequence[Span]) -> list[Place]:
    """The sentences of an article in order."""
    places: list[Place] = []
    for number, (start, end) in enumerate(paragraphs):
        start = after_dateline(text, start, end)
        quotations = quotations_in(text, start, end)
        for first, last in sentences_in(text, start, end, quotations):
            inside = tuple(one for one in quotations if one.start < last and one.end > first)
            places.append(Place(first, last, number, inside))
    return places


def speech_in(text: str, places: Sequence[Place], parser: Parser | None = None) -> list[Spoken]:
    """Who says what, in text order; continued quotations get the speaker before them."""
    grammars = _grammars(text, places, parser)

    def read(place: Place) -> list[Statement]:
        return statements_in(text, place.start, place.end, place.quoted, grammars.get(place.start))

    return carried_over(text, places, read)


def carried_over(
    text: str, places: Sequence[Place], read: Callable[[Place], list[Statement]]
) -> list[Spoken]:
    """What `read` finds in each sentence, in text order, and the quotations that go on from it."""
    spoken: list[Spoken] = []
    waiting: list[Place] = []
    for place in places:
        statements = read(place)
        if statements:
            spoken.extend(_with_waiting(text, statements[0], place, waiting))
            spoken.extend(Spoken(statement, place) for statement in statements[1:])
            waiting = []
        elif _goes_on(place):
            if not _continue(text, spoken, place):
                waiting.append(place)
        else:
            waiting = []
    spoken.sort(key=lambda one: (one.place.start, one.statement.cue))
    return spoken


def _grammars(text: str, places: Sequence[Place], parser: Parser | None) -> Mapping[int, Grammar]:
    """The grammar of the sentences with a reporting word; of none without a parser."""
    if parser is None:
        return {}
    reporting = [
        one for one in places if cues_in(text, one.start, one.end, one.quoted, parsed=True)
    ]
    return parser.grammars(text, [(one.start, one.end) for one in reporting])


def _with_waiting(
    text: str, statement: Statement, place: Place, waiting: Sequence[Place]
) -> list[Spoken]:
    """The statement, and the quotations of its paragraph that stood before it."""
    before = [one for one in waiting if one.paragraph == place.paragraph]
    one = Spoken(statement, place)
    if before and statement.direct and all(map(_is_wholly_quoted, before)):
        return [_grown(text, one, before)]
    return [*(_carried(statement, earlier) for earlier in before), one]


def _continue(text: str, spoken: list[Spoken], place: Place) -> bool:
    """Give a quotation without a cue to the speaker before it, if he stands near enough."""
    if not spoken:
        return False
    previous = spoken[-1]
    last = max((previous.place, *previous.continued), key=lambda one: one.start)
    if place.paragraph - last.paragraph > CARRIED_PARAGRAPHS:
        return False
    beside = place.paragraph == last.paragraph and not text[last.end : place.start].strip()
    quoted = _is_open(text, previous) or any(
        text[end - 1] in MARKS for _, end in previous.statement.content
    )
    if beside and not previous.inferred and quoted and _is_wholly_quoted(place):
        spoken[-1] = _grown(text, previous, [place])
    else:
        spoken.append(_carried(previous.statement, place))
    return True


def _is_open(text: str, spoken: Spoken) -> bool:
    """A dash opened the speech, or a mark that the speaker's name stands within."""
    content = spoken.statement.content
    return text[spoken.place.start] in "—–" or any(text[start] in "«„" for start, _ in content)


def _grown(text: str, spoken: Spoken, places: Sequence[Place]) -> Spoken:
    """`spoken` with the quotations of sentences beside it; parts of one quotation are one span."""
    spans = {
        *spoken.statement.content,
        *(span for place in places for span in _quoted_spans(place)),
    }
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip() and text[start] not in MARKS:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    statement = replace(spoken.statement, content=tuple(joined))
    return replace(spoken, statement=statement, continued=(*spoken.continued, *places))


def _goes_on(place: Place) -> bool:
    """A sentence that is a quotation for the most part."""
    longest = max((one.end - one.start for one in place.quoted), default=0)
    mostly = longest >= QUOTED_CHARS and _marked(place) >= QUOTED_SHARE
    return mostly or _is_wholly_quoted(place)


def _is_wholly_quoted(place: Place) -> bool:
    return _marked(place) >= WHOLLY


def _marked(place: Place) -> float:
    marked = sum(end - start for start, end in _quoted_spans(place))
    return marked / (place.end - place.start)


def _quoted_spans(place: Place) -> tuple[Span, ...]:
    return tuple((max(one.start, place.start), min(one.end, place.end)) for one in place.quoted)


def _carried(statement: Statement, place: Place) -> Spoken:
    content = _quoted_spans(place)
    return Spoken(replace(statement, content=content, direct=True), place, inferred=True)
