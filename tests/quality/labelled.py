"""Where labelled data lies, and how it is scored."""

import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.articles.paragraphs import paragraphs_of
from bot.articles.tree import tree_of

SHINGLE = 4  # words


def folder(name: str) -> Path:
    """A folder of `DESKCHECK_DATA`; without it the test skips and says what is missing."""
    root = os.environ.get("DESKCHECK_DATA")
    if not root:
        pytest.skip(f"set DESKCHECK_DATA to the folder that holds {name}/")
    path = Path(root) / name
    if not path.is_dir():
        pytest.skip(f"DESKCHECK_DATA holds no {name}/")
    return path


def news_articles() -> list[tuple[str, str, list[dict]]]:
    """(name, text, labelled units) of the 60 articles of `news-claims`."""
    where = folder("news-claims")
    return [
        (
            label["id"],
            json.loads((where / "articles" / f"{label['id']}.json").read_text("utf-8"))["text"],
            label["units"],
        )
        for label in json.loads((where / "labels.json").read_text("utf-8"))
    ]


def pages() -> list[tuple[str, str, str]]:
    """(address, HTML, labelled body) of the 181 pages of the article extraction benchmark."""
    where = folder("aeb")
    labels = json.loads((where / "ground-truth.json").read_text("utf-8"))
    return [
        (
            label["url"],
            gzip.decompress((where / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8"),
            label["articleBody"],
        )
        for name, label in labels.items()
    ]


def copied_text(html: str) -> str:
    """Everything that a page shows, a line for each of its blocks."""
    root = tree_of(html)
    return "\n".join(paragraphs_of(root)) if root is not None else ""


def overlap(found: str, labelled: str) -> tuple[float, float]:
    """Precision and recall of the bag of word 4-grams."""
    ours, theirs = _shingles(found), _shingles(labelled)
    shared = sum((ours & theirs).values())
    precision = shared / sum(ours.values()) if ours else float(not theirs)
    recall = shared / sum(theirs.values()) if theirs else 1.0
    return precision, recall


def mean_f1(scores: Iterable[tuple[float, float]]) -> float:
    """F1 of mean precision and mean recall over pages, as the benchmark counts it."""
    rows = list(scores)
    precision = sum(row[0] for row in rows) / len(rows)
    recall = sum(row[1] for row in rows) / len(rows)
    return 2 * precision * recall / (precision + recall)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    if not words:
        return Counter()
    last = max(1, len(words) - SHINGLE + 1)
    return Counter(tuple(words[start : start + SHINGLE]) for start in range(last))
