"""Sixty labelled news articles as numbers: a row for each labelled unit."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.articles.article import Article
from bot.claims.judging import parts_of, signals_in, speech_of, states_in
from bot.claims.model.network import Network
from bot.claims.signals import Signals
from bot.claims.speech import Place
from bot.claims.tongues import English


@dataclass(frozen=True)
class Labelled:
    """An article: what is known of its sentences, and what each labelled unit should get.

    `rows[i]` is the sentence that shares most characters with unit i. `checkable` is NaN where
    the two labelling passes differ; `gain`, in 0..3, is the mean of 4 - priority.
    """

    name: str
    signals: list[Signals]
    states: NDArray[np.float32]
    rows: NDArray[np.int64]
    checkable: NDArray[np.float64]
    gain: NDArray[np.float64]


def labelled_articles(folder: Path, network: Network) -> list[Labelled]:
    """All articles of `news-claims`, in the order of its labels."""
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    return [_labelled(folder, label, network) for label in labels]


def _labelled(folder: Path, label: dict, network: Network) -> Labelled:
    text = json.loads((folder / "articles" / f"{label['id']}.json").read_text("utf-8"))["text"]
    paragraphs = tuple(found.span() for found in re.finditer(r"[^\n]+", text))
    tongue = English()
    places = tongue.places(Article(text=text, paragraphs=paragraphs))
    parts, owners = parts_of(tongue, text, places)
    speech = speech_of(places, tongue.speech(text, places), owners)
    signals = signals_in(tongue, text, parts, speech)
    states = states_in(text, parts, signals, network)
    units = label["units"]
    return Labelled(
        name=label["id"],
        signals=signals,
        states=states,
        rows=np.array([_nearest(unit, parts) for unit in units]),
        checkable=np.array([_number(unit["checkable"]) for unit in units]),
        gain=np.array([unit["gain"] for unit in units], np.float64),
    )


def _nearest(unit: dict, parts: list[Place]) -> int:
    shared = [min(unit["end"], one.end) - max(unit["start"], one.start) for one in parts]
    return int(np.argmax(shared))


def _number(answer: bool | None) -> float:
    return float("nan") if answer is None else float(answer)
