"""A language read by rules and word lists: its sentences, speech, cast and signals."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.articles.article import Article
from bot.claims.findings import Method
from bot.claims.languages.cast import Cast
from bot.claims.languages.grammar import Grammar, grammar_of
from bot.claims.languages.marks import quotations_in
from bot.claims.languages.names import Names
from bot.claims.languages.said import Spoken as Said
from bot.claims.languages.sentences import Abbreviations, sentences_in
from bot.claims.languages.signals import signals_of
from bot.claims.languages.statements import statements_in
from bot.claims.languages.tokens import words_of
from bot.claims.scores import Score, scores_of
from bot.claims.signals import Signals
from bot.claims.speech import Place, Spoken, carried_over

OPINION_CHECKABILITY = 0.45


class Ruled:
    """One of `grammar.LANGUAGES`."""

    method = Method.RULES
    reads_by_network = False

    def __init__(self, language: str, text: str) -> None:
        self._grammar = grammar_of(language).with_seen(text)
        self._known = _abbreviations(self._grammar)

    def places(self, article: Article) -> list[Place]:
        places: list[Place] = []
        for number, (start, end) in enumerate(article.paragraphs):
            quotations = quotations_in(article.text, start, end, self._grammar)
            for first, last in sentences_in(article.text, start, end, quotations, self._known):
                inside = tuple(one for one in quotations if one.start < last and one.end > first)
                places.append(Place(first, last, number, inside))
        return places

    def speech(self, text: str, places: Sequence[Place]) -> list[Spoken]:
        said = [
            statements_in(text, place.start, place.end, place.quoted, self._grammar)
            for place in places
        ]
        found = {
            place.start: [spoken.statement for spoken in one if not spoken.back]
            for place, one in zip(places, said, strict=True)
        }
        spoken = carried_over(text, places, lambda place: found[place.start])
        spoken += _about_what_came_before(places, said)
        return _with_reported_mood(text, places, spoken, self._grammar)

    def cast(self, article: Article, places: Sequence[Place]) -> Cast:
        spans = [(place.start, place.end) for place in places]
        return Cast(article, Names(article.text, spans, self._grammar), self._grammar)

    def parts(self, text: str, place: Place) -> list[Place]:
        spans = sentences_in(text, place.start, place.end, (), self._known)
        return [place.cut(start, end) for start, end in spans]

    def signals(self, text: str, place: Place) -> Signals:
        return signals_of(text, place, self._grammar)

    def scores(self, signals: Sequence[Signals]) -> list[Score]:
        found = zip(scores_of(signals), signals, strict=True)
        return [_gated(score, one) for score, one in found]


def _gated(score: Score, signals: Signals) -> Score:
    """An opinion or a prediction without a figure is nothing that evidence could settle today."""
    if signals["number"] or not (signals["opinion"] or signals["future"]):
        return score
    checkability = min(score.checkability, OPINION_CHECKABILITY)
    return Score(checkability, round(score.checkworthiness * checkability, 3))


def _about_what_came_before(
    places: Sequence[Place], said: Sequence[Sequence[Said]]
) -> list[Spoken]:
    """ "Про це повідомила пресслужба": the sentence before it is what was said."""
    found: list[Spoken] = []
    for index, spoken in enumerate(said[1:], start=1):
        before = places[index - 1]
        for one in spoken:
            if one.back and not said[index - 1]:
                statement = replace(one.statement, content=((before.start, before.end),))
                found.append(Spoken(statement, before, continued=(places[index],)))
    return found


def _with_reported_mood(
    text: str, places: Sequence[Place], spoken: Sequence[Spoken], grammar: Grammar
) -> list[Spoken]:
    """ "Der Vertrag sei ungültig.": the mood says that somebody is still being reported."""
    if "reported_mood" not in grammar.groups:
        return sorted(spoken, key=lambda one: (one.place.start, one.statement.cue))
    by_place = {one.place.start: one for one in spoken}
    found = list(spoken)
    for before, place in pairwise(places):
        earlier = by_place.get(before.start)
        if earlier is None or place.start in by_place or place.quoted:
            continue
        words = words_of(text[place.start : place.end], grammar.language)
        if before.paragraph == place.paragraph and any(
            grammar.holds(word, "reported_mood") for word in words
        ):
            content = ((place.start, place.end),)
            statement = replace(earlier.statement, content=content, direct=False)
            carried = Spoken(statement, place, inferred=True)
            by_place[place.start] = carried
            found.append(carried)
    return sorted(found, key=lambda one: (one.place.start, one.statement.cue))


def _abbreviations(grammar: Grammar) -> Abbreviations:
    return Abbreviations(
        never=grammar.whole("title_abbreviations"),
        sometimes=grammar.whole("other_abbreviations"),
        starters=grammar.whole("starters")
        | grammar.whole("determiners")
        | grammar.whole("prepositions")
        | grammar.whole("pronouns"),
        ordinals="ordinal_dots" in grammar.traits,
    )
