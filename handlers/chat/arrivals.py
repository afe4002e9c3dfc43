"""From Telegram's objects to the workflow's: a message becomes an Incoming, a press a Tap."""

from typing import Any, cast

from telegram import (
    CallbackQuery,
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
)

from bot.workflow.incoming import Attachment, Incoming, Tap
from handlers.chat.context import Context
from storage import outbox
from storage.models.work import EvidenceKind


def incoming_of(update: Update, context: Context) -> Incoming:
    """The message or edit that the update holds, as sent by `context.member`."""
    message = cast(Message, update.effective_message)
    return Incoming(
        actor_id=context.member.id,
        chat_id=message.chat_id,
        message_id=message.message_id,
        text=message.text or message.caption or "",
        thread_id=thread_of(message),
        links=links_in(message),
        attachments=attachments_of(message),
        origin=origin_of(message),
        is_private=message.chat.type == "private",
        is_edit=update.edited_message is not None,
        album=message.media_group_id,
        bot_id=context.services.bot_id,
        update_id=update.update_id,
    )


async def tap_of(update: Update, context: Context) -> Tap:
    """The pressed button, with the outbox row of the message it stands under."""
    query = cast(CallbackQuery, update.callback_query)
    message = query.message
    chat_id = message.chat.id if message else query.from_user.id
    message_id = message.message_id if message else 0
    prompt = await outbox.prompt_at(context.session, chat_id, message_id)
    parts = (query.data or "").split(":")[1:]
    return Tap(
        actor_id=context.member.id,
        chat_id=chat_id,
        message_id=message_id,
        thread_id=thread_of(message) if isinstance(message, Message) else 0,
        notice_id=prompt.outbox_id if prompt else None,
        bot_id=context.services.bot_id,
        update_id=update.update_id,
        ids=tuple(int(part) for part in parts if _is_number(part)),
        words=tuple(part for part in parts if not _is_number(part)),
    )


def thread_of(message: Message) -> int:
    """The forum topic of a message; 0 outside topics."""
    return (message.message_thread_id or 0) if message.is_topic_message else 0


def links_in(message: Message) -> tuple[str, ...]:
    """The addresses in text or caption in order, each once; also those hidden behind words."""
    kinds: list[str | None] = [MessageEntity.URL, MessageEntity.TEXT_LINK]
    found = message.parse_entities(kinds) | message.parse_caption_entities(kinds)
    in_order = sorted(found.items(), key=lambda item: item[0].offset)
    return tuple(dict.fromkeys(entity.url or words for entity, words in in_order))


def attachments_of(message: Message) -> tuple[Attachment, ...]:
    """The photo, file or voice message that came with it; of a photo the largest size."""
    if message.photo:
        largest = message.photo[-1]
        photo = EvidenceKind.PHOTO.value
        return (Attachment(photo, largest.file_id, size_bytes=largest.file_size),)
    if message.document:
        found = message.document
        return (_file(found.file_id, found.file_name, found.mime_type, found.file_size),)
    voice = message.voice or message.audio or message.video_note
    if voice:
        kind = EvidenceKind.VOICE.value
        return (Attachment(kind, voice.file_id, size_bytes=voice.file_size),)
    if message.video:
        video = message.video
        return (_file(video.file_id, video.file_name, video.mime_type, video.file_size),)
    return ()


def origin_of(message: Message) -> dict[str, Any] | None:
    """Where a forward comes from: {"name", "date", "url"?}; None for the person's own words."""
    origin = message.forward_origin
    if origin is None:
        return None
    facts: dict[str, Any] = {"name": _origin_name(origin), "date": origin.date.isoformat()}
    if isinstance(origin, MessageOriginChannel) and origin.chat.username:
        facts["url"] = f"https://t.me/{origin.chat.username}/{origin.message_id}"
    return facts


def _origin_name(origin: MessageOrigin) -> str:
    if isinstance(origin, MessageOriginUser):
        return origin.sender_user.full_name
    if isinstance(origin, MessageOriginHiddenUser):
        return origin.sender_user_name
    if isinstance(origin, MessageOriginChannel):
        return origin.chat.title or ""
    if isinstance(origin, MessageOriginChat):
        return origin.sender_chat.title or ""
    return ""


def _file(file_id: str, name: str | None, mime: str | None, size: int | None) -> Attachment:
    kind = EvidenceKind.FILE.value
    return Attachment(kind, file_id, file_name=name, mime=mime, size_bytes=size)


def _is_number(part: str) -> bool:
    return part.removeprefix("-").isdigit()
