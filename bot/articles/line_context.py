"""What stands around a line: repetition, shared words, the title above, the densest stretch."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from bot.articles.line_features import (
    FULL_WORDS,
    Column,
    Matrix,
    is_ended,
    is_label,
    is_talk,
    running_words,
    seen_of,
)
from bot.articles.site_lines import ends_article

REACH = 2  # lines on either side whose own features count for a line, too
NEAR = 4  # lines on either side in which a paragraph of the same text shares words
FOLLOWING = 12  # lines after a title in which its words come again
LONG_WORD = 4  # letters; shorter words are shared by all texts
WORTH = 0.35  # of a chance: what a line must have to lengthen the likeliest stretch
LINE_COST = 0.02

_WORD = re.compile(r"\w+")


def first_features(lines: Sequence[str]) -> Matrix:
    """A row for every line, from the lines alone; linear in the length of the text."""
    if not lines:
        return np.zeros((0, 0))
    own = np.array([seen_of(line) for line in lines], dtype=float)
    words = [_long_words(line) for line in lines]
    shared = _shared(lines, words)
    amounts = np.array([running_words(line) for line in lines])
    seen = Counter(line.casefold() for line in lines)
    repeated = np.array([float(seen[line.casefold()] > 1) for line in lines])
    around = [np.maximum(-1.0, _mean(amounts, reach) / FULL_WORDS) for reach in (2, 6, 15)]
    return np.hstack(
        [
            np.ones((len(lines), 1)),
            *(_shifted(own, offset) for offset in range(-REACH, REACH + 1)),
            *(_shifted(shared, offset) for offset in (-1, 0, 1)),
            np.stack([repeated, *around], axis=1),
            _cohesion(shared, sizes(lines)),
            _after_title(lines, words),
        ]
    )


def second_features(lines: Sequence[str], first: Matrix, chances: Column) -> Matrix:
    """A row for every line, from `first_features` and what a first reading made of them."""
    count, size = len(lines), sizes(lines)
    start, end = likeliest_stretch(size * (chances - WORTH) - LINE_COST)
    place = np.arange(count)
    inside = ((place >= start) & (place < end)).astype(float)
    mass = np.concatenate([[0.0], np.cumsum(size * chances)])
    total = max(float(mass[-1]), 1e-6)
    title = first[:, -_TITLE_COLUMNS:]
    columns: list[Column] = [
        inside,
        np.clip(start - place, 0, 20) / 20,
        np.clip(place - end + 1, 0, 20) / 20,
        *(_mean(one, reach) for reach in (1, 3, 8, 20) for one in (chances, size * chances)),
        *(_shifted(chances[:, None], offset)[:, 0] for offset in (-2, -1, 1, 2)),
        chances,
        np.clip(np.log((chances + 1e-9) / (1 - chances + 1e-9)), -6, 6) / 4,
        size * chances,
        size,
        inside * chances,
        inside * _mean(chances, 3),
        _shared_with(lines, start, end),
        mass[:-1] / total,
        1 - mass[1:] / total,
        *_passed(lines, start, inside),
    ]
    return np.hstack([first, np.stack(columns, axis=1), title * chances[:, None]])


def sizes(lines: Sequence[str]) -> Column:
    """The words of each line as a share of a full one, in [0, 1]."""
    return np.array([min(len(line.split()), FULL_WORDS) / FULL_WORDS for line in lines])


def likeliest_stretch(values: Column) -> tuple[int, int]:
    """The stretch of lines with the largest sum of values; (0, 0) if no line has any."""
    best, best_sum, start, current = (0, 0), 0.0, 0, 0.0
    for index, value in enumerate(values.tolist()):
        if current <= 0:
            start, current = index, 0.0
        current += value
        if current > best_sum:
            best, best_sum = (start, index + 1), current
    return best


def _shifted(columns: Matrix, offset: int) -> Matrix:
    """The features of the line `offset` further down; zeros beyond the ends."""
    moved = np.zeros_like(columns)
    if abs(offset) < len(columns):
        target = slice(max(0, -offset), len(columns) - max(0, offset))
        moved[target] = columns[max(0, offset) : len(columns) + min(0, offset)]
    return moved


def _mean(values: Column, reach: int) -> Column:
    """The mean over a line and up to `reach` lines on either side."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    place = np.arange(len(values))
    first, last = np.maximum(0, place - reach), np.minimum(len(values), place + reach + 1)
    mean: Column = (sums[last] - sums[first]) / (last - first)
    return mean


def _long_words(line: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(line.casefold()) if len(word) >= LONG_WORD)


