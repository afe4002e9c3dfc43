"""Every sentence of an article with its signals and scores, by the network where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.claims.model.network import Network, the_network
from bot.claims.scores import Score, scores_of
from bot.claims.signals import Signals
from bot.claims.speech import Place, Spoken
from bot.claims.standing import standing_of
from bot.claims.tongues import Tongue

NETWORK_SENTENCES = 600  # about a second of CPU; a text with more is a book, and judged by rules


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence as it is judged: a quotation of three sentences is one place, but three parts.

    `owner` is the index of the place that it belongs to.
    """

    place: Place
    owner: int
    signals: Signals
    score: Score


@dataclass(frozen=True, slots=True)
class Judged:
    """An article's parts in text order; `lacks_network` where it should have judged and is lost."""

    parts: tuple[Part, ...]
    lacks_network: bool


def judge(tongue: Tongue, text: str, places: Sequence[Place], spoken: Sequence[Spoken]) -> Judged:
    """Score every sentence within this article."""
    parts, owners = parts_of(tongue, text, places)
    signals = signals_in(tongue, text, parts, speech_of(places, spoken, owners))
    is_for_network = tongue.reads_by_network and 0 < len(parts) <= NETWORK_SENTENCES
    network = the_network() if is_for_network else None
    if network is None:
        scores = tongue.scores(signals)
    else:
        scores = scores_of(signals, states_in(text, parts, signals, network))
    judged = tuple(
        Part(place, owner, seen, score)
        for place, owner, seen, score in zip(parts, owners, signals, scores, strict=True)
    )
    return Judged(judged, lacks_network=is_for_network and network is None)


def parts_of(tongue: Tongue, text: str, places: Sequence[Place]) -> tuple[list[Place], list[int]]:
    """The sentences, also those inside long quotations, and the index of each one's place."""
    owned = [
        (part, owner) for owner, place in enumerate(places) for part in tongue.parts(text, place)
    ]
    return [part for part, _ in owned], [owner for _, owner in owned]


def signals_in(
    tongue: Tongue, text: str, parts: Sequence[Place], speech: Sequence[Sequence[Spoken]]
) -> list[Signals]:
    """The signals of each part: its wording, its place in the article, and how it is said."""
    spans = [(part.start, part.end) for part in parts]
    standing = standing_of(text, spans, [part.paragraph for part in parts])
    return [
        tongue.signals(text, part) | stands | _said(part, spoken)
        for part, stands, spoken in zip(parts, standing, speech, strict=True)
    ]


def states_in(
    text: str, parts: Sequence[Place], signals: Sequence[Signals], network: Network
) -> NDArray[np.float32]:
    """What the network sees in each sentence; adds to `signals` how close it is to the whole."""
    states = network.states([text[part.start : part.end] for part in parts])
    middle = states.mean(axis=0)
    lengths = np.linalg.norm(states, axis=1) * np.linalg.norm(middle)
    for one, closeness in zip(signals, states @ middle / np.maximum(lengths, 1e-9), strict=True):
        one["centrality"] = float(closeness)
    return states


def speech_of(
    places: Sequence[Place], spoken: Sequence[Spoken], owners: Sequence[int]
) -> list[Sequence[Spoken]]:
    speech: dict[int, list[Spoken]] = {}
    for one in spoken:
        for place in (one.place, *one.continued):
            speech.setdefault(place.start, []).append(one)
    return [speech.get(places[owner].start, ()) for owner in owners]


def _said(part: Place, spoken: Sequence[Spoken]) -> Signals:
    covered = sum(
        max(0, min(end, part.end) - max(start, part.start))
        for one in spoken
        for start, end in one.statement.content
    )
    cues = [one.statement.cue[0] for one in spoken]
    return {
        "attributed": float(bool(spoken)),
        "cue_here": float(any(part.start <= cue < part.end for cue in cues)),
        "direct": float(any(one.statement.direct for one in spoken)),
        "via": float(any(one.statement.channel is not None for one in spoken)),
        "content": min(covered / (part.end - part.start), 1.0),
    }
