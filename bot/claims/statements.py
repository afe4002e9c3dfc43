"""Reported speech in one sentence: what is said, by which words, by whom, through what."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.claims.according import according_in
from bot.claims.asides import as_reported, with_opening
from bot.claims.channels import Channel
from bot.claims.clauses import spoken_by_grammar
from bot.claims.cues import cues_in
from bot.claims.findings import Span
from bot.claims.parsing import Grammar
from bot.claims.quotations import Quotation
from bot.claims.statement import Statement
from bot.claims.word_order import spoken_in_order
from bot.claims.words import OUTLET_WORDS

STATEMENTS = 4  # per sentence; more is a list of verbs or hostile
JOINED_CHARS = 30  # "and later", "but also" stand within so many before a verb

_TURN = re.compile(r",?\s(?:but|and|while|though|although|whereas)\s$")
_JOINED = re.compile(
    r",?\s(?:and|but|or|then|and then)(?:\s(?:also|later|then|again|even|\w{1,15}ly))?\s$"
)


def statements_in(
    text: str,
    start: int,
    end: int,
    quoted: Sequence[Quotation],
    grammar: Grammar | None = None,
) -> list[Statement]:
    """The reported speech of the sentence `text[start:end]`, in order of the reporting words.

    With its grammar, indirect speech is read from that, and quotations by the order of the words.
    """
    found = according_in(text, start, end, quoted)
    for cue in cues_in(text, start, end, quoted, parsed=grammar is not None):
        statement = spoken_in_order(text, start, end, cue, quoted)
        if grammar is not None:
            statement = spoken_by_grammar(text, cue, quoted, grammar, statement)
        if statement is None:
            statement = as_reported(text, start, end, cue, quoted)
        if statement is not None and len(found) < STATEMENTS:
            found.append(with_opening(text, start, statement))
    found.sort(key=lambda statement: statement.cue)
    found = _relayed(text, found)
    if grammar is not None:
        found = _coordinated(text, found, grammar)
    return _without_doubles(_apart(text, found))


def _relayed(text: str, found: list[Statement]) -> list[Statement]:
    """ "…, he said, according to the Courier": the outlet is the channel of what he said."""
    outlets = [
        one.speaker.span
        for one in found
        if one.speaker and text[slice(*one.cue)].lower().startswith("according")
        if any(word.lower() in OUTLET_WORDS for word in text[slice(*one.speaker.span)].split())
    ]
    if not outlets:
        return found
    channel = Channel(outlets[0], (outlets[0],))
    return [
        replace(one, channel=channel)
        if one.channel is None and one.speaker and one.speaker.span not in outlets
        else one
        for one in found
    ]


def _apart(text: str, found: Sequence[Statement]) -> list[Statement]:
    """ "A said x, but B denied y": the first statement ends where the second speaker begins."""
    apart: list[Statement] = []
    for index, statement in enumerate(found):
        content = statement.content
        for later in found[index + 1 :]:
            begins = later.speaker.span[0] if later.speaker else later.cue[0]
            content = tuple(_until_turn(text, span, begins) for span in content)
        apart.append(replace(statement, content=content))
    return apart


def _until_turn(text: str, span: Span, begins: int) -> Span:
    turn = _TURN.search(text[max(span[0], begins - 20) : begins]) if begins < span[1] else None
    return (span[0], begins - len(turn.group())) if turn else span


def _without_doubles(found: list[Statement]) -> list[Statement]:
    """Two cues may claim the same words; the first keeps them, the second keeps what is left."""
    kept: list[Statement] = []
    for statement in found:
        taken = {span for other in kept for span in other.content}
        content = tuple(span for span in statement.content if span not in taken)
        if content or not statement.content:
            kept.append(replace(statement, content=content))
    return kept


def _coordinated(text: str, found: Sequence[Statement], grammar: Grammar) -> list[Statement]:
    """ "A said x and denied y": the second verb belongs to A and not to what A said.

    The parser often hangs it on the verb of x; the same tense as that of "said" tells.
    """
    apart = list(found)
    for index, later in enumerate(apart):
        for number, earlier in enumerate(apart[:index]):
            cut = _cut_before(text, earlier, later, grammar)
            if cut is not None:
                content = tuple((a, min(b, cut)) for a, b in earlier.content if a < cut)
                apart[number] = replace(earlier, content=content)
                apart[index] = replace(later, speaker=earlier.speaker)
    return apart


def _cut_before(text: str, earlier: Statement, later: Statement, grammar: Grammar) -> int | None:
    """Where the earlier statement ends if the later one is joined to it by "and"."""
    start = next((a for a, b in earlier.content if a < later.cue[0] < b), None)
    if start is None or earlier.cue > later.cue:
        return None
    first, second = grammar.at(earlier.cue[0]), grammar.at(later.cue[0])
    joined = _JOINED.search(text[max(start, later.cue[0] - JOINED_CHARS) : later.cue[0]])
    same_tense = first is not None and second is not None and first.tag == second.tag
    return later.cue[0] - len(joined.group()) if joined and same_tense else None