def _shared(lines: Sequence[str], words: Sequence[frozenset[str]]) -> Matrix:
    """Shares of a line's words that lines near it have, that any has, and whether it has some.

    Teasers of many stories share few words with each other, paragraphs of one story many.
    """
    spread = Counter(word for one in words for word in one)
    most = max(NEAR, 0.12 * len(lines))
    own = [frozenset(word for word in one if spread[word] <= most) for one in words]
    rows = []
    for index, one in enumerate(own):
        if not one:
            rows.append((0.0, 0.0, 0.0))
            continue
        around = range(max(0, index - NEAR), min(len(lines), index + NEAR + 1))
        others = frozenset().union(
            *(own[place] for place in around if lines[place] != lines[index])
        )
        far = sum(spread[word] > 1 for word in one)
        rows.append((len(one & others) / len(one), far / len(one), 1.0))
    return np.array(rows)


def _cohesion(shared: Matrix, size: Column) -> Matrix:
    """How much the lines around, and long lines, share with their neighbours."""
    near, is_long = shared[:, 0], (size >= 0.3).astype(float)
    close = _mean(near * size, 3) / (_mean(size, 3) + 1e-6)
    wide = _mean(near * size, 8) / (_mean(size, 8) + 1e-6)
    far = shared[:, 1]
    columns = (close, wide, near * is_long, (1 - near) * is_long, close * size, far * is_long)
    return np.stack(columns, axis=1)


_TITLE_COLUMNS = 5


def _after_title(lines: Sequence[str], words: Sequence[frozenset[str]]) -> Matrix:
    """How far below the likeliest title a line stands, and how many of its words it has."""
    place = _title_place(lines, words)
    rows = np.zeros((len(lines), _TITLE_COLUMNS))
    if place is None:
        return rows
    below = np.arange(len(lines)) - place
    title = words[place]
    rows[:, 0] = below > 0
    rows[:, 1] = (below > 0) & (below <= 6)
    rows[:, 2] = (below > 0) & (below <= 25)
    rows[:, 3] = np.clip(below, 0, 60) / 60
    rows[:, 4] = [
        len(one & title) / max(1, len(title)) if len(line.split()) >= 8 else 0.0
        for line, one in zip(lines, words, strict=True)
    ]
    return rows


def _title_place(lines: Sequence[str], words: Sequence[frozenset[str]]) -> int | None:
    """The heading whose words come again in the running text under it, best if it is said twice."""
    spread = Counter(word for one in words for word in one)
    seen = Counter(line.casefold() for line in lines)
    is_text = [len(line.split()) >= 8 for line in lines]
    best, best_score = None, 0.4
    for index, line in enumerate(lines):
        if not 3 <= len(line.split()) <= 30 or (is_ended(line) and not line.endswith(("?", "!"))):
            continue
        own = [word for word in words[index] if spread[word] <= max(6, 0.15 * len(lines))]
        if len(own) < 2:
            continue
        under = range(index + 1, min(len(lines), index + FOLLOWING))
        follow = frozenset().union(
            *(words[p] for p in under if is_text[p] and lines[p].casefold() != line.casefold())
        )
        score = sum(word in follow for word in own) / len(own)
        score += 0.25 * (seen[line.casefold()] > 1) + 0.02 * min(len(own), 8)
        if score > best_score:
            best, best_score = index, score
    return best


def _shared_with(lines: Sequence[str], start: int, end: int) -> Column:
    """The share of each line's longer words that other lines of a stretch have."""
    words = [_long_words(line) for line in lines]
    body = Counter(word for one in words[start:end] for word in one)
    shares = np.zeros(len(words))
    for index, one in enumerate(words):
        own = int(start <= index < end)
        if one:
            shares[index] = sum(body[word] > own for word in one) / len(one)
    return shares


def _passed(lines: Sequence[str], start: int, inside: Column) -> list[Column]:
    """What came between the start of the likeliest stretch and a line, and what comes next."""
    ends = [ends_article(line) for line in lines]
    labels = _counted([is_label(line) for line in lines])
    ended = _since(_counted(ends), start, most=3)
    talked = _since(_counted([is_talk(line) for line in lines]), start, most=4)
    over = min(float(labels[start] - labels[max(0, start - 8)]), 3.0) / 3
    soon = np.array([float(any(ends[place : place + 3])) for place in range(len(lines))])
    labelled = np.array(labels[:-1], dtype=float)
    return [
        ended,
        talked,
        over * inside,
        (labelled > 0).astype(float),
        np.minimum(labelled, 6) / 6,
        ended * inside,
        talked * inside,
        soon,
    ]


def _counted(flags: Sequence[bool]) -> list[int]:
    """How many are set before each place; one longer than the flags."""
    return list(accumulate(map(int, flags), initial=0))


def _since(counts: Sequence[int], start: int, *, most: int) -> Column:
    return np.array([min(max(0, count - counts[start]), most) / most for count in counts[:-1]])
