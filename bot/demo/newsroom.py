"""A whole desk in one process: sandbox, sample site and bot on a clock that is moved by hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import col, func, or_, select

from bot.app import App, opened
from bot.demo.site_server import SiteServer, serve_site
from bot.sandbox import Sandbox
from bot.settings import Settings, load_settings
from bot.workflow import outage
from storage import outbox
from storage.models import Outbox, Submission, UpdateInbox
from storage.models.intake import InboxState, SubmissionState
from storage.models.talking import OutboxState

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
BREATH = timedelta(minutes=9)  # the clock never jumps further than an outage would be
TICK_EVERY = timedelta(minutes=30)
STILL_S = 30.0  # how long the desk may take to come to rest


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The current instant, as every edge of the desk sees it."""
        return self.now


@dataclass
class Newsroom:
    """The running desk and everything around it."""

    sandbox: Sandbox
    site: SiteServer
    app: App
    clock: HandClock

    async def rest(self) -> None:
        """Wait until nothing is left to handle, read or say at this instant."""
        async with asyncio.timeout(STILL_S):
            # Being at rest is a state of the database, which rings no bell.
            while self.sandbox.world.updates.pending or await self._has_work():  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def tick(self) -> None:
        """One turn of the desk's clock, and everything that follows from it."""
        await self.app.tick()
        await self.rest()

    async def advance(self, span: timedelta) -> None:
        """Let time pass as it does in a newsroom: in small steps, with the clock ticking."""
        await self.advance_to(self.clock.now + span)

    async def advance_to(self, until: datetime) -> None:
        """The same up to an instant."""
        since_tick = timedelta(0)
        while self.clock.now < until:
            step = min(BREATH, until - self.clock.now)
            self.clock.now += step
            since_tick += step
            if since_tick >= TICK_EVERY or self.clock.now == until:
                await self.tick()
                since_tick = timedelta(0)
            else:
                await self._stay_alive()

    async def _stay_alive(self) -> None:
        if not self.app.receiver.is_reached:
            return
        services = self.app.services
        async with services.sessions.begin() as session:
            await outage.note_alive(session, policy=services.policy, now=services.clock())

    async def _has_work(self) -> bool:
        now = self.clock.now
        async with self.app.services.sessions.read() as session:
            waiting: Any = (
                select(func.count())
                .select_from(UpdateInbox)
                .where(col(UpdateInbox.state) == InboxState.NEW, UpdateInbox.next_try_at <= now),
                select(func.count())
                .select_from(Submission)
                .where(
                    or_(
                        col(Submission.state) == SubmissionState.READING,
                        col(Submission.state).in_(
                            [SubmissionState.QUEUED, SubmissionState.COLLECTING]
                        )
                        & (col(Submission.next_try_at) <= now),
                    )
                ),
                select(func.count())
                .select_from(Outbox)
                .where(col(Outbox.state) == OutboxState.SENDING),
            )
            for query in waiting:
                if (await session.exec(query)).one():
                    return True
            heads = await outbox.heads(session, now)
            return not all(self.app.delivery.is_held(row) for row in heads)


@asynccontextmanager
async def newsroom(
    database_url: str,
    *,
    clock: HandClock | None = None,
    sandbox_port: int = 0,
    **settings: Any,
) -> AsyncIterator[Newsroom]:
    """The desk running against a sandbox and the sample site until the block ends."""
    hand = clock or HandClock()
    async with (
        Sandbox(port=sandbox_port, clock=hand) as sandbox,
        await serve_site() as site,
        reopened(sandbox, site, database_url, clock=hand, **settings) as desk,
    ):
        yield desk


@asynccontextmanager
async def reopened(
    sandbox: Sandbox, site: SiteServer, database_url: str, *, clock: HandClock, **settings: Any
) -> AsyncIterator[Newsroom]:
    """The bot alone on a sandbox and site that are there already: a restart keeps the chats."""
    chosen = settings_for(sandbox, site, database_url, **settings)
    stop = asyncio.Event()
    async with opened(chosen, now=clock) as app:
        serving = asyncio.create_task(app.serve(stop=stop))
        try:
            yield Newsroom(sandbox=sandbox, site=site, app=app, clock=clock)
        finally:
            stop.set()
            await serving


def settings_for(
    sandbox: Sandbox, site: SiteServer, database_url: str, **settings: Any
) -> Settings:
    """Settings of a bot that talks to this sandbox and may read this site."""
    given = {
        "bot_token": sandbox.token,
        "telegram_api_url": sandbox.url,
        "database_url": database_url,
        "fetch_allow": f"127.0.0.1:{site.port}",
        "http_port": 0,
        "sweep_seconds": 100,  # ticks come from `Newsroom.tick` long before
        **settings,
    }
    return load_settings("bot_token", _env_file=None, **given)
