"""What a page says about itself for machines: JSON-LD."""

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

JSON_CHARS = 400_000  # a block larger than this is a data dump
NODES = 2000
_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "Review", "PressRelease")

Node = dict[str, Any]


def nodes_of(root: etree._Element) -> list[Node]:
    """Every JSON-LD object of the page, outer ones first; broken blocks are left out."""
    found: list[Node] = []
    for script in root.iterfind(".//script[@type]"):
        text = script.text or ""
        if "ld+json" not in script.get("type", "").lower() or len(text) > JSON_CHARS:
            continue
        found.extend(_flattened(_parsed(text)))
    return found[:NODES]


def article_node(nodes: list[Node]) -> Node:
    """The node that describes the article itself; empty where there is none."""
    articles = [
        node for node in nodes if any(name.endswith(_ARTICLE_TYPES) for name in types_of(node))
    ]
    return next(
        (node for node in articles if node.get("headline")), articles[0] if articles else {}
    )


def types_of(node: Node) -> list[str]:
    """The node's `@type`s as a list of words."""
    return [name for name in as_list(node.get("@type")) if isinstance(name, str)]


def as_list(value: Any) -> list[Any]:
    """JSON-LD writes one value bare and several as a list; this makes both a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def as_text(value: Any) -> str | None:
    """A name out of a string, an object with a `name` or `@value`, or a list of those."""
    for one in as_list(value):
        text = (one.get("name") or one.get("@value")) if isinstance(one, dict) else one
        if isinstance(text, str) and text.strip():
            return text
    return None


def _parsed(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[")
    text = text.removesuffix("//]]>").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _flattened(value: Any) -> Iterator[Node]:
    """Outer nodes first, breadth by breadth, at most `NODES` of them."""
    waiting, seen = [value], 0
    while waiting and seen < NODES:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, dict):
            yield one
            waiting.extend(inner for inner in one.values() if isinstance(inner, dict | list))
        elif isinstance(one, list):
            waiting.extend(inner for inner in one if isinstance(inner, dict | list))
