"""The article in plain text: a clean paste, or a page copied with everything around it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.articles.bylines import byline_in
from bot.articles.characters import one_line, plain
from bot.articles.moments import date_line
from bot.articles.site_lines import ends_article, is_site_line

LINES = 20_000  # a paste with more lines is cut here
PROSE_WORDS = 8
LONG_WORDS = 20  # so many words are running text even without a full stop
FULL_VALUE = 40  # words of one line that count; a single long line is no article
SITE_COST = 12.0
SHORT_COST = 5.0  # a subheading costs less than the paragraph it heads brings
ENDING_COST = 60.0
HEAD_LINES = 12  # title, byline and date stand at most so far above the body
PASTE_LINES = 40
CLEAN_SHARE = 0.75  # with this share of running text, and no site's line, nothing is cut

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
    """Title, byline, date and body paragraphs of a text; linear in its length."""
    lines = _lines_of(text)
    values = [_value(line) for line in lines]
    clean = _is_clean(lines, values)
    start, end = (0, len(lines)) if clean else _best_window(values)
    title = _title_above(lines, start) if start else None
    if title is None and start < end and is_heading(lines[start]) and end - start > 1:
        title = lines[start]
        start += 1
    head = lines[max(0, start - HEAD_LINES) : start + 3]
    body = [line for line in _kept(lines[start:end], clean=clean) if line != title]
    positive = sum(value for value in values if value > 0) or 1.0
    share = sum(value for value in values[start:end] if value > 0) / positive
    return PlainReading(
        paragraphs=tuple(line for line in body if not _is_head_line(line, body.index(line))),
        title=title,
        authors=next((names for line in head if (names := byline_in(line))), ()),
        published_at=next((moment for line in head if (moment := date_line(line))), None),
        confidence=round(share * (0.95 if clean else 0.8), 3) if body else 0.0,
    )


def _lines_of(text: str) -> list[str]:
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


def _is_wrapped(block: Sequence[str]) -> bool:
    if len(block) < 2:
        return False
    width = max(map(len, block))
    return 50 <= width <= 100 and all(len(line) >= 0.75 * width for line in block[:-1])


def _value(line: str) -> float:
    """How much a line speaks for being part of the body; negative for what surrounds it."""
    words = len(line.split())
    if ends_article(line):
        return -ENDING_COST
    if is_site_line(line):
        return -SITE_COST
    if words >= LONG_WORDS or (words >= PROSE_WORDS and _SENTENCE_END.search(line)):
        return float(min(words, FULL_VALUE))
    return words / 2 if words >= 3 and _SENTENCE_END.search(line) else -SHORT_COST


def _best_window(values: Sequence[float]) -> tuple[int, int]:
    """The stretch of lines with the largest sum of values; (0, 0) if no line has any."""
    best, best_sum, start, current = (0, 0), 0.0, 0, 0.0
    for index, value in enumerate(values):
        if current <= 0:
            start, current = index, 0.0
        current += value
        if current > best_sum:
            best, best_sum = (start, index + 1), current
    return best


def _is_clean(lines: Sequence[str], values: Sequence[float]) -> bool:
    prose = sum(value > 0 for value in values)
    sites = sum(value <= -SITE_COST for value in values)
    if len(lines) <= PASTE_LINES and sites <= 1:  # a draft with a list in it; pages have more
        return bool(lines)
    return sites == 0 and prose >= CLEAN_SHARE * (len(lines) - 3)


def _kept(lines: Sequence[str], *, clean: bool) -> list[str]:
    """The body without a site's lines and without lists of links to other articles."""
    if clean:
        return list(lines)
    kept: list[str] = []
    for index, line in enumerate(lines):
        around = (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
        listed = _value(line) == -SHORT_COST and any(_value(near) < 0 for near in around)
        if not listed and _value(line) > -SITE_COST:
            kept.append(line)
    return kept


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
