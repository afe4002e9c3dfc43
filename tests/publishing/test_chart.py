"""The picture of the week: readable whatever the week was like."""

import struct
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from multiprocessing import get_context

import pytest

from bot.publishing.chart import LABELS, draw_week, figure_of

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


def numbers_of_days(week):
    """What is written below the bars of the days, as it stands in the picture."""
    figure = figure_of(week)
    figure.draw_without_rendering()
    return figure.axes[-1].texts


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
    quick = {"hours_to_verdict": 0.5} if word == "min" else {}
    month = months.index(word) + 1 if word in months else 11
    days = {"from": f"2026-{month:02}-16", "to": f"2026-{month:02}-22"}
    figures = a_week(**nothing_decided, **no_last_week, **quick, **days)

    assert draw_week(figures, {word: "Ї"}) != draw_week(figures)


def test_the_picture_can_be_drawn_in_another_process():
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as workers:
        drawn = workers.submit(draw_week, a_week(), {"title": "Woche {week}"}).result(timeout=60)

    assert drawn == draw_week(a_week(), {"title": "Woche {week}"})


@pytest.mark.parametrize(
    ("hours", "shown"),
    [(0, "0 min"), (0.04, "2 min"), (0.99, "59 min"), (1.5, "1.5 h"), (9, "9 h")],
)
def test_the_time_to_a_verdict_reads_as_in_the_text_below(hours, shown):
    week = a_week(hours_to_verdict=hours, hours_to_verdict_last_week=None)

    assert draw_week(week) == draw_week(week, {"hours": f"{shown} to verdict"})
    assert draw_week(week) != draw_week(week, {"hours": "another time"})


@pytest.mark.parametrize("row", ["decided", "received"])
def test_both_numbers_of_a_day_are_written_below_it(row):
    days = [{"day": day, "decided": 88, "received": 88} for day in DAYS]
    changed = [{**day, row: 87} if day["day"] == DAYS[3] else day for day in days]

    shown = [number.get_text() for number in numbers_of_days(a_week(per_day=changed))]

    assert (shown.count("88"), shown.count("87")) == (13, 1)


@pytest.mark.parametrize("count", [8, 88, 888])
def test_no_two_numbers_of_the_days_overlap(count):
    days = [{"day": day, "decided": count, "received": count} for day in DAYS]

    boxes = [number.get_window_extent() for number in numbers_of_days(a_week(per_day=days))]

    assert len(boxes) == 14
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]


def test_who_only_imports_the_chart_does_not_pay_for_drawing():
    asked = "import sys, bot.publishing.chart; sys.exit('matplotlib' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
