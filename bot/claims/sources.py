"""The sources of an article: every speaker and channel once, under the fullest name."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.articles.article import Article
from bot.claims.channels import Channel
from bot.claims.findings import Attribution, Source, SourceKind, Span
from bot.claims.naming import Key, Names, kind_of
from bot.claims.phrases import Speaker
from bot.claims.speech import Spoken
from bot.claims.words import DETERMINERS, FUNCTION_WORDS, TITLES

PRONOUN_CHARS = 600
PRONOUN_NAMES = 8
MENTIONS = 200
_BREAKS = (". ", "\n", "” ", "? ", "! ")
_BODIES = FUNCTION_WORDS["bodies"]
PRONOUN_PARAGRAPHS = 3  # a pronoun reaches back at most so far


@dataclass(frozen=True, slots=True)
class Cited:
    """An attribution, and under which keys its speaker and its channel are collected."""

    attribution: Attribution
    speaker: Key | None
    channel: tuple[Key, ...]


@dataclass(slots=True)
class _Entity:
    name: str
    kind: SourceKind
    role: str | None = None
    spans: set[Span] = field(default_factory=set)
    urls: dict[str, None] = field(default_factory=dict)


class Cast:
    """Collects who is cited while an article's speech is gone through in text order."""

    def __init__(self, article: Article, names: Names) -> None:
        self._article, self._text, self._names = article, article.text, names
        self._entities: dict[Key, _Entity] = {}
        self._recent: list[tuple[int, int, Key]] = []

    def attribution(self, number: int, spoken: Spoken) -> Cited:
        """The attribution, its `source_id` still empty, with the keys of speaker and channel."""
        statement = spoken.statement
        speaker = self._speaker(statement.speaker, spoken)
        channel, words = self._channel(statement.channel)
        if speaker is not None and not spoken.inferred:
            self._link(self._entities[speaker], statement.cue)
        source = statement.speaker.span if statement.speaker else None
        made = Attribution(
            id=str(number),
            content=statement.content,
            cue=None if spoken.inferred else statement.cue,
            source=source,
            source_id=None,
            direct=statement.direct,
            inferred=spoken.inferred,
            via=words,
        )
        return Cited(made, speaker, channel)

    def sources(self) -> tuple[dict[Key, str], tuple[Source, ...]]:
        """The id of every key, and the sources in the order of their first mention."""
        for span in self._names.spans:
            entity = self._entities.get(self._names.key_of(span))
            if entity is not None and len(entity.spans) < MENTIONS:
                entity.spans.add(span)
        for entity in self._entities.values():
            for span in sorted(entity.spans):
                self._link(entity, span)
        ordered = sorted(self._entities.items(), key=lambda item: min(item[1].spans))
        ids = {key: str(number) for number, (key, _) in enumerate(ordered, start=1)}
        return ids, tuple(_source(ids[key], entity) for key, entity in ordered)

    def _speaker(self, speaker: Speaker | None, spoken: Spoken) -> Key | None:
        if speaker is None:
            return None
        if speaker.means is not None:
            return self._speaker(speaker.means, spoken)
        if speaker.is_pronoun:
            key = self._pronoun(self._text[slice(*speaker.span)].lower(), speaker.span[0], spoken)
        elif speaker.is_name:
            key = self._named(speaker.span, speaker.role)
        else:
            key = self._described(speaker.span)
        if key is not None:
            self._recent.append((spoken.place.paragraph, speaker.span[0], key))
        return key

    def _named(self, span: Span, role: Span | None, *, outlet: bool = False) -> Key | None:
        key = self._names.key_of(span)
        if not key:
            return None
        entity = self._entities.get(key)
        if entity is None:
            written = self._names.written(key, self._text[slice(*span)])
            kind = kind_of(written, is_name=True, has_role=role is not None, names=self._names)
            if outlet and kind is SourceKind.ORGANISATION and len(key) == 1:
                kind = SourceKind.OUTLET
            entity = self._entities[key] = _Entity(written, kind)
        entity.spans.add(span)
        if role is not None and entity.role is None:
            entity.role = self._text[slice(*role)]
        return key

    def _described(self, span: Span) -> Key | None:
        words = self._text[slice(*span)].split()
        if words[0].lower() in ("the", "this") and (known := self._known_as(_head(words))):
            self._entities[known].spans.add(span)
            return known
        while len(words) > 1 and words[0].lower() in DETERMINERS - {"his", "her", "their"}:
            words.pop(0)
        name = " ".join(words)
        key = ("", *name.lower().split())
        kind = kind_of(name, is_name=False, has_role=False, names=self._names)
        self._entities.setdefault(key, _Entity(name, kind)).spans.add(span)
        return key

    def _known_as(self, noun: str) -> Key | None:
        """Whom "the actor" or "the company" means among those cited before."""
        for _, _, key in reversed(self._recent[-8:]):
            entity = self._entities[key]
            if entity.role and key[0] and noun == _head(entity.role.partition(",")[0].split()):
                return key
            if not key[0] or noun not in _BODIES:
                continue
            if entity.kind is SourceKind.PERSON and not (
                entity.role or self._names.is_personal(key)
            ):
                entity.kind = SourceKind.ORGANISATION  # its name alone looked like a person's
            if entity.kind is SourceKind.ORGANISATION:
                return key
        return None

    def _pronoun(self, pronoun: str, start: int, spoken: Spoken) -> Key | None:
        """The person (or for "it" the body) last cited or named before the pronoun."""
        people = pronoun in ("he", "she", "who")
        for paragraph, place, key in reversed(self._recent[-8:]):
            if people and (subject := self._subject_between(place, start)):
                return subject
            if spoken.place.paragraph - paragraph > PRONOUN_PARAGRAPHS:
                break
            kind = self._entities[key].kind
            if (kind in (SourceKind.PERSON, SourceKind.ANONYMOUS)) == (people or pronoun == "they"):
                return key
        return self._person_before(start) if people else None

    def _subject_between(self, start: int, end: int) -> Key | None:
        """A person with whom a sentence between two places of one paragraph begins."""
        start = max(start, self._text.rfind("\n", max(0, end - PRONOUN_CHARS), end))
        first = bisect_right(self._names.spans, (start, end))
        last = bisect_left(self._names.spans, (end, end))
        for span in reversed(self._names.spans[max(first, last - PRONOUN_NAMES) : last]):
            near = max(0, span[0] - PRONOUN_CHARS)
            begins = max(self._text.rfind(mark, near, span[0]) for mark in _BREAKS) + 1
            opening = self._text[max(begins, span[0] - 30) : span[0]].lower().split()
            key = self._names.key_of(span)
            if all(word in TITLES for word in opening) and self._names.is_personal(key):
                return self._named(span, None)
        return None

    def _person_before(self, start: int) -> Key | None:
        """The last person named before a "he" or "she", not farther than a few sentences."""
        last = bisect_left(self._names.spans, (start, start))
        for span in reversed(self._names.spans[max(0, last - PRONOUN_NAMES) : last]):
            if span[0] < start - PRONOUN_CHARS:
                break
            key = self._names.key_of(span)
            written = self._names.written(key, self._text[slice(*span)])
            kind = kind_of(written, is_name=True, has_role=False, names=self._names)
            if kind is SourceKind.PERSON:
                return self._named(span, None)
        return None

    def _channel(self, channel: Channel | None) -> tuple[tuple[Key, ...], str | None]:
        if channel is None:
            return (), None
        words = self._text[slice(*channel.words)]
        keys = tuple(key for span in channel.named if (key := self._named(span, None, outlet=True)))
        told_a_person = channel.named == (channel.words,) and any(
            self._entities[key].kind is SourceKind.PERSON for key in keys
        )
        return keys, None if told_a_person else words

    def _link(self, entity: _Entity, span: Span) -> None:
        for link in self._article.links_over(*span):
            entity.urls.setdefault(link.url)


def _head(words: Sequence[str]) -> str:
    """The noun that a phrase is about: "mother" of "the mother of one of the soldiers"."""
    low = [word.lower() for word in words]
    return low[low.index("of") - 1] if "of" in low[1:] else low[-1]


def _widest(spans: set[Span]) -> list[Span]:
    """The spans in order, without those that lie inside another ("Times" in "The Times")."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _source(source_id: str, entity: _Entity) -> Source:
    return Source(
        id=source_id,
        name=entity.name,
        role=entity.role,
        kind=entity.kind,
        mentions=tuple(_widest(entity.spans)),
        links=tuple(entity.urls),
    )
