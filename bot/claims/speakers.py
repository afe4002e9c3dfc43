"""The speaker that the subject of a parsed verb names."""

from bot.claims.findings import Span
from bot.claims.parsing import Grammar, Word
from bot.claims.phrases import Speaker, speaker_in, tokens_in
from bot.claims.statement import Statement
from bot.claims.subjects import subject_before

STEPS = 5  # up from a verb to the one whose subject it shares

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SHARES_SUBJECT = frozenset({"xcomp", "advcl", "pcomp", "prep", "conj", "ccomp", "dep", "agent"})
_OF_NOUN = frozenset({"acl", "relcl"})
_PRONOUN_TAGS = frozenset({"PRP", "WP", "WDT"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})


def subject_of(grammar: Grammar, verb: Word, steps: int = 0) -> Word | None:
    """The word that is the subject, the verb's own or that of the verb or noun it hangs on."""
    found = [one for one in grammar.under(verb) if one.relation in SUBJECTS]
    if found:
        before = [one for one in found if one.number < verb.number]
        return (before or found)[-1]
    over = grammar.over(verb)
    if over is None or steps > STEPS:
        return None
    if verb.relation in _OF_NOUN:
        return _subject_above(grammar, over) if _is_apart(grammar, verb) else over
    return subject_of(grammar, over, steps + 1) if verb.relation in _SHARES_SUBJECT else None


def _is_apart(grammar: Grammar, verb: Word) -> bool:
    """ "…, saying": after a comma the participle is not the noun's before it."""
    return verb.relation == "acl" and grammar.words[verb.number - 1].text == ","


def _subject_above(grammar: Grammar, noun: Word) -> Word:
    """The subject of the verb that a noun depends on; the noun where there is none."""
    over: Word | None = noun
    for _ in range(STEPS):
        over = grammar.over(over) if over else None
        if over and over.tag.startswith("VB"):
            return subject_of(grammar, over) or noun
    return noun


def speaker_of(
    text: str, grammar: Grammar, subject: Word | None, ruled: Statement | None
) -> Speaker | None:
    """The noun phrase around the subject, with its role; the word alone where none shows.

    `ruled` is what the order of the words makes of it, which stays where both mean the same.
    """
    kept = ruled.speaker if ruled and (subject is None or _is_meant(subject, ruled)) else None
    if subject is None or (kept and (kept.is_name or kept.is_pronoun)):
        return kept
    if subject.tag in _PRONOUN_TAGS:
        means = _meant(text, grammar, subject)
        return Speaker((subject.start, subject.end), is_pronoun=True, means=means)
    if named := _named(grammar, subject):
        return named
    if kept:
        return kept
    start, end = grammar.span(subject)
    phrase = subject_before(text, start, end, after_quotation=False)
    if phrase is None or not _holds(subject, phrase.span, phrase.role):
        phrase = speaker_in(text, tokens_in(text, start, end))
    if phrase is None or not _holds(subject, phrase.span, phrase.role):
        return Speaker((_core(grammar, subject), subject.end))
    return phrase


def _meant(text: str, grammar: Grammar, pronoun: Word) -> Speaker | None:
    """Whom "who" stands for: the noun that its clause belongs to."""
    if pronoun.tag == "PRP":
        return None
    verb = grammar.over(pronoun)
    while verb is not None and verb.relation == "conj":
        verb = grammar.over(verb)
    if verb is None or verb.relation != "relcl":
        return None
    return speaker_of(text, grammar, grammar.over(verb), None)


def _named(grammar: Grammar, subject: Word) -> Speaker | None:
    """ "ambassador to Britain Liu Tan", "the diver, Ada Novak": the name, and the rest as role."""
    start, _ = grammar.span(subject)
    if subject.tag in _NAME_TAGS:
        first = _first_of_name(grammar, subject)
        role = (start, grammar.words[first - 1].end) if grammar.words[first].start > start else None
        return Speaker((grammar.words[first].start, subject.end), role, is_name=True)
    for one in grammar.under(subject):
        if one.relation == "appos" and one.tag in _NAME_TAGS:
            first = _first_of_name(grammar, one)
            return Speaker(
                (grammar.words[first].start, one.end),
                (_core(grammar, subject), subject.end),
                is_name=True,
            )
    return None


def _first_of_name(grammar: Grammar, word: Word) -> int:
    first = word.number
    while first > word.first and grammar.words[first - 1].tag in _NAME_TAGS:
        first -= 1
    return first


def _core(grammar: Grammar, subject: Word) -> int:
    """Where the phrase of a noun begins: at its article or adjective."""
    return grammar.words[subject.first].start


def _is_meant(subject: Word, ruled: Statement) -> bool:
    """The order of the words shows the same speaker, or one who speaks through the subject."""
    speaker, channel = ruled.speaker, ruled.channel
    if speaker is None:
        return False
    role = speaker.role if subject.tag not in _NAME_TAGS else None
    return _holds(subject, speaker.span, role, channel.words if channel else None)


def _holds(subject: Word, *spans: Span | None) -> bool:
    return any(span and span[0] <= subject.start < span[1] for span in spans)
