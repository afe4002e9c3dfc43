"""From an article to its findings: sentences, who says what, sources, ranked claims."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.articles.article import Article
from bot.claims.claiming import Cited, claims_of
from bot.claims.findings import Attribution, Findings, Sentence
from bot.claims.judging import judge
from bot.claims.naming import Key
from bot.claims.reasons import NO_NETWORK
from bot.claims.sources import Cited as Made
from bot.claims.tongues import tongue_of


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
    attributions, cites = _numbered(made, ids)
    by_place: dict[int, list[Attribution]] = {}
    for one, attribution in zip(spoken, attributions, strict=True):
        for place in (one.place, *one.continued):
            by_place.setdefault(place.start, []).append(attribution)
    judged = judge(tongue, text, places, spoken)
    cited = Cited(by_place, {source.id: source for source in sources}, cites)
    return Findings(
        sentences=tuple(
            Sentence(
                part.place.start,
                part.place.end,
                part.score.checkability,
                part.score.checkworthiness,
            )
            for part in judged.parts
        ),
        attributions=tuple(attributions),
        sources=sources,
        claims=tuple(claims_of(article, tongue, places, judged.parts, cited)),
        method=tongue.method,
        warnings=(NO_NETWORK,) if judged.lacks_network else (),
    )


def _numbered(
    made: Sequence[Made], ids: Mapping[Key, str]
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
