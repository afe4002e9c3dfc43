"""Clock ticks: the scheduler is only a clock, each job is one sweep that may run late or twice."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from aiohttp import ClientError, ClientSession, ClientTimeout
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services import Services
from bot.workflow import assignment, digest, handover, outage, overdue, reminders, settling, triage
from storage import inbox

log = logging.getLogger(__name__)

HEARTBEAT_TIMEOUT = ClientTimeout(total=10)
INBOX_KEPT = timedelta(days=3)  # longer than Telegram redelivers

# In this order: lost time is given back before anything is called late, verdicts settle before
# their claims are handed on.
SWEEPS: tuple[Callable[..., Awaitable[object]], ...] = (
    outage.note_alive,
    settling.settle,
    handover.hand_over,
    overdue.tell_due,
    assignment.assign_at_slots,
    reminders.remind,
    triage.remind_untriaged,
    digest.post_due,
)
# The others take away, remind or tell in time: they wait until people can be told and can answer.
WITHOUT_TELEGRAM = (settling.settle,)


def ticks(tick: Callable[[], Awaitable[None]], *, every_s: float) -> AsyncIOScheduler:
    """A scheduler that calls `tick` every `every_s` seconds, never twice at once."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        tick, "interval", seconds=every_s, max_instances=1, coalesce=True, misfire_grace_time=None
    )
    return scheduler


async def sweep(services: Services, *, is_reached: bool) -> bool:
    """Run every sweep once; whether all went well.

    One that fails is logged and keeps none of the others from running.
    `is_reached`: Telegram answers. While it does not, time counts like time that the desk is down.
    """
    now = services.clock()
    is_well = True
    for job in SWEEPS if is_reached else WITHOUT_TELEGRAM:
        try:
            async with services.sessions.begin() as session:
                count = await _run(job, session, services, now)
        except Exception:
            log.exception("a sweep failed", extra={"sweep": job.__module__})
            is_well = False
            continue
        if count:
            log.info("swept", extra={"sweep": job.__module__, "count": count})
    await _forget_updates(services)
    services.inbox_bell.ring()
    services.reading_bell.ring()
    services.delivery_bell.ring()
    return is_well


async def _run(
    job: Callable[..., Awaitable[object]], session: AsyncSession, services: Services, now: datetime
) -> object:
    if job is outage.note_alive:  # a slow clock is no outage
        every = timedelta(seconds=services.settings.sweep_seconds)
        return await outage.note_alive(session, policy=services.policy, now=now, every=every)
    return await job(session, policy=services.policy, now=now)


async def beat(services: Services) -> None:
    """Tell the watching service that all is well; it raises the alarm when this stops."""
    url = services.settings.heartbeat_url
    if not url:
        return
    try:
        # Not the guarded session that opens strangers' links: the operator may watch from inside.
        async with ClientSession(timeout=HEARTBEAT_TIMEOUT) as http, http.get(url) as answer:
            if not answer.ok:
                log.warning("heartbeat refused", extra={"status": answer.status})
    except (ClientError, TimeoutError) as error:
        log.warning("heartbeat not heard", extra={"error": type(error).__name__})


async def _forget_updates(services: Services) -> None:
    async with services.sessions.begin() as session:
        await inbox.forget(session, services.clock() - INBOX_KEPT)
