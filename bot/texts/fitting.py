"""Keeping a message within what Telegram takes, and within what a person takes in."""

import re
from collections.abc import Callable
from html import unescape

from bot.texts.language import columns

MESSAGE_UNITS = 4096  # Bot API limit for one message, in UTF-16 units after parsing
SCREEN_LINES, LINE_CHARS = 28, 40  # what a phone shows at once
FOLDED_LINES = 3  # of an expandable quotation, before somebody opens it
_TAG = re.compile(r"<[^<>]*>")
_FOLDED = re.compile(r"<blockquote expandable>.*?</blockquote>", re.DOTALL)
_FOR_THE_SCREEN = (1.0, 0.8, 0.6, 0.45)  # shorter than this would say too little
_FOR_TELEGRAM = (0.45, 0.3, 0.2, 0.1)


def visible_units(html: str) -> int:
    """The length of a message as Telegram counts it: UTF-16 units, without its tags."""
    return len(unescape(_TAG.sub("", html)).encode("utf-16-le", "surrogatepass")) // 2


def screen_lines(html: str) -> int:
    """About how many lines of a phone the message takes before anything is unfolded."""
    folded = len(_FOLDED.findall(html)) * FOLDED_LINES
    lines = _FOLDED.sub("", html).split("\n")
    return folded + sum(max(1, -(-_line_columns(line) // LINE_CHARS)) for line in lines)


def _line_columns(html: str) -> int:
    return columns(unescape(_TAG.sub("", html)))


def fitted(compose: Callable[[float], str], *, limit: int = MESSAGE_UNITS) -> str:
    """The roomiest wording that fits a screen, or else the roomiest that Telegram takes.

    `compose(scale)` shortens foreign words for `scale` < 1.
    """
    for scale in _FOR_THE_SCREEN:
        html = compose(scale)
        if screen_lines(html) <= SCREEN_LINES and visible_units(html) <= limit:
            return html
    for scale in _FOR_TELEGRAM:
        html = compose(scale)
        if visible_units(html) <= limit:
            break
    return html
