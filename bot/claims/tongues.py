"""What finding claims needs to know of an article's language, and how much of it we know."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol

from bot.articles.article import Article
from bot.claims.findings import Method, Source
from bot.claims.languages.grammar import LANGUAGES
from bot.claims.languages.ruled import Ruled
from bot.claims.languages.unknown import Unknown
from bot.claims.lexicons import word_lists
from bot.claims.naming import Key, Names
from bot.claims.parsing import Parser, the_parser
from bot.claims.scores import Score, scores_of
from bot.claims.sentences import sentences_in
from bot.claims.signals import Signals, signals_of
from bot.claims.sources import Cast, Cited
from bot.claims.speech import Place, Spoken, places_in, speech_in

SHORT_CHARS = 200  # from so little text a language is not told safely: its small words decide
SMALL_SHARE = 0.15  # of the words; a few small words are spelled alike in many languages
BY_RULES = ("en", *LANGUAGES)

_WORD = re.compile(r"[^\W\d_]+")


class Citing(Protocol):
    """Collects who is cited, in text order."""

    def attribution(self, number: int, spoken: Spoken) -> Cited:
        """The attribution, its `source_id` still empty, with the keys of speaker and channel."""

    def sources(self) -> tuple[Mapping[Key, str], tuple[Source, ...]]:
        """The id of every key, and the sources in the order of their first mention."""


class Tongue(Protocol):
    """The rules of one language."""

    @property
    def method(self) -> Method:
        """How speakers are found in it."""

    @property
    def reads_by_network(self) -> bool:
        """Whether the network was trained on it."""

    def places(self, article: Article) -> list[Place]:
        """The sentences in text order."""

    def speech(self, text: str, places: Sequence[Place]) -> list[Spoken]:
        """Who says what, in text order."""

    def cast(self, article: Article, places: Sequence[Place]) -> Citing:
        """An empty cast for the article."""

    def parts(self, text: str, place: Place) -> list[Place]:
        """The sentences that are judged apart: those of a quotation that is one place."""

    def signals(self, text: str, place: Place) -> Signals:
        """What can be seen in the wording of a sentence."""

    def scores(self, signals: Sequence[Signals]) -> list[Score]:
        """The scores of an article's sentences by rules alone, in their order."""


class English:
    """The language whose rules know most; its speech is parsed where there is a parser."""

    reads_by_network = True

    def __init__(self, parser: Parser | None = None) -> None:
        self._parser = parser
        self.method = Method.RULES if parser is None else Method.PARSER

    def places(self, article: Article) -> list[Place]:
        return places_in(article.text, article.paragraphs)

    def speech(self, text: str, places: Sequence[Place]) -> list[Spoken]:
        return speech_in(text, places, self._parser)

    def cast(self, article: Article, places: Sequence[Place]) -> Citing:
        return Cast(article, Names(article.text, [(place.start, place.end) for place in places]))

    def parts(self, text: str, place: Place) -> list[Place]:
        spans = sentences_in(text, place.start, place.end, [])
        return [place.cut(start, end) for start, end in spans]

    def signals(self, text: str, place: Place) -> Signals:
        return signals_of(text, place.start, place.end, place.quoted)

    def scores(self, signals: Sequence[Signals]) -> list[Score]:
        return scores_of(signals)


def tongue_of(article: Article, *, may_parse: bool) -> Tongue:
    """The rules for an article's language; English where nobody says which it is."""
    language = _language_of(article)
    if language in (None, "en"):
        return English(the_parser() if may_parse else None)
    return Ruled(language, article.text) if language in LANGUAGES else Unknown()


def _language_of(article: Article) -> str | None:
    language = (article.language or "").lower().partition("-")[0] or None
    if language is None or len(article.text) >= SHORT_CHARS:
        return language
    words = [word.lower() for word in _WORD.findall(article.text)]
    hits = {code: sum(word in _small_words(code) for word in words) for code in BY_RULES}
    best = max(hits, key=lambda code: hits[code])
    told = hits.get(language, 0) >= hits[best] - 1 if language in hits else False
    return language if told or hits[best] < SMALL_SHARE * len(words) else best


@cache
def _small_words(language: str) -> frozenset[str]:
    words = word_lists(language)["words"]
    groups = ("determiners", "pronouns", "being", "prepositions", "breaks", "joins", "between")
    return frozenset(word for group in groups for word in words.get(group, "").split())
