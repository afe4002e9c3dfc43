"""One table of everything that was measured in a run: value, target, baselines, command.

A test records a row with the `measured` fixture; the rows travel in the test reports, so that the
table is whole when several processes share the work.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

PROPERTY = "measured"
_HEADINGS = ("measured", "value", "target", "floor", "baselines", "pytest -m quality …")


@dataclass(frozen=True)
class Row:
    """One figure. `floor` is what the test holds, `target` what we want; both may be ceilings."""

    what: str
    value: float
    target: float | None
    floor: float
    baselines: Mapping[str, float] = field(default_factory=dict)
    is_ceiling: bool = False
    test: str = ""

    @property
    def holds(self) -> bool:
        """Whether the floor is kept."""
        return self._reaches(self.floor)

    def cells(self) -> tuple[str, ...]:
        """The row as words, in the order of the headings."""
        reached = self.target is None or self._reaches(self.target)
        sign = "≤" if self.is_ceiling else "≥"
        others = ", ".join(f"{name} {_figure(value)}" for name, value in self.baselines.items())
        return (
            self.what,
            f"{_figure(self.value)}{'' if reached else ' ✗'}",
            "–" if self.target is None else f"{sign} {_figure(self.target)}",
            f"{sign} {_figure(self.floor)}",
            others or "–",
            self.test,
        )

    def _reaches(self, bound: float) -> bool:
        return self.value <= bound if self.is_ceiling else self.value >= bound


def rows_of(reports: Iterable[Any]) -> list[Row]:
    """The rows that tests recorded, in the order in which the tests stand in their files."""
    found = [
        Row(**values, test=report.nodeid.removeprefix("tests/quality/"))
        for report in reports
        for name, values in report.user_properties
        if name == PROPERTY
    ]
    return sorted(found, key=lambda row: row.test.partition("::")[0])


def lines_of(rows: Iterable[Row]) -> list[str]:
    """The table, a line a row, columns aligned; nothing without rows."""
    cells = [row.cells() for row in rows]
    if not cells:
        return []
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *cells, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (_HEADINGS, tuple("─" * width for width in widths), *cells)
    ]


def _figure(value: float) -> str:
    """.971 for a share, 58.3 for anything larger."""
    return f"{value:.3f}".removeprefix("0") if abs(value) < 1.0005 else f"{value:,.1f}"
