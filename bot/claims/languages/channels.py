"""Through what something was said: a statement, an interview, an outlet, a recording."""

from collections.abc import Sequence

from bot.claims.channels import Channel
from bot.claims.languages.grammar import Grammar
from bot.claims.languages.phrases import phrase_at
from bot.claims.languages.runs import Run, names_in
from bot.claims.languages.tokens import Token

NEAR_WORDS = 14  # so far from the reporting word a channel may stand
LEAD_WORDS = 4  # between the preposition and the medium


def channel_in(
    text: str, tokens: Sequence[Token], start: int, end: int, grammar: Grammar
) -> Channel | None:
    """The medium or outlet named between two places: "en un comunicado", "журналістам"."""
    inside = [token for token in tokens if start <= token.start and token.end <= end]
    inside = inside[:NEAR_WORDS]
    for index, token in enumerate(inside):
        if grammar.holds(token.low, "mediums"):
            first = _led_by(inside, index, grammar)
            if first is not None:
                return _medium(text, inside, first, index, grammar)
        if grammar.holds(token.low, "listeners") and not token.is_capital:
            return Channel((token.start, token.end))
    return _outlet(text, inside, grammar) or _in_marks(text, inside, grammar)


def _led_by(inside: Sequence[Token], index: int, grammar: Grammar) -> int | None:
    """Index of the word behind the preposition that leads to a medium; None without one."""
    for place in range(index - 1, max(-1, index - 1 - LEAD_WORDS), -1):
        if grammar.holds(inside[place].low, "channel_prepositions"):
            tied = grammar.holds(inside[place + 1].low, "ties")  # "lors d’une conférence"
            return min(place + 1 + tied, index)
        if grammar.holds(inside[place].low, "joins"):
            return None
    return None


def _medium(
    text: str, inside: Sequence[Token], first: int, index: int, grammar: Grammar
) -> Channel:
    """The medium with the outlet that a connector or nothing ties to it."""
    last = _with_press(inside, index, grammar)
    named: list[Run] = []
    for run in names_in(text, inside, grammar):
        tied = all(
            grammar.holds(token.low, "connectors", "ties", "outlets", "determiners")
            for token in inside[index + 1 : run.first]
        )
        joined = not text[inside[index].end : inside[run.first].start].strip(" \u00a0«„“\"'’adel")
        near = run.first > index and run.first - index <= LEAD_WORDS
        if near and tied and (joined or run.first > index + 1):
            last = run.last
            named.append(run)
            break
    words = (inside[first].start, _end(text, inside, first, last))
    return Channel(words, tuple((inside[r.first].start, inside[r.last].end) for r in named))


def _with_press(inside: Sequence[Token], index: int, grammar: Grammar) -> int:
    """Index of the last word of "conferenza stampa", "rueda de prensa"."""
    behind = inside[index + 1 : index + 3]
    press = [grammar.holds(token.low, "outlets") and not token.is_capital for token in behind]
    if press and press[0]:
        return index + 1
    tied = bool(behind) and grammar.holds(behind[0].low, "connectors")
    return index + 2 if tied and press[1:] == [True] else index


def _outlet(text: str, inside: Sequence[Token], grammar: Grammar) -> Channel | None:
    """An outlet that was told: "a Radio Costa", "dem Sender Küstenfunk", "Радіо Обрій"."""
    for index, token in enumerate(inside):
        if not grammar.holds(token.low, "outlets"):
            continue
        first = index
        while first and inside[first - 1].is_capital:
            first -= 1
        phrase = phrase_at(text, inside, first, grammar)
        if not any(one.is_capital and not grammar.holds(one.low, "anonymous") for one in phrase):
            continue
        names = names_in(text, phrase, grammar)
        last = first + (names[-1].last if names else len(phrase) - 1)
        words = (inside[first].start, _end(text, inside, first, last))
        run = names[-1] if names else None
        span = (phrase[run.first].start, phrase[run.last].end) if run else words
        return Channel(words, (span,))
    return None


def _in_marks(text: str, inside: Sequence[Token], grammar: Grammar) -> Channel | None:
    """ "розповів «Новинам Дубового» прокурор": a name in marks right behind the verb was told."""
    if not inside or text[inside[0].start - 1] not in "«„" or "declines" not in grammar.traits:
        return None
    close = text.find("»" if text[inside[0].start - 1] == "«" else "“", inside[0].start)
    if close < 0 or close > inside[-1].end:
        return None
    span = (inside[0].start, close)
    return Channel((span[0] - 1, close + 1), (span,))


def _end(text: str, inside: Sequence[Token], first: int, last: int) -> int:
    end = inside[last].end
    opened = any(mark in text[inside[first].start : end] for mark in "«„“")
    return end + 1 if opened and text[end : end + 1] in ("»", "“", "”") else end
