"""What a supervisor learns from the desk's web server."""

from datetime import datetime
from typing import Any, cast

from aiohttp import ClientSession, web

from bot.services import Services
from bot.settings import Settings
from bot.workflow.policy import Policy
from handlers.web.health import web_application
from storage.database import Sessions
from tests.builders import MONDAY


def now() -> datetime:
    return MONDAY


async def ask(sessions: Sessions, *, is_reached: bool, path: str) -> tuple[int, Any]:
    services = Services(
        settings=Settings(_env_file=None),
        policy=Policy(),
        clock=now,
        sessions=sessions,
        http=cast(Any, None),
        reader=cast(Any, None),
    )
    runner = web.AppRunner(web_application(services, is_reached=lambda: is_reached))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        async with ClientSession() as http, http.get(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, await answer.json()
    finally:
        await runner.cleanup()


async def test_ready_means_that_database_and_telegram_answer(sessions: Sessions) -> None:
    assert await ask(sessions, is_reached=True, path="/health/ready") == (
        200,
        {"status": "ready", "problems": []},
    )


async def test_without_telegram_it_lives_but_is_not_ready(sessions: Sessions) -> None:
    status, words = await ask(sessions, is_reached=False, path="/health/ready")

    assert (status, words["problems"]) == (503, ["telegram"])
    assert (await ask(sessions, is_reached=False, path="/health/live"))[0] == 200
