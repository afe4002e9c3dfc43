"""Delivery: says what the outbox holds, as fast as Telegram allows, each row once."""

import asyncio
import logging
import secrets
from datetime import datetime, timedelta

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.services import Services
from bot.texts.language import speaking
from bot.workflow.hours.working import is_working
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import hours_of, zone_of
from handlers.chat import fates
from handlers.chat.outgoing import RENDERERS, Outgoing, Scene
from handlers.chat.pacing import Pacing
from handlers.chat.sending import Fate, Result, edit, pieces, send
from storage import members, outbox
from storage.models import Member, Outbox, OutboxPart, Prompt
from storage.models.talking import OutboxOp, OutboxState

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)  # longer than any one call to Telegram may take
IDLE_S = 2.0  # the fallback when nobody rings
AT_ONCE = 8  # chats that are spoken to side by side
TROUBLE_PAUSE_S = 2.0


class Delivery:
    """Leases what the pacing allows now, words it in the reader's language, sends it."""

    def __init__(self, bot: ExtBot[None], services: Services) -> None:
        self._bot, self._services = bot, services
        self._pacing = Pacing()
        self._in_hand: set[int] = set()  # rows that this process is sending right now

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            try:
                sent = await self.deliver_due()
            except Exception:
                # Mostly database trouble; the rows are still there, so go on after a pause.
                log.exception("delivering failed")
                await asyncio.sleep(TROUBLE_PAUSE_S)
                continue
            if not sent:
                await self._services.delivery_bell.wait(await self._idle_s())

    async def deliver_due(self) -> int:
        """Send the first due row of each chat that may be spoken to now; how many were tried."""
        now = self._services.clock()
        async with self._services.sessions.read() as session:
            heads = await outbox.heads(session, now)
        ready = [row for row in heads if self._pacing.allows(row.chat_id, now)][:AT_ONCE]
        async with asyncio.TaskGroup() as group:
            for row in ready:
                await self._pacing.count(row.chat_id)
                group.create_task(self._deliver(row))
        return len(ready)

    def is_held(self, row: Outbox) -> bool:
        """Whether Telegram asked to wait with this row's chat."""
        return self._pacing.is_held(row.chat_id, self._services.clock())

    async def release_lost(self, now: datetime) -> int:
        """Rows whose sender never came back: private ones go again, posts are shown to admins."""
        async with self._services.sessions.begin() as session:
            lost = [row for row in await outbox.lost(session, now) if row.id not in self._in_hand]
            for row in lost:
                await fates.unknown(session, row, row.lease_token, now=now)
        return len(lost)

    async def _idle_s(self) -> float:
        async with self._services.sessions.read() as session:
            due = await outbox.next_due(session)
        if due is None:
            return IDLE_S
        return min(IDLE_S, max(0.05, (due - self._services.clock()).total_seconds()))

    async def _deliver(self, row: Outbox) -> None:
        self._in_hand.add(row.id)
        try:
            now = self._services.clock()
            async with self._services.sessions.begin() as session:
                token = await outbox.lease(session, row.id, until=now + LEASE)
            if token is not None:
                await self._send_leased(row, token)
        finally:
            self._in_hand.discard(row.id)

    async def _send_leased(self, row: Outbox, token: int) -> None:
        now = self._services.clock()
        if row.expires_at is not None and row.expires_at < now:
            await self._finish(row, token, OutboxState.CANCELLED)
            return
        try:
            wording = await self._worded(row, now)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            reference = secrets.token_hex(4)
            log.exception("a notice failed", extra={"outbox_id": row.id, "reference": reference})
            async with self._services.sessions.begin() as session:
                await fates.unworded(
                    session, row, token, reference=reference, error=type(error).__name__, now=now
                )
            return
        if wording is None:
            await self._finish(row, token, OutboxState.CANCELLED)
            return
        out, is_silent = wording
        if row.op is OutboxOp.EDIT:
            await self._send_edit(row, token, out)
        else:
            await self._send_new(row, token, out, is_silent=is_silent)

    async def _worded(self, row: Outbox, now: datetime) -> tuple[Outgoing, bool] | None:
        """The message and whether it comes without a sound; None when there is nothing to say."""
        services = self._services
        async with services.sessions.read() as session:
            reader = await members.by_telegram_id(session, row.chat_id)
            scene = Scene(
                session=session,
                row=row,
                prompt=await outbox.prompt_of(session, row.target_id or row.id),
                reader=reader,
                zone=zone_of(reader, services.policy),
                now=now,
                services=services,
            )
            with speaking(reader.language if reader else "en"):
                out = await RENDERERS[NoticeKind(row.kind)](scene)
            if out is None:
                return None
            return out, out.is_silent or await self._is_quiet_time(session, reader, now)

    async def _is_quiet_time(
        self, session: AsyncSession, reader: Member | None, now: datetime
    ) -> bool:
        if reader is None:
            return False
        absences = await members.absences_of(session, [reader.id], since=now)
        return not is_working(hours_of(reader, absences, self._services.policy), now)

    async def _send_new(self, row: Outbox, token: int, out: Outgoing, *, is_silent: bool) -> None:
        """Send all parts that are not in the chat yet; the buttons go with the last."""
        async with self._services.sessions.read() as session:
            done = {part.part for part in await outbox.parts(session, row.id)}
        htmls = pieces(out.html)
        for place, html in enumerate(htmls):
            if place in done:
                continue
            is_last = place == len(htmls) - 1
            piece = Outgoing(
                html=html,
                buttons=out.buttons if is_last else (),
                photo=out.photo if place == 0 else None,
                file_id=out.file_id if place == 0 else None,
                file_kind=out.file_kind,
            )
            result = await send(self._bot, row, piece, is_silent=is_silent)
            if result.fate is not Fate.SENT or result.message_id is None:
                await self._settle(row, token, result)
                return
            await self._remember(row, token, place, result.message_id, is_last=is_last, out=piece)
        if row.kind == NoticeKind.READING.value:
            await self._show_typing(row)

    async def _send_edit(self, row: Outbox, token: int, out: Outgoing) -> None:
        async with self._services.sessions.read() as session:
            parts = await outbox.parts(session, row.target_id or 0)
            target = await outbox.get(session, row.target_id or 0)
        if target is not None and target.state is OutboxState.CANCELLED:
            await self._finish(row, token, OutboxState.CANCELLED)
            return
        if not parts:
            result = Result(Fate.MISSING, error="the message was never sent")
        else:
            result = await edit(self._bot, parts[-1], out)
        await self._settle(row, token, result)

    async def _remember(  # one part of one message
        self, row: Outbox, token: int, place: int, message_id: int, *, is_last: bool, out: Outgoing
    ) -> None:
        now = self._services.clock()
        async with self._services.sessions.begin() as session:
            part = OutboxPart(
                outbox_id=row.id,
                part=place,
                chat_id=row.chat_id,
                message_id=message_id,
                has_photo=out.photo is not None or out.file_id is not None,
            )
            await outbox.add_part(session, part)
            prompt: Prompt | None = await outbox.prompt_of(session, row.id)
            if prompt is not None and is_last:
                # A group that became a supergroup counts its messages anew, under another id.
                prompt.chat_id, prompt.message_id = row.chat_id, message_id
            if is_last:
                await outbox.finish(session, row.id, token, state=OutboxState.SENT, now=now)

    async def _settle(self, row: Outbox, token: int, result: Result) -> None:
        now = self._services.clock()
        if result.fate is Fate.LATER:
            self._pacing.hold(row.chat_id, now + result.pause)
        if result.fate is not Fate.SENT:
            log.info("not delivered", extra={"outbox_id": row.id, "fate": result.fate.name})
        async with self._services.sessions.begin() as session:
            await fates.settle(session, row, token, result, now=now)

    async def _finish(self, row: Outbox, token: int, state: OutboxState) -> None:
        now = self._services.clock()
        async with self._services.sessions.begin() as session:
            await outbox.finish(session, row.id, token, state=state, now=now)

    async def _show_typing(self, row: Outbox) -> None:
        """Slow work shows itself; best effort."""
        try:
            await self._bot.send_chat_action(row.chat_id, ChatAction.TYPING)
        except TelegramError:
            log.debug("no chat action")
