"""Where quotation marks open and close: curly, straight, guillemets, low German ones, single."""

from dataclasses import dataclass

QUOTATION_CHARS = 3000  # a mark whose partner is farther away was a slip of the keyboard
MARKS = "\"“”„«»‹›‘’'"

_CLOSERS = {  # newsrooms mix curly and straight marks
    "“": '”"',
    '"': '"”',
    "„": '“”"',
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’",
    "'": "'",
}
_SINGLE = frozenset("‘'")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks. `open_ended`: no closing mark before the paragraph ends,
    as where a quotation goes on in the next one."""

    start: int
    end: int
    open_ended: bool = False


def quotations_in(text: str, start: int, end: int) -> list[Quotation]:
    """Outermost quotations of one paragraph in text order."""
    found: list[Quotation] = []
    unclosed: set[str] = set()
    place = start
    while place < end:
        mark = text[place]
        if mark not in _CLOSERS or mark in unclosed or not _opens(text, place, start, end):
            place += 1
            continue
        if text.startswith("''", place):
            closed = text.find("''", place + 2, min(end, place + QUOTATION_CHARS)) + 2
            if closed > place + 2:
                found.append(Quotation(place, closed))
            place = max(closed, place + 2)
            continue
        close = _closing(text, place, end)
        if close is not None:
            found.append(Quotation(place, close + 1))
            place = close + 1
            continue
        if mark in '“"„«' and _leads_on(text, place, start):
            found.append(Quotation(place, end, open_ended=True))
            break
        unclosed.add(mark)
        place += 1
    return found


def is_inside(place: int, quotations: list[Quotation]) -> bool:
    """True between the marks of a quotation, not at them."""
    return any(one.start < place < one.end for one in quotations)


def _opens(text: str, place: int, start: int, end: int) -> bool:
    before = text[place - 1] if place > start else " "
    after = text[place + 1] if place + 1 < end else " "
    if after.isspace():
        return False
    if text[place] in "“„«":
        return True
    return not before.isalnum() and before not in ".,!?%"


def _closing(text: str, place: int, end: int) -> int | None:
    mark = text[place]
    limit = min(end, place + QUOTATION_CHARS)
    closers = _CLOSERS[mark]
    index = place + 1
    while index < limit:
        if text[index] in closers and index > place + 1 and _closes(text, index, mark, limit):
            return index
        if mark == "“" and text.startswith("’’", index):
            return index + 1
        index += 1
    return None


def _closes(text: str, index: int, mark: str, limit: int) -> bool:
    if mark in "“„«‹" and text[index] != '"':
        return True
    after = text[index + 1] if index + 1 < limit else " "
    if mark in _SINGLE and text[index - 1] == "s" and after == " ":
        return False  # "the soldiers' families"; the sentence's end closes it all the same
    return not after.isalnum()


def _leads_on(text: str, place: int, start: int) -> bool:
    """At the start of a paragraph or after a colon or comma a quotation may stay open."""
    before = text[start:place].rstrip()
    return not before or before.endswith((":", ","))
