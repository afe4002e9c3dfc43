"""Starting the bot where something is wrong: a line to act on, or patience, never a traceback."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.sandbox import Fault, Sandbox

ROOT = Path(__file__).parent.parent.parent
CHANNEL = -1_001_000_000_001


async def started(folder: Path, sandbox: Sandbox, **settings: str) -> asyncio.subprocess.Process:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "HTTP_PORT": "0",
        **settings,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stderr=-1, stdout=-1
    )


async def outcome(process: asyncio.subprocess.Process) -> tuple[int | None, str, str]:
    out, errors = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, out.decode(), errors.decode()


async def test_without_admins_the_start_prints_a_one_time_code(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        process = await started(tmp_path, sandbox)
        await sandbox.until(lambda: "getUpdates" in sandbox.calls, timeout_s=60)
        process.send_signal(signal.SIGTERM)
        code, out, errors = await outcome(process)

    assert code == 0
    assert "/start " in out
    assert sandbox.token not in errors


async def test_without_network_it_waits_and_can_be_stopped(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        process = await started(tmp_path, sandbox, TELEGRAM_API_URL="http://127.0.0.1:1")
        assert process.stderr is not None
        while b"does not answer" not in await process.stderr.readline():
            assert process.returncode is None
        process.send_signal(signal.SIGTERM)
        code, _, _ = await outcome(process)

    assert code == 0


async def test_it_is_live_but_not_ready_before_telegram_answers(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with Sandbox() as sandbox:
        wanted = {"TELEGRAM_API_URL": "http://127.0.0.1:1", "HTTP_PORT": str(port)}
        process = await started(tmp_path, sandbox, **wanted)
        assert process.stderr is not None
        while b"does not answer" not in await process.stderr.readline():
            assert process.returncode is None
        address = f"http://127.0.0.1:{port}/health"
        async with ClientSession() as http:
            live, ready = await http.get(f"{address}/live"), await http.get(f"{address}/ready")
            problems = (await ready.json())["problems"]
        process.send_signal(signal.SIGTERM)
        await outcome(process)

    assert (live.status, ready.status, problems) == (200, 503, ["telegram"])


async def test_a_refused_token_is_named(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        process = await started(tmp_path, sandbox, BOT_TOKEN="123456:not-the-sandbox's")
        code, _, errors = await outcome(process)

    assert code == 1
    assert "BOT_TOKEN: is refused by Telegram" in errors
    assert "Traceback" not in errors


async def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        async with Sandbox() as sandbox:
            port = str(taken.getsockname()[1])
            code, _, errors = await outcome(await started(tmp_path, sandbox, HTTP_PORT=port))

    assert code == 1
    assert "HTTP_PORT: cannot be used" in errors
    assert "Traceback" not in errors


async def test_a_public_channel_for_the_digest_is_refused(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        sandbox.add_channel(CHANNEL, "Everybody's", username="everybodys")
        process = await started(tmp_path, sandbox, TEAM_CHAT_ID=str(CHANNEL))
        code, _, errors = await outcome(process)

    assert code == 1
    assert "TEAM_CHAT_ID: @everybodys is public" in errors
    assert "for example TEAM_CHAT_ID=-100" in errors
    assert "Traceback" not in errors


async def test_a_public_channel_that_is_wanted_so_gets_the_digest(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        sandbox.add_channel(CHANNEL, "Everybody's", username="everybodys")
        wanted = {"TEAM_CHAT_ID": str(CHANNEL), "PUBLIC_CHANNEL_OK": "yes"}
        process = await started(tmp_path, sandbox, **wanted)
        await sandbox.until(lambda: "getUpdates" in sandbox.calls, timeout_s=60)
        process.send_signal(signal.SIGTERM)
        code, _, _ = await outcome(process)

    assert code == 0


async def test_a_team_chat_that_shows_later_that_it_is_public_ends_the_run(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        sandbox.add_channel(CHANNEL, "Everybody's", username="everybodys")
        sandbox.fail_next("getChat", Fault.SERVER_ERROR)
        process = await started(tmp_path, sandbox, TEAM_CHAT_ID=str(CHANNEL))
        code, _, errors = await outcome(process)

    assert code == 1
    assert (
        "TEAM_CHAT_ID: the team's chat cannot be seen" in errors
    )  # the start went on without the answer
    assert "TEAM_CHAT_ID: @everybodys is public" in errors


async def test_a_second_desk_on_the_same_file_is_refused(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        first = await started(tmp_path, sandbox)
        await sandbox.until(lambda: "getUpdates" in sandbox.calls, timeout_s=60)
        (tmp_path / "alias.db").symlink_to("deskcheck.db")
        second = await started(tmp_path, sandbox, DATABASE_URL="sqlite:///alias.db")
        code, _, errors = await outcome(second)
        first.send_signal(signal.SIGTERM)
        first_code, _, _ = await outcome(first)

    assert (code, first_code) == (1, 0)
    assert "DATABASE_URL: " in errors
    assert f"deskcheck.db is in use: process {first.pid} runs a desk on it" in errors
    assert len(errors.strip().splitlines()) == 1


async def test_after_a_kill_the_desk_starts_again_at_once(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        killed = await started(tmp_path, sandbox)
        await sandbox.until(lambda: "getUpdates" in sandbox.calls, timeout_s=60)
        killed.kill()
        await killed.wait()
        polls = sandbox.calls.count("getUpdates")
        again = await started(tmp_path, sandbox)
        await sandbox.until(lambda: sandbox.calls.count("getUpdates") > polls, timeout_s=60)
        again.send_signal(signal.SIGTERM)
        code, _, _ = await outcome(again)

    assert code == 0


@pytest.mark.parametrize(
    "address", ["postgresql://desk@127.0.0.1:1/desk", "sqlite:////nowhere/at/all/desk.db"]
)
async def test_a_database_that_does_not_answer_is_named(tmp_path: Path, address: str) -> None:
    async with Sandbox() as sandbox:
        code, _, errors = await outcome(await started(tmp_path, sandbox, DATABASE_URL=address))

    assert code == 1
    assert "the database does not answer" in errors
    assert "Traceback" not in errors
