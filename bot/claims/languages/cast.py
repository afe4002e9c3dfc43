"""The sources of an article in another language: each once, under the fullest name."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.articles.article import Article
from bot.claims.channels import Channel
from bot.claims.findings import Attribution, Source, SourceKind, Span
from bot.claims.languages.grammar import Grammar
from bot.claims.languages.names import Names, kind_of
from bot.claims.languages.tokens import tokens_in, words_of
from bot.claims.naming import Key
from bot.claims.phrases import Speaker
from bot.claims.sources import Cited
from bot.claims.speech import Spoken

RECENT = 8  # as many speakers back a pronoun may reach
PARAGRAPHS = 3  # and as many paragraphs
PERSON_CHARS = 600  # and so far back to somebody who was only named
MENTIONS = 200


@dataclass(slots=True)
class _Entity:
    name: str
    kind: SourceKind
    role: str | None = None
    spans: set[Span] = field(default_factory=set)
    urls: dict[str, None] = field(default_factory=dict)


class Cast:
    """Collects who is cited while an article's speech is gone through in text order."""

    def __init__(self, article: Article, names: Names, grammar: Grammar) -> None:
        self._article, self._text = article, article.text
        self._names, self._grammar = names, grammar
        self._entities: dict[Key, _Entity] = {}
        self._recent: list[tuple[int, int, Key]] = []

    def attribution(self, number: int, spoken: Spoken) -> Cited:
        """The attribution, its `source_id` still empty, with the keys of speaker and channel."""
        statement = spoken.statement
        key, is_guess = self._speaker(statement.speaker, spoken)
        channel, words = self._channel(statement.channel)
        if key is not None and not spoken.inferred:
            self._link(self._entities[key], statement.cue)
        made = Attribution(
            id=str(number),
            content=statement.content,
            cue=None if spoken.inferred else statement.cue,
            source=statement.speaker.span if statement.speaker else None,
            source_id=None,
            direct=statement.direct,
            inferred=spoken.inferred or is_guess,
            via=words,
        )
        return Cited(made, key, channel)

    def sources(self) -> tuple[Mapping[Key, str], tuple[Source, ...]]:
        """The id of every key, and the sources in the order of their first mention."""
        for span in self._names.spans:
            entity = self._entities.get(self._names.key_of(span))
            if entity is not None and len(entity.spans) < MENTIONS:
                entity.spans.add(span)
        for key, entity in self._entities.items():
            entity.name = self._names.written(key, entity.name)
            for span in sorted(entity.spans):
                self._link(entity, span)
        ordered = sorted(self._entities.items(), key=lambda item: min(item[1].spans))
        ids = {key: str(number) for number, (key, _) in enumerate(ordered, start=1)}
        return ids, tuple(_source(ids[key], entity) for key, entity in ordered)

    def _speaker(self, speaker: Speaker | None, spoken: Spoken) -> tuple[Key | None, bool]:
        """Under which key the speaker is kept, and whether that was a guess."""
        place = speaker.span[0] if speaker else spoken.statement.cue[0]
        if speaker is None or speaker.is_pronoun:
            key, is_guess = self._before(place, spoken.place.paragraph), True
        elif speaker.is_name:
            is_guess = self._names.is_guess(speaker.span)
            if not is_guess and _is_subject(spoken, self._text, self._grammar):
                self._names.prefer(speaker.span)
            key = self._named(speaker.span, speaker.role)
            if key is not None and spoken.statement.direct:
                self._take_for_person(key)
        else:
            key, is_guess = self._described(speaker.span), False
        if key is not None:
            self._recent.append((spoken.place.paragraph, place, key))
        return key, is_guess and key is not None

    def _named(self, span: Span, role: Span | None, *, is_outlet: bool = False) -> Key | None:
        key = self._names.key_of(span)
        if not key:
            return None
        entity = self._entities.get(key)
        if entity is None:
            written = self._names.written(key, self._text[slice(*span)])
            personal = role is not None or self._names.is_personal(key)
            kind = kind_of(written, self._grammar, is_name=True, is_personal=personal)
            kind = SourceKind.OUTLET if is_outlet else kind
            entity = self._entities[key] = _Entity(written, kind)
        entity.spans.add(span)
        if role is not None and entity.role is None:
            entity.role = self._text[slice(*role)]
            if entity.kind is SourceKind.ORGANISATION and len(key) == 1 and not is_outlet:
                entity.kind = SourceKind.PERSON
        return key

    def _take_for_person(self, key: Key) -> None:
        """A single name that is quoted in marks is somebody's surname, unless it is in capitals."""
        entity = self._entities[key]
        if entity.kind is SourceKind.ORGANISATION and len(key) == 1 and not entity.name.isupper():
            known = self._grammar.holds(key[0], "organisations", "outlets")
            entity.kind = entity.kind if known else SourceKind.PERSON

    def _described(self, span: Span) -> Key | None:
        """A phrase without a name: the person of whom it is the role, or a source of its own."""
        words = words_of(self._text[slice(*span)], self._grammar.language)
        bare = [word for word in words if not self._grammar.holds(word, "determiners")]
        known = self._known_as(bare)
        if known is not None:
            self._entities[known].spans.add(span)
            return known
        name = self._text[slice(*span)]
        tokens = tokens_in(name, 0, len(name), self._grammar.language)
        if len(tokens) > 1 and self._grammar.holds(tokens[0].low, "articles"):
            name = name[tokens[1].start :]
        if not any(mark in name for mark in "«„"):
            name = name.rstrip("»“”")  # the opening mark went with the article
        kind = kind_of(name, self._grammar, is_name=False, is_personal=False)
        key = ("", *bare)
        self._entities.setdefault(key, _Entity(name, kind)).spans.add(span)
        return key

    def _known_as(self, words: list[str]) -> Key | None:
        """Whom "la alcaldesa" means among those cited before."""
        if not words or not self._grammar.holds(words[0], "titles"):
            return None
        for _, _, key in reversed(self._recent[-RECENT:]):
            role = self._entities[key].role
            if role and key[0] and words[0] in words_of(role, self._grammar.language):
                return key
        return None

    def _before(self, place: int, paragraph: int) -> Key | None:
        """The person last cited, or else last named, before a pronoun or a verb without subject."""
        for earlier, _, key in reversed(self._recent[-RECENT:]):
            if paragraph - earlier > PARAGRAPHS:
                break
            if self._entities[key].kind in (SourceKind.PERSON, SourceKind.ANONYMOUS):
                return key
        last = bisect_left(self._names.spans, (place, place))
        for span in reversed(self._names.spans[max(0, last - RECENT) : last]):
            if span[0] < place - PERSON_CHARS:
                break
            key = self._names.key_of(span)
            written = self._names.written(key, self._text[slice(*span)])
            kind = kind_of(written, self._grammar, is_name=True, is_personal=False)
            if kind is SourceKind.PERSON or self._names.is_personal(key):
                return self._named(span, None)
        near = [key for earlier, _, key in self._recent if paragraph - earlier <= PARAGRAPHS]
        return near[-1] if near else None

    def _channel(self, channel: Channel | None) -> tuple[tuple[Key, ...], str | None]:
        if channel is None:
            return (), None
        words = self._text[slice(*channel.words)]
        named = (self._named(span, None, is_outlet=True) for span in channel.named)
        return tuple(key for key in named if key), words

    def _link(self, entity: _Entity, span: Span) -> None:
        for link in self._article.links_over(*span):
            entity.urls.setdefault(link.url)


def _is_subject(spoken: Spoken, text: str, grammar: Grammar) -> bool:
    """True beside a verb: there a name stands in its first form."""
    first = words_of(text[slice(*spoken.statement.cue)], grammar.language)[:1]
    return bool(first) and first[0] not in grammar.according


def _source(source_id: str, entity: _Entity) -> Source:
    kept: list[Span] = []
    for start, end in sorted(entity.spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return Source(
        id=source_id,
        name=entity.name,
        role=entity.role,
        kind=entity.kind,
        mentions=tuple(kept),
        links=tuple(entity.urls),
    )
