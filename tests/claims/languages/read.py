"""An article of our own in each language, and what was found in it in plain words."""

from functools import cache
from pathlib import Path

from bot.articles.article import Article
from bot.articles.reading import read_text
from bot.claims.finding import find_claims
from bot.claims.findings import Findings

LANGUAGES = ("de", "es", "fr", "it", "pt", "ru", "uk")


@cache
def the_article(language: str) -> tuple[Article, Findings]:
    """The test article of a language, read as a pasted text is."""
    path = Path(__file__).parent / "articles" / f"{language}.txt"
    article = read_text(path.read_text("utf-8"))
    return article, find_claims(article)


def found_in(text: str, language: str) -> tuple[Article, Findings]:
    """A text of which the language is known, and what was found in it."""
    flat = text.strip()
    paragraphs, at = [], 0
    for paragraph in flat.split("\n\n"):
        paragraphs.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    article = Article(text=flat, paragraphs=tuple(paragraphs), language=language)
    return article, find_claims(article)


def said_in(text: str, language: str) -> list[tuple[str, str | None, str | None]]:
    """(content, speaker under the fullest name, via) of every attribution of a text."""
    return [one[:3] for one in attributed(*found_in(text, language))]


def attributed(
    article: Article, findings: Findings
) -> list[tuple[str, str | None, str | None, str]]:
    """(content, speaker, via, "direct" or "indirect", with "guess" where it was one)."""
    names = {source.id: source.name for source in findings.sources}
    return [
        (
            " … ".join(article.text[start:end] for start, end in one.content),
            names[one.source_id] if one.source_id else None,
            one.via,
            ("direct" if one.direct else "indirect") + (" guess" if one.inferred else ""),
        )
        for one in findings.attributions
    ]
