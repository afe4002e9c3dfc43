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
_HEARD = frozenset({"quoted", "heard", "seen"})
_ALSO_NOUNS = FUNCTION_WORDS["also_nouns"]
_REFUSALS = FUNCTION_WORDS["refusals"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word with its place and what limits it (see `lexicon/reporting_verbs.txt`)."""

    start: int
    end: int
    limit: str
    finite: bool

    @property
    def takes_listener(self) -> bool:
        return self.limit == "object"


def cues_in(text: str, start: int, end: int, quoted: Sequence[Quotation]) -> list[Cue]:
    """Reporting verbs outside quotations, at most `CUES`."""
    cues: list[Cue] = []
    for found in _FORMS.finditer(text, start, end):
        if any(one.start < found.start() < one.end for one in quoted):
            continue
        if _is_reporting(text, start, found, quoted):
            verb = VERBS[found.group()]
            cues.append(Cue(found.start(), found.end(), verb.limit, verb.finite))
        if len(cues) == CUES:
            break
    return cues


def _is_reporting(text: str, start: int, found: re.Match[str], quoted: Sequence[Quotation]) -> bool:
    before = [
        word.lower()
        for word in _WORDS_BEFORE.findall(text[max(start, found.start() - 60) : found.start()])
    ]
    form, after = found.group(), text[found.end() : found.end() + 12]
    last = before[-1] if before else ""
    if (
        last in {"to", "of", "for"}
        or after.startswith((" of ", "-"))
        or text[found.start() - 1 : found.start()] == "-"
    ):
        return False
    if form in _ALSO_NOUNS and (
        last in DETERMINERS - PRONOUNS or last in BREAKS - PRONOUNS - {"and"}
    ):
        return False
    verb = VERBS[form]
    adverbs = [word for word in before[-3:] if word in BETWEEN or word.endswith("ly")]
    if _REFUSALS & set(before[-3:]) and verb.form not in ("denied",):
        return False
    if _BE & set(adverbs) and verb.finite and not _HEARD & set(before[-3:]):
        return False
    if verb.limit == "quote":
        return _touches_quotation(found.start(), found.end(), quoted)
    if verb.limit in ("that", "document"):
        near = after.lstrip().startswith(("that ", ":", "“", '"')) or text[found.end()] in ",.:"
        return near or _touches_quotation(found.start(), found.end(), quoted)
    return True


def _touches_quotation(start: int, end: int, quoted: Sequence[Quotation]) -> bool:
    """A quotation begins within a few words after, or ends within a few words before."""
    return any(0 <= one.start - end <= 60 or 0 <= start - one.end <= 60 for one in quoted)
