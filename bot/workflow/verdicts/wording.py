"""Reading an answer: the verdict at its start, its links with their places, the rest.

Only the start of an answer can be a verdict. Whatever takes it back ("not false", "false?",
"true but …") makes it something to ask about, never something to guess.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.models.claims import Rating

_WORDS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "verdict_words.json").read_text(encoding="utf-8")
)
_LANGUAGES = [value for value in _WORDS.values() if isinstance(value, dict)]
MAX_START_CHARS = 400  # a verdict stands at the start; no more of an answer is looked at for it

_CODE = re.compile(r"#C(\d{1,9})\b", re.IGNORECASE)
_LEADING_CODE = re.compile(r"^#C\d{1,9}\b[\s:,.–—-]*", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"“”„«»]+", re.IGNORECASE)
_LINK_END = ".,;:!?)]}'’”"  # a sentence's own marks behind an address
_LOCATOR = re.compile(
    r"[\s,;(\[–—-]{0,3}(?P<locator>(?:pp?\.|pages?|p(?=\s?\d)|§+|sections?|sec\.|para(?:graph)?s?"
    r"|chapter|ch\.|tables?|tab\.|fig(?:ure|\.)|slides?|lines?|min(?:ute|\.)|at)"
    r"\s?\d[\d.:,–-]{0,15}(?<![.,:–-])|\d{1,3}:\d\d(?::\d\d)?)[)\]]?",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"[\s,;:(–—-]{0,5}(?:\b(?:see|see also|source|sources|here|via|cf\.?)\s*:?\s*)?$",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_QUOTED = re.compile(
    r"^[\"“„«](?P<word>[^\"“”„«»]{1,40})[\"“”»](?P<rest>(?:[.!\n]|\s+https?://).*|\s*)$", re.DOTALL
)
_MARKS = " \t.,;:!–—-…()[]\n\r\"'“”"


@dataclass(frozen=True)
class CitedLink:
    """An address in an answer and the place in it that was named: "p. 3", "12:34"."""

    url: str
    locator: str | None = None


@dataclass(frozen=True)
class Wording:
    """How an answer reads. Without a `rating` the whole text is in `explanation`.

    `words` is the same without the links. `is_doubtful` says that it asks something, or that a
    verdict word is there, but taken back.
    """

    rating: Rating | None
    explanation: str
    links: tuple[CitedLink, ...] = ()
    words: str = ""
    is_doubtful: bool = False


def read_answer(text: str, links: Sequence[str] = ()) -> Wording:
    """What an answer says; `links` are addresses known to be in it, hidden ones included."""
    text = _LEADING_CODE.sub("", text.strip(), count=1).strip()
    text, as_written = _without_quotes(text), text
    cited, plain = _take_links(text, links)
    start = text[:MAX_START_CHARS].translate(_APOSTROPHES).casefold()
    found = _verdict_at(start)
    if found is None:
        is_doubtful = _mentions_verdict(start) or plain.endswith("?")
        return Wording(None, as_written, cited, plain, is_doubtful)
    rating, word, is_careful = found
    rest = start[len(word) :]
    if _takes_back(rest, rating) or (is_careful and not _ends_there(rest)):
        return Wording(None, as_written, cited, plain, is_doubtful=True)
    explanation = plain[len(word) :].strip() if plain[: len(word)] == text[: len(word)] else plain
    explanation = explanation.lstrip(" \t\n.,;:!–—-").strip()
    return Wording(rating, explanation, cited, explanation)


def code_at_start(text: str) -> int | None:
    """The assignment whose code begins an answer: "#C214 False, see …"."""
    match = _CODE.match(text.strip())
    return int(match.group(1)) if match else None


def assignment_in_reply(text: str) -> int | None:
    """The assignment whose code ("#C214") stands in a message of ours; the first one counts."""
    match = _CODE.search(text)
    return int(match.group(1)) if match else None


def synonyms() -> dict[str, Rating]:
    """Every word that may begin a verdict, in lower case, with what it means."""
    return {**_CAREFUL, **_PLAIN}


def _table(which: str) -> dict[str, Rating]:
    table: dict[str, Rating] = {}
    for language in _LANGUAGES:
        for rating, words in language[which].items():
            table |= {word.casefold(): Rating(rating) for word in words}
    return table


_PLAIN, _CAREFUL = _table("plain"), _table("careful")
_BY_LENGTH = sorted({*_PLAIN, *_CAREFUL}, key=len, reverse=True)
_TURNS = tuple(word for language in _LANGUAGES for word in language["turns"])
_HEDGES = tuple(word for language in _LANGUAGES for word in language["hedges"])
_NEVER = tuple(word for language in _LANGUAGES for word in language["never"])


def _verdict_at(start: str) -> tuple[Rating, str, bool] | None:
    """The longest verdict word at the start, and whether it is an everyday word."""
    if any(_begins_with(start, phrase) for phrase in _NEVER):
        return None
    for word in _BY_LENGTH:
        if _begins_with(start, word):
            return (_PLAIN.get(word) or _CAREFUL[word]), word, word not in _PLAIN
    return None


def _begins_with(text: str, word: str) -> bool:
    return text.startswith(word) and not (
        word[-1].isalnum() and text[len(word) : len(word) + 1].isalnum()
    )


def _takes_back(rest: str, rating: Rating) -> bool:
    """Whether what follows a verdict word asks, hedges, or names a different verdict."""
    sentence = re.split(r"[.!\n]", _LINK.sub("", rest), maxsplit=1)[0]
    if "?" in sentence:
        return True
    after = rest.lstrip(_MARKS + "/-")
    if any(_begins_with(after, word) for word in _TURNS):
        return True
    if any(_begins_with(rest.lstrip(), word) for word in _HEDGES):
        return True
    if rest[:1] in "/-" and rest[1:2].isalpha():
        return True
    other = _verdict_at(after)
    return other is not None and not other[2] and other[0] is not rating


def _ends_there(rest: str) -> bool:
    """Whether nothing that continues the sentence follows: a stop, a new line, a link, the end."""
    stripped = rest.lstrip(" \t")
    if stripped.startswith("- "):
        return stripped != rest  # a dash with a space on either side, as it is typed on a phone
    return not stripped or stripped[0] in ".,;:!–—\n(…" or stripped.startswith("http")


def _without_quotes(text: str) -> str:
    """The text without the quotation marks around a verdict that stands for itself at its start.

    "“False”, he said" quotes somebody: only a full stop, a new line, a link or the end may follow.
    """
    match = _QUOTED.match(text)
    if match is None:
        return text
    word = match["word"].translate(_APOSTROPHES).casefold().rstrip(".!")
    return match["word"] + match["rest"] if word in synonyms() else text


def _mentions_verdict(start: str) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", start) for word in _PLAIN)


def _take_links(text: str, known: Sequence[str]) -> tuple[tuple[CitedLink, ...], str]:
    """The links of an answer with their places, and the text without them."""
    written = [match.group().rstrip(_LINK_END) for match in _LINK.finditer(text)]
    shown = [link for link in known if link in text]
    spans = [(text.find(url), url) for url in dict.fromkeys([*shown, *written])]
    cited: dict[str, CitedLink] = {}
    pieces, at = [], 0
    for start, url in sorted(spans):
        if start < at:  # part of a longer address
            continue
        locator = _LOCATOR.match(text, start + len(url))
        place = locator.group("locator").strip() if locator else None
        cited[_full(url)] = CitedLink(_full(url), place)
        pieces.append(_LEAD_IN.sub("", text[at:start]))
        at = locator.end() if locator else start + len(url)
    pieces.append(text[at:])
    for url in known:
        cited.setdefault(_full(url), CitedLink(_full(url)))
    return tuple(cited.values()), _joined(pieces)


def _full(url: str) -> str:
    return url if "://" in url else f"https://{url}"


def _joined(pieces: Sequence[str]) -> str:
    """The pieces around links as running text, without the marks that stood beside them."""
    text = pieces[0]
    for piece in pieces[1:]:
        tail = piece.lstrip(" \t,;)")
        gap = "" if not text or not tail or tail[0] in ".!?\n" else " "
        text = f"{text.rstrip(' ,;')}{gap}{tail}"
    return text.strip()
