"""What the desk finds in an article. Every span is in code points into `Article.text`."""

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]


class SourceKind(StrEnum):
    """What kind of thing stands behind a statement."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    DOCUMENT = "document"
    RECORDING = "recording"
    ANONYMOUS = "anonymous"
    OTHER = "other"


class Method(StrEnum):
    """How speakers were looked for: by rules and a parser, by rules alone, or not at all."""

    PARSER = "rules+parser"
    RULES = "rules"
    NONE = "none"


class ClaimKind(StrEnum):
    """What a claim asserts, and so where a checker begins to look."""

    NUMBER = "number"
    EVENT = "event"
    QUOTATION = "quotation"
    LAW = "law"
    CAUSE = "cause"
    COMPARISON = "comparison"
    BIOGRAPHY = "biography"
    SCIENCE = "science"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sentence:
    """`checkability`: could evidence settle it? `checkworthiness`: is it worth an hour, here?"""

    start: int
    end: int
    checkability: float
    checkworthiness: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what. `content` has several spans where a quotation is interrupted.

    `direct`: the words stand in quotation marks. `inferred`: no cue in the sentence itself, the
    speaker is carried over, or whom "he" or "the company" means is a guess. `via`: the channel,
    where the text names one.
    """

    id: str
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    source_id: str | None
    direct: bool
    inferred: bool
    via: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody or something cited, under the fullest name the article gives."""

    id: str
    name: str
    role: str | None
    kind: SourceKind
    mentions: tuple[Span, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable claim, word for word; `priority` 1 is worth an hour first within this article.

    `context`: what a reader must know to check it alone, in words. `repeated`: where the article
    says the same again.
    """

    id: str
    start: int
    end: int
    quote: str
    kind: ClaimKind
    checkability: float
    checkworthiness: float
    priority: int
    reasons: tuple[str, ...]
    attributions: tuple[str, ...]
    sources: tuple[str, ...]
    links: tuple[str, ...]
    unsourced: bool
    context: str | None = None
    repeated: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """All of an article's sentences, attributions, sources and claims, each in text order.

    `warnings`: what the desk could not do as well as it can, in words.
    """

    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    method: Method = Method.RULES
    warnings: tuple[str, ...] = ()
