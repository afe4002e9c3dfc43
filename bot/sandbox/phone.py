"""What a phone does by itself: it finds links, splits long pastes, and offers what is there."""

from collections.abc import Iterator, Sequence

from bot.sandbox.chats import Chat, Message, Origin, Profile
from bot.sandbox.entities import Entity, find_entities, utf16_length
from bot.sandbox.keyboards import Button
from bot.sandbox.markup import MESSAGE_CHARS


class NotPossible(Exception):
    """A phone would not offer this: no such button, a chat that is blocked, a text too long."""


def button_of(message: Message, wanted: str) -> Button:
    """The button now under `message` whose label begins with `wanted`, else whose data it is.

    Raises:
        NotPossible: there is none, or the message is gone.
    """
    if message.deleted:
        raise NotPossible("the message was deleted")
    buttons = [button for row in message.buttons for button in row]
    for button in buttons:
        if button.label.startswith(wanted):
            return button
    for button in buttons:
        if button.data == wanted:
            return button
    raise NotPossible(f"no button {wanted!r} among {message.labels}")


def entities_of(text: str, given: Sequence[Entity], limit: int) -> list[Entity]:
    """What is marked in `text`, which a phone sends only up to `limit` units."""
    if utf16_length(text) > limit:
        raise NotPossible(f"a phone sends at most {limit} units at once; see `pastes`")
    return find_entities(text, given)


def parts_of(text: str) -> Iterator[str]:
    """Pieces of at most 4096 units, cut at a line end or a space where there is one."""
    while utf16_length(text) > MESSAGE_CHARS:
        head = text.encode("utf-16-le")[: 2 * MESSAGE_CHARS]
        end = len(head.decode("utf-16-le", "ignore"))  # never half an emoji
        cut = max(text.rfind("\n", 1, end), 0) or max(text.rfind(" ", 1, end), 0) or end
        yield text[:cut]
        text = text[cut:].lstrip()
    yield text


def origin_of(given: Origin | Chat | Profile | str, known: Origin) -> Origin:
    """`given` as an origin, with the date and message number of what is `known` already."""
    if isinstance(given, Origin):
        return given
    if isinstance(given, Chat):
        return Origin(known.sent_at, chat=given, message_id=known.message_id or 1)
    if isinstance(given, Profile):
        return Origin(known.sent_at, sender=given)
    return Origin(known.sent_at, name=given)
