"""Reporting words in a sentence, without the nouns and plans that look like them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.quotations import Quotation
from bot.claims.words import BETWEEN, BREAKS, DETERMINERS, FUNCTION_WORDS, PRONOUNS, VERBS

CUES = 8

_FORMS = re.compile(
    r"\b(?:" + "|".join(sorted((re.escape(form) for form in VERBS), key=len, reverse=True)) + r")\b"
)
_WORDS_BEFORE = re.compile(r"[\w’'-]+")
_BE = FUNCTION_WORDS["be"]
_HEARD = FUNCTION_WORDS["heard"]
_ALSO_NOUNS = FUNCTION_WORDS["also_nouns"]
_JUDGING = FUNCTION_WORDS["judging"]
_REFUSALS = FUNCTION_WORDS["refusals"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word with its place and what limits it (see `lexicon/en.toml`)."""

    start: int
    end: int
    limit: str
    finite: bool

    @property
    def takes_listener(self) -> bool:
        return self.limit == "object"


def cues_in(
    text: str, start: int, end: int, quoted: Sequence[Quotation], *, parsed: bool = False
) -> list[Cue]:
    """Reporting verbs outside quotations, at most `CUES`.

    `parsed`: the grammar will tell nouns from verbs and whether something is reported.
    """
    cues: list[Cue] = []
    for found in _FORMS.finditer(text, start, end):
        if any(one.start < found.start() < one.end for one in quoted):
            continue
        if _is_reporting(text, start, found, quoted, parsed=parsed):
            verb = VERBS[found.group()]
            cues.append(Cue(found.start(), found.end(), verb.limit, verb.finite))
        if len(cues) == CUES:
            break
    return cues


def _is_reporting(
    text: str, start: int, found: re.Match[str], quoted: Sequence[Quotation], *, parsed: bool
) -> bool:
    """False for nouns, plans, denials of having said it, and "was told"."""
    verb = VERBS[found.group()]
    place, end = found.span()
    after = text[end : end + 12]
    before = _words_before(text, start, place, quoted)
    last = before[-1] if before else ""
    if last in {"to", "of", "for"} or after.startswith(("-", "’", "'")):
        return False
    noun = verb.form in _ALSO_NOUNS and (_is_noun(last) or after.startswith(" of "))
    if (noun and not parsed) or text[place - 1 : place] == "-":
        return False
    denies = _REFUSALS & set(before) or any(word.endswith(("n't", "n’t")) for word in before)
    if denies and verb.form not in ("denied", "denies"):
        return False
    between = {word for word in before if word in BETWEEN or word.endswith("ly")}
    if _BE & between and verb.finite and not _HEARD & set(before):
        return False
    touches = _touches_quotation(place, end, quoted)
    if verb.limit == "quote":
        judges = parsed and verb.form in _JUDGING
        touches = touches or judges
        return touches and not after.startswith((" for ", " on ", " off "))
    if verb.limit in ("that", "document", "view") and not parsed:
        return touches or after.lstrip().startswith(("that ", ":")) or after[:1] in tuple(",.:")
    return True


def _words_before(text: str, start: int, place: int, quoted: Sequence[Quotation]) -> list[str]:
    """The word before the verb, and before it as many as are auxiliaries and adverbs."""
    start = max([place - 60, start, *(one.end for one in quoted if one.end <= place)])
    start = max(start, text.rfind(",", start, place) + 1)
    words = [word.lower() for word in _WORDS_BEFORE.findall(text[start:place])]
    first = len(words) - 1
    while first > 0 and (words[first] in BETWEEN or words[first].endswith("ly")):
        first -= 1
    return words[max(first, 0) :]


def _is_noun(before: str) -> bool:
    """ "the report", "in claims"; but "they report", "officials say"."""
    return before not in PRONOUNS and (before in DETERMINERS or before in BREAKS - {"and", "who"})


def _touches_quotation(start: int, end: int, quoted: Sequence[Quotation]) -> bool:
    """A quotation begins within a few words after, or ends within a few words before."""
    return any(0 <= one.start - end <= 60 or 0 <= start - one.end <= 60 for one in quoted)
