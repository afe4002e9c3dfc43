"""What can be seen of a line in a text that was copied from a page, as numbers.

Every feature is general: lengths, marks, letters, words that ask for something. None knows a site.
"""

import re

import numpy as np

from bot.articles.bylines import byline_in
from bot.articles.characters import one_line
from bot.articles.moments import date_line
from bot.articles.site_lines import ends_article, is_site_line

FULL_WORDS = 40  # more words of one line say no more
SEEN_CHARS = 600  # at each end of a line; a longer one is running text anyway
LABEL_WORDS = 14  # a date, a byline or the head of a comment has no more

_SENTENCE_END = re.compile(r"[.!?…。]['\"”’»)\]]{0,2}$")
_INNER_END = re.compile(r"[.!?…。]['\"”’»)\]]{0,2}\s[\"'“‘«(]?[^\W\d_a-z]")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S|\b[\w-]{1,60}\.(?:com|org|net)\b", re.I)
_SEPARATED = re.compile(r"[|•·›»>→]")
_CREDIT = re.compile(
    r"©|\b(?:photo|image|picture|getty|ap photo|afp|via ap|file photo)\b|reuters/|/ ?(?:ap|afp)\b",
    re.I,
)
_QUOTES = re.compile(r"[\"“”«»„]")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATED = re.compile(
    rf"\b{_MONTH}\.? \d{{1,2}}\b|\b\d{{1,2}}\.? {_MONTH}\b|"
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d\d-\d\d-\d\d\b",
    re.I,
)
_TIMED = re.compile(
    r"\b\d{1,2}:\d\d\b|\b(?:minutes?|hours?|days?|mins?) ago\b|\b(?:19|20)\d\d\b.{0,3}$", re.I
)
_BY = re.compile(r"^(?:by|from|von|par|por|di|written by|posted by)\b", re.I)
_TALK = re.compile(
    r"\b(?:repl(?:y|ies)|permalink|flag)\b.{0,20}$|\b(?:says?|said|wrote):$|"
    r"\bon .{3,30} at \d{1,2}:\d\d|^(?:comments?|\d{1,6} comments?)\b",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:sign up|subscri\w+|newsletters?|follow|download|read more|click|watch|listen|join|"
    r"donate|share|log ?in|register|see also|related|advertis\w+|sponsor\w*|your e-?mail)\b",
    re.I,
)
_CODE = re.compile(r"[{}<>]|\bfunction\b|\bvar \w|;$")

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Column = np.ndarray[tuple[int], np.dtype[np.float64]]


def seen_of(line: str) -> tuple[float, ...]:
    """What a line shows by itself; 27 numbers, most of them 0 or 1, none outside [0, 2]."""
    words = line.split()
    count = max(len(words), 1)
    head, ended = line[:SEEN_CHARS], is_ended(line)
    is_label = len(words) <= LABEL_WORDS
    return (
        min(len(words), FULL_WORDS) / FULL_WORDS,
        len(words) <= 3,
        len(words) >= 12,
        ended,
        ended and len(words) >= 8,
        line.endswith((":", "…", "...")),
        bool(_INNER_END.search(head)),
        sum(word[:1].isupper() for word in words) / count,
        sum(map(str.isupper, head)) > 0.7 * max(sum(map(str.isalpha, head)), 1),
        min(2 * sum(map(str.isdigit, head)) / max(len(head), 1), 1.0),
        min(2 * line.count(",") / count, 1.0),
        bool(_QUOTES.search(head)),
        bool(_ADDRESS.search(head)),
        bool(_SEPARATED.search(head)),
        bool(_CREDIT.search(head)),
        is_label and bool(_DATED.search(head)),
        len(words) <= 10 and bool(_BY.search(head)),
        is_talk(line),
        len(words) <= 30 and bool(_ASKS.search(head)),
        bool(_CODE.search(head)),
        len(words) <= 12 and bool(_TIMED.search(head)),
        is_site_line(line),
        ends_article(line),
        len(words) <= 12 and bool(byline_in(line)),
        date_line(line) is not None,
        line[:1].islower(),
        min(sum(map(len, words)) / count / 10, 2.0),
    )


def is_ended(line: str) -> bool:
    """Whether a line ends like a sentence."""
    return bool(_SENTENCE_END.search(line[-8:]))


def is_talk(line: str) -> bool:
    """The head of a reader's comment, or a button under it."""
    return len(line.split()) <= LABEL_WORDS and bool(_TALK.search(one_line(line)))


def is_label(line: str) -> bool:
    """A short line with a date, a time or a byline, as it stands over articles and teasers."""
    return len(line.split()) <= LABEL_WORDS and any(
        pattern.search(line) for pattern in (_DATED, _TIMED, _BY)
    )


def running_words(line: str) -> float:
    """How many words of running text a line has; negative for a menu, a button, a legal line."""
    words = len(line.split())
    if is_site_line(line):
        return -12.0
    if words >= 20 or (words >= 8 and is_ended(line)):
        return float(min(words, FULL_WORDS))
    return words / 2 if words >= 3 and is_ended(line) else -5.0
