"""The composition root: opens what the desk stands on, wires the edges, closes in reverse."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession
from sqlalchemy import URL
from telegram.ext import ExtBot

from bot import extraction
from bot.articles.fetch import open_http
from bot.articles.guard import parse_allow
from bot.clock import Clock, clock
from bot.errors import SettingsProblem
from bot.reader import Reader
from bot.services import Services
from bot.settings import EXAMPLES, Settings
from bot.texts.running import first_code
from bot.workflow import opening
from bot.workflow.reading import read_next
from handlers import schedule
from handlers.chat.client import file_fetcher, meet_telegram, open_client
from handlers.chat.delivery import Delivery
from handlers.chat.menu import Menus
from handlers.chat.processing import Processor
from handlers.chat.receive import Receiver
from handlers.chat.team_chat import check_team_chat, keep_checking
from handlers.web.serving import serve_web
from storage import submissions
from storage.alone import DatabaseInUse, alone_on
from storage.database import Sessions, database_url
from storage.migrate import migrate

log = logging.getLogger(__name__)

DRAIN_S = 8.0  # after SIGTERM: what is stored is handled and said, as far as this lasts
READ_IDLE_S = 5.0


@dataclass
class App:
    """The running desk."""

    services: Services
    bot: ExtBot[None]
    receiver: Receiver
    processor: Processor
    delivery: Delivery
    menus: Menus
    http_port: int
    is_team_chat_fit: bool  # False: Telegram did not show it at the start
    first_admin_code: str | None  # to be said to whoever started the program

    async def serve(self, *, stop: asyncio.Event) -> None:
        """Run every loop until `stop`, then drain."""
        scheduler = schedule.ticks(self.tick, every_s=self.services.settings.sweep_seconds)
        async with asyncio.TaskGroup() as group:
            receiving = group.create_task(self.receiver.run())
            loops = [
                group.create_task(loop)
                for loop in (
                    self.processor.run(),
                    self.processor.answer_presses(),
                    self.delivery.run(),
                    self.menus.run(),
                    self._read(),
                )
            ]
            if not self.is_team_chat_fit:
                loops.append(group.create_task(keep_checking(self.bot, self.services.settings)))
            await self.tick()
            scheduler.start()
            await stop.wait()
            scheduler.shutdown(wait=False)
            receiving.cancel()
            await self._drain()
            for loop in loops:
                loop.cancel()

    async def tick(self) -> None:
        """One turn of the clock: lost messages, every sweep, the heartbeat."""
        await self.delivery.release_lost(self.services.clock())
        is_reached = self.receiver.is_reached
        is_well = await schedule.sweep(self.services, is_reached=is_reached)
        if is_well and is_reached:
            await schedule.beat(self.services)

    async def read_next(self) -> bool:
        """Read one submitted article; False when none waits."""
        services = self.services
        done = await read_next(
            sessions=services.sessions,
            http=services.http,
            reader=services.reader,
            fetch_file=services.fetch_file,
            allow=parse_allow(services.settings.fetch_allow),
            policy=services.policy,
            clock=services.clock,
        )
        if done:
            services.delivery_bell.ring()
        return done

    async def _read(self) -> None:
        while True:
            try:
                done = await self.read_next()
            except Exception:
                log.exception("reading failed")
                done = False
            if not done:
                await self.services.reading_bell.wait(await self._read_idle_s())

    async def _read_idle_s(self) -> float:
        async with self.services.sessions.read() as session:
            due = await submissions.next_try(session)
        if due is None:
            return READ_IDLE_S
        return min(READ_IDLE_S, max(0.05, (due - self.services.clock()).total_seconds()))

    async def _drain(self) -> None:
        """Handle what is stored and say what is due, for at most `DRAIN_S`."""
        try:
            async with asyncio.timeout(DRAIN_S):
                while await self.processor.handle_next():
                    pass
                while await self.delivery.deliver_due():
                    pass
        except TimeoutError:
            log.warning("stopped before everything was said; the rest goes out at the next start")


@asynccontextmanager
async def opened(settings: Settings, *, now: Clock = clock) -> AsyncIterator[App]:
    """The desk with everything it stands on open; not yet running."""
    url = database_url(settings.database_url)
    async with AsyncExitStack() as stack:
        _hold_alone(url, stack)
        await asyncio.to_thread(migrate, url)
        sessions = Sessions(url)
        stack.push_async_callback(sessions.close)
        http = await stack.enter_async_context(open_http(parse_allow(settings.fetch_allow)))
        reader = await stack.enter_async_context(Reader(warm=extraction.WARM))
        application = open_client(settings)
        services = _services(settings, now, sessions=sessions, http=http, reader=reader)
        receiver = Receiver(application.bot, services)
        is_met = asyncio.Event()
        port = await serve_web(
            services, stack, is_reached=lambda: is_met.is_set() and receiver.is_reached
        )  # before Telegram answers: who watches the process must not take it for dead
        await meet_telegram(application)
        is_met.set()
        stack.push_async_callback(application.shutdown)
        services.fetch_file = file_fetcher(application.bot)
        services.bot_id = application.bot.id
        services.bot_username = application.bot.username
        is_team_chat_fit = await check_team_chat(application.bot, settings)
        code = await opening.prepare(
            sessions,
            admin_ids=settings.admin_ids,
            team_chat_id=settings.team_chat_id,
            now=now(),
        )
        yield App(
            services=services,
            bot=application.bot,
            receiver=receiver,
            processor=Processor(application, services),
            delivery=Delivery(application.bot, services),
            menus=Menus(application.bot, services),
            http_port=port,
            is_team_chat_fit=is_team_chat_fit,
            first_admin_code=code,
        )


async def run(settings: Settings) -> None:
    """Run the desk until SIGTERM or Ctrl-C."""
    stop = asyncio.Event()
    opening_task = asyncio.current_task()
    if opening_task is not None:
        _on_stop_signals(opening_task.cancel)  # nothing to drain yet
    async with opened(settings) as app:
        _on_stop_signals(stop.set)
        log.info("running", extra={"bot": app.bot.username, "http_port": app.http_port})
        if app.first_admin_code:
            print(first_code(app.bot.username, app.first_admin_code), flush=True)
        await app.serve(stop=stop)
    log.info("stopped")


def _on_stop_signals(react: Callable[[], object]) -> None:
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, react)


def _hold_alone(url: URL, stack: AsyncExitStack) -> None:
    """
    Raises:
        SettingsProblem: another desk runs on the same SQLite file.
    """
    try:
        stack.enter_context(alone_on(url))
    except DatabaseInUse as error:
        problem = f"{error.path} is in use: process {error.holder} runs a desk on it"
        raise SettingsProblem("DATABASE_URL", problem, EXAMPLES["DATABASE_URL"]) from error


def _services(
    settings: Settings, now: Clock, *, sessions: Sessions, http: ClientSession, reader: Reader
) -> Services:
    return Services(
        settings=settings,
        policy=settings.policy(),
        clock=now,
        sessions=sessions,
        http=http,
        reader=reader,
    )
