"""How fast is the desk: start, link to claim sheet, update to reply, memory, at two loads.

    .venv/bin/python bench/flow.py [--seconds 20] [--database postgresql://…]

The real `deskcheck run` talks to a sandbox on 127.0.0.1 and reads the sample site from there, so
the network's share is that of the loopback. Latency is counted from the moment at which the
sandbox has the person's message to the moment at which it has the bot's.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.demo.site_server import SiteServer, serve_site
from bot.sandbox import Person, Sandbox

ROOT = Path(__file__).parent.parent
ADMIN = 500
READERS = 20  # chats that write side by side under load
PAGES = ("budget.html", "ferry.html", "hospital.html", "rents.html", "cannery-feature.html")


async def main(seconds: float, database: str | None) -> None:
    """Measure and print one table."""
    with tempfile.TemporaryDirectory() as folder:
        address = database or f"sqlite:///{folder}/desk.db"
        async with Sandbox() as sandbox, await serve_site() as site:
            await _measure(sandbox, site, address, seconds)


async def _measure(sandbox: Sandbox, site: SiteServer, database: str, seconds: float) -> None:
    people = [sandbox.add_person(ADMIN + n, f"Person {n}", started=True) for n in range(READERS)]
    began = time.perf_counter()
    process = await _start(sandbox, site, database, [person.id for person in people])
    try:
        await sandbox.until(lambda: "getUpdates" in sandbox.calls, timeout_s=60)
        _row("start-up to the first poll", f"{time.perf_counter() - began:.2f} s")
        await _reply_time(sandbox, people[0], "/help")
        _row("resident memory, idle", f"{_memory_mb(process.pid):.0f} MB")
        sheets = [await _sheet_time(sandbox, people[0], site.url(page)) for page in PAGES]
        _row("link to claim sheet, median of 5 articles", f"{statistics.median(sheets):.2f} s")
        _row("resident memory after them", f"{_memory_mb(process.pid):.0f} MB")
        for rate in (1, 20):
            times = await _under_load(sandbox, people, rate, seconds)
            _row(f"update to reply at {rate} a second", _percentiles(times))
            _row(f"resident memory at {rate} a second", f"{_memory_mb(process.pid):.0f} MB")
    finally:
        process.terminate()
        await process.wait()


async def _start(
    sandbox: Sandbox, site: SiteServer, database: str, admins: list[int]
) -> asyncio.subprocess.Process:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "DATABASE_URL": database,
        "FETCH_ALLOW": f"127.0.0.1:{site.port}",
        "ADMIN_IDS": ",".join(map(str, admins)),
        "HTTP_PORT": "0",
        "LOG_LEVEL": "WARNING",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, cwd=tempfile.mkdtemp()
    )


async def _reply_time(sandbox: Sandbox, person: Person, text: str) -> float:
    before = len(person.chat.from_bot)
    began = time.perf_counter()
    await person.sends(text)
    await sandbox.until(lambda: len(person.chat.from_bot) > before, timeout_s=60)
    return time.perf_counter() - began


async def _sheet_time(sandbox: Sandbox, person: Person, link: str) -> float:
    before = len(person.chat.from_bot)
    began = time.perf_counter()
    await person.sends(link)

    def has_sheet() -> bool:
        fresh = person.chat.from_bot[before:]
        return any(label.startswith("Send") for message in fresh for label in message.labels)

    await sandbox.until(has_sheet, timeout_s=60)
    return time.perf_counter() - began


async def _under_load(
    sandbox: Sandbox, people: list[Person], rate: int, seconds: float
) -> list[float]:
    """Reply times while `rate` people a second write, each waiting for their own reply."""
    times: list[float] = []

    async def one(person: Person) -> None:
        times.append(await _reply_time(sandbox, person, "/help"))

    async with asyncio.TaskGroup() as group:
        await _at_rate(lambda n: one(people[n % len(people)]), group, rate, int(rate * seconds))
    return times


async def _at_rate(
    make: Callable[[int], Awaitable[None]], group: asyncio.TaskGroup, rate: int, count: int
) -> None:
    began = time.perf_counter()
    for n in range(count):
        await asyncio.sleep(max(0, began + n / rate - time.perf_counter()))
        group.create_task(make(n))  # type: ignore[arg-type]  # a coroutine, typed as awaitable


def _percentiles(times: list[float]) -> str:
    ordered = sorted(times)
    middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    return f"median {middle * 1000:.0f} ms, 95 % within {late * 1000:.0f} ms (n={len(ordered)})"


def _memory_mb(pid: int) -> float:
    """Resident memory of the bot and its reader process."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    total = 0.0
    for process in (str(pid), *children):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1]) / 1024
    return total


def _row(what: str, figure: str) -> None:
    print(f"{what:<45} {figure}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="How fast is the desk?")
    parser.add_argument("--seconds", type=float, default=20, help="length of each load")
    parser.add_argument("--database", help="address of an empty database; default a new file")
    given = parser.parse_args()
    asyncio.run(main(given.seconds, given.database))
