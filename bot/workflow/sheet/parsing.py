"""Sheet commands as people type them: `drop 2, 4-6`, `add "exact words"`, `says 3 "Name"`."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import Refusal

OPENING = "“”„‟«»‹›「」『』\"'‘’‚‛`"  # people mix them: each may open, each may close
_WORDS = re.compile(r"\s*/?([^\W\d_]+)[:.]?(?=\W|\d|$)")
_NUMBERS = re.compile(r"\d{1,6}(?:\s*(?:-|–|—|to)\s*\d{1,6})?(?!\w|\.\d)")
_BETWEEN = re.compile(r"(?:[\s,;&+]|and\b|claims?\b|no\.|#)*", re.IGNORECASE)
_NO_CLAIM = re.compile(
    r"(?:(?:is |are )?(?:not|no)|(?:isn|aren)[’']t) (?:an? )?claims?", re.IGNORECASE
)
_JOINED = re.compile(r"\s*(?:[,;&+]|and\b)\s*#?\d", re.IGNORECASE)  # another number follows
_RANGE = re.compile(r"\D+")
NUMBERS_AT_ONCE = 200  # no sheet is longer; guards against "drop 1-999999"


class Verb(StrEnum):
    """What a command asks for."""

    ADD = "add"
    DROP = "drop"
    KEEP = "keep"
    TRIM = "trim"
    SAYS = "says"
    SEND = "send"
    UNDO = "undo"
    HELP = "help"


SYNONYMS = {
    **{verb.value: verb for verb in Verb},
    "undrop": Verb.KEEP,
    "restore": Verb.KEEP,
    "choose": Verb.KEEP,
    "remove": Verb.DROP,
    "delete": Verb.DROP,
    "shorten": Verb.TRIM,
    "say": Verb.SAYS,
    "source": Verb.SAYS,
}


@dataclass(frozen=True)
class SheetCommand:
    """One command. `words` holds what was written after the numbers, most likely reading first."""

    verb: Verb
    numbers: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    at_once: bool = False  # `send now`
    is_no_claim: bool = False  # `drop 3 not a claim`: it should not have been found


def is_command(text: str) -> bool:
    """Whether the message begins with a command word."""
    return _verb(text) is not None


def parse_commands(text: str) -> list[SheetCommand]:
    """The commands of a message; each line that begins with a command word is one more.

    Raises:
        Refusal: it does not begin with a command word, or one lacks its numbers or words.
    """
    if not is_command(text):
        raise Refusal("sheet_command_unknown")
    parts: list[str] = []
    for line in text.strip().splitlines():
        if parts and not (is_command(line) and _is_complete(parts[-1])):
            parts[-1] += "\n" + line
        else:
            parts.append(line)
    return [_parse(part) for part in parts]


def _parse(text: str) -> SheetCommand:
    found = _WORDS.match(text)
    verb = _verb(text)
    if found is None or verb is None:
        raise Refusal("sheet_command_unknown")
    rest = text[found.end() :].strip()
    if verb in (Verb.HELP, Verb.UNDO):
        return SheetCommand(verb)
    if verb is Verb.ADD:
        return SheetCommand(verb, words=_required(verb, _readings(rest)))
    numbers, after = _numbers(verb, rest)
    if verb is Verb.SEND:
        at_once = after.casefold().strip(" .!") in ("now", "at once")
        if after and not at_once:
            raise Refusal("sheet_command_incomplete", verb=verb.value)
        return SheetCommand(verb, numbers, at_once=at_once)
    if not numbers:
        raise Refusal("sheet_command_incomplete", verb=verb.value)
    if verb in (Verb.DROP, Verb.KEEP):
        is_no_claim = verb is Verb.DROP and _NO_CLAIM.fullmatch(after.strip(" ,:.!–-")) is not None
        if after.strip(" .!") and not is_no_claim:
            raise Refusal("sheet_command_incomplete", verb=verb.value)
        return SheetCommand(verb, numbers, is_no_claim=is_no_claim)
    if verb is Verb.TRIM and len(numbers) > 1:
        raise Refusal("sheet_one_number", verb=verb.value)
    return SheetCommand(verb, numbers, words=_required(verb, _readings(after)))


def _verb(text: str) -> Verb | None:
    found = _WORDS.match(text)
    return SYNONYMS.get(found[1].casefold()) if found else None


def _numbers(verb: Verb, text: str) -> tuple[tuple[int, ...], str]:
    """The leading numbers and ranges, each once and in order, and what comes after them."""
    numbers: dict[int, None] = {}
    at = _past(text, 0)
    while found := _NUMBERS.match(text, at):
        ends = [int(part) for part in _RANGE.split(found[0])]
        low, high = min(ends), max(ends)
        if high - low >= NUMBERS_AT_ONCE:
            raise Refusal("sheet_command_incomplete", verb=verb.value)
        numbers.update(dict.fromkeys(range(low, high + 1)))
        at = _past(text, found.end())
        if verb is Verb.TRIM or (verb is Verb.SAYS and not _JOINED.match(text, found.end())):
            break  # what follows is the text's own words, which may begin with a number
    return tuple(numbers), text[at:].lstrip(" \t\n:")


def _past(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _readings(text: str) -> tuple[str, ...]:
    """What the words may be: without the quotation marks around them, else as they stand."""
    text = text.strip()
    bare = text.rstrip(" .,;!")
    readings = []
    if len(bare) > 1 and bare[0] in OPENING and bare[-1] in OPENING:
        readings.append(bare[1:-1].strip())
    readings.append(text)
    if text and text[0] in OPENING:
        readings.append(text[1:].strip())
    return tuple(dict.fromkeys(reading for reading in readings if reading))


def _required(verb: Verb, readings: tuple[str, ...]) -> tuple[str, ...]:
    if not readings or not any(char.isalnum() for char in readings[0]):
        raise Refusal("sheet_command_incomplete", verb=verb.value)
    return readings


def _is_complete(text: str) -> bool:
    """Whether a further line cannot belong to this command's words: its quotation is closed."""
    marks = [char for char in text if char in '“”„«»「」『』"']
    return len(marks) % 2 == 0
