"""Which words of a sentence are the claim: what somebody says."""

from collections.abc import Sequence

from bot.claims.findings import Attribution, Span
from bot.claims.quotations import MARKS, Quotation
from bot.claims.speech import Place

WHOLE_CONTENT = 0.4  # what somebody says stands for the sentence from this share of it


def claim_spans(text: str, place: Place, attributions: Sequence[Attribution]) -> list[Span]:
    """The spans to check in a sentence, in order."""
    return [said_in(text, place, attributions)]


def said_in(text: str, place: Place, attributions: Sequence[Attribution]) -> Span:
    """The words that somebody says, where they are most of the sentence; else all of it.

    A quotation that stands alone is taken without its outer marks.
    """
    start, end = place.start, place.end
    said = [span for attribution in attributions for span in attribution.content]
    spans = [span for span in said if start <= span[0] and span[1] <= end]
    if spans:
        first, last = min(span[0] for span in spans), max(span[1] for span in spans)
        infinitive = text.startswith("to ", first)
        if not infinitive and last - first >= WHOLE_CONTENT * (end - start):
            start, end = first, last
    for quotation in place.quoted:
        if quotation.start == start and quotation.end == end and not quotation.open_ended:
            return _inside(text, quotation)
    return start, end


def _inside(text: str, quotation: Quotation) -> Span:
    start = quotation.start + (text[quotation.start] in MARKS)
    end = quotation.end - (text[quotation.end - 1] in MARKS)
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if end > start else (quotation.start, quotation.end)
