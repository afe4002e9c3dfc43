"""Fits the weights that tell an article's lines from a site's, and says how well they do elsewhere.

    DESKCHECK_DATA=… .venv/bin/python -m tests.quality.line_fitting

writes `bot/articles/line_weights.json` from the 181 labelled pages of `aeb/`. What it prints, and
what the quality tests hold, comes from cross-validation by site: every page is read with weights
that saw no page of its site, in either of the two readings.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

from bot.articles.line_context import first_features, second_features
from bot.articles.line_scores import Weights, body_lines, chances_of
from bot.articles.plain_text import first_times, lines_of
from tests.quality.labelled import copied_text, mean_f1, overlap, pages

SITES_APART = 10  # parts of the outer cross-validation
PARTS = 3  # of the inner one, which makes the chances that the second reading learns from
PENALTY = 3.0
ROUNDS = 8  # of Newton's method; the weights stand still after six
PAGE_WEIGHT = 30.0
GRAM = 4
SECOND_LEVELS = {"co", "com", "org", "net", "gov"}
WEIGHTS = Path(__file__).parents[2] / "bot" / "articles" / "line_weights.json"


@dataclass
class LabelledPage:
    """The lines of a page's text, which of them are its body, and how much each counts."""

    site: str
    lines: list[str]
    body: str
    labels: np.ndarray
    weights: np.ndarray
    first: np.ndarray


def labelled_pages() -> list[LabelledPage]:
    """All pages of the benchmark, as their text would be copied."""
    return [_labelled(url, lines_of(copied_text(html)), body) for url, html, body in pages()]


def fitted(among: Sequence[LabelledPage]) -> Weights:
    """Weights of both readings from the given pages."""
    first = _regression([(page.first, page.labels, page.weights) for page in among])
    second = []
    for part, others in _apart(among, PARTS):
        unseen = _regression([(page.first, page.labels, page.weights) for page in others])
        for page in part:
            features = second_features(page.lines, page.first, chances_of(page.first, unseen))
            second.append((features, page.labels, page.weights))
    return Weights(first, _regression(second))


def unseen_scores(among: Sequence[LabelledPage]) -> list[tuple[float, float]]:
    """(precision, recall) of every page, read with weights that know nothing of its site."""
    scores = []
    for apart, others in _apart(among, SITES_APART):
        weights = fitted(others)
        scores.extend(overlap("\n".join(read(page, weights)), page.body) for page in apart)
    return scores


def read(page: LabelledPage, weights: Weights) -> list[str]:
    """The lines that are kept of a page."""
    features = second_features(page.lines, page.first, chances_of(page.first, weights.first))
    kept = body_lines(page.lines, chances_of(features, weights.second))
    first = first_times(page.lines, kept)
    return [line for line, is_kept in zip(page.lines, first, strict=True) if is_kept]


def _labelled(url: str, lines: list[str], body: str) -> LabelledPage:
    words = [_words(line) for line in lines]
    labels = np.array(_labels(words, _words(body)))
    counted = np.array([min(max(1, len(line.split())), 60) for line in lines], dtype=float)
    # Every page weighs about the same; of its lines the long ones, as in the score.
    weights = PAGE_WEIGHT * (counted + 3) / max(100.0, float((counted * labels).sum()))
    return LabelledPage(_site(url), lines, body, labels, weights, first_features(lines))


def _labels(lines: Sequence[list[str]], body: list[str]) -> list[float]:
    """1 for a line whose words stand in the body; a short one must join a neighbour there."""
    grams = {tuple(body[start : start + GRAM]) for start in range(len(body) - GRAM + 1)}
    text = f" {' '.join(body)} "
    labels = []
    for index, line in enumerate(lines):
        before = lines[index - 1][-GRAM:] if index else []
        behind = lines[index + 1][:GRAM] if index + 1 < len(lines) else []
        if len(line) >= GRAM + 2:
            found = [tuple(line[at : at + GRAM]) in grams for at in range(len(line) - GRAM + 1)]
            labels.append(float(2 * sum(found) >= len(found)))
        else:
            joined = (before + line if before else None, line + behind if behind else None)
            labels.append(float(bool(line) and any(_within(one, text) for one in joined)))
    return labels


def _within(words: list[str] | None, text: str) -> bool:
    return words is not None and f" {' '.join(words)} " in text


def _regression(rows: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> np.ndarray:
    """Logistic regression with a quadratic penalty, by Newton's method."""
    features, labels, counts = (np.concatenate(part) for part in zip(*rows, strict=True))
    weights = np.zeros(features.shape[1])
    penalty = np.full(features.shape[1], PENALTY)
    penalty[0] = 1e-3  # the constant may be what it likes
    for _ in range(ROUNDS):
        chances = chances_of(features, weights)
        slope = features.T @ (counts * (chances - labels)) + penalty * weights
        spread = counts * chances * (1 - chances) + 1e-9
        bend = (features * spread[:, None]).T @ features + np.diag(penalty)
        weights -= np.linalg.solve(bend, slope)
    return weights


def _site(url: str) -> str:
    names = (urlsplit(url).hostname or "").split(".")
    return ".".join(names[-3:] if len(names) > 2 and names[-2] in SECOND_LEVELS else names[-2:])


def _apart(
    among: Sequence[LabelledPage], parts: int
) -> Iterator[tuple[list[LabelledPage], list[LabelledPage]]]:
    """(pages of some sites, all others), for parts with about as many sites each."""
    sites = sorted(
        {page.site for page in among}, key=lambda site: hashlib.sha256(site.encode()).hexdigest()
    )
    part_of = {site: index % parts for index, site in enumerate(sites)}
    for part in range(parts):
        apart = [page for page in among if part_of[page.site] == part]
        yield apart, [page for page in among if part_of[page.site] != part]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def main() -> None:
    """Print what cross-validation says, then write the weights fitted on all pages."""
    labelled = labelled_pages()
    print(f"body F1 on sites that were not seen: {mean_f1(unseen_scores(labelled)):.4f}")
    weights = fitted(labelled)
    print(f"on the pages it was fitted on: {mean_f1(_seen_scores(labelled, weights)):.4f}")
    numbers = {"first": weights.first, "second": weights.second}
    rounded = {name: [round(float(one), 4) for one in each] for name, each in numbers.items()}
    WEIGHTS.write_text(json.dumps(rounded, indent=0).replace(",\n", ", ") + "\n", "utf-8")


def _seen_scores(labelled: Sequence[LabelledPage], weights: Weights) -> list[tuple[float, float]]:
    return [overlap("\n".join(read(page, weights)), page.body) for page in labelled]


if __name__ == "__main__":
    main()
