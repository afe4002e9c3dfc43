"""The Harrow Bay Ledger on a local port: an invented town's news, to be read and checked.

Of our own writing. Articles: budget, ferry, hospital, rents, storm-live, cannery-feature,
bridge-opinion, library-brief. Pages that hold no article: index, about, school-paywall, video,
gone (says "not found" with status 200). Documents to cite: council-budget, hospital-statement,
skerry-notice; on purpose some articles disagree with them.
"""

from importlib.resources import files
from pathlib import PurePosixPath
from types import TracebackType
from typing import Self

from aiohttp import web

HOST = "127.0.0.1"  # the demo is for this machine alone
CONTENT_TYPES = {".html": "text/html", ".css": "text/css", ".svg": "image/svg+xml"}
FRONT_PAGE = "index.html"
PAGES = web.AppKey("pages", dict[str, bytes])


class SiteServer:
    """A running site; `port` is the one it was given. Closes as a context manager or by `close`."""

    def __init__(self, runner: web.AppRunner, port: int) -> None:
        self._runner = runner
        self.port = port

    def url(self, name: str = "") -> str:
        """The address of a page, by the name of its file ("budget.html"); "" is the front page."""
        return f"http://{HOST}:{self.port}/{name}"

    async def close(self) -> None:
        """Stop answering; harmless when repeated."""
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()


async def serve_site(port: int = 0) -> SiteServer:
    """Serve the sample site on 127.0.0.1, by default on a port that is free.

    Raises:
        OSError: the port is taken.
    """
    app = web.Application()
    app[PAGES] = site_pages()
    app.router.add_get("/{name}", _answer)
    app.router.add_get("/", _answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return SiteServer(runner, runner.addresses[0][1])


def site_pages() -> dict[str, bytes]:
    """The files of the site by name, as they are served."""
    folder = files("bot.demo") / "site"
    return {
        page.name: page.read_bytes()
        for page in folder.iterdir()
        if PurePosixPath(page.name).suffix in CONTENT_TYPES
    }


async def _answer(request: web.Request) -> web.Response:
    name = request.match_info.get("name", FRONT_PAGE)
    page = request.app[PAGES].get(name)
    if page is None:
        return web.Response(status=404, text="There is no such page in Harrow Bay.\n")
    kind = CONTENT_TYPES[PurePosixPath(name).suffix]
    return web.Response(body=page, content_type=kind, charset="utf-8")
