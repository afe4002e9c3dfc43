"""Speakers without a verb: `Ana Rey: «Se hunde»`, and what the sentence before rests on."""

import re
from collections.abc import Sequence

from bot.claims.findings import Span
from bot.claims.languages.following import subject_at
from bot.claims.languages.grammar import Grammar, form_at
from bot.claims.languages.phrases import phrase_at, speaker_of
from bot.claims.languages.tokens import Token
from bot.claims.quotations import Quotation
from bot.claims.statement import Statement

LABEL_WORDS = 8

_COLON = re.compile(r"\s?:\s?")


def labelled(
    text: str,
    sentence: Span,
    tokens: Sequence[Token],
    quoted: Sequence[Quotation],
    grammar: Grammar,
) -> Statement | None:
    """A sentence that is a name, a colon and a quotation."""
    before = [token for token in tokens if quoted and token.start < quoted[0].start]
    if not before or len(before) > LABEL_WORDS or before[0].start - sentence[0] > 1:
        return None
    colon = _COLON.fullmatch(text, before[-1].end, quoted[0].start)
    phrase = phrase_at(text, before, 0, grammar)
    speaker = speaker_of(text, phrase, grammar)
    if colon is None or speaker is None or not speaker.is_name or len(phrase) < len(before):
        return None
    content = tuple((one.start, min(one.end, sentence[1])) for one in quoted)
    mark = text.index(":", before[-1].end)
    return Statement(content, (mark, mark + 1), speaker, direct=True)


def rested_on(text: str, tokens: Sequence[Token], grammar: Grammar) -> Statement | None:
    """ "Das geht aus einem Bericht hervor": what the sentence before rests on."""
    low = [token.low for token in tokens[:6]]
    form = form_at(grammar.rested, low, 0) if low else None
    if form is None:
        return None
    last = len(form.words) - 1
    subject = subject_at(text, tokens[last + 1 :], tokens[last].end, grammar)
    if subject is None:
        return None
    return Statement((), (tokens[0].start, tokens[last].end), subject.speaker)
