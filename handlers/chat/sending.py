"""One message to Telegram: which call it takes, and what its failure means for the outbox."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Any

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram import ReplyParameters as Replying
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from handlers.chat.outgoing import Outgoing
from storage.models import Outbox, OutboxPart

MESSAGE_UNITS = 4096  # Bot API limit for one message, in UTF-16 units after entity parsing
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Fate(Enum):
    """What became of an attempt to send."""

    SENT = auto()
    LATER = auto()  # nothing reached the chat: again after `pause`
    UNKNOWN = auto()  # the answer was lost: it may be in the chat
    GONE = auto()  # the person cannot be reached
    MOVED = auto()  # the group has a new id
    MISSING = auto()  # the message to edit is not there any more
    REFUSED = auto()  # Telegram does not take it: a bug of ours


@dataclass(frozen=True)
class Result:
    """The fate, and what it brings: the message, a pause, a new chat id, Telegram's words."""

    fate: Fate
    message_id: int | None = None
    pause: timedelta = timedelta(0)
    moved_to: int | None = None
    error: str | None = None


async def send(bot: ExtBot[None], row: Outbox, out: Outgoing, *, is_silent: bool) -> Result:
    """Send `out` as a new message; never raises for anything Telegram or the network does."""
    try:
        message = await _send(bot, row, out, is_silent=is_silent)
    except TelegramError as error:
        return judge(error)
    return Result(Fate.SENT, message_id=message.message_id)


async def edit(bot: ExtBot[None], part: OutboxPart, out: Outgoing) -> Result:
    """Make a message that is in the chat show `out`."""
    place: dict[str, Any] = {"chat_id": part.chat_id, "message_id": part.message_id}
    markup = markup_of(out)
    try:
        if part.has_photo:
            await bot.edit_message_caption(
                **place, caption=out.html, parse_mode=ParseMode.HTML, reply_markup=markup
            )
        else:
            await bot.edit_message_text(
                **place,
                text=out.html,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                link_preview_options=NO_PREVIEW,
            )
    except TelegramError as error:
        return judge(error)
    return Result(Fate.SENT, message_id=part.message_id)


def judge(error: TelegramError) -> Result:
    """What a failed call means. Order matters: BadRequest and TimedOut are NetworkErrors."""
    words = error.message[:300]
    if isinstance(error, RetryAfter):
        after = error.retry_after
        pause = after if isinstance(after, timedelta) else timedelta(seconds=after)
        return Result(Fate.LATER, pause=pause, error=words)
    if isinstance(error, ChatMigrated):
        return Result(Fate.MOVED, moved_to=error.new_chat_id, error=words)
    if isinstance(error, Forbidden):
        return Result(Fate.GONE, error=words)
    if isinstance(error, BadRequest):
        return _judge_refusal(words)
    if isinstance(error.__cause__, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)):
        return Result(Fate.LATER, pause=timedelta(seconds=5), error=words)
    if isinstance(error, (TimedOut, NetworkError)):
        return Result(Fate.UNKNOWN, pause=timedelta(seconds=5), error=words)
    return Result(Fate.REFUSED, error=words)


def _judge_refusal(words: str) -> Result:
    lower = words.lower()
    if "message is not modified" in lower:
        return Result(Fate.SENT)
    if "message to edit not found" in lower or "message can't be edited" in lower:
        return Result(Fate.MISSING, error=words)
    if "chat not found" in lower or "user is deactivated" in lower:
        return Result(Fate.GONE, error=words)
    return Result(Fate.REFUSED, error=words)


def markup_of(out: Outgoing) -> InlineKeyboardMarkup | None:
    """The buttons; an edit without them would remove those that are there."""
    if not out.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    button.label,
                    callback_data=button.data,
                    url=button.url,
                    api_kwargs={"style": button.style} if button.style else None,
                )
                for button in row
            ]
            for row in out.buttons
            if row
        ]
    )


def pieces(html: str) -> list[str]:
    """`html` in parts that fit a message each, split at line ends outside of tags."""
    if _units(html) <= MESSAGE_UNITS:
        return [html]
    parts, current, depth = [], "", 0
    for line in html.split("\n"):
        grown = f"{current}\n{line}" if current else line
        if current and depth == 0 and _units(grown) > MESSAGE_UNITS:
            parts.append(current)
            grown = line
        current = grown
        depth += line.count("<") - 2 * line.count("</")
    return [*parts, current]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


async def _send(bot: ExtBot[None], row: Outbox, out: Outgoing, *, is_silent: bool) -> Message:
    reply = None
    if row.reply_to_message_id:
        reply = Replying(row.reply_to_message_id, allow_sending_without_reply=True)
    shared: dict[str, Any] = {
        "chat_id": row.chat_id,
        "message_thread_id": row.thread_id or None,
        "disable_notification": is_silent,
        "reply_parameters": reply,
        "reply_markup": markup_of(out),
        "parse_mode": ParseMode.HTML,
    }
    if out.photo is not None or (out.file_id and out.file_kind == "photo"):
        photo = out.photo or out.file_id or b""
        return await bot.send_photo(photo=photo, caption=out.html, **shared)
    if out.file_id and out.file_kind == "voice":
        return await bot.send_voice(voice=out.file_id, caption=out.html, **shared)
    if out.file_id:
        return await bot.send_document(document=out.file_id, caption=out.html, **shared)
    return await bot.send_message(text=out.html, link_preview_options=NO_PREVIEW, **shared)
