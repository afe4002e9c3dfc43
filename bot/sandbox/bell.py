"""Waking everybody who waits for a change."""

import asyncio


class Bell:
    """Wakes all who listen each time it rings; who comes later waits for the next ring."""

    def __init__(self) -> None:
        self._ring = asyncio.Event()

    def ring(self) -> None:
        self._ring.set()
        self._ring = asyncio.Event()

    async def heard(self, timeout_s: float) -> bool:
        """True at the next ring, False when none came within `timeout_s` seconds."""
        try:
            await asyncio.wait_for(self._ring.wait(), max(timeout_s, 0))
        except TimeoutError:
            return False
        return True
