"""The article in plain text: a clean paste, or a page copied with everything around it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.articles.bylines import byline_in
from bot.articles.characters import one_line, plain
from bot.articles.line_features import running_words
from bot.articles.line_scores import body_chances, body_lines
from bot.articles.moments import date_line
from bot.articles.site_lines import is_site_line

LINES = 20_000  # a paste with more lines is cut here
HEAD_LINES = 12  # title, byline and date stand at most so far above the body
PASTE_LINES = 40
CLEAN_SHARE = 0.75  # with this share of running text, and no site's line, nothing is cut
CLEAN_CONFIDENCE, CUT_CONFIDENCE = 0.95, 0.9  # at most, for what is kept whole and what is not
SAID_TWICE = 60  # characters: a longer line that comes again is a copy for another place

_SENTENCE_END = re.compile(r"[.!?…。:]['\"”’»)\]]{0,2}$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PlainReading:
    """What the lines of a text turned out to be; `confidence` in [0, 1]."""

    paragraphs: tuple[str, ...]
    title: str | None
    authors: tuple[str, ...]
    published_at: datetime | None
    confidence: float


def read_lines(text: str) -> PlainReading:
    """Title, byline, date and body paragraphs of a text; linear in its length.

    Costs about 20 ms of CPU for a page copied whole.
    """
    lines = lines_of(text)
    kept, confidence = _kept(lines)
    start = kept.index(True) if True in kept else 0
    title = _title_above(lines, start) if start else None
    if title is None and sum(kept) > 1 and is_heading(lines[start]):
        title = lines[start]
        kept[start] = False
    head = lines[max(0, start - HEAD_LINES) : start + 3]
    stays = zip(lines, kept, strict=True)
    body = [line for line, is_kept in stays if is_kept and line != title]
    return PlainReading(
        paragraphs=tuple(line for index, line in enumerate(body) if not _is_head_line(line, index)),
        title=title,
        authors=next((names for line in head if (names := byline_in(line))), ()),
        published_at=next((moment for line in head if (moment := date_line(line))), None),
        confidence=round(confidence, 3) if body else 0.0,
    )


def lines_of(text: str) -> list[str]:
    """A paragraph each; lines that were wrapped at a fixed width are joined again."""
    paragraphs: list[str] = []
    block: list[str] = []
    for line in [*plain(text).split("\n")[:LINES], ""]:
        if tidy := one_line(line):
            block.append(tidy)
            continue
        paragraphs.extend([" ".join(block)] if _is_wrapped(block) else block)
        block = []
    return paragraphs


def first_times(lines: Sequence[str], kept: Sequence[bool]) -> list[bool]:
    """Which lines are kept when long ones that were kept before, word for word, are left out."""
    seen: set[str] = set()
    first: list[bool] = []
    for line, is_kept in zip(lines, kept, strict=True):
        first.append(is_kept and (len(line) < SAID_TWICE or line not in seen))
        if is_kept:
            seen.add(line)
    return first


def _kept(lines: Sequence[str]) -> tuple[list[bool], float]:
    """Which lines are the body, and how sure that is."""
    if _is_clean(lines):
        return [True] * len(lines), CLEAN_CONFIDENCE
    chances = body_chances(lines)
    kept = first_times(lines, body_lines(lines, chances))
    chosen = [
        (float(chance), len(line))
        for line, chance, is_kept in zip(lines, chances, kept, strict=True)
        if is_kept
    ]
    size = sum(count for _, count in chosen) or 1
    return kept, CUT_CONFIDENCE * sum(chance * count for chance, count in chosen) / size


def _is_wrapped(block: Sequence[str]) -> bool:
    if len(block) < 2:
        return False
    width = max(map(len, block))
    return 50 <= width <= 100 and all(len(line) >= 0.75 * width for line in block[:-1])


def _is_clean(lines: Sequence[str]) -> bool:
    amounts = [running_words(line) for line in lines]
    sites = sum(is_site_line(line) for line in lines)
    if len(lines) <= PASTE_LINES and sites <= 1:  # a draft with a list in it; pages have more
        return bool(lines)
    return sites == 0 and sum(amount > 0 for amount in amounts) >= CLEAN_SHARE * (len(lines) - 3)


def _title_above(lines: Sequence[str], start: int) -> str | None:
    """The heading over the body: said twice, or near and of the body's words."""
    seen = Counter(lines[:start])
    body = set(_WORD.findall(" ".join(lines[start : start + 15]).lower()))
    best, best_score = None, 0.5
    for index in range(max(0, start - HEAD_LINES), start):
        line = lines[index]
        words = _WORD.findall(line.lower())
        if not is_heading(line) or not words:
            continue
        shared = sum(word in body for word in words) / len(words)
        score = shared + 0.5 * (seen[line] > 1) + min(len(words), 8) / 16
        if score > best_score:
            best, best_score = line, score
    return best


def is_heading(line: str) -> bool:
    """A line like a title: some words, no full stop, no list, byline or date."""
    words = line.split()
    listed = line.count(",") >= 3 and len(words) <= 2 * (line.count(",") + 1)
    ended = bool(_SENTENCE_END.search(line)) and not line.endswith(("?", "!"))
    plain_line = not byline_in(line) and not date_line(line) and not is_site_line(line)
    return 3 <= len(words) <= 30 and not ended and not listed and plain_line


def _is_head_line(line: str, index: int) -> bool:
    """A byline or a date that stands alone at the head is no paragraph of the body."""
    if index > 2 or len(line) > 100:
        return False
    return bool(date_line(line)) or bool(byline_in(line))
