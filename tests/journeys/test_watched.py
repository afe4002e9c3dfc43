"""What a watching service hears of a desk that runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import text

from tests.journeys.desk import Desk, a_desk


class Watcher:
    """A watching service: counts the beats and answers them with `status`."""

    def __init__(self) -> None:
        self.beats, self.status, self.url = 0, 200, ""

    async def hear(self, _request: web.Request) -> web.Response:
        self.beats += 1
        return web.Response(status=self.status)


@asynccontextmanager
async def a_watcher() -> AsyncIterator[Watcher]:
    watcher = Watcher()
    application = web.Application()
    application.router.add_get("/beat", watcher.hear)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    watcher.url = f"http://127.0.0.1:{runner.addresses[0][1]}/beat"
    try:
        yield watcher
    finally:
        await runner.cleanup()


async def beats_of(desk: Desk, watcher: Watcher, *, ticks: int = 2) -> int:
    before = watcher.beats
    for _ in range(ticks):
        await desk.room.app.tick()
    return watcher.beats - before


async def rename(desk: Desk, table: str, to: str) -> None:
    async with desk.room.app.services.sessions.begin() as session:
        await (await session.connection()).execute(text(f"ALTER TABLE {table} RENAME TO {to}"))


async def test_the_heartbeat_stops_while_a_sweep_fails(database: str) -> None:
    async with a_watcher() as watcher, a_desk(database, heartbeat_url=watcher.url) as desk:
        await desk.sandbox.until(lambda: watcher.beats == 1, what="the beat of the start")
        assert await beats_of(desk, watcher) == 2

        await rename(desk, "lease", "lost")
        assert await beats_of(desk, watcher) == 0

        await rename(desk, "lost", "lease")
        assert await beats_of(desk, watcher) == 2


async def test_a_heartbeat_that_is_refused_is_in_the_log(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_watcher() as watcher, a_desk(database, heartbeat_url=watcher.url) as desk:
        watcher.status = 404
        await desk.room.app.tick()

    refused = [one for one in caplog.records if one.message == "heartbeat refused"]
    assert refused
    assert vars(refused[-1])["status"] == 404


async def test_a_running_desk_is_live_and_ready(desk: Desk) -> None:
    address = f"http://127.0.0.1:{desk.room.app.http_port}/health"
    async with ClientSession() as http:
        answers = [await http.get(f"{address}/{name}") for name in ("live", "ready")]

    assert [answer.status for answer in answers] == [200, 200]
