"""The sources of an article: every speaker and channel once, under the fullest name."""

from dataclasses import dataclass

from bot.articles.article import Article
from bot.claims.channels import Channel
from bot.claims.findings import Attribution, Source, SourceKind, Span
from bot.claims.naming import Key, Names, kind_of
from bot.claims.phrases import Speaker
from bot.claims.references import Entity, Meant, References
from bot.claims.speech import Spoken
from bot.claims.words import (
    ANONYMOUS_WORDS,
    DETERMINERS,
    DOCUMENT_WORDS,
    FUNCTION_WORDS,
    RECORDING_WORDS,
)

MENTIONS = 200

_BODIES = FUNCTION_WORDS["bodies"]
_STAFF = ANONYMOUS_WORDS | {"management"}
_PAPERS = DOCUMENT_WORDS | RECORDING_WORDS
_PLACES = FUNCTION_WORDS["places"]
_OWNERS = frozenset({"his", "her", "their"})


@dataclass(frozen=True, slots=True)
class Cited:
    """An attribution, and under which keys its speaker and its channel are collected."""

    attribution: Attribution
    speaker: Key | None
    channel: tuple[Key, ...]


class Cast:
    """Collects who is cited while an article's speech is gone through in text order."""

    def __init__(self, article: Article, names: Names) -> None:
        self._article, self._text, self._names = article, article.text, names
        self._entities: dict[Key, Entity] = {}
        self._references = References(self._text, names, self._entities)
        self._issued: dict[str, Key] = {}  # who made the statement, the letter, the video

    def attribution(self, number: int, spoken: Spoken) -> Cited:
        """The attribution, its `source_id` still empty, with the keys of speaker and channel."""
        statement = spoken.statement
        speaker, sure = self._speaker(statement.speaker, spoken)
        channel, words = self._channel(statement.channel)
        if speaker is not None and words and (paper := words.split()[-1].lower()) in _PAPERS:
            self._issued[paper] = speaker
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
            inferred=spoken.inferred or not sure,
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

    def _speaker(self, speaker: Speaker | None, spoken: Spoken) -> tuple[Key | None, bool]:
        """Under which key the speaker is collected, and whether that is sure."""
        if speaker is None:
            return None, True
        if speaker.means is not None:
            return self._speaker(speaker.means, spoken)
        paragraph, start = spoken.place.paragraph, speaker.span[0]
        sure = True
        if speaker.is_pronoun:
            word = self._text[slice(*speaker.span)].lower()
            key, sure = self._resolved(self._references.pronoun(word, start, paragraph))
        elif speaker.is_name:
            key = self._named(speaker.span, speaker.role)
        else:
            key, sure = self._described(speaker.span, paragraph)
        if key is not None:
            self._references.note(paragraph, start, key)
        return key, sure

    def _resolved(self, meant: Meant | None) -> tuple[Key | None, bool]:
        if meant is None:
            return None, True
        if meant.name is not None:
            self._named(meant.name, None)
        return meant.key, meant.sure

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
            entity = self._entities[key] = Entity(written, kind)
        entity.spans.add(span)
        if role is not None and entity.role is None:
            entity.role = self._text[slice(*role)]
        return key

    def _described(self, span: Span, paragraph: int) -> tuple[Key | None, bool]:
        words = self._text[slice(*span)].split()
        definite = words[0].lower() in ("the", "this")
        if definite and words[-1].lower() in self._issued:
            issuer = self._issued[words[-1].lower()]
            self._entities[issuer].spans.add(span)
            return issuer, False
        if definite or words[0].endswith(("’s", "'s")) or words[0].lower().endswith("-old"):
            meant = self._references.description(
                words, span[0], paragraph, may_guess=words[0][-2:] not in ("’s", "'s")
            )
            if meant is not None:
                key, sure = self._resolved(meant)
                self._entities[meant.key].spans.add(span)
                return key, sure
        name, sure = self._spelled_out(words, span, paragraph)
        key = ("", *name.lower().split())
        kind = kind_of(name, is_name=False, has_role=False, names=self._names)
        self._entities.setdefault(key, Entity(name, kind)).spans.add(span)
        return key, sure

    def _spelled_out(self, words: list[str], span: Span, paragraph: int) -> tuple[str, bool]:
        """ "agency officials" with the agency's name, "his office" with that of its head."""
        first = words[0].lower()
        if first in _OWNERS - {"their"} and len(words) > 1:
            meant = self._references.pronoun("he", span[0], paragraph)
            if meant is not None:
                owner = self._name_of(meant)
                return f"{owner}’s {' '.join(words[1:])}", False
        while len(words) > 1 and words[0].lower() in DETERMINERS - _OWNERS:
            words = words[1:]
        if words[0].lower() in _BODIES and words[-1].lower() in _STAFF and "of" not in words:
            meant = self._references.description(["the", words[0]], span[0], paragraph)
            if meant is not None:
                return f"{self._name_of(meant)} {' '.join(words[1:])}", False
        if len(words) > 1 and words[0][0].isupper():
            start = self._text.index(words[0], span[0])
            key = self._names.key_of((start, start + len(words[0])))
            if len(key) > 1 and words[0].lower() not in _PLACES:
                words = [self._names.written(key, words[0]), *words[1:]]
        return " ".join(words), True

    def _name_of(self, meant: Meant) -> str:
        if meant.key in self._entities:
            return self._entities[meant.key].name
        return self._names.written(meant.key, " ".join(meant.key))

    def _channel(self, channel: Channel | None) -> tuple[tuple[Key, ...], str | None]:
        if channel is None:
            return (), None
        words = self._text[slice(*channel.words)]
        keys = tuple(key for span in channel.named if (key := self._named(span, None, outlet=True)))
        told_a_person = channel.named == (channel.words,) and any(
            self._entities[key].kind is SourceKind.PERSON for key in keys
        )
        return keys, None if told_a_person else words

    def _link(self, entity: Entity, span: Span) -> None:
        for link in self._article.links_over(*span):
            entity.urls.setdefault(link.url)


def _widest(spans: set[Span]) -> list[Span]:
    """The spans in order, without those that lie inside another ("Times" in "The Times")."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _source(source_id: str, entity: Entity) -> Source:
    return Source(
        id=source_id,
        name=entity.name,
        role=entity.role,
        kind=entity.kind,
        mentions=tuple(_widest(entity.spans)),
        links=tuple(entity.urls),
    )
