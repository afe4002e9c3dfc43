"""Trouble on order, as python-telegram-bot meets it."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.sandbox import Fault, Person, Sandbox


async def test_too_many_requests_name_the_pause(
    client: Bot, sandbox: Sandbox, olha: Person, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    sandbox.fail_next("sendMessage", Fault.TOO_MANY_REQUESTS, retry_after_s=7)

    with pytest.raises(RetryAfter) as refused:
        await client.send_message(olha.id, "Hello")
    assert refused.value.retry_after == timedelta(seconds=7)
    await client.send_message(olha.id, "Hello")
    assert len(olha.messages) == 1


async def test_a_bad_gateway_lasts_as_long_as_ordered(client: Bot, sandbox: Sandbox, olha: Person):
    sandbox.fail_next("getUpdates", "500", times=2)

    for _ in range(2):
        with pytest.raises(NetworkError, match="Internal Server Error"):
            await client.get_updates()
    assert await client.get_updates() == ()


async def test_a_proxy_answers_with_a_page(client: Bot, sandbox: Sandbox, olha: Person):
    sandbox.fail_next("sendMessage", "502")

    with pytest.raises(NetworkError, match="Bad Gateway"):
        await client.send_message(olha.id, "Hello")
    assert olha.messages == []


async def test_a_lost_answer_loses_no_message(client: Bot, sandbox: Sandbox, olha: Person):
    sandbox.fail_next("sendMessage", "lost_response")

    with pytest.raises(NetworkError):
        await client.send_message(olha.id, "Is it true? #C214")
    assert [message.text for message in olha.messages] == ["Is it true? #C214"]


async def test_an_answer_that_never_comes_times_out_though_the_message_stands(
    client: Bot, sandbox: Sandbox, olha: Person
):
    sandbox.fail_next("sendMessage", "late_response")

    with pytest.raises(TimedOut):
        await client.send_message(olha.id, "Hello", read_timeout=0.2)
    assert len(olha.messages) == 1


@pytest.mark.parametrize(("fault", "error"), [("dropped", NetworkError), ("timeout", TimedOut)])
async def test_what_is_not_carried_out_leaves_no_message(
    client: Bot, sandbox: Sandbox, olha: Person, fault: str, error: type[Exception]
):
    sandbox.fail_next("*", fault)

    with pytest.raises(error):
        await client.send_message(olha.id, "Hello", read_timeout=0.2)
    assert olha.messages == []


async def test_while_telegram_is_unreachable_nothing_connects(
    client: Bot, sandbox: Sandbox, olha: Person
):
    await client.get_updates()

    async with sandbox.unreachable():
        with pytest.raises(NetworkError, match="ConnectError"):
            await client.send_message(olha.id, "Hello")
    await client.send_message(olha.id, "Hello again")

    assert [message.text for message in olha.messages] == ["Hello again"]
