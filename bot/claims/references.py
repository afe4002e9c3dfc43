"""Whom "he", "the company" or "agency officials" mean, and whether that is sure."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.claims.findings import SourceKind, Span
from bot.claims.naming import Key, Names, kind_of
from bot.claims.words import ANONYMOUS_WORDS, BREAKS, FUNCTION_WORDS, OUTLET_WORDS, TITLES

NEAR_CHARS = 600  # a person named farther before is not who "he" is
NEAR_NAMES = 8
NEAR_PARAGRAPHS = 3  # a pronoun reaches back at most so far to somebody cited
NEAR_CITED = 8

_SENTENCE_ENDS = (". ", "\n", "” ", "? ", "! ")
_AFTER_NOUN = BREAKS | {"of", "for", "inside", "within"}
_PLACES = FUNCTION_WORDS["places"]
_BODIES = FUNCTION_WORDS["bodies"]
_PERSONAL_ENDINGS = ("er", "or", "ist", "ian", "ess", "man", "woman", "-old")
_BODY_KINDS = (SourceKind.ORGANISATION, SourceKind.OUTLET)


@dataclass(slots=True)
class Entity:
    """Somebody or something cited, as far as the text was gone through."""

    name: str
    kind: SourceKind
    role: str | None = None
    spans: set[Span] = field(default_factory=set)
    urls: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant; `name` is a place where the name stands, if it was never cited before."""

    key: Key
    sure: bool
    name: Span | None = None


