"""Authors' names out of what a byline says."""

import re
from collections.abc import Iterable

NAME_CHARS = 60
NAME_WORDS = 5
_BEFORE = re.compile(
    r"^(?:(?:written|story|text|posted|published|report|words|edited)\s{1,3})?(?:by|writes|von|par|por)\b[:\s]{1,3}",
    re.I,
)
_APART = re.compile(
    r"(?<=[a-z]{3})\.\s|\s{0,3}(?:,|;|\||/|•|·|&|\band\b|\bwith\b|\bund\b|\bet\b)\s{0,3}", re.I
)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|\d|\b(?:staff|editor|editors|editorial|admin|correspondent|reporter|team|desk|"
    r"news|newsroom|contributor|updated|published|min read|by|media|writer|insider|"
    r"follow|share|press|about|sobre|über|the|international|"
    r"reuters|associated)\b",
    re.I,
)
_BYLINE = re.compile(
    r"(?:^|(?<=[.!?—–-]\s))(?:By|BY|Writes|Written by|Story by|Text by)[: ]\s{0,2}"
    r"(?P<names>[^\W\d_a-z][^\n.!?]{2,80})$"
)


def names_in(written: Iterable[str], *, not_among: str | None = None) -> tuple[str, ...]:
    """Authors in reading order, each once; a newsroom, a job title or an address is no author."""
    names: dict[str, str] = {}
    for text in written:
        for part in _APART.split(_BEFORE.sub("", text.strip())):
            name = part.strip(" .:-–—\u200b")
            if _is_name(name) and name.casefold() != (not_among or "").casefold():
                names.setdefault(name.casefold(), _cased(name))
    return tuple(names.values())


def byline_in(line: str) -> tuple[str, ...]:
    """Authors that a line of text names after "By" or "Writes"; () if it is no byline."""
    if len(line) > 600 or not (found := _BYLINE.search(line)):
        return ()
    return names_in([found["names"]])


def _is_name(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= NAME_WORDS or len(name) > NAME_CHARS or _NOT_A_NAME.search(name):
        return False
    return words[0][0].isupper() and words[-1][0].isupper()


def _cased(name: str) -> str:
    """JANE DOE as Jane Doe; other spellings stay as their owners write them."""
    return name.title() if name.isupper() else name
