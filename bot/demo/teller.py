"""Prints the conversation as it happens: who says what to whom, as phones show it."""

import sys
import textwrap
from collections.abc import Iterable
from datetime import datetime
from typing import TextIO

from bot.demo.newsroom import HandClock
from bot.sandbox import Happening, Message, Sandbox

WIDTH = 76
INDENT = " " * 7


class Teller:
    """Writes each message once, and its later forms shortly, to `out`."""

    def __init__(self, sandbox: Sandbox, clock: HandClock, out: TextIO = sys.stdout) -> None:
        self._clock, self._out = clock, out
        self._said: dict[tuple[int, int], str] = {}
        sandbox.listen(self.hear)

    def scene(self, title: str) -> None:
        """A heading between two moments of the day."""
        moment = _moment(self._clock.now)
        self._print(["", f"—— {moment} · {title} ".ljust(WIDTH, "—"), ""])

    def hear(self, happening: Happening, message: Message) -> None:
        """One message was sent, edited or deleted."""
        key = (message.chat.id, message.id)
        if happening is Happening.DELETED or self._said.get(key) == _content(message):
            return
        self._said[key] = _content(message)
        mark = " (edited)" if happening is Happening.EDITED else ""
        silent = " (silent)" if message.is_silent and not mark else ""
        self._print([f"{self._clock.now:%H:%M}  {_who(message)}{mark}{silent}"])
        self._print(_lines(message))

    def _print(self, lines: Iterable[str]) -> None:
        for line in lines:
            print(line, file=self._out)
        self._out.flush()


def _content(message: Message) -> str:
    return f"{message.text}|{message.labels}"


def _who(message: Message) -> str:
    chat = message.chat
    if chat.person is None:
        person = message.sender.first_name if message.sender else "somebody"  # channels hide who
        return f"{'bot' if message.is_from_bot else person} → {chat.title}"
    return f"bot → {chat.person.first_name}" if message.is_from_bot else chat.person.first_name


def _lines(message: Message) -> list[str]:
    lines = []
    if message.file is not None:
        lines.append("[picture]" if message.photo else f"[{message.file.name or 'voice'}]")
    for paragraph in message.text.split("\n"):
        lines += textwrap.wrap(paragraph, WIDTH - len(INDENT)) or [""]
    lines += ["  ".join(f"[{button.label}]" for button in row) for row in message.buttons]
    return [f"{INDENT}{line}".rstrip() for line in lines]


def _moment(at: datetime) -> str:
    return at.strftime("%A %H:%M")
