"""The control API over HTTP: what the page shows, and what people do there."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.chats import Chat, Message
from bot.sandbox.entities import as_html
from bot.sandbox.failures import ApiError
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import Person
from bot.sandbox.phone import NotPossible
from bot.sandbox.world import World

SHOWN_MESSAGES = 150  # per chat; the page is for looking, not for archives
WATCH_S = 20  # how long one question for changes waits
_PAGE = Path(__file__).with_name("page.html")
_OWN_HOSTS = {"127.0.0.1", "localhost"}


class Control:
    """Serves the page at `/` and `/control/…`: chats to read, actions to take, files to see."""

    def __init__(self, world: World, people: dict[int, Person]) -> None:
        self._world, self._people = world, people

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/", self._page)
        app.router.add_get("/control/chats", self._chats)
        app.router.add_get("/control/files/{file_id}", self._file)
        app.router.add_post("/control/act", self._act)

    def close(self) -> None:
        self._world.changes()

    async def _page(self, _request: web.Request) -> web.StreamResponse:
        return web.Response(text=_PAGE.read_text("utf-8"), content_type="text/html")

    async def _chats(self, request: web.Request) -> web.StreamResponse:
        """All chats, as soon as they are newer than `after`."""
        _refuse_strangers(request)
        if int(request.query.get("after", "-1")) >= self._world.version:
            await self._world.changed.heard(WATCH_S)
        return web.json_response(
            {
                "version": self._world.version,
                "bot": self._world.me.first_name,
                "commands": self._world.commands,
                "chats": [_chat_view(chat) for chat in self._world.chats.values()],
            }
        )

    async def _file(self, request: web.Request) -> web.StreamResponse:
        _refuse_strangers(request)
        try:
            stored = self._world.files.by_id(request.match_info["file_id"])
        except ApiError as error:
            raise web.HTTPNotFound from error
        if stored.kind == "photo":
            return web.Response(body=stored.content, content_type="image/jpeg")
        return web.Response(
            body=stored.content,
            content_type="application/octet-stream",
            headers={"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"},
        )

    async def _act(self, request: web.Request) -> web.StreamResponse:
        """One action of one person; the answer says what a phone would show, if anything."""
        _refuse_strangers(request)
        parameters = await Parameters.of(request)
        try:
            shown = await self._do(parameters)
        except (NotPossible, ApiError, KeyError) as error:
            return web.json_response({"problem": str(error)}, status=400)
        return web.json_response({"shown": shown})

    async def _do(self, parameters: Parameters) -> dict[str, Any] | None:
        person = self._people[parameters.number("person")]
        chat = self._world.chats[parameters.number("chat", person.id)]
        message = chat.message(parameters.number("message"))
        match parameters.text("action"):
            case "send":
                await _send(person, chat, message, parameters)
            case "edit" if message is not None:
                await person.edits(message, parameters.text("text"))
            case "press" if message is not None:
                answer = await person.presses(message, parameters.text("button"))
                return None if answer is None else {"text": answer.text, "alert": answer.show_alert}
            case "block":
                await person.blocks()
            case "unblock":
                await person.unblocks()
            case unknown:
                raise NotPossible(f"cannot {unknown} this")
        return None


async def _send(person: Person, chat: Chat, reply_to: Message | None, given: Parameters) -> None:
    upload = given.upload("file")
    text = given.text("text")
    if upload is None or not upload.content:
        if reply_to is not None:
            await person.sends(text, reply_to=reply_to, chat=chat)
        else:
            await person.pastes(text, chat=chat)
    elif (upload.mime_type or "").startswith("image/") and not given.flag("as_file"):
        await person.sends_photo(upload.content, caption=text, reply_to=reply_to, chat=chat)
    else:
        await person.sends_document(
            upload.content,
            upload.name,
            caption=text,
            mime_type=upload.mime_type,
            reply_to=reply_to,
            chat=chat,
        )


def _refuse_strangers(request: web.Request) -> None:
    """Only this machine's own pages: another site in the same browser must not speak as people."""
    origin = request.headers.get("Origin")
    hosts = {request.url.host, urlsplit(origin).hostname if origin else request.url.host}
    if not hosts <= _OWN_HOSTS:
        raise web.HTTPForbidden


def _chat_view(chat: Chat) -> dict[str, Any]:
    return {
        "id": chat.id,
        "kind": chat.kind,
        "title": chat.person.first_name if chat.person else chat.title,
        "members": {str(person.id): person.first_name for person in chat.members.values()},
        "admins": sorted(chat.admin_ids),
        "started": chat.is_started,
        "blocked": chat.is_blocked,
        "action": chat.action,
        "messages": [
            _message_view(message)
            for message in chat.messages[-SHOWN_MESSAGES:]
            if not message.deleted
        ],
    }


def _message_view(message: Message) -> dict[str, Any]:
    origin = message.origin
    file = message.document or message.voice
    return {
        "id": message.id,
        "from_bot": message.is_from_bot,
        "sender": message.sender.first_name if message.sender else None,
        "sender_id": message.sender.id if message.sender else None,
        "at": message.sent_at.isoformat(),
        "html": as_html(message.text, message.entities),
        "text": message.text,
        "buttons": [[button.as_json() for button in row] for row in message.buttons],
        "photo": message.photo.id if message.photo else None,
        "file": [file.id, file.name or "voice message"] if file else None,
        "reply": None
        if message.reply_to is None
        else {"id": message.reply_to.id, "text": message.reply_to.text[:120]},
        "forwarded": None
        if origin is None
        else (origin.chat and origin.chat.title)
        or (origin.sender and origin.sender.first_name)
        or origin.name,
        "edited": message.edits > 0,
        "silent": message.is_silent,
        "pinned": message.is_pinned,
        "reactions": message.reactions,
    }
