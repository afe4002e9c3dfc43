"""Somebody who is no member: they may join with a token, and learn nothing otherwise."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Update

from bot.workflow import joining


async def meet_stranger(session: AsyncSession, update: Update, *, now: datetime) -> bool:
    """`/start TOKEN` in private joins; anything else in private is refused politely, once a day.

    True when they are a member now.
    """
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or chat.type != "private" or user.is_bot:
        return False
    text = update.message.text if update.message else None
    command, _, token = (text or "").partition(" ")
    if command == "/start" and token.strip():
        await joining.join(
            session,
            token=token.strip(),
            tg_user_id=user.id,
            name=user.full_name,
            language=user.language_code or "en",
            now=now,
        )
        return True
    await joining.greet_stranger(session, chat_id=chat.id, tg_user_id=user.id, now=now)
    return False
