"""Handling: one write transaction per update, so that each takes effect once or not at all."""

import asyncio
import logging
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application

from bot.errors import FactcheckError
from bot.services import Services
from bot.texts.language import speaking
from bot.texts.refusals import refusal, without_markup
from bot.workflow.notices import NoticeKind, Place, refuse, tell
from handlers.chat.arrivals import thread_of
from handlers.chat.context import HANDLING, Context, Handling
from handlers.chat.strangers import meet_stranger
from storage import inbox, members
from storage.models import UpdateInbox
from storage.models.people import MemberState, Role

log = logging.getLogger(__name__)

TRIES = 5
FIRST_PAUSE = timedelta(seconds=2)  # doubled with every further try
TROUBLE_PAUSE_S = 2.0
IDLE_S = 5.0  # the fallback when nobody rings


@dataclass(frozen=True)
class PressAnswer:
    """What a pressed button says; without it Telegram shows a spinner for a minute."""

    query_id: str
    text: str | None
    is_alert: bool


class Processor:
    """Handles stored updates in order per chat; one bad update stops nobody."""

    def __init__(
        self, application: "Application[Any, Any, Any, Any, Any, Any]", services: Services
    ) -> None:
        self._application, self._services = application, services
        self._answers: asyncio.Queue[PressAnswer] = asyncio.Queue()

    async def run(self) -> None:
        """Handle updates until cancelled."""
        while True:
            try:
                handled = await self.handle_next()
            except Exception:
                # Mostly database trouble: wait, never skip, never fall silent.
                log.exception("handling an update failed outside of its handler")
                await asyncio.sleep(TROUBLE_PAUSE_S)
                continue
            if not handled:
                await self._services.inbox_bell.wait(IDLE_S)

    async def answer_presses(self) -> None:
        """Answer pressed buttons as their updates are committed; best effort, never in the way."""
        while True:
            answer = await self._answers.get()
            with suppress(
                TelegramError
            ):  # too old by now, or no network: the chat shows the result
                await self._application.bot.answer_callback_query(
                    answer.query_id, text=answer.text, show_alert=answer.is_alert
                )

    async def handle_next(self) -> bool:
        """Handle the next stored update; False when none is due."""
        now = self._services.clock()
        row: UpdateInbox | None = None
        try:
            async with self._services.sessions.begin() as session:
                row = await inbox.take(session, now)
                if row is None:
                    return False
                session.expunge(row)  # what it holds must outlive a rollback
                handling = await self._handle(session, row, now)
                await inbox.mark_done(session, row.id, now)
        except FactcheckError as error:
            if row is None:
                raise
            await self._refuse(row, error, now)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            if row is None:
                raise
            await self._fail(row, now)
        else:
            self._answer(row, handling.answer, is_alert=handling.is_alert)
            if handling.changes_roles:
                self._services.menu_bell.ring()
        self._services.delivery_bell.ring()
        self._services.reading_bell.ring()
        return True

    async def _handle(self, session: AsyncSession, row: UpdateInbox, now: datetime) -> Handling:
        update = Update.de_json(row.payload or {}, self._application.bot)
        user = update.effective_user
        member = await members.by_telegram_id(session, user.id) if user else None
        if member is not None and member.state not in (MemberState.ACTIVE, MemberState.UNREACHABLE):
            member = None
        handling = Handling(
            session=session,
            services=self._services,
            now=now,
            member=member,
            roles=await members.roles_of(session, member.id) if member else frozenset(),
            update_id=update.update_id,
        )
        if member is not None and member.state is MemberState.UNREACHABLE:
            member.state = MemberState.ACTIVE  # they wrote: they can be reached again
        if member is None and not _may_come_from_nobody(update):
            handling.changes_roles = await meet_stranger(session, update, now=now)
            return handling
        token = HANDLING.set(handling)
        try:
            with speaking(member.language if member else "en"):  # what pressed buttons answer
                await self._application.process_update(update)
        finally:
            HANDLING.reset(token)
        if handling.error is not None:
            raise handling.error
        return handling

    async def _refuse(self, row: UpdateInbox, error: FactcheckError, now: datetime) -> None:
        """The transaction was rolled back; say why, and the update is done."""
        update = Update.de_json(row.payload or {}, self._application.bot)
        log.info("refused", extra={"update_id": row.update_id, "why": str(error)[:200]})
        async with self._services.sessions.begin() as session:
            user = update.effective_user
            member = await members.by_telegram_id(session, user.id) if user else None
            if update.callback_query is None:
                message = update.effective_message
                place = Place(
                    chat_id=row.chat_id,
                    thread_id=thread_of(message) if message else 0,
                    member_id=member.id if member else None,
                )
                reply_to = message.message_id if message else None
                await refuse(session, place, error, now=now, reply_to=reply_to)
            await inbox.mark_done(session, row.id, now)
        with speaking(member.language if member else "en"):
            words = without_markup(refusal(error))
        self._answer(row, words, is_alert=True)

    async def _fail(self, row: UpdateInbox, now: datetime) -> None:
        """Count the failed try; after the last one apologise, tell the admins, go on."""
        reference = secrets.token_hex(4)
        log.exception(
            "an update failed", extra={"update_id": row.update_id, "reference": reference}
        )
        async with self._services.sessions.begin() as session:
            pause = FIRST_PAUSE * 2**row.attempts
            tries = await inbox.put_back(session, row.id, next_try_at=now + pause)
            if tries < TRIES:
                return
            await inbox.bury(session, row.id, reference, now)
            place = Place(chat_id=row.chat_id)
            await tell(session, place, NoticeKind.APOLOGY, now=now, reference=reference)
            for admin in await members.with_role(session, Role.ADMIN):
                if admin.tg_user_id is not None:
                    await tell(
                        session,
                        Place(chat_id=admin.tg_user_id, member_id=admin.id),
                        NoticeKind.DEAD_UPDATE,
                        now=now,
                        reference=reference,
                    )

    def _answer(self, row: UpdateInbox, text: str | None, *, is_alert: bool) -> None:
        query = (row.payload or {}).get("callback_query")
        if query:
            self._answers.put_nowait(PressAnswer(query["id"], text, is_alert))


def _may_come_from_nobody(update: Update) -> bool:
    """`/here` in a channel or by an anonymous admin: the one thing said without a name."""
    message = update.channel_post or update.message
    return bool(
        message
        and message.chat.type != "private"
        and message.sender_chat is not None
        and (message.text or "").startswith("/here")
    )


async def remember_error(_update: object, context: Context) -> None:
    """PTB's error handler: hands the exception back to the processor, which decides."""
    error = context.error
    HANDLING.get().error = error if isinstance(error, Exception) else RuntimeError(str(error))
