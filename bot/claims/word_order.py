"""Reported speech by the order of the words, without a parser."""

from collections.abc import Sequence
from dataclasses import replace

from bot.claims.according import author_of, piece_end
from bot.claims.channels import (
    Channel,
    channel_before,
    channel_near,
    cited_after,
    listener_after,
    relayed_by,
)
from bot.claims.contents import after_verb, before_speaker
from bot.claims.cues import Cue
from bot.claims.findings import Span
from bot.claims.phrases import Speaker, speaker_in, tokens_in
from bot.claims.quotations import Quotation
from bot.claims.statement import Statement, statement_of
from bot.claims.subjects import subject_after, subject_before, subject_of_clause
from bot.claims.words import (
    ANONYMOUS_WORDS,
    BREAKS,
    DETERMINERS,
    DOCUMENT_WORDS,
    FUNCTION_WORDS,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    RECORDING_WORDS,
    STARTERS,
)

_BODIES = ANONYMOUS_WORDS | ORGANISATION_WORDS | OUTLET_WORDS
_MARKS_BEFORE = (",", "”", '"', "»", "“", "’", "'", "–", "—", "?", "!")
_NO_SPEAKER = (STARTERS | BREAKS) - DETERMINERS - {"he", "she", "they"} | FUNCTION_WORDS["calendar"]
_FOLLOWED = ("said", "says", "say", "wrote", "writes", "reported", "reports", "added", "adds")


def spoken_in_order(
    text: str, start: int, end: int, cue: Cue, quoted: Sequence[Quotation]
) -> Statement | None:
    opening = _opening(start, cue, quoted)
    if cue.finite and _is_inverted(text, start, cue):
        speaker = subject_after(text, cue.end, end)
        if speaker is not None and _may_follow(text, start, cue, speaker):
            content = before_speaker(text, start, cue.start, quoted)
            speaker, channel = author_of(text, speaker, end)
            known_end = max(place[1] for place in (speaker.span, speaker.role) if place)
            near = channel_near(text, known_end, _quote_or(end, known_end, quoted))
            channel = channel or near or relayed_by(text, known_end, end)
            return statement_of(content, cue, speaker, channel, quoted)
    return _subject_first(text, (start, end), cue, opening, quoted)


def _subject_first(
    text: str, sentence: Span, cue: Cue, opening: int, quoted: Sequence[Quotation]
) -> Statement | None:
    start, end = sentence
    after_quotation = opening > start
    issued: Span | None = None
    if cue.finite:
        speaker = subject_before(text, opening, cue.start, after_quotation=after_quotation)
    else:
        speaker, issued = subject_of_clause(text, start, opening, cue.start)
    if speaker is None or not may_speak(text, speaker, cue):
        return None
    listener, told_end = (
        listener_after(text, cue.end, end) if cue.takes_listener else (None, cue.end)
    )
    said_before = after_quotation and not text[opening : speaker.span[0]].strip(" ,–—-")
    content = after_verb(text, told_end, end, cue, quoted, bare=not said_before)
    channel_end = content[0][0] if content else end
    channel = listener or channel_near(text, told_end, _quote_or(channel_end, told_end, quoted))
    if channel is None:
        channel = _other_channel(text, sentence, cue, opening, issued)
    if cited := cited_after(text, told_end, end):
        source = speaker_in(text, tokens_in(text, cited, piece_end(text, cited, end)))
        if source is not None:
            speaker, channel = source, Channel(speaker.span, (speaker.span,))
    if not content or after_quotation:
        stand = min(place[0] for place in (speaker.span, speaker.role) if place)
        stand = stand if stand >= opening else cue.start
        content = (*before_speaker(text, start, stand, quoted), *content)
        if not content and stand < speaker.span[0]:  # what looked like a role is the statement
            speaker = replace(speaker, role=None)
            content = before_speaker(text, start, speaker.span[0], quoted)
    if cue.limit in ("that", "view") and not content:
        return None
    return statement_of(content, cue, speaker, channel, quoted) if content else None


def _other_channel(
    text: str, sentence: Span, cue: Cue, opening: int, issued: Span | None
) -> Channel | None:
    """A channel that does not follow the verb: before the speaker, after "via", in the verb."""
    if issued:
        return Channel(issued)
    opens = channel_before(text, sentence[0], cue.start) if opening == sentence[0] else None
    return opens or relayed_by(text, opening, sentence[1])


def may_speak(text: str, speaker: Speaker, cue: Cue) -> bool:
    words = text[slice(*speaker.span)].lower().split()
    if cue.limit == "view" and speaker.is_pronoun:
        return False  # "they believe" is told by whoever speaks
    if cue.limit == "document":
        return words[-1] in DOCUMENT_WORDS | RECORDING_WORDS
    if speaker.is_name or speaker.is_pronoun:
        return True
    known = words[0] in DETERMINERS or words[-1].endswith("s") or words[-1] in _BODIES
    return known and not words[0].endswith("ing") and words[-1] not in DETERMINERS


def _opening(start: int, cue: Cue, quoted: Sequence[Quotation]) -> int:
    """Where the words between the last quotation and the cue begin; `start` without one.

    Short quotations are words in somebody's mouth inside the sentence, not speech before it.
    """
    ends = [one.end for one in quoted if start <= one.start and one.end <= cue.start]
    return ends[-1] if ends and cue.start - ends[-1] < 250 else start


def _is_inverted(text: str, start: int, cue: Cue) -> bool:
    """True for `…,” said Jane Doe` and `…, said the mayor`, where the speaker follows."""
    before = text[start : cue.start].rstrip()
    if cue.takes_listener or not before.endswith(_MARKS_BEFORE):
        return False
    following = tokens_in(text, cue.end, min(cue.end + 40, len(text)))
    return bool(following) and following[0].low not in _NO_SPEAKER


def _may_follow(text: str, start: int, cue: Cue, speaker: Speaker) -> bool:
    """After a clause without marks the speaker must end a phrase: `…, said the mayor, …`."""
    before = text[start : cue.start].rstrip()
    if not before.endswith(","):
        return True
    if text[cue.start : cue.end] not in _FOLLOWED:
        return False
    following = tokens_in(text, speaker.span[1], speaker.span[1] + 30)
    closed = text[speaker.span[1] : speaker.span[1] + 1] in tuple(",.;:)") or not following
    return not speaker.is_pronoun and (closed or following[0].low in BREAKS)


def _quote_or(end: int, start: int, quoted: Sequence[Quotation]) -> int:
    return min((one.start for one in quoted if start <= one.start < end), default=end)
