"""The JSON shapes of the Bot API for what the chats hold.

Source: https://core.telegram.org/bots/api#available-types
"""

from datetime import datetime
from typing import Any

from bot.sandbox.chats import Chat, Message, Origin, Profile

Shape = dict[str, Any]

_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
)


def user_shape(profile: Profile) -> Shape:
    shape: Shape = {
        "id": profile.id,
        "is_bot": profile.is_bot,
        "first_name": profile.first_name,
    }
    if profile.username:
        shape["username"] = profile.username
    if not profile.is_bot:
        shape["language_code"] = profile.language_code
    return shape


def chat_shape(chat: Chat) -> Shape:
    shape: Shape = {"id": chat.id, "type": chat.kind}
    if chat.person is not None:
        shape["first_name"] = chat.person.first_name
    if chat.title is not None:
        shape["title"] = chat.title
    username = chat.person.username if chat.person else chat.username
    if username:
        shape["username"] = username
    if chat.topics:
        shape["is_forum"] = True
    return shape


def full_chat_shape(chat: Chat) -> Shape:
    """What getChat tells, with the newest pinned message."""
    pinned = [message for message in chat.messages if message.is_pinned and not message.deleted]
    newest = {"pinned_message": message_shape(pinned[-1], with_reply=False)} if pinned else {}
    return (
        chat_shape(chat)
        | newest
        | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": {
                "unlimited_gifts": False,
                "limited_gifts": False,
                "unique_gifts": False,
                "premium_subscription": False,
                "gifts_from_channels": False,
            },
        }
    )


def member_shape(chat: Chat, profile: Profile) -> Shape:
    """Administrator, member or left; nobody here owns a chat."""
    shape: Shape = {"user": user_shape(profile)}
    if profile.id in chat.admin_ids or (profile.is_bot and chat.bot_is_admin):
        rights = dict.fromkeys(_ADMIN_RIGHTS, True)
        return (
            shape
            | rights
            | {
                "status": "administrator",
                "can_be_edited": False,
                "is_anonymous": False,
            }
        )
    is_member = chat.bot_is_member if profile.is_bot else profile.id in chat.members
    return shape | {"status": "member" if is_member else "left"}


def message_shape(message: Message, *, with_reply: bool = True) -> Shape:
    """A message as updates and answers carry it; the quoted one comes without its own quote."""
    shape: Shape = {
        "message_id": message.id,
        "date": seconds(message.sent_at),
        "chat": chat_shape(message.chat),
    }
    if message.sender is not None:
        shape["from"] = user_shape(message.sender)
    else:
        shape["sender_chat"] = chat_shape(message.chat)
    if message.edited_at is not None:
        shape["edit_date"] = seconds(message.edited_at)
    if with_reply and message.reply_to is not None and not message.reply_to.deleted:
        shape["reply_to_message"] = message_shape(message.reply_to, with_reply=False)
    if message.origin is not None:
        shape["forward_origin"] = _origin_shape(message.origin)
    if message.album_id:
        shape["media_group_id"] = message.album_id
    if message.thread_id:
        shape |= {"message_thread_id": message.thread_id, "is_topic_message": True}
    if message.is_protected:
        shape["has_protected_content"] = True
    if message.buttons:
        rows = [[button.as_json() for button in row] for row in message.buttons]
        shape["reply_markup"] = {"inline_keyboard": rows}
    return shape | _content_shape(message)


def seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def _content_shape(message: Message) -> Shape:
    entities = [entity.as_json() for entity in message.entities]
    shape: Shape = {}
    if message.photo is not None:
        small = message.photo.as_json() | {"width": 90, "height": 90}
        shape["photo"] = [small, message.photo.as_json()]
    if message.document is not None:
        shape["document"] = message.document.as_json()
    if message.voice is not None:
        shape["voice"] = message.voice.as_json()
    text, marks = ("caption", "caption_entities") if shape else ("text", "entities")
    if message.text:
        shape[text] = message.text
    if entities:
        shape[marks] = entities
    return shape


def _origin_shape(origin: Origin) -> Shape:
    shape: Shape = {"date": seconds(origin.sent_at)}
    if origin.chat is not None and origin.chat.kind == "channel":
        return shape | {
            "type": "channel",
            "chat": chat_shape(origin.chat),
            "message_id": origin.message_id,
        }
    if origin.chat is not None:
        return shape | {"type": "chat", "sender_chat": chat_shape(origin.chat)}
    if origin.sender is not None:
        return shape | {"type": "user", "sender_user": user_shape(origin.sender)}
    return shape | {"type": "hidden_user", "sender_user_name": origin.name}
