"""The Bot API over HTTP on 127.0.0.1: methods, downloads, and the faults that were ordered."""

import asyncio
from typing import Any

from aiohttp import web

from bot.sandbox.failures import ApiError, NotFound, TooManyRequests, Unauthorized
from bot.sandbox.faults import Fault, Faults, Ordered
from bot.sandbox.methods import METHODS
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

UPLOAD_BYTES = 50 * 1024 * 1024  # Bot API limit for what a bot may upload
_CARRIED_OUT = {Fault.LOST_RESPONSE, Fault.LATE_RESPONSE}


class BotApi:
    """Serves `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world, self._faults = world, faults
        self._closing = asyncio.Event()
        self.calls: list[str] = []

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)

    def close(self) -> None:
        """Let go of everybody who still waits for an answer."""
        self._closing.set()
        self._world.updates.close()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append(method)
        ordered = self._faults.take(method)
        try:
            if ordered is not None and ordered.fault not in _CARRIED_OUT:
                return await self._fail(request, ordered)
            result = await self._carry_out(request, method)
        except ApiError as error:
            return web.json_response(error.as_json(), status=error.code)
        if ordered is not None:
            return await self._fail(request, ordered)
        return web.json_response({"ok": True, "result": result})

    async def _carry_out(self, request: web.Request, method: str) -> Any:
        if ":" not in request.match_info["token"]:
            raise NotFound
        if request.match_info["token"] != self._world.token:
            raise Unauthorized
        if method.lower() not in METHODS:
            raise NotFound
        return await METHODS[method.lower()](self._world, await Parameters.of(request))

    async def _fail(self, request: web.Request, ordered: Ordered) -> web.StreamResponse:
        match ordered.fault:
            case Fault.TOO_MANY_REQUESTS:
                raise TooManyRequests(ordered.retry_after_s)
            case Fault.SERVER_ERROR:
                raise ApiError(500, "Internal Server Error")
            case Fault.BLOCKED:
                raise ApiError(403, "Forbidden: bot was blocked by the user")
            case Fault.BAD_GATEWAY:
                page = "<html><head><title>502 Bad Gateway</title></head></html>"
                return web.Response(status=502, text=page, content_type="text/html")
            case Fault.TIMEOUT | Fault.LATE_RESPONSE:
                await self._closing.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)  # nobody is left to read it

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self._world.token:
            return web.json_response(Unauthorized().as_json(), status=401)
        stored = self._world.files.by_path(request.match_info["path"])
        if stored is None:
            return web.json_response(NotFound().as_json(), status=404)
        return web.Response(body=stored.content, content_type="application/octet-stream")
