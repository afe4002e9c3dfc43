"""Keeping a message within what Telegram takes, and within what a person takes in."""

import re
from collections.abc import Callable
from html import unescape

MESSAGE_UNITS = 4096  # Bot API limit for one message, in UTF-16 units after parsing
_TAG = re.compile(r"<[^<>]*>")
_TIGHTER = (1.0, 0.7, 0.45, 0.25, 0.1)


def visible_units(html: str) -> int:
    """The length of a message as Telegram counts it: UTF-16 units, without its tags."""
    return len(unescape(_TAG.sub("", html)).encode("utf-16-le", "surrogatepass")) // 2


def fitted(compose: Callable[[float], str], *, limit: int = MESSAGE_UNITS) -> str:
    """The roomiest wording that fits; `compose(scale)` shortens foreign words for `scale` < 1."""
    html = ""
    for scale in _TIGHTER:
        html = compose(scale)
        if visible_units(html) <= limit:
            break
    return html
