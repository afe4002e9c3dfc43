"""The demo as a command: a folder for what comes out, the story, and then time to play."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.demo.cast import EDA, assembled
from bot.demo.day import WEDNESDAY, Day
from bot.demo.newsroom import HandClock, Newsroom, newsroom
from bot.demo.teller import Teller
from bot.errors import UsageProblem
from bot.publishing.chart import draw_week
from bot.publishing.exports import write_export
from bot.sandbox import Person

ARTICLES = ("budget.html", "library-brief.html")
TICK_S = 2.0


async def play(folder: Path, *, link: str | None, stays_open: bool, port: int = 0) -> int:
    """Play the newsroom's week into `folder`; the exit code."""
    database = _fresh(folder)
    clock = HandClock(WEDNESDAY)
    async with newsroom(
        f"sqlite:///{database}",
        clock=clock,
        sandbox_port=port,
        admin_ids=[EDA],
        reviewers_per_claim=2,
        open_per_person=12,
    ) as room:
        teller = Teller(room.sandbox, clock)
        cast = assembled(room)
        day = Day(room, cast, teller)
        await day.run(_submission(room, cast.eda, link), draw_week({}))
        day.save_digest(folder)
        async with room.app.services.sessions.read() as session:
            files = await write_export(session, folder, "csv")
        _print_results(folder, files)
        if stays_open:
            await _stay_open(room, clock)
    return 0


def _fresh(folder: Path) -> Path:
    """The folder with no desk in it yet; where the desk's database will be."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("desk.db*"):
        old.unlink()
    return folder / "desk.db"


def _submission(
    room: Newsroom, editor: Person, link: str | None
) -> Callable[[], Awaitable[object]]:
    """How the editor sends it: links as a message, a file as an upload."""
    if link is not None and not link.startswith(("http://", "https://")):
        path = Path(link)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UsageProblem(f"cannot read {link}: {error.strerror}") from error
        return partial(editor.sends_document, content, path.name)
    links = [link] if link else [room.site.url(page) for page in ARTICLES]
    return partial(editor.sends, " and ".join(links))


def _print_results(folder: Path, files: Sequence[Path]) -> None:
    print(f"\nEverything is in {folder}:")
    for path in (folder / "digest.png", folder / "digest.html", *files, folder / "desk.db"):
        if path.exists():
            print(f"  {path.name}")


async def _stay_open(room: Newsroom, clock: HandClock) -> None:
    """Let whoever started it play on until Ctrl-C; the clock runs like any other from here."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):  # the end of the game is no failure
        loop.add_signal_handler(sign, ended.set)
    print(f"\nPlay on: {room.sandbox.url}\nCtrl-C ends it.", file=sys.stderr, flush=True)
    while not await _happens(ended, within_s=TICK_S):
        clock.now += timedelta(seconds=TICK_S)
        await room.app.tick()
    print("\nEnded.", file=sys.stderr)


async def _happens(event: asyncio.Event, *, within_s: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), within_s)
    except TimeoutError:
        return False
    return True
