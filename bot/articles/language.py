"""The language of a text, as a two-letter code."""

import py3langid

ENOUGH_CHARS = 200  # with less text what the page declares is the better guess
READ_CHARS = 3000


def language_of(text: str, *, declared: str | None = None) -> str | None:
    """The language `text` is written in; `declared` where the text is too short to tell.

    Pages often inherit a wrong `lang` from their template, so a long text outvotes it.
    The first call costs half a second of CPU for the model.
    """
    if not text:
        return declared
    if len(text) < ENOUGH_CHARS and declared:
        return declared
    code, _ = py3langid.classify(text[:READ_CHARS])
    return str(code)
