"""Entities of a message: what stands where in its text, in UTF-16 units as Telegram counts."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# What Telegram marks by itself in a text; the order decides when two overlap.
_FOUND_IN_TEXT = (
    ("url", re.compile(r"https?://[\w\[][^\s<>\"“”«»]*", re.I)),
    ("email", re.compile(r"\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b", re.I)),
    (
        "url",
        re.compile(r"\b(?:[\w-]+\.)+(?:com|org|net|info|ua|uk|de|eu|io|gov|example)\b(?:/\S*)?"),
    ),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?\b")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z]\w{3,31}\b")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
)
_CLOSING = ".,;:!?)]}'\"…"  # punctuation behind a link belongs to the sentence
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "spoiler": "tg-spoiler",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


@dataclass(frozen=True)
class Entity:
    """`offset` and `length` in UTF-16 units; `url` only for text links."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user_id: int | None = None
    language: str | None = None

    def as_json(self) -> dict[str, Any]:
        shape: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.url is not None:
            shape["url"] = self.url
        if self.user_id is not None:
            shape["user"] = {"id": self.user_id, "is_bot": False, "first_name": "?"}
        if self.language is not None:
            shape["language"] = self.language
        return shape


def utf16_length(text: str) -> int:
    """UTF-16 units of `text`: two for a character outside the basic plane, such as an emoji."""
    return len(text.encode("utf-16-le")) // 2


def utf16_slice(text: str, start: int, end: int) -> str:
    """`text[start:end]` with both ends in UTF-16 units."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "replace")


def find_entities(text: str, given: Sequence[Entity] = ()) -> list[Entity]:
    """`given` and what Telegram marks by itself (links, commands, mentions), in text order."""
    found = list(given)
    for kind, pattern in _FOUND_IN_TEXT:
        for match in pattern.finditer(text):
            words = match.group().rstrip(_CLOSING) if kind == "url" else match.group()
            entity = Entity(kind, utf16_length(text[: match.start()]), utf16_length(words))
            if not any(_clash(entity, other) for other in found):
                found.append(entity)
    return in_text_order(found)


def in_text_order(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity.offset, -entity.length))


def as_html(text: str, entities: Sequence[Entity]) -> str:
    """`text` as safe HTML for the page, formatted by its entities."""
    units = text.encode("utf-16-le")
    marks = sorted(_marks(text, entities))
    parts: list[str] = []
    at = 0
    for offset, _order, tag in marks:
        parts += [html.escape(units[2 * at : 2 * offset].decode("utf-16-le", "replace")), tag]
        at = offset
    shown = "".join([*parts, html.escape(units[2 * at :].decode("utf-16-le", "replace"))])
    # A quotation is a block: the line ends around it would show as empty lines.
    return re.sub(r"\n(?=<blockquote)|(?<=</blockquote>)\n", "", shown)


def _clash(one: Entity, other: Entity) -> bool:
    overlaps = one.offset < other.offset + other.length and other.offset < one.offset + one.length
    return overlaps and other.type in {"url", "text_link", "code", "pre", "email", "bot_command"}


def _marks(text: str, entities: Sequence[Entity]) -> Iterator[tuple[int, tuple[int, int], str]]:
    """Opening and closing tags with their place; closing ones first, inner ones before outer."""
    for index, entity in enumerate(in_text_order(entities)):
        tags = _tags(entity, utf16_slice(text, entity.offset, entity.offset + entity.length))
        if tags:
            yield entity.offset, (1, index), tags[0]
            yield entity.offset + entity.length, (0, -index), tags[1]


def _tags(entity: Entity, words: str) -> tuple[str, str] | None:
    if entity.type in {"url", "text_link"}:
        url = entity.url or words
        address = url if "://" in url else f"https://{url}"
        return f'<a href="{html.escape(address)}" target="_blank" rel="noreferrer">', "</a>"
    if entity.type in {"bot_command", "mention", "hashtag", "email", "text_mention"}:
        return '<span class="mark">', "</span>"
    tag = _TAGS.get(entity.type)
    if tag is None:
        return None
    attribute = ' class="expandable"' if entity.type == "expandable_blockquote" else ""
    return f"<{tag}{attribute}>", f"</{tag}>"
