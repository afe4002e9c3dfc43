"""The language of a text, as a two-letter code."""

import re

import py3langid

ENOUGH_CHARS = 200  # with less text what the page declares is the better guess
READ_CHARS = 3000

# English is told by its small words: the model for all languages takes 75 MB once it is used.
SMALL_SHARE = 0.22  # of the words; a third and more in English prose, a tenth in its neighbours
ARTICLE_SHARE = 0.02
_SMALL = frozenset(
    {"the", "of", "and", "to", "in", "that", "is", "was", "for", "with", "on", "as", "by", "at"}
    | {"from", "this", "are", "it", "be", "has", "have", "had", "not", "he", "she", "they", "his"}
    | {"her", "their", "which", "who", "were", "been", "will", "would", "but", "an", "or", "a"}
)
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, *, declared: str | None = None) -> str | None:
    """The language `text` is written in; `declared` where the text is too short to tell.

    Pages often inherit a wrong `lang` from their template, so a long text outvotes it.
    The first call for a text that is not plainly English costs half a second of CPU.
    """
    if not text:
        return declared
    if len(text) < ENOUGH_CHARS and declared:
        return declared
    if _is_plainly_english(text[:READ_CHARS]):
        return "en"
    code, _ = py3langid.classify(text[:READ_CHARS])
    return str(code)


def _is_plainly_english(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    small = sum(word in _SMALL for word in words)
    return small >= SMALL_SHARE * len(words) > 0 and words.count("the") >= ARTICLE_SHARE * len(
        words
    )
