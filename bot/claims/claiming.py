"""From judged sentences to claims: spans, reasons, context, ranks, and repetitions merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.articles.article import Article, Link
from bot.claims.context import context_of
from bot.claims.findings import Attribution, Claim, Method, Source, Span
from bot.claims.judging import Part
from bot.claims.ranking import priorities
from bot.claims.reasons import kind_of_claim, reasons_for
from bot.claims.repeats import first_mentions
from bot.claims.scores import CHECKABLE, Score
from bot.claims.signals import Signals
from bot.claims.spans import claim_spans
from bot.claims.speech import Place
from bot.claims.tongues import Tongue


@dataclass(frozen=True, slots=True)
class Cited:
    """Who says what in an article: by id, and per attribution the ids of everybody it cites."""

    by_place: Mapping[int, Sequence[Attribution]]
    sources: Mapping[str, Source]
    cites: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A span to be checked, with what stands behind it."""

    span: Span
    signals: Signals
    score: Score
    attributions: tuple[Attribution, ...]
    links: tuple[Link, ...]
    repeated: tuple[Span, ...] = ()


def claims_of(
    article: Article, tongue: Tongue, places: Sequence[Place], parts: Sequence[Part], cited: Cited
) -> list[Claim]:
    """The claims in text order; what is said twice is listed once, at its first mention."""
    owned: dict[int, list[Part]] = {}
    for part in parts:
        owned.setdefault(part.owner, []).append(part)
    found = [
        one
        for owner, place in enumerate(places)
        for one in _found(article, tongue, place, owned.get(owner, ()), cited)
    ]
    found = _merged(article.text, found)
    ranks = priorities([one.score.checkworthiness for one in found], len(parts))
    return [
        _claim(article, tongue, one, cited, (number, priority))
        for number, (one, priority) in enumerate(zip(found, ranks, strict=True), start=1)
    ]


def _found(
    article: Article, tongue: Tongue, place: Place, parts: Sequence[Part], cited: Cited
) -> list[_Found]:
    """What is to be checked in one place; nothing where no part of it is checkable."""
    if not parts or max(part.score.checkability for part in parts) < CHECKABLE:
        return []
    score = Score(
        max(part.score.checkability for part in parts),
        max(part.score.checkworthiness for part in parts),
    )
    seen = _strongest([part.signals for part in parts])
    said = cited.by_place.get(place.start, ())
    spans = claim_spans(article.text, place, said)
    found = []
    for span in spans:
        piece = place if len(spans) == 1 else place.cut(*span)
        signals = seen if piece is place else seen | tongue.signals(article.text, piece)
        links = article.links_over(piece.start, piece.end)
        found.append(_Found(span, signals, score, _said_over(said, span), tuple(links)))
    return found


def _strongest(signals: Sequence[Signals]) -> Signals:
    """The signals of a quotation of several sentences."""
    return signals[0] | {name: max(one[name] for one in signals) for name in signals[0]}


def _said_over(said: Sequence[Attribution], span: Span) -> tuple[Attribution, ...]:
    """The attributions whose words are in the span, or of which only the speaker is known."""
    return tuple(
        one
        for one in said
        if not one.content or any(start < span[1] and end > span[0] for start, end in one.content)
    ) or tuple(said if len(said) == 1 and not said[0].content else ())


def _merged(text: str, found: Sequence[_Found]) -> list[_Found]:
    """Every claim once; the first mention takes over who says it later, and with which links."""
    firsts = first_mentions(text, [one.span for one in found])
    merged: dict[int, _Found] = {}
    for index, (one, first) in enumerate(zip(found, firsts, strict=True)):
        if first == index:
            merged[index] = one
            continue
        kept = merged[first]
        merged[first] = replace(
            kept,
            score=max(kept.score, one.score, key=lambda score: score.checkworthiness),
            attributions=tuple(dict.fromkeys((*kept.attributions, *one.attributions))),
            links=tuple(dict.fromkeys((*kept.links, *one.links))),
            repeated=(*kept.repeated, one.span),
        )
    return list(merged.values())


def _claim(
    article: Article, tongue: Tongue, one: _Found, cited: Cited, number: tuple[int, int]
) -> Claim:
    """`number` is the claim's number and its priority."""
    start, end = one.span
    ids = dict.fromkeys(key for said in one.attributions for key in cited.cites[said.id])
    sources = [cited.sources[key] for key in ids]
    unsourced = tongue.method is not Method.NONE and not one.attributions and not one.links
    return Claim(
        id=str(number[0]),
        start=start,
        end=end,
        quote=article.text[start:end],
        kind=kind_of_claim(one.signals, one.attributions),
        checkability=one.score.checkability,
        checkworthiness=one.score.checkworthiness,
        priority=number[1],
        reasons=reasons_for(
            one.signals,
            attributions=one.attributions,
            sources=sources,
            has_link=bool(one.links),
            unsourced=unsourced,
        ),
        attributions=tuple(said.id for said in one.attributions),
        sources=tuple(ids),
        links=tuple(dict.fromkeys(link.url for link in one.links)),
        unsourced=unsourced,
        context=_context(article, tongue, one, cited),
        repeated=one.repeated,
    )


def _context(article: Article, tongue: Tongue, one: _Found, cited: Cited) -> str | None:
    if not tongue.reads_by_network:
        return None  # the notes are on English words
    published_at = article.published_at
    return context_of(
        article.text,
        one.span,
        attributions=one.attributions,
        sources=tuple(cited.sources.values()),
        published_on=published_at.date() if published_at else None,
    )
