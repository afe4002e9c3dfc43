"""The one place that knows the time; everything below the edges takes `now` as an argument."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def clock() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)
