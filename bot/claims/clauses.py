"""Reported speech by the grammar of a parsed sentence: subject and object of a reporting verb."""

from collections.abc import Sequence, Set

from bot.claims.contents import trimmed
from bot.claims.cues import Cue
from bot.claims.findings import Span
from bot.claims.parsing import Grammar, Word
from bot.claims.phrases import Speaker, speaker_in, tokens_in
from bot.claims.quotations import Quotation
from bot.claims.statement import Statement, statement_of
from bot.claims.subjects import subject_before
from bot.claims.word_order import may_speak

STEPS = 5  # up from a verb to the one whose subject it shares

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SHARES_SUBJECT = frozenset({"xcomp", "advcl", "pcomp", "prep", "conj", "ccomp", "dep", "agent"})
_OF_NOUN = frozenset({"acl", "relcl"})
_OBJECTS = frozenset({"dobj", "xcomp", "oprd"})
_PRONOUN_TAGS = frozenset({"PRP", "WP", "WDT"})
_JOINING = frozenset({"conj", "cc"})
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
    content = _tidy(text, _content(grammar, verb, cue), quoted)
    if not content:
        return ruled if ruled and _is_plain(text, cue, ruled) else None
    speaker = _speaker(text, grammar, _subject(grammar, verb), ruled)
    if speaker is None or (cue.limit and not may_speak(text, speaker, cue)):
        return None
    return statement_of(content, cue, speaker, ruled.channel if ruled else None, quoted)


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
        return named or text[last : last + 1] in ("", ".")
    after_that = text[start - 5 : start].lower() in ("that ", "that\xa0")
    at_once = text[cue.start : cue.end] in ("said", "says") and 0 <= start - cue.end <= 2
    return after_that or at_once


def _subject(grammar: Grammar, verb: Word, steps: int = 0) -> Word | None:
    """The word that is the subject, its own or that of the verb or noun it hangs on."""
    found = [one for one in grammar.under(verb) if one.relation in _SUBJECTS]
    if found:
        before = [one for one in found if one.number < verb.number]
        return (before or found)[-1]
    over = grammar.over(verb)
    if over is None or steps > STEPS or verb.relation in _OF_NOUN:
        return over if verb.relation in _OF_NOUN else None
    return _subject(grammar, over, steps + 1) if verb.relation in _SHARES_SUBJECT else None


def _speaker(
    text: str, grammar: Grammar, subject: Word | None, ruled: Statement | None
) -> Speaker | None:
    """The noun phrase around the subject, with its role; the word alone where none shows."""
    if ruled and ruled.speaker and (subject is None or _is_meant(subject, ruled)):
        return ruled.speaker
    if subject is None:
        return None
    if subject.tag in _PRONOUN_TAGS:
        return Speaker((subject.start, subject.end), is_pronoun=True)
    start, end = grammar.span(subject)
    phrase = subject_before(text, start, end, after_quotation=False)
    if phrase is None or not _holds(subject, phrase.span, phrase.role):
        phrase = speaker_in(text, tokens_in(text, start, end))
    if phrase is None or not _holds(subject, phrase.span, phrase.role):
        return Speaker((subject.start, subject.end))
    return phrase


def _is_meant(subject: Word, ruled: Statement) -> bool:
    """The order of the words shows the same speaker, or one who speaks through the subject."""
    speaker, channel = ruled.speaker, ruled.channel
    return speaker is not None and _holds(
        subject, speaker.span, speaker.role, channel.words if channel else None
    )


def _holds(subject: Word, *spans: Span | None) -> bool:
    return any(span and span[0] <= subject.start < span[1] for span in spans)


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
    if objects and not cue.limit:
        return _following(grammar, under, objects[0])
    return []


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
    if clause and any(one.relation in _SUBJECTS for one in grammar.under(clause)):
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
