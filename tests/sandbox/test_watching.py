"""How demo and tests follow a conversation."""

import asyncio
from datetime import UTC, datetime

import pytest
from telegram import Bot

from bot.sandbox import Happening, Message, Person, Sandbox


async def test_a_test_waits_for_what_the_bot_says(client: Bot, sandbox: Sandbox, olha: Person):
    question = await olha.sends("Reading?")
    waiting = asyncio.create_task(sandbox.message(olha, "Reading", after=question))
    await asyncio.sleep(0)

    await client.send_message(olha.id, "Reading…")

    assert (await waiting).text == "Reading…"


async def test_waiting_in_vain_shows_the_last_words(sandbox: Sandbox, olha: Person):
    await olha.sends("https://a.example/")

    with pytest.raises(TimeoutError, match=r"a message with 'sheet'.*\n.*https://a.example/"):
        await sandbox.message(olha, "sheet", timeout_s=0)


async def test_listeners_hear_every_change(client: Bot, sandbox: Sandbox, olha: Person):
    heard: list[tuple[Happening, str]] = []

    def listener(what: Happening, message: Message) -> None:
        heard.append((what, message.text))

    sandbox.listen(listener)
    link = await olha.sends("https://a.example/")
    await olha.edits(link, "https://b.example/")
    sent = await client.send_message(olha.id, "Reading…")
    await client.delete_message(olha.id, sent.message_id)

    assert heard == [
        (Happening.SENT, "https://a.example/"),
        (Happening.EDITED, "https://b.example/"),
        (Happening.SENT, "Reading…"),
        (Happening.DELETED, "Reading…"),
    ]


async def test_messages_are_dated_by_the_given_clock():
    monday = datetime(2026, 11, 16, 9, tzinfo=UTC)
    async with Sandbox(clock=lambda: monday) as sandbox:
        message = await sandbox.add_person(1, "Olha").starts()

    assert message.sent_at == monday


async def test_a_sandbox_can_start_again_on_its_port():
    async with Sandbox() as first:
        port = first.port
    async with Sandbox(port=port) as second:
        assert second.url == f"http://127.0.0.1:{port}"
