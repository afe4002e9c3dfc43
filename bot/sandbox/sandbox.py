"""The sandbox as demo and tests hold it: start it, add people and chats, read what was said."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from bot.sandbox.chats import Chat, Message, Profile, chat_kind
from bot.sandbox.control import Control
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.people import Person
from bot.sandbox.server import UPLOAD_BYTES, BotApi
from bot.sandbox.world import Happening, World

HOST = "127.0.0.1"  # never reachable from outside: everybody who gets in may speak as anybody
Found = TypeVar("Found")


def _now() -> datetime:
    return datetime.now(UTC)


class Sandbox:
    """A local Bot API server for one bot, with people and chats in it.

    `async with Sandbox() as sandbox` serves at `sandbox.url`, the page of chats included; `port` 0
    takes a free one. `clock` dates the messages.
    """

    def __init__(
        self,
        *,
        token: str = "1000000001:sandbox-token",  # noqa: S107 - opens nothing but this sandbox
        port: int = 0,
        bot_name: str = "deskcheck_bot",
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.token = token
        self.port = port
        self.world = World(token, bot_name, clock)
        self.faults = Faults()
        self.people: dict[int, Person] = {}
        self._api = BotApi(self.world, self.faults)
        self._control = Control(self.world, self.people)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=UPLOAD_BYTES)
        self._api.add_routes(app)
        self._control.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await self._listen()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._api.close()
        self._control.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Where the server answers: TELEGRAM_API_URL of the bot, and the page in a browser."""
        return f"http://{HOST}:{self.port}"

    @property
    def calls(self) -> list[str]:
        """The methods that the bot has called, in order."""
        return self._api.calls

    def add_person(
        self,
        person_id: int,
        first_name: str,
        username: str | None = None,
        language_code: str = "en",
        *,
        started: bool = False,
    ) -> Person:
        """Somebody with Telegram; `started` if they have pressed Start before."""
        profile = Profile(person_id, first_name, username, language_code)
        chat = Chat(person_id, "private", person=profile, is_started=started)
        self._add(chat)
        self.people[person_id] = Person(self.world, profile, chat)
        return self.people[person_id]

    def add_group(
        self,
        chat_id: int,
        title: str,
        members: Iterable[Person] = (),
        username: str | None = None,
        *,
        admins: Iterable[Person] = (),
        bot_is_admin: bool = False,
        topics: dict[int, str] | None = None,
    ) -> Chat:
        """A group with the bot in it; supergroup ids begin with -100, `topics` makes a forum."""
        admins = list(admins)
        return self._add(
            Chat(
                chat_id,
                chat_kind(chat_id),
                title=title,
                username=username,
                members={person.id: person.profile for person in [*members, *admins]},
                admin_ids={person.id for person in admins},
                topics=topics or {},
                bot_is_admin=bot_is_admin,
            )
        )

    def add_channel(
        self,
        chat_id: int,
        title: str,
        admins: Iterable[Person] = (),
        username: str | None = None,
        *,
        bot_is_admin: bool = True,
    ) -> Chat:
        """A channel, public when it has a `username`."""
        admins = list(admins)
        return self._add(
            Chat(
                chat_id,
                "channel",
                title=title,
                username=username,
                members={person.id: person.profile for person in admins},
                admin_ids={person.id for person in admins},
                bot_is_admin=bot_is_admin,
            )
        )

    def migrate(self, group: Chat, new_id: int) -> Chat:
        """Turn a group into a supergroup: the old id is refused from now on and names the new."""
        group.migrated_to = new_id
        moved = Chat(new_id, "supergroup", title=group.title, members=group.members)
        moved.admin_ids, moved.bot_is_admin = group.admin_ids, group.bot_is_admin
        return self._add(moved)

    def chat(self, chat_id: int) -> Chat:
        return self.world.chats[chat_id]

    async def until(
        self, holds: Callable[[], Found | None], *, timeout_s: float = 15, what: str = ""
    ) -> Found:
        """The first true value of `holds()`, asked again whenever something changes here.

        Raises:
            TimeoutError: it did not hold in time; the message shows the last words of each chat.
        """
        ends_at = asyncio.get_running_loop().time() + timeout_s
        while not (found := holds()):
            left_s = ends_at - asyncio.get_running_loop().time()
            if left_s <= 0:
                raise TimeoutError(f"{what or 'this'} did not happen\n{self._last_words()}")
            await self.world.changed.heard(min(left_s, 0.1))
        return found

    async def message(
        self,
        chat: Chat | Person,
        words: str = "",
        *,
        after: Message | None = None,
        timeout_s: float = 15,
    ) -> Message:
        """The bot's newest message with `words` in a chat, newer than `after`, once it is there."""
        where = chat.chat if isinstance(chat, Person) else chat
        newer_than = after.id if after is not None else 0

        def found() -> Message | None:
            message = where.find(words)
            return message if message is not None and message.id > newer_than else None

        return await self.until(found, timeout_s=timeout_s, what=f"a message with {words!r}")

    def listen(self, listener: Callable[[Happening, Message], None]) -> None:
        """Call `listener` for each message sent, edited or deleted, by the bot or by people."""
        self.world.listeners.append(listener)

    def fail_next(
        self, method: str, fault: Fault | str, *, times: int = 1, retry_after_s: int = 1
    ) -> None:
        """Let the next calls of `method` fail; see `Fault` for how."""
        self.faults.fail_next(method, fault, times=times, retry_after_s=retry_after_s)

    def redeliver(self, last: int = 1) -> None:
        """Hand out the last confirmed updates once more."""
        self.world.updates.redeliver(last)

    def ignore_confirmations(self, times: int = 1) -> None:
        """Overlook the offset of the next polls: the same updates come again."""
        self.world.updates.ignore_confirmations(times)

    def restart_update_ids(self) -> None:
        """Number updates anew from a random place, as after a quiet week."""
        self.world.updates.restart_ids()

    @contextlib.asynccontextmanager
    async def unreachable(self) -> AsyncIterator[None]:
        """Telegram is gone while this lasts: connections are cut, new ones refused."""
        if self._runner is None or self._runner.server is None:
            raise RuntimeError("the sandbox is not running")
        for site in list(self._runner.sites):
            await site.stop()
        for connection in self._runner.server.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await asyncio.sleep(0)  # let the connections fall before anybody reaches for one
        try:
            yield
        finally:
            await self._listen()

    async def _listen(self) -> None:
        if self._runner is None:
            raise RuntimeError("the sandbox is not running")
        await web.TCPSite(self._runner, HOST, self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    def _add(self, chat: Chat) -> Chat:
        self.world.chats[chat.id] = chat
        self.world.changes()
        return chat

    def _last_words(self) -> str:
        return "\n".join(
            f"{chat.title or chat.id}: {message.text[:300]!r} {message.labels}"
            for chat in self.world.chats.values()
            for message in chat.messages[-2:]
        )
