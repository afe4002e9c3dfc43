"""Inline keyboards as Telegram accepts them."""

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.failures import BadRequest
from bot.sandbox.markup import is_web_address

CALLBACK_BYTES = 64  # Bot API limit for the data of one button
KEYBOARD_BUTTONS = 100  # more are refused by Telegram
COPY_CHARS = 256  # Bot API limit for the text that a button copies

_ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "web_app",
    "login_url",
    "pay",
)
_STYLES = {None, "danger", "success", "primary"}


@dataclass(frozen=True)
class Button:
    """One button: its `label` and exactly one of `data`, `url` and `copies`."""

    label: str
    data: str | None = None
    url: str | None = None
    copies: str | None = None
    style: str | None = None

    def as_json(self) -> dict[str, Any]:
        shape: dict[str, Any] = {"text": self.label}
        if self.data is not None:
            shape["callback_data"] = self.data
        if self.url is not None:
            shape["url"] = self.url
        if self.copies is not None:
            shape["copy_text"] = {"text": self.copies}
        if self.style is not None:
            shape["style"] = self.style
        return shape


@dataclass(frozen=True)
class Keyboard:
    """Rows of buttons under a message; `force_reply` makes the person's next text a reply."""

    rows: tuple[tuple[Button, ...], ...] = ()
    force_reply: bool = False


def read_keyboard(written: str | None, *, inline_only: bool = False) -> Keyboard:
    """The keyboard in a `reply_markup` field; an empty one when there is none.

    Raises:
        BadRequest: a shape that Telegram refuses, or anything but inline buttons where
            `inline_only` (channels and edits).
    """
    if not written:
        return Keyboard()
    try:
        markup = json.loads(written)
    except ValueError as error:
        raise BadRequest("can't parse reply keyboard markup JSON object") from error
    if not isinstance(markup, dict):
        raise BadRequest("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if inline_only:
            raise BadRequest("inline keyboard expected")
        return Keyboard(force_reply=bool(markup.get("force_reply")))
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise BadRequest(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    buttons = tuple(tuple(_button(shape) for shape in row) for row in rows if row)
    if sum(map(len, buttons)) > KEYBOARD_BUTTONS:
        raise BadRequest("reply markup is too long")
    return Keyboard(buttons)


def _button(shape: Any) -> Button:
    if not isinstance(shape, dict) or not isinstance(shape.get("text"), str):
        raise _unreadable('Field "text" must be of type String')
    if not shape["text"].strip():
        raise BadRequest("BUTTON_TEXT_INVALID")
    actions = [action for action in _ACTIONS if action in shape]
    if not actions:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unreadable("exactly one action must be specified")
    if shape.get("style") not in _STYLES:
        raise _unreadable("invalid button style specified")
    data, url = shape.get("callback_data"), shape.get("url")
    if data is not None and not 1 <= len(str(data).encode()) <= CALLBACK_BYTES:
        raise BadRequest("BUTTON_DATA_INVALID")
    if url is not None and not is_web_address(url):
        raise BadRequest(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    copies = (shape.get("copy_text") or {}).get("text")
    if copies is not None and not 1 <= len(copies) <= COPY_CHARS:
        raise BadRequest("BUTTON_COPY_TEXT_INVALID")
    return Button(shape["text"], data, url, copies, shape.get("style"))


def _unreadable(why: str) -> BadRequest:
    return BadRequest(f"can't parse inline keyboard button: {why}")
