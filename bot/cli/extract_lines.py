"""Many articles at once: JSON lines in, JSON lines out, in the same order."""

import asyncio
import json
import math
import os
import sys
from collections import deque
from contextlib import AsyncExitStack
from typing import Any, BinaryIO

from tqdm import tqdm

from bot.articles.page import Page
from bot.claims.contract import to_json
from bot.errors import FactcheckError, ReaderOverrun
from bot.extraction import Draft, extract
from bot.reader.reader import Reader

READERS = 2  # a worker process takes about 200 MB
AHEAD = 4  # lines per reader that may be finished before their turn to be written
ITEM_TIMEOUT_S = 30.0
LINE_BYTES = 40 * 1024 * 1024


async def extract_lines(lines: BinaryIO, out: BinaryIO, *, total: int | None = None) -> int:
    """Write one result for every line that is not blank; returns how many could not be read.

    A result is flushed as soon as it and all before it are there, so a script may talk to this
    line by line. A progress bar shows on stderr when that is a terminal.
    """
    bar = tqdm(total=total, unit=" articles", file=sys.stderr, disable=not sys.stderr.isatty())
    written = _Written(out, bar)
    async with AsyncExitStack() as stack:
        stack.callback(bar.close)
        readers: asyncio.Queue[Reader] = asyncio.Queue()
        count = min(READERS, os.cpu_count() or 1)
        for _ in range(count):
            reader = await stack.enter_async_context(Reader(timeout_s=ITEM_TIMEOUT_S))
            readers.put_nowait(reader)
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        await _answer_in_order(lines, written, readers, tasks)
    if written.trouble is not None:
        raise written.trouble
    return written.failed


async def _answer_in_order(
    lines: BinaryIO,
    written: "_Written",
    readers: "asyncio.Queue[Reader]",
    tasks: asyncio.TaskGroup,
) -> None:
    """Read ahead a little, answer as soon as the next answer is there."""
    pending: deque[asyncio.Task[dict[str, Any]]] = deque()
    ahead = AHEAD * readers.qsize()
    reading: asyncio.Task[bytes] | None = tasks.create_task(_next_line(lines))
    while (reading or pending) and not written.trouble:
        awaited: set[asyncio.Task[Any]] = {pending[0]} if pending else set()
        if reading and len(pending) < ahead:
            awaited.add(reading)
        await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
        if pending and pending[0].done():
            written.put(pending.popleft().result())
        if reading and reading.done():
            line = reading.result()
            reading = tasks.create_task(_next_line(lines)) if line else None
            if line.strip():
                pending.append(tasks.create_task(_result(line, readers)))
    for task in (*pending, *filter(None, (reading,))):
        task.cancel()


async def _next_line(lines: BinaryIO) -> bytes:
    return await asyncio.to_thread(lines.readline, LINE_BYTES)


async def _result(line: bytes, readers: "asyncio.Queue[Reader]") -> dict[str, Any]:
    name: Any = None
    try:
        item = json.loads(line, parse_constant=_refuse_constant, parse_float=_finite)
        if not isinstance(item, dict):
            return {"id": None, "error": 'not an object; expected {"id", "html" or "text"}'}
        name = item.get("id")
        source = _source_of(item)
        reader = await readers.get()
        try:
            found = await reader.run(extract, source)
        finally:
            readers.put_nowait(reader)
        return {"id": name} | to_json(found.article, found.findings)
    except (ValueError, RecursionError) as error:
        return {"id": name, "error": f"not valid: {error}"}
    except ReaderOverrun as error:
        return {"id": name, "error": f"reading stopped: {error.reason}"}
    except FactcheckError as error:
        return {"id": name, "error": str(error)}


def _source_of(item: dict[str, Any]) -> Page | Draft:
    """
    Raises:
        ValueError: neither "html" nor "text" is there, or one of the values is not a string.
    """
    url = item.get("url")
    if url is not None and not isinstance(url, str):
        raise ValueError('"url" is not a string')
    for name in ("html", "text"):
        if not isinstance(item.get(name, ""), str | None):
            raise ValueError(f'"{name}" is not a string')
    if item.get("html") is not None:
        body = item["html"].encode("utf-8", "replace")
        return Page(url or "", body, "text/html", "utf-8")
    if item.get("text") is not None:
        return Draft(item["text"], url=url)
    raise ValueError('neither "html" nor "text" is there')


def _refuse_constant(word: str) -> float:
    raise ValueError(f"{word} is no JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is too large a number")
    return number


class _Written:
    """What went out. A closed pipe or full disk is noted, not raised: tasks are to be ended."""

    def __init__(self, out: BinaryIO, bar: "tqdm[Any]") -> None:
        self._out, self._bar = out, bar
        self.failed = 0
        self.trouble: OSError | None = None

    def put(self, result: dict[str, Any]) -> None:
        if self.trouble:
            return
        line = json.dumps(result, ensure_ascii=False).encode("utf-8", "replace")
        try:
            self._out.write(line + b"\n")
            self._out.flush()
        except OSError as error:
            self.trouble = error
        self.failed += "error" in result
        self._bar.update()
