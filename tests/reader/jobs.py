"""What the tests have the reader's worker do."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from bot.errors import ArticleUnreadable


def double(number: int) -> int:
    return 2 * number


def loop_for_ever() -> None:
    while True:
        pass


def note_and_loop(path: Path) -> None:
    path.write_text(str(os.getpid()))
    loop_for_ever()


def append(path: Path, line: str) -> str:
    with path.open("a") as notes:
        notes.write(f"begin {line}\n")
        notes.write(f"end {line}\n")
    return line


def swell(mebibytes: int) -> int:
    return len(bytearray(mebibytes * 1024 * 1024))


def die(signal_number: int) -> None:
    os.kill(os.getpid(), signal_number)


def interrupted() -> str:
    """What Ctrl-C and a stop from outside do to a job: nothing."""
    os.kill(os.getpid(), signal.SIGINT)
    os.kill(os.getpid(), signal.SIGTERM)
    return "finished"


def leave() -> None:
    sys.exit(3)


def shout(text: str) -> int:
    return len(text) if os.write(1, text.encode()) else 0


def refuse() -> None:
    raise ArticleUnreadable("https://example.org/a", "paywall", price=3)


class Stubborn(Exception):
    """Cannot be pickled."""

    def __init__(self) -> None:
        super().__init__("stubborn")
        self.reason: Callable[[], None] = lambda: None


def be_stubborn() -> None:
    raise Stubborn


def give_a_lambda() -> Callable[[], None]:
    return lambda: None


def give_much(mebibytes: int) -> bytes:
    return b"x" * (mebibytes * 1024 * 1024)


def is_imported(name: str) -> bool:
    return name in sys.modules
