"""What a test of quality measures with."""

from collections.abc import Callable

import pytest

from tests.quality.table import PROPERTY, Row

Measured = Callable[..., None]


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Measured:
    """Put a figure into the table at the end of the run, and hold it to its floor or ceiling."""

    def hold(
        what: str,
        value: float,
        *,
        floor: float,
        target: float | None = None,
        baselines: dict[str, float] | None = None,
        is_ceiling: bool = False,
    ) -> None:
        figures = {
            "what": what,
            "value": float(value),
            "target": target,
            "floor": floor,
            "baselines": {name: float(base) for name, base in (baselines or {}).items()},
            "is_ceiling": is_ceiling,
        }
        record_property(PROPERTY, figures)
        row = Row(**figures)
        assert row.holds, f"{what}: {row.value:.4f}, and the floor is {row.floor}"

    return hold
