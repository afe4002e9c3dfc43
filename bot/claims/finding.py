"""From an article to its findings: sentences, who says what, sources, ranked claims."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.articles.article import Article
from bot.claims.findings import Attribution, Claim, Findings, Method, Sentence, Source, Span
from bot.claims.naming import Key
from bot.claims.quotations import MARKS, Quotation
from bot.claims.reasons import kind_of_claim, reasons_for
from bot.claims.scores import CHECKABLE, Score
from bot.claims.signals import Signals
from bot.claims.sources import Cited
from bot.claims.speech import Place
from bot.claims.tongues import Tongue, tongue_of

FIRST_SHARE = 0.25  # of the sentences: what a desk checks if it can check only a few
SECOND_SHARE = 0.6
LEAD_SENTENCES = 2
LAST_SENTENCES = 3
WHOLE_CONTENT = 0.4  # what somebody says stands for the sentence from this share of it


@dataclass(frozen=True, slots=True)
class _Judged:
    place: Place
    signals: Signals
    score: Score
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...] = ()


def find_claims(article: Article, *, may_parse: bool = True) -> Findings:
    """Everything checkable in an article, in text order, ranked within the article.

    English is parsed where the parser is installed, unless `may_parse` is False. About a quarter of
    the sentences get priority 1, at least one if there is any claim. Linear in the length of the
    text.
    """
    text = article.text
    tongue = tongue_of(article, may_parse=may_parse)
    places = tongue.places(article)
    cast = tongue.cast(article, places)
    spoken = tongue.speech(text, places)
    made = [cast.attribution(number, one) for number, one in enumerate(spoken, start=1)]
    ids, sources = cast.sources()
    attributions, cited = _numbered(made, ids)
    by_place: dict[int, list[Attribution]] = {}
    for one, attribution in zip(spoken, attributions, strict=True):
        for place in (one.place, *one.continued):
            by_place.setdefault(place.start, []).append(attribution)
    judged = _judged(tongue, text, places, by_place)
    by_id = {source.id: source for source in sources}
    judged = [
        replace(one, sources=tuple(by_id[key] for key in _ids(one.attributions, cited)))
        for one in judged
    ]
    return Findings(
        sentences=tuple(
            Sentence(
                one.place.start, one.place.end, one.score.checkability, one.score.checkworthiness
            )
            for one in judged
        ),
        attributions=tuple(attributions),
        sources=sources,
        claims=tuple(_claims(article, judged, tongue.method)),
        method=tongue.method,
    )


def _numbered(
    made: Sequence[Cited], ids: Mapping[Key, str]
) -> tuple[list[Attribution], dict[str, tuple[str, ...]]]:
    """Attributions with their speaker's id, and per attribution every source it cites."""
    attributions: list[Attribution] = []
    cited: dict[str, tuple[str, ...]] = {}
    for one in made:
        source_id = ids[one.speaker] if one.speaker is not None else None
        attributions.append(replace(one.attribution, source_id=source_id))
        keys = (one.speaker, *one.channel) if one.speaker is not None else one.channel
        cited[one.attribution.id] = tuple(dict.fromkeys(ids[key] for key in keys))
    return attributions, cited


def _judged(
    tongue: Tongue,
    text: str,
    places: Sequence[Place],
    by_place: Mapping[int, Sequence[Attribution]],
) -> list[_Judged]:
    """Every sentence with its signals, scores and attributions; its sources are still to come."""
    signals = [tongue.signals(text, place) for place in places]
    last = max(len(places) - 1, 1)
    for index, (place, seen) in enumerate(zip(places, signals, strict=True)):
        seen["attributed"] = float(place.start in by_place)
        seen["position"] = 1 - index / last
        seen["lead"] = float(index < LEAD_SENTENCES)
        seen["last"] = float(index >= len(places) - LAST_SENTENCES)
    return [
        _Judged(place, seen, score, tuple(by_place.get(place.start, ())))
        for place, seen, score in zip(places, signals, tongue.scores(signals), strict=True)
    ]


def _ids(
    attributions: Sequence[Attribution], cited: Mapping[str, Sequence[str]]
) -> dict[str, None]:
    """The ids of everybody cited for a sentence, each once, in order."""
    return dict.fromkeys(key for one in attributions for key in cited[one.id])


def _claims(article: Article, judged: Sequence[_Judged], method: Method) -> list[Claim]:
    checkable = [one for one in judged if one.score.checkability >= CHECKABLE]
    priorities = _priorities([one.score.checkworthiness for one in checkable], len(judged))
    return [
        _claim(article, one, number, priority, may_be_unsourced=method is not Method.NONE)
        for number, (one, priority) in enumerate(zip(checkable, priorities, strict=True), start=1)
    ]


def _claim(
    article: Article, one: _Judged, number: int, priority: int, *, may_be_unsourced: bool
) -> Claim:
    start, end = _span_of(article.text, one)
    links = article.links_over(one.place.start, one.place.end)
    unsourced = may_be_unsourced and not one.attributions and not links
    reasons = reasons_for(
        one.signals,
        attributions=one.attributions,
        sources=one.sources,
        has_link=bool(links),
        unsourced=unsourced,
    )
    return Claim(
        id=str(number),
        start=start,
        end=end,
        quote=article.text[start:end],
        kind=kind_of_claim(one.signals, one.attributions),
        checkability=one.score.checkability,
        checkworthiness=one.score.checkworthiness,
        priority=priority,
        reasons=reasons,
        attributions=tuple(attribution.id for attribution in one.attributions),
        sources=tuple(source.id for source in one.sources),
        links=tuple(dict.fromkeys(link.url for link in links)),
        unsourced=unsourced,
    )


def _priorities(worth: Sequence[float], sentences: int) -> list[int]:
    """1, 2 or 3 for every claim by its rank; earlier claims first among equals."""
    ranked = sorted(range(len(worth)), key=lambda index: -worth[index])
    first = max(1, math.ceil(FIRST_SHARE * sentences))
    second = max(first, math.ceil(SECOND_SHARE * sentences))
    priorities = [3] * len(worth)
    for rank, index in enumerate(ranked):
        priorities[index] = 1 if rank < first else 2 if rank < second else 3
    return priorities


def _span_of(text: str, one: _Judged) -> Span:
    """What is to be checked: the words that somebody says, where they are most of the sentence.

    A quotation that stands alone is taken without its outer marks.
    """
    start, end = one.place.start, one.place.end
    said = [span for attribution in one.attributions for span in attribution.content]
    spans = [span for span in said if start <= span[0] and span[1] <= end]
    if spans:
        first, last = min(span[0] for span in spans), max(span[1] for span in spans)
        infinitive = text.startswith("to ", first)
        if not infinitive and last - first >= WHOLE_CONTENT * (end - start):
            start, end = first, last
    for quotation in one.place.quoted:
        if quotation.start == start and quotation.end == end and not quotation.open_ended:
            return _inside(text, quotation)
    return start, end


def _inside(text: str, quotation: Quotation) -> Span:
    start = quotation.start + (text[quotation.start] in MARKS)
    end = quotation.end - (text[quotation.end - 1] in MARKS)
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if end > start else (quotation.start, quotation.end)
