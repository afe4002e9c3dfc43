"""A claim's words in quotation marks, as the article's language sets them; for display only."""

import re

from bot.texts.language import safe, shortened

_ENGLISH = ("“", "”")
_ANGLED = ("«", "»")
_MARKS = {
    "ar": _ANGLED,
    "be": _ANGLED,
    "cs": ("„", "“"),
    "de": ("„", "“"),
    "es": _ANGLED,
    "fa": _ANGLED,
    "fr": ("«\u00a0", "\u00a0»"),  # a no-break space keeps the mark at its word
    "it": _ANGLED,
    "ja": ("「", "」"),
    "pl": ("„", "”"),
    "ro": ("„", "”"),
    "ru": _ANGLED,
    "uk": _ANGLED,
}
_BY_SCRIPT = (  # where nobody knows the language: the first letters tell enough
    (re.compile("[\u0400-\u04ff\u0600-\u06ff]"), _ANGLED),
    (re.compile("[\u3040-\u30ff]"), ("「", "」")),
)
_OPENING = "“„«‹\"'‘‚「『"
_CLOSING = {"“": "”", "„": "“", "«": "»", "‹": "›", "「": "」", "『": "』"}


def quoted(quote: str, width: int, *, language: str | None = None) -> str:
    """A claim's words in marks, shortened to `width` columns for display and escaped."""
    short = shortened(quote, width)
    if not short or short[0] not in _OPENING:
        opening, closing = marks_of(short, language)
        return f"{opening}{safe(short)}{closing}"
    closer = _CLOSING.get(short[0])
    is_cut_open = closer and short.endswith("…") and short.count(short[0]) > short.count(closer)
    return safe(short) + (closer or "" if is_cut_open else "")


def in_marks(words: str, language: str | None) -> str:
    """Words in the marks of their language, unless they begin with marks of their own."""
    if words[:1] and words[0] in _OPENING:
        return words
    opening, closing = marks_of(words, language)
    return f"{opening}{words}{closing}"


def marks_of(words: str, language: str | None) -> tuple[str, str]:
    """The marks that open and close a quotation of these words."""
    known = _MARKS.get((language or "").lower().partition("-")[0])
    if known is not None or language:
        return known or _ENGLISH
    return next((marks for script, marks in _BY_SCRIPT if script.search(words[:40])), _ENGLISH)
