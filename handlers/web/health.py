"""Is it alive, is it ready: for the supervisor and the watching service."""

from collections.abc import Callable

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.services import Services
from storage import members

SERVICES: web.AppKey[Services] = web.AppKey("services", Services)
IS_REACHED: web.AppKey[Callable[[], bool]] = web.AppKey("is_reached")


def web_application(services: Services, *, is_reached: Callable[[], bool]) -> web.Application:
    """The desk's own web server; `is_reached` says whether Telegram answered the latest poll."""
    application = web.Application()
    application[SERVICES] = services
    application[IS_REACHED] = is_reached
    application.router.add_get("/health/live", live)
    application.router.add_get("/health/ready", ready)
    return application


async def live(_request: web.Request) -> web.Response:
    """The process answers."""
    return web.json_response({"status": "live"})


async def ready(request: web.Request) -> web.Response:
    """The database and Telegram answer; 503 names what does not."""
    problems = []
    try:
        async with request.app[SERVICES].sessions.read() as session:
            await members.the_desk(session)
    except SQLAlchemyError:
        problems.append("database")
    if not request.app[IS_REACHED]():
        problems.append("telegram")
    status = 503 if problems else 200
    return web.json_response(
        {"status": "ready" if not problems else "not ready", "problems": problems}, status=status
    )
