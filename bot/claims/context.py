"""What a reader must know to check a claim alone: who "he" is, who "I" am, which "last week"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.claims.findings import Attribution, Source, SourceKind, Span

REACH_CHARS = 800  # a pronoun looks back no farther than this for somebody
NOTES = 3

_THIRD = re.compile(r"\b(?:he|she|his|her|him)\b", re.I)
_FIRST = re.compile(r"\b(?:I|my|me)\b|\b(?:[Ww]e|[Oo]ur|us)\b")
# "the next year" counts from what was told before, and not from the day of publication.
_PERIOD = re.compile(r"(?<!\bthe )\b(last|this|next)\s(week|month|year)\b", re.I)
_NEAR = re.compile(r"\b(yesterday|today|tomorrow)\b", re.I)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(rf"\b(?:(?:on|last)\s)?({'|'.join(_DAYS)})\b(?!,?\s+\d)", re.I)
_NAMED_DAY = re.compile(r"\b(?!On\b|Last\b)[A-Z]\w*\s$")  # "Black Friday", "Good Friday"
_AHEAD = re.compile(r"\b(?:will|would|next|plans?|scheduled|expected|due|set to)\b", re.I)
_STEPS = {"last": -1, "this": 0, "next": 1, "yesterday": -1, "today": 0, "tomorrow": 1}


def context_of(
    text: str,
    span: Span,
    *,
    attributions: Sequence[Attribution],
    sources: Sequence[Source],
    published_on: date | None,
) -> str | None:
    """Notes on the words of a claim that lean on the rest of the article; None without any.

    `sources` are all of the article's. What is inferred says "probably". The claim's own words are
    never changed.
    """
    words = text[slice(*span)]
    notes = [
        _who_speaks(text, span, attributions, sources),
        _who_is_meant(text, span, attributions, sources),
        *(_when(words, published_on) if published_on else ()),
    ]
    found = list(dict.fromkeys(note for note in notes if note))
    return "; ".join(found[:NOTES]) or None


def _who_speaks(
    text: str, span: Span, attributions: Sequence[Attribution], sources: Sequence[Source]
) -> str | None:
    spoken = next((one for one in attributions if one.direct and one.source_id), None)
    found = _FIRST.search(text, *span)
    if spoken is None or found is None:
        return None
    names = {source.id: source.name for source in sources}
    word = found.group()
    if word.lower() in ("we", "our", "us"):
        return f"“{word}” is said by {names[spoken.source_id or '']}"
    return f"“{word}” is {names[spoken.source_id or '']}"


def _who_is_meant(
    text: str, span: Span, attributions: Sequence[Attribution], sources: Sequence[Source]
) -> str | None:
    found = _THIRD.search(text, *span)
    if found is None:
        return None
    people = [source for source in sources if source.kind is SourceKind.PERSON]
    if any(_named_between(source, span[0], found.start()) for source in people):
        return None  # the claim itself says who
    speakers = {one.source_id for one in attributions if one.direct}
    near = [
        (end, source.name)
        for source in people
        if source.id not in speakers  # nobody calls himself "he"
        for _, end in source.mentions
        if found.start() - REACH_CHARS <= end <= span[0]
    ]
    return f"“{found.group()}” is probably {max(near)[1]}" if near else None


def _named_between(source: Source, start: int, end: int) -> bool:
    return any(start <= first and last <= end for first, last in source.mentions)


def _when(words: str, published_on: date) -> list[str]:
    notes = []
    if found := _PERIOD.search(words):
        notes.append((found, _period(found[1].lower(), found[2].lower(), published_on)))
    if found := _NEAR.search(words):
        day = published_on + timedelta(days=_STEPS[found[1].lower()])
        notes.append((found, _day(day)))
    found = _DAY.search(words)
    if found and not _AHEAD.search(words) and not _NAMED_DAY.search(words[: found.start()]):
        back = (published_on.weekday() - _DAYS.index(found[1].lower())) % 7
        back = back or (7 if found.group().lower().startswith("last") else 0)
        notes.append((found, f"probably {_day(published_on - timedelta(days=back))}"))
    return [f"“{found.group()}” is {when}" for found, when in notes]


def _period(which: str, unit: str, on: date) -> str:
    step = _STEPS[which]
    if unit == "year":
        return str(on.year + step)
    if unit == "month":
        month = on.year * 12 + on.month - 1 + step
        return f"{date(month // 12, month % 12 + 1, 1):%B %Y}"
    monday = on - timedelta(days=on.weekday()) + timedelta(weeks=step)
    return f"{_day(monday)} to {_day(monday + timedelta(days=6))}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
