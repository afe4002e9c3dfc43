"""Servers on this machine that say exactly what a test wants, and a record of who was dialled."""

import asyncio
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

Script = Callable[[str, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Wire:
    """A server that answers by script; `requests` holds what it was sent."""

    port: int
    requests: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def allow(self) -> frozenset[tuple[str, int]]:
        return frozenset({("127.0.0.1", self.port)})


@asynccontextmanager
async def a_wire(script: Script, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[Wire]:
    """A server whose `script` writes the answer to each request, byte for byte."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            wire.requests.append(request)
            await script(request.split(" ")[1], writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    wire = Wire(server.sockets[0].getsockname()[1])
    try:
        yield wire
    finally:
        server.close()


def answering(
    body: bytes = b"<p>An article.</p>", *, status: str = "200 OK", **headers: str
) -> Script:
    """The same well-formed answer to every request; `Content_Type` stands for Content-Type."""
    lines = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)

    async def script(_: str, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)
        await writer.drain()

    return script


def saying(raw: bytes) -> Script:
    """Exactly these bytes, then the end of the connection."""

    async def script(_: str, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()

    return script


def for_ever(start: bytes, again: bytes, *, pause_s: float = 0) -> Script:
    """`start`, and then `again` until nobody listens any more."""

    async def script(_: str, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return script


def by_path(**scripts: Script) -> Script:
    """Another script for each path: `by_path(a=…)` answers /a; /a/b and queries count as /a."""

    async def script(path: str, writer: asyncio.StreamWriter) -> None:
        await scripts[path[1:].partition("?")[0].partition("/")[0]](path, writer)

    return script


def redirecting(location: str, *, status: str = "302 Found") -> Script:
    return answering(b"", status=status, Location=location)


class Names(AbstractResolver):
    """A name server that knows these names and no others."""

    def __init__(self, **addresses: list[str]) -> None:
        self._addresses = {name.replace("_", "."): known for name, known in addresses.items()}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del family  # the interface asks for it; these names have what they have
        if host not in self._addresses:
            raise OSError(None, f"no such name: {host}")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._addresses[host]
        ]

    async def close(self) -> None:
        pass


_DIALLED: list[tuple[str, int]] = []
_IS_LISTENING: list[bool] = []


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple) and _IS_LISTENING:
        _DIALLED.append(arguments[1][:2])


@contextmanager
def dial_record() -> Iterator[list[tuple[str, int]]]:
    """Every (address, port) that this process connects to meanwhile, as Python itself tells."""
    if not hasattr(sys, "_deskcheck_dials"):
        sys.addaudithook(_note)  # cannot be taken away again, hence once
        sys._deskcheck_dials = True  # type: ignore[attr-defined] # a mark for this process
    _DIALLED.clear()
    _IS_LISTENING.append(True)
    try:
        yield _DIALLED
    finally:
        _IS_LISTENING.pop()
