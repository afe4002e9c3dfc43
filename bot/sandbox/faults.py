"""Trouble on order: what the next calls of a method meet."""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

ANY_METHOD = "*"


class Fault(StrEnum):
    """What happens to a call, and whether its effect takes place."""

    TOO_MANY_REQUESTS = "429"  # refused, with retry_after
    BAD_GATEWAY = "502"  # refused by a proxy, with a page instead of JSON
    SERVER_ERROR = "500"  # refused
    DROPPED = "dropped"  # not carried out, the connection closes
    TIMEOUT = "timeout"  # not carried out, no answer ever
    LOST_RESPONSE = "lost_response"  # carried out, the connection closes without an answer
    LATE_RESPONSE = "late_response"  # carried out, no answer ever
    BLOCKED = "blocked"  # 403, whatever the person has really done


@dataclass(frozen=True)
class Ordered:
    fault: Fault
    retry_after_s: int


class Faults:
    """Ordered faults per method, used up one call at a time in the order they were ordered."""

    def __init__(self) -> None:
        self._ordered: dict[str, deque[Ordered]] = {}

    def fail_next(
        self, method: str, fault: Fault | str, *, times: int = 1, retry_after_s: int = 1
    ) -> None:
        """Let the next `times` calls of `method` (`"*"`: of any but getUpdates) meet `fault`."""
        queue = self._ordered.setdefault(method.lower(), deque())
        queue.extend([Ordered(Fault(fault), retry_after_s)] * times)

    def take(self, method: str) -> Ordered | None:
        """The fault that this call meets, if any."""
        names = [method.lower()]
        if method.lower() != "getupdates":
            names.append(ANY_METHOD)
        for name in names:
            if self._ordered.get(name):
                return self._ordered[name].popleft()
        return None

    def clear(self) -> None:
        self._ordered.clear()
