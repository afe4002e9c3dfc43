"""The commands that Telegram offers beside the text field: to each member those of their role."""

import logging

from telegram import BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.services import Services
from bot.texts.language import speaking
from bot.texts.people import menu, menu_of_strangers
from storage import members

log = logging.getLogger(__name__)

AGAIN_S = 30.0  # after trouble with the network
IDLE_S = 600.0  # the fallback when nobody rings: roles given on the command line, a chat reopened

Menu = tuple[tuple[str, str], ...]  # (command, words), in the order in which they are offered


class Menus:
    """Keeps every private chat's commands as the roles in the database have them.

    What was offered is remembered only to spare calls: after a restart everything is offered anew.
    """

    def __init__(self, bot: ExtBot[None], services: Services) -> None:
        self._bot, self._services = bot, services
        self._offered: dict[int | None, Menu] = {}  # by chat; None: everybody else's

    async def run(self) -> None:
        """Offer what has changed whenever roles may have, until cancelled."""
        while True:
            try:
                is_done = await self.offer()
            except Exception:
                # Mostly database trouble; a menu is a convenience, the next look brings it.
                log.exception("offering menus failed")
                is_done = False
            await self._services.menu_bell.wait(IDLE_S if is_done else AGAIN_S)

    async def offer(self) -> bool:
        """Set the menus that are not as they should be; False when the network kept some away."""
        wanted: dict[int | None, Menu] = {None: tuple(menu_of_strangers())}
        wanted.update(await self._of_members())
        for chat_id in set(self._offered) - set(wanted):
            wanted[chat_id] = ()  # they left: back to what everybody sees
        for chat_id, commands in wanted.items():
            if self._offered.get(chat_id) != commands and not await self._set(chat_id, commands):
                return False
        return True

    async def _of_members(self) -> dict[int | None, Menu]:
        async with self._services.sessions.read() as session:
            people = await members.everybody(session)
            roles = await members.all_roles(session)
        found: dict[int | None, Menu] = {}
        for person in people:
            if person.tg_user_id is not None:
                with speaking(person.language):
                    found[person.tg_user_id] = tuple(menu(roles.get(person.id, frozenset())))
        return found

    async def _set(self, chat_id: int | None, commands: Menu) -> bool:
        scope = None if chat_id is None else BotCommandScopeChat(chat_id)
        try:
            if commands:
                await self._bot.set_my_commands([BotCommand(*one) for one in commands], scope=scope)
            else:
                await self._bot.delete_my_commands(scope=scope)
        except (BadRequest, Forbidden):
            log.info("no chat to offer a menu in")  # they have not pressed Start, or block the bot
        except TelegramError as error:
            log.warning("a menu was not set", extra={"error": type(error).__name__})
            return False
        else:
            self._offered[chat_id] = commands
        return True
