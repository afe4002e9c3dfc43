"""The table of figures that a run of the quality tests ends with."""

import re
from types import SimpleNamespace

import pytest

from tests.quality.table import PROPERTY, Row, lines_of, rows_of

FIGURES = {"what": "body F1", "value": 0.97, "target": 0.964, "floor": 0.969, "baselines": {"x": 1}}


def test_a_row_says_value_target_floor_baselines_and_the_test_to_run():
    report = SimpleNamespace(
        nodeid="tests/quality/test_bodies.py::test_it", user_properties=[(PROPERTY, FIGURES)]
    )

    head, _, row = lines_of(rows_of([report]))

    assert head.split()[:3] == ["measured", "value", "target"]
    assert re.split(r" {2,}", row) == [
        "body F1",
        ".970",
        "≥ .964",
        "≥ .969",
        "x 1.000",
        "test_bodies.py::test_it",
    ]


def test_a_missed_target_is_marked():
    assert Row("recall", 0.94, target=0.95, floor=0.93).cells()[1] == ".940 ✗"
    assert Row("CPU ms", 58.31, target=60, floor=70, is_ceiling=True).cells()[1] == "58.3"
    assert Row("CPU ms", 61, target=60, floor=70, is_ceiling=True).cells()[1] == "61.0 ✗"


@pytest.mark.parametrize(("value", "holds"), [(0.5, True), (0.49, False)])
def test_a_floor_holds_what_lies_above_it(value, holds):
    assert Row("share", value, target=None, floor=0.5).holds is holds
    assert Row("cost", -value, target=None, floor=-0.5, is_ceiling=True).holds is holds


def test_a_run_that_measured_nothing_prints_nothing():
    report = SimpleNamespace(nodeid="tests/test_house.py::x", user_properties=[("f1", 1.0)])

    assert lines_of(rows_of([report])) == []
