"""A sandbox with a few people, and python-telegram-bot's real client against it."""

import struct
import zlib
from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.sandbox import Chat, Person, Sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with Bot(
        sandbox.token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot"
    ) as client:
        yield client


@pytest.fixture
def olha(sandbox: Sandbox) -> Person:
    """Somebody who has pressed Start."""
    return sandbox.add_person(7_000_000_001, "Olha", "olha_writes", started=True)


@pytest.fixture
def marko(sandbox: Sandbox) -> Person:
    return sandbox.add_person(7_000_000_002, "Marko", started=True)


@pytest.fixture
def newsroom(sandbox: Sandbox, olha: Person, marko: Person) -> Chat:
    """A group with privacy mode on."""
    return sandbox.add_group(-1_001_000_000_001, "Newsroom", [olha, marko])


@pytest.fixture
def channel(sandbox: Sandbox, olha: Person) -> Chat:
    return sandbox.add_channel(-1_001_000_000_002, "Desk week", [olha])


@pytest.fixture
def picture() -> bytes:
    """A white PNG, three pixels by two."""
    head = struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\xff\xff\xff" * 2)
    chunks = [(b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