class References:
    """Looks up whom a pronoun or a description means, while citations are gone through in order."""

    def __init__(self, text: str, names: Names, entities: Mapping[Key, Entity]) -> None:
        self._text, self._names, self._entities = text, names, entities
        self._cited: list[tuple[int, int, Key]] = []
        self._bodies: list[tuple[Span, Key]] | None = None
        self._counted = 0
        self._often: Counter[Key] = Counter()
        self._leading: tuple[Span, Key] | None = None

    def note(self, paragraph: int, place: int, key: Key) -> None:
        """Remember that `key` was cited at a place."""
        self._cited.append((paragraph, place, key))

    def pronoun(self, word: str, start: int, paragraph: int) -> Meant | None:
        """Whom a pronoun means: the person (for "it" the body) cited or named last before it."""
        if word in ("he", "she", "who"):
            return self._person(start, paragraph)
        for earlier, _, key in reversed(self._cited[-NEAR_CITED:]):
            if paragraph - earlier > NEAR_PARAGRAPHS:
                break
            personal = self._is_person(key) or self._entities[key].kind is SourceKind.ANONYMOUS
            if word == "they" or not personal:
                return Meant(key, sure=False)
        return None

    def description(
        self, words: Sequence[str], start: int, paragraph: int, *, may_guess: bool = True
    ) -> Meant | None:
        """Whom "the actor", "the company" or "the 56-year-old" means; None if nobody is known.

        Unless `may_guess`, only somebody whom the text calls so.
        """
        noun = head_of(words)
        for _, _, key in reversed(self._cited[-NEAR_CITED:]):
            role = self._entities[key].role
            if role and key[0] and noun == head_of(role.partition(",")[0].split()):
                return Meant(key, sure=True)
            if not key[0] and noun == head_of(key[1:]) and noun in ANONYMOUS_WORDS:
                return Meant(key, sure=False)
        if called := self._called(noun, start):
            keys = {self._names.key_of(one) for one in called}
            return Meant(self._names.key_of(called[-1]), sure=len(keys) == 1, name=called[-1])
        if not may_guess:
            return None
        if noun in _BODIES:
            return self._body(noun, start)
        anonymous = noun in ANONYMOUS_WORDS - {"man", "woman"}
        if noun.endswith(_PERSONAL_ENDINGS) and not anonymous and noun not in OUTLET_WORDS:
            meant = self._person(start, paragraph)
            return Meant(meant.key, sure=False, name=meant.name) if meant else None
        return None

    def _body(self, noun: str, start: int) -> Meant | None:
        """The organisation cited last, else the one that the text before names most often."""
        for _, _, key in reversed(self._cited[-NEAR_CITED:]):
            entity = self._entities[key]
            if not key[0]:
                continue
            unknown = entity.kind is SourceKind.PERSON and not entity.role
            if unknown and not self._names.is_personal(key):
                entity.kind = SourceKind.ORGANISATION  # its name alone looked like a person's
            if entity.kind in _BODY_KINDS and (
                (entity.kind is SourceKind.OUTLET) <= (noun in OUTLET_WORDS | {"organization"})
            ):
                return Meant(key, sure=False)
        body = self._most_named(start)
        return Meant(self._names.key_of(body), sure=False, name=body) if body else None

    def _most_named(self, start: int) -> Span | None:
        """The organisation named most often before a place; places come in text order."""
        if self._bodies is None:
            self._bodies = list(self._all_bodies())
        while self._counted < len(self._bodies) and self._bodies[self._counted][0][0] < start:
            span, key = self._bodies[self._counted]
            self._counted += 1
            self._often[key] += 1
            if self._leading is None or self._often[key] > self._often[self._leading[1]]:
                self._leading = (span, key)
        return self._leading[0] if self._leading else None

    def _called(self, noun: str, start: int) -> Sequence[Span]:
        """The last few names that the text calls by the noun before a place, else the first.

        An organisation is only called so by what stands before.
        """
        called = self._names.called(noun)
        before = bisect_left(called, (start, start))
        if before == 0 and noun not in _BODIES:
            return called[:1]
        return called[max(0, before - NEAR_NAMES) : before]

    def _all_bodies(self) -> Iterable[tuple[Span, Key]]:
        for span in self._names.spans:
            key = self._names.key_of(span)
            known = key and key[-1] not in _PLACES
            if known and self._kind(key, span) is SourceKind.ORGANISATION:
                yield span, key

    def _person(self, start: int, paragraph: int) -> Meant | None:
        for earlier, place, key in reversed(self._cited[-NEAR_CITED:]):
            if subject := self._subject_between(place, start):
                return self._meant(subject, start)
            if paragraph - earlier > NEAR_PARAGRAPHS:
                break
            if self._entities[key].kind in (SourceKind.PERSON, SourceKind.ANONYMOUS):
                return Meant(key, sure=self._only(key, start))
        if subject := self._subject_between(start - NEAR_CHARS, start):
            return self._meant(subject, start)
        people = [one for one in self._people_before(start) if self._names.is_personal(one[1])]
        subject = people[0][0] if people else self._named_before(start)
        return self._meant(subject, start) if subject else None

    def _meant(self, name: Span, start: int) -> Meant:
        key = self._names.key_of(name)
        return Meant(key, sure=self._only(key, start), name=name)

    def _only(self, key: Key, start: int) -> bool:
        """Nobody else is named shortly before."""
        return all(other == key for _, other in self._people_before(start))

    def _subject_between(self, start: int, end: int) -> Span | None:
        """A person with whom a sentence between two places of one paragraph begins."""
        start = max(start, self._text.rfind("\n", max(0, end - NEAR_CHARS), end))
        for span, key in self._people_before(end):
            if span[0] < start:
                break
            near = max(0, span[0] - NEAR_CHARS)
            begins = max(self._text.rfind(mark, near, span[0]) for mark in _SENTENCE_ENDS) + 1
            opening = self._text[max(begins, span[0] - 30) : span[0]].lower().split()
            if all(word in TITLES for word in opening) and self._names.is_personal(key):
                return span
        return None

    def _named_before(self, start: int) -> Span | None:
        return next((span for span, _ in self._people_before(start)), None)

    def _people_before(self, start: int) -> Iterable[tuple[Span, Key]]:
        """People named shortly before a place, the nearest first."""
        first = bisect_right(self._names.spans, (start - NEAR_CHARS, start))
        last = bisect_left(self._names.spans, (start, start))
        for span in reversed(self._names.spans[max(first, last - NEAR_NAMES) : last]):
            key = self._names.key_of(span)
            if key and self._kind(key, span) is SourceKind.PERSON:
                yield span, key

    def _kind(self, key: Key, span: Span) -> SourceKind:
        if key in self._entities:
            return self._entities[key].kind
        written = self._names.written(key, self._text[slice(*span)])
        return kind_of(written, is_name=True, has_role=False, names=self._names)

    def _is_person(self, key: Key) -> bool:
        return self._entities[key].kind is SourceKind.PERSON


def head_of(words: Sequence[str]) -> str:
    """The noun that a phrase is about: "mother" of "the mother of one of the soldiers"."""
    low = [word.lower() for word in words]
    end = next((place for place, word in enumerate(low) if place and word in _AFTER_NOUN), None)
    return low[:end][-1]
