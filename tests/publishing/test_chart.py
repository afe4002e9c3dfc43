"""The picture of the week: readable whatever the week was like."""

import struct
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from bot.publishing.chart import LABELS, draw_week

DAYS = [f"2026-11-{day}" for day in range(16, 23)]


def a_week(**changed):
    figures = {
        "week": "2026-W47",
        "from": "2026-11-16",
        "to": "2026-11-22",
        "ratings": {"true": 31, "mostly_true": 6, "misleading": 5, "false": 4, "opinion": 1},
        "per_day": [{"day": day, "decided": 7, "received": 9} for day in DAYS],
        "cleared": 38,
        "blocking": 5,
        "open": 9,
        "hours_to_verdict": 9.0,
        "hours_to_verdict_last_week": 14.0,
    }
    return {**figures, **changed}


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_week_becomes_a_picture_of_the_shape_a_chat_shows_uncut():
    assert size_of(draw_week(a_week())) == (1200, 675)


def test_the_same_week_always_gives_the_same_picture():
    assert draw_week(a_week()) == draw_week(a_week())


@pytest.mark.parametrize(
    "changed",
    [
        {"ratings": {}},
        {"ratings": dict.fromkeys(LABELS, 0)},
        {"ratings": {"true": 0, "false": 1}},
        {"ratings": {"a verdict of a later program": 3}},
        {"ratings": {"true": 123_456}},
        {"per_day": []},
        {"per_day": [{"day": day, "decided": 0, "received": 0} for day in DAYS]},
        {"per_day": [{"day": day, "decided": 0, "received": 3} for day in DAYS]},
        {"per_day": [{"day": "2026-11-16", "decided": 1}]},
        {"hours_to_verdict": None},
        {"hours_to_verdict": 0, "hours_to_verdict_last_week": None},
        {"week": "2026-W01", "from": "2025-12-29", "to": "2026-01-04"},
    ],
)
def test_no_week_is_too_odd_to_be_drawn(changed):
    assert size_of(draw_week(a_week(**changed))) == (1200, 675)


def test_a_week_without_any_figures_says_so_in_the_picture():
    empty = {"week": "2026-W47"}

    said, unsaid = draw_week(empty), draw_week(empty, {"empty": ""})

    assert said != unsaid


@pytest.mark.parametrize("word", sorted(LABELS))
def test_every_word_of_the_picture_can_be_said_in_another_language(word):
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    nothing_decided = {"ratings": {}} if word == "empty" else {}
    no_last_week = {"hours_to_verdict_last_week": None} if word == "hours" else {}
    month = months.index(word) + 1 if word in months else 11
    days = {"from": f"2026-{month:02}-16", "to": f"2026-{month:02}-22"}
    figures = a_week(**nothing_decided, **no_last_week, **days)

    assert draw_week(figures, {word: "Ї"}) != draw_week(figures)


def test_the_picture_can_be_drawn_in_another_process():
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as workers:
        drawn = workers.submit(draw_week, a_week(), {"title": "Woche {week}"}).result(timeout=60)

    assert drawn == draw_week(a_week(), {"title": "Woche {week}"})


def test_who_only_imports_the_chart_does_not_pay_for_drawing():
    asked = "import sys, bot.publishing.chart; sys.exit('matplotlib' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
