"""Reported speech in one sentence: what is said, by which words, by whom, through what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.claims.channels import (
    Channel,
    channel_before,
    channel_near,
    cited_after,
    listener_after,
    relayed_by,
)
from bot.claims.contents import after_verb, before_speaker, trimmed
from bot.claims.cues import Cue, cues_in
from bot.claims.findings import Span
from bot.claims.phrases import Speaker, speaker_in, tokens_in
from bot.claims.quotations import Quotation
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

STATEMENTS = 4  # per sentence; more is a list of verbs or hostile

_ACCORDING = re.compile(r"\b[Aa]ccording\sto\s")
_BODIES = ANONYMOUS_WORDS | ORGANISATION_WORDS | OUTLET_WORDS
_MARKS_BEFORE = (",", "”", '"', "»", "“", "’", "'", "–", "—", "?", "!")
_NO_SPEAKER = (STARTERS | BREAKS) - DETERMINERS - {"he", "she", "they"} | FUNCTION_WORDS["calendar"]
_FOLLOWED = ("said", "says", "say", "wrote", "writes", "reported", "reports", "added", "adds")
_TURN = re.compile(r",?\s(?:but|and|while|though|although|whereas)\s$")
_BY = re.compile(r"\s(?:by|from|of|released by|published by|issued by)\s")


@dataclass(frozen=True, slots=True)
class Statement:
    """One piece of reported speech; `content` may be empty where only the speaker is clear."""

    content: tuple[Span, ...]
    cue: Span
    speaker: Speaker | None
    channel: Channel | None = None
    direct: bool = False


def statements_in(text: str, start: int, end: int, quoted: Sequence[Quotation]) -> list[Statement]:
    """The reported speech of the sentence `text[start:end]`, in order of the reporting words."""
    found = [
        _according(text, start, end, match) for match in _according_in(text, start, end, quoted)
    ]
    for cue in cues_in(text, start, end, quoted)[:STATEMENTS]:
        statement = _spoken(text, start, end, cue, quoted)
        if statement is not None:
            found.append(statement)
    found.sort(key=lambda statement: statement.cue)
    found = _relayed(text, found)
    return _without_doubles(_apart(text, found))


def _according_in(
    text: str, start: int, end: int, quoted: Sequence[Quotation]
) -> list[re.Match[str]]:
    matches = list(_ACCORDING.finditer(text, start, end))[:STATEMENTS]
    return [one for one in matches if not any(q.start < one.start() < q.end for q in quoted)]


def _according(text: str, start: int, end: int, match: re.Match[str]) -> Statement:
    comma = _piece_end(text, match.end(), end)
    speaker = speaker_in(text, tokens_in(text, match.end(), comma))
    channel = None
    if speaker is not None:
        speaker, channel = _author_of(text, speaker, comma)
    cue = (match.start(), match.end() - 1)
    opens = not any(token.low not in STARTERS for token in tokens_in(text, start, match.start()))
    if opens and comma < end:
        content = trimmed(text, comma + 1, end)
    elif opens:
        content = None
    else:
        content = trimmed(text, start, match.start())
    rest = trimmed(text, comma + 1, end) if not opens and text[comma : comma + 1] == "," else None
    spans = tuple(span for span in (content, rest) if span and span[1] - span[0] > 12)
    return Statement(spans, cue, speaker, channel)


def _author_of(text: str, speaker: Speaker, end: int) -> tuple[Speaker, Channel | None]:
    """ "a report by the ministry": the ministry says it, the report is the channel."""
    if any(word.lower() in OUTLET_WORDS for word in text[slice(*speaker.span)].split()[:-1]):
        return speaker, None
    head = text[slice(*speaker.span)].split()[-1].lower()
    by = _BY.match(text, speaker.span[1], end)
    if head not in DOCUMENT_WORDS | RECORDING_WORDS or not by:
        return speaker, None
    author = speaker_in(text, tokens_in(text, by.end(), end))
    if author is None or not (author.is_name or text[slice(*author.span)].split()[-1] in _BODIES):
        return speaker, None
    return author, Channel(speaker.span)


def _spoken(
    text: str, start: int, end: int, cue: Cue, quoted: Sequence[Quotation]
) -> Statement | None:
    opening = _opening(start, cue, quoted)
    if cue.finite and _is_inverted(text, start, cue):
        speaker = subject_after(text, cue.end, end)
        if speaker is not None and _may_follow(text, start, cue, speaker):
            content = before_speaker(text, start, cue.start, quoted)
            speaker, channel = _author_of(text, speaker, end)
            known_end = max(place[1] for place in (speaker.span, speaker.role) if place)
            near = channel_near(text, known_end, _quote_or(end, known_end, quoted))
            channel = channel or near or relayed_by(text, known_end, end)
            return _statement(content, cue, speaker, channel, quoted)
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
    if speaker is None or not _may_speak(text, speaker, cue):
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
        source = speaker_in(text, tokens_in(text, cited, _piece_end(text, cited, end)))
        if source is not None:
            speaker, channel = source, Channel(speaker.span, (speaker.span,))
    if not content or after_quotation:
        stand = min(place[0] for place in (speaker.span, speaker.role) if place)
        stand = stand if stand >= opening else cue.start
        content = (*before_speaker(text, start, stand, quoted), *content)
        if not content and stand < speaker.span[0]:  # what looked like a role is the statement
            speaker = replace(speaker, role=None)
            content = before_speaker(text, start, speaker.span[0], quoted)
    if cue.limit == "that" and not content:
        return None
    return _statement(content, cue, speaker, channel, quoted) if content else None


def _other_channel(
    text: str, sentence: Span, cue: Cue, opening: int, issued: Span | None
) -> Channel | None:
    """A channel that does not follow the verb: before the speaker, after "via", in the verb."""
    if issued:
        return Channel(issued)
    opens = channel_before(text, sentence[0], cue.start) if opening == sentence[0] else None
    return opens or relayed_by(text, opening, sentence[1])


def _may_speak(text: str, speaker: Speaker, cue: Cue) -> bool:
    words = text[slice(*speaker.span)].lower().split()
    if cue.limit == "document":
        return words[-1] in DOCUMENT_WORDS | RECORDING_WORDS
    if speaker.is_name or speaker.is_pronoun:
        return True
    known = words[0] in DETERMINERS or words[-1].endswith("s") or words[-1] in _BODIES
    return known and not words[0].endswith("ing") and words[-1] not in DETERMINERS


def _statement(
    content: tuple[Span, ...],
    cue: Cue,
    speaker: Speaker,
    channel: Channel | None,
    quoted: Sequence[Quotation],
) -> Statement:
    size = sum(end - start for start, end in content) or 1
    marked = sum(
        max(0, min(end, one.end) - max(start, one.start))
        for start, end in content
        for one in quoted
    )
    return Statement(content, (cue.start, cue.end), speaker, channel, direct=marked > 0.6 * size)


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


def _piece_end(text: str, start: int, end: int) -> int:
    found = re.compile(r",(?!\d)|[:;]|\s[—–]|—|[.!?]$").search(text, start, end)
    return found.start() if found else end


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
