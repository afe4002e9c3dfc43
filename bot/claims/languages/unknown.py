"""A language that we do not know: sentences, numbers and links, and nobody is named."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.articles.article import Article
from bot.claims.findings import Method, Source
from bot.claims.languages.numbers import has_money, is_year, numbers_in
from bot.claims.languages.sentences import Abbreviations, sentences_in
from bot.claims.naming import Key
from bot.claims.scores import Score
from bot.claims.signals import Signals
from bot.claims.sources import Cited
from bot.claims.speech import Place, Spoken

WITH_NUMBER, WITHOUT = 0.6, 0.3  # checkability: a number is all that we can see

_EVERYWHERE = Abbreviations(never=frozenset({"dr", "prof", "mr", "st", "no", "nr"}))
_QUESTION = re.compile(r"[?؟？\u037e][\"”’»“)\]\s」』]*$")


class Unknown:
    """Sentences with a number are listed for a check; speakers are not looked for."""

    method = Method.NONE
    reads_by_network = False

    def places(self, article: Article) -> list[Place]:
        return [
            Place(start, end, number, ())
            for number, paragraph in enumerate(article.paragraphs)
            for start, end in sentences_in(article.text, *paragraph, (), _EVERYWHERE)
        ]

    def speech(self, text: str, places: Sequence[Place]) -> list[Spoken]:  # noqa: ARG002 -- none
        return []

    def cast(self, article: Article, places: Sequence[Place]) -> "Nobody":  # noqa: ARG002 -- none
        return Nobody()

    def parts(self, text: str, place: Place) -> list[Place]:  # noqa: ARG002 -- one sentence is one
        return [place]

    def signals(self, text: str, place: Place) -> Signals:
        numbers = [found.group() for found in numbers_in(text, place.start, place.end)]
        seen = {
            "number": float(any(not is_year(number) for number in numbers)),
            "numbers": min(len(numbers), 4) / 4,
            "year": float(any(map(is_year, numbers))),
            "money": float(has_money(text, place.start, place.end)),
            "question": float(bool(_QUESTION.search(text, place.start, place.end))),
        }
        return defaultdict(float, seen)

    def scores(self, signals: Sequence[Signals]) -> list[Score]:
        """Worth a check in the order of how many numbers there are, the earlier first."""
        return [_score(one) for one in signals]


class Nobody:
    """The cast of an article whose speakers are not known."""

    def attribution(self, number: int, spoken: Spoken) -> Cited:
        raise NotImplementedError("nobody speaks where speech is not looked for")

    def sources(self) -> tuple[Mapping[Key, str], tuple[Source, ...]]:
        return {}, ()


def _score(signals: Signals) -> Score:
    if not (signals["number"] or signals["year"]) or signals["question"]:
        return Score(WITHOUT, 0.0)
    worth = 0.4 + 0.3 * signals["numbers"] + 0.2 * signals["number"] + 0.1 * signals["money"]
    return Score(WITH_NUMBER, round(worth * signals["position"] * 0.2 + worth * 0.8, 3))
