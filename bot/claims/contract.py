"""The JSON that scripts rely on: `deskcheck extract --json`, and what the database keeps."""

from typing import Any

from bot.articles.article import Article
from bot.claims.findings import Attribution, Claim, Findings, Source, Span


def to_json(article: Article, findings: Findings) -> dict[str, Any]:
    """Article and findings as plain lists, strings and numbers; what is absent is None.

    A claim's `context` is what a reader must know to check it alone, in words, or None; `repeated`
    lists the spans that say the same again. `warnings` is there only when something is amiss.
    """
    record = {
        "article": _article(article),
        "sentences": [
            {
                "start": sentence.start,
                "end": sentence.end,
                "checkability": sentence.checkability,
                "checkworthiness": sentence.checkworthiness,
            }
            for sentence in findings.sentences
        ],
        "attributions": [_attribution(one) for one in findings.attributions],
        "sources": [_source(one) for one in findings.sources],
        "claims": [_claim(one) for one in findings.claims],
        "method": findings.method.value,
    }
    return record | {"warnings": list(findings.warnings)} if findings.warnings else record


def _article(article: Article) -> dict[str, Any]:
    published_at, origin = article.published_at, article.published_at_source
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "authors": list(article.authors),
        "publication": article.publication,
        "published_at": published_at.isoformat() if published_at else None,
        "published_at_source": origin.value if origin else None,
        "language": article.language,
        "text": article.text,
        "paragraphs": _spans(article.paragraphs),
        "links": [
            {"start": link.start, "end": link.end, "text": link.text, "url": link.url}
            for link in article.links
        ],
        "status": article.status.value,
        "confidence": article.confidence,
    }


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "id": attribution.id,
        "content": _spans(attribution.content),
        "cue": _span(attribution.cue),
        "source": _span(attribution.source),
        "source_id": attribution.source_id,
        "direct": attribution.direct,
        "inferred": attribution.inferred,
        "via": attribution.via,
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "name": source.name,
        "role": source.role,
        "kind": source.kind.value,
        "mentions": _spans(source.mentions),
        "links": list(source.links),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "kind": claim.kind.value,
        "checkability": claim.checkability,
        "checkworthiness": claim.checkworthiness,
        "priority": claim.priority,
        "reasons": list(claim.reasons),
        "attributions": list(claim.attributions),
        "sources": list(claim.sources),
        "links": list(claim.links),
        "unsourced": claim.unsourced,
        "context": claim.context,
        "repeated": _spans(claim.repeated),
    }


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [list(span) for span in spans]


def _span(span: Span | None) -> list[int] | None:
    return list(span) if span else None
