"""The desk's web server, open as long as the desk is."""

from collections.abc import Callable
from contextlib import AsyncExitStack

from aiohttp import web

from bot.errors import SettingsProblem
from bot.services import Services
from bot.settings import EXAMPLES
from handlers.web.health import web_application


async def serve_web(
    services: Services, stack: AsyncExitStack, *, is_reached: Callable[[], bool]
) -> int:
    """Serve until `stack` closes; the port, which is another one where HTTP_PORT is 0.

    Raises:
        SettingsProblem: the port cannot be had.
    """
    settings = services.settings
    application = web_application(services, is_reached=is_reached)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, settings.http_host, settings.http_port)
    try:
        await site.start()
    except OSError as error:
        problem = f"cannot be used on {settings.http_host}: {error.strerror}"
        raise SettingsProblem("HTTP_PORT", problem, EXAMPLES["HTTP_PORT"]) from error
    return int(runner.addresses[0][1])
