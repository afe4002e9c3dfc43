"""Reported speech by the grammar of a parsed sentence: subject and object of a reporting verb."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from bot.claims.contents import trimmed
from bot.claims.cues import Cue
from bot.claims.findings import Span
from bot.claims.parsing import Grammar, Word
from bot.claims.phrases import Speaker
from bot.claims.quotations import Quotation
from bot.claims.speakers import SUBJECTS, speaker_of, subject_of
from bot.claims.statement import Statement, statement_of
from bot.claims.word_order import may_speak

_OBJECTS = frozenset({"dobj", "xcomp", "oprd"})
_DESCRIBING = frozenset({"acl", "relcl", "ccomp"})
_JOINING = frozenset({"conj", "cc"})
_SENTENCE_ENDS = re.compile(r"(?:\s(?:us|me|him|her|them|reporters|journalists))?(?:\.|$|\n)")
_PAUSES = frozenset(";—–")


def spoken_by_grammar(
    text: str,
    cue: Cue,
    quoted: Sequence[Quotation],
    grammar: Grammar,
    ruled: Statement | None,
) -> Statement | None:
    """What the verb reports; None where it is no verb here, or has no speaker or no content.

    `ruled` is what the order of the words makes of it; its channel is kept.
    """
    verb = grammar.at(cue.start)
    if verb is None or not verb.tag.startswith("VB"):
        return None
    if ruled and ruled.direct:
        return replace(ruled, speaker=_who_spoke(text, grammar, verb, ruled, quoted))
    content = _tidy(text, _content(grammar, verb, cue), quoted)
    if not content:
        if ruled is None or not _is_plain(text, cue, ruled):
            return None
        return replace(ruled, speaker=_who_spoke(text, grammar, verb, ruled, quoted))
    speaker = speaker_of(text, grammar, subject_of(grammar, verb), ruled)
    if speaker is None or (cue.limit and not may_speak(text, speaker, cue)):
        return None
    return statement_of(content, cue, speaker, ruled.channel if ruled else None, quoted)


def _who_spoke(
    text: str, grammar: Grammar, verb: Word, ruled: Statement, quoted: Sequence[Quotation]
) -> Speaker | None:
    """The speaker of a quotation; grammar inside what is said says nothing about him."""
    subject = subject_of(grammar, verb)
    said = [*ruled.content, *((one.start, one.end) for one in quoted)]
    if subject is None or any(start <= subject.start < end for start, end in said):
        return ruled.speaker
    return speaker_of(text, grammar, subject, ruled)


def _is_plain(text: str, cue: Cue, ruled: Statement) -> bool:
    """The order of the words leaves no doubt: "said the wall leaks", "told us at noon that …",
    or "the wall leaks, she said" at the end of the sentence, or in a letter."""
    if not ruled.content:
        return False
    start = ruled.content[0][0]
    if start < cue.start:
        speaker = ruled.speaker
        last = max(cue.end, speaker.span[1] if speaker else 0)
        named = speaker is not None and speaker.is_name and ruled.channel is not None
        return named or bool(_SENTENCE_ENDS.match(text, last))
    after_that = text[start - 5 : start].lower() in ("that ", "that\xa0")
    at_once = text[cue.start : cue.end] in ("said", "says") and 0 <= start - cue.end <= 2
    return after_that or at_once


def _content(grammar: Grammar, verb: Word, cue: Cue) -> list[Span]:
    """The spans of the reported clause, wherever it stands to the verb."""
    under = list(grammar.under(verb))
    clauses = [one for one in under if one.relation == "ccomp"]
    after = [one for one in clauses if one.number > verb.number]
    if after:
        return _following(grammar, under, after[0])
    if clauses:
        return _spans(grammar, _all_under(grammar, clauses[-1]))
    over = grammar.over(verb)
    if over is not None and verb.relation == "parataxis":
        return _spans(grammar, _all_under(grammar, over) - _all_under(grammar, verb))
    objects = [one for one in under if one.relation in _OBJECTS and one.number > verb.number]
    demands = [one for one in objects if one.relation == "xcomp"]
    if demands and cue.limit == "object":
        return _following(grammar, under, demands[0])
    if objects and cue.limit in ("", "document", "quote") and _asserts(verb, under):
        return _following(grammar, under, objects[0])
    return []


def _asserts(verb: Word, under: Sequence[Word]) -> bool:
    """False where a verb with an object only describes: "who promised a wall", "will promise"."""
    may = verb.tag == "VB" or any(one.tag == "MD" for one in under)
    return not may and verb.relation not in _DESCRIBING


def _following(grammar: Grammar, under: Sequence[Word], clause: Word) -> list[Span]:
    """The clause after the verb with what follows it, up to a second verb, "adding …" or a dash."""
    numbers = _all_under(grammar, clause)
    for one in under:
        if one.number <= clause.last:
            continue
        if one.number in numbers:
            continue
        if second := _second_clause(grammar, under, one):
            numbers |= _all_under(grammar, one) | _all_under(grammar, second)
            continue
        joins = one.relation in _JOINING or one.text in _PAUSES
        if joins or (one.relation == "advcl" and grammar.words[one.first].tag == "VBG"):
            break
        numbers |= _all_under(grammar, one)
    return _spans(grammar, numbers)


def _second_clause(grammar: Grammar, under: Sequence[Word], joint: Word) -> Word | None:
    """The clause after an "and" without a comma that has a subject of its own."""
    if joint.relation != "cc" or grammar.words[joint.number - 1].text == ",":
        return None
    after = (one for one in under if one.number > joint.number and one.relation == "conj")
    clause = next(after, None)
    if clause and any(one.relation in SUBJECTS for one in grammar.under(clause)):
        return clause
    return None


def _all_under(grammar: Grammar, word: Word) -> set[int]:
    """Numbers of the word and all that depend on it; there may be others in between."""
    numbers = {word.number}
    waiting = [word]
    while waiting:
        below = list(grammar.under(waiting.pop()))
        numbers.update(one.number for one in below)
        waiting.extend(below)
    return numbers


def _spans(grammar: Grammar, numbers: Set[int]) -> list[Span]:
    """Runs of neighbouring words."""
    spans: list[Span] = []
    for number in sorted(numbers):
        word = grammar.words[number]
        if number - 1 in numbers:
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return spans


def _tidy(text: str, spans: Sequence[Span], quoted: Sequence[Quotation]) -> tuple[Span, ...]:
    """The spans without "that" and outer punctuation, and never half a quotation."""
    tidy = []
    for start, end in spans:
        start = min([start, *(one.start for one in quoted if one.start < start < one.end)])
        end = max([end, *(one.end for one in quoted if one.start < end < one.end)])
        if text[start : start + 5].lower() in ("that ", "that\xa0"):
            start += len("that ")
        if span := trimmed(text, start, end):
            tidy.append(span)
    return tuple(tidy)
