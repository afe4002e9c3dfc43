"""HTML parse mode: from the text that a bot sends to plain text with entities, or Telegram's no."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.sandbox.entities import Entity, find_entities, utf16_length, utf16_slice
from bot.sandbox.failures import BadRequest

MESSAGE_CHARS = 4096  # UTF-16 units after parsing, Bot API limit for one message
CAPTION_CHARS = 1024  # the same for the caption of a picture or a file

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAG = re.compile(
    r"<(/?)([A-Za-z][\w-]*|)((?:\s+[\w-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*(>?)"
)
_ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
# Telegram knows these four by name, and numbers; any other ampersand is text.
_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


@dataclass(frozen=True)
class Formatted:
    """Plain `text` with its `entities`, and the `source` as it was sent."""

    text: str
    entities: list[Entity]
    source: str


@dataclass(frozen=True)
class _Open:
    tag: str
    offset: int
    attributes: dict[str, str]


def read_text(source: str, parse_mode: str | None, *, caption: bool = False) -> Formatted:
    """What Telegram makes of a bot's text: formatting read, edges trimmed, links found.

    Raises:
        BadRequest: formatting that does not parse, no text at all (captions may be empty), or
            more than the limit.
    """
    if (parse_mode or "html").lower() != "html":
        raise BadRequest("unsupported parse_mode")
    written: tuple[str, list[Entity]] = parse_html(source) if parse_mode else (source, [])
    text, entities = _trim(*written)
    if not text and not caption:
        raise BadRequest("message text is empty")
    if utf16_length(text) > (CAPTION_CHARS if caption else MESSAGE_CHARS):
        raise BadRequest("message caption is too long" if caption else "message is too long")
    return Formatted(text, find_entities(text, entities), source)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of Telegram's HTML; offsets in UTF-16 units.

    Raises:
        BadRequest: "can't parse entities", with the byte offset as Telegram counts it.
    Source: https://core.telegram.org/bots/api#html-style
    """
    text, at = "", 0
    opened: list[_Open] = []
    entities: list[Entity] = []
    while (start := source.find("<", at)) >= 0:
        text += _characters(source[at:start])
        where = len(source[:start].encode())
        match = _TAG.match(source, start)
        closing, tag = (match.group(1), match.group(2).lower()) if match else ("", "")
        if match is None or not match.group(4):
            raise _unparsable(
                f"Unclosed start tag at byte offset {where}"
                if tag in _KINDS
                else f'Unsupported start tag "{tag}" at byte offset {where}'
            )
        if closing:
            entity = _close(opened, tag, where, text)
            entities += [entity] if entity else []
        else:
            opened.append(_open(tag, match.group(3), where, utf16_length(text)))
        at = match.end()
    if opened:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{opened[-1].tag}"')
    return text + _characters(source[at:]), entities


def _open(tag: str, written: str, where: int, offset: int) -> _Open:
    attributes = {
        match.group(1).lower(): _characters(next(filter(None, match.groups()[1:]), ""))
        for match in _ATTRIBUTE.finditer(written)
    }
    if tag not in _KINDS:
        raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {where}')
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    return _Open(tag, offset, attributes)


def _close(opened: list[_Open], tag: str, where: int, text: str) -> Entity | None:
    """The entity that this end tag completes; None for an empty one or a link to nowhere."""
    if not opened:
        raise _unparsable(f"Unexpected end tag at byte offset {where}")
    start = opened.pop()
    if tag not in ("", start.tag):
        raise _unparsable(
            f'Unmatched end tag at byte offset {where}, expected "</{start.tag}>", found "</{tag}>"'
        )
    length = utf16_length(text) - start.offset
    if not length:
        return None
    if start.tag == "a":
        return _link(start, length, text)
    kind = _KINDS[start.tag]
    if start.tag == "blockquote" and "expandable" in start.attributes:
        kind = "expandable_blockquote"
    return Entity(kind, start.offset, length)


def _link(start: _Open, length: int, text: str) -> Entity | None:
    url = start.attributes.get("href") or utf16_slice(text, start.offset, start.offset + length)
    person = re.fullmatch(r"tg://user\?id=(\d+)", url)
    if person:
        return Entity("text_mention", start.offset, length, user_id=int(person.group(1)))
    if not is_web_address(url):
        return None  # Telegram drops such a link and keeps its words
    return Entity("text_link", start.offset, length, url=url)


def is_web_address(url: str) -> bool:
    """Whether Telegram would open it: http, https or tg, with a host that has a dot."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "tg":
        return True
    return parts.scheme in {"http", "https"} and "." in host.strip(".") and " " not in url


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space at both ends; entities move along, empty ones go."""
    trimmed = text.strip()
    shift = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(trimmed)
    moved = []
    for entity in entities:
        first = max(entity.offset - shift, 0)
        last = min(entity.offset + entity.length - shift, end)
        if first < last:
            moved.append(
                Entity(
                    entity.type, first, last - first, entity.url, entity.user_id, entity.language
                )
            )
    return trimmed, moved


def _characters(source: str) -> str:
    return _CHARACTER.sub(lambda match: html.unescape(match.group()), source)


def _unparsable(why: str) -> BadRequest:
    return BadRequest(f"can't parse entities: {why}")
