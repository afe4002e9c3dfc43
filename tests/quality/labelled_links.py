"""Which links a labelled body holds, found in the page's source without any of our own code.

A link counts when it leads to the web and its words stand in the labelled body where they stand in
the page: the letters and digits of its text, together with the `CONTEXT` letters before or behind
it, occur in the letters and digits of the body. It is matched by address, words and that context.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import html

CONTEXT = 12  # letters and digits; enough to tell two places of "here" apart
_SILENT = {"script", "style", "noscript", "template", "head", "title"}


@dataclass(frozen=True)
class PlacedLink:
    """Letters and digits of a link's words and of what stands around it."""

    url: str
    words: str
    before: str
    behind: str


def labelled_links(page: str, url: str, body: str) -> list[PlacedLink]:
    """The links of a page that lie in its labelled body, in page order."""
    letters = _letters(body)
    text, anchors = _read(html.document_fromstring(page.encode(), parser=_parser()), url)
    found = (_placed(text, start, end, href) for start, end, href in anchors)
    return [link for link in found if link.words and _is_in(link, letters)]


def found_links(text: str, links: Iterable[tuple[int, int, str]]) -> list[PlacedLink]:
    """Links given as (start, end, address) of a text."""
    position = [0]
    for mark in text:
        position.append(position[-1] + mark.isalnum())
    letters = _letters(text)
    return [_placed(letters, position[start], position[end], url) for start, end, url in links]


def matched(found: list[PlacedLink], labelled: list[PlacedLink]) -> int:
    """How many links are in both, each counted once."""
    open_ = Counter(labelled)
    count = 0
    for link in found:
        same = next((one for one in open_ if open_[one] and _same(link, one)), None)
        if same is not None:
            open_[same] -= 1
            count += 1
    return count


def _is_in(link: PlacedLink, letters: str) -> bool:
    before, behind = link.before + link.words, link.words + link.behind
    return (len(link.before) == CONTEXT and before in letters) or (
        len(link.behind) == CONTEXT and behind in letters
    )


def _same(one: PlacedLink, other: PlacedLink) -> bool:
    near = one.before == other.before or one.behind == other.behind
    return one.url == other.url and one.words == other.words and near


def _placed(text: str, start: int, end: int, url: str) -> PlacedLink:
    before, behind = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return PlacedLink(url, text[start:end], before, behind)


def _read(root: html.HtmlElement, url: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The page's letters and digits, and (start, end, address) of what leads to the web."""
    base = next(
        (urljoin(url, one.get("href")) for one in root.iter("base") if one.get("href")), url
    )
    pieces: list[str] = []
    anchors: list[tuple[int, int, str]] = []

    def walk(element: html.HtmlElement, at: int) -> int:
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            return at
        end = at + add(element.text)
        for child in element:
            end = walk(child, end)
            end += add(child.tail)
        if element.tag == "a" and (address := _address(element.get("href"), base)):
            anchors.append((at, end, address))
        return end

    def add(text: str | None) -> int:
        pieces.append(_letters(text or ""))
        return len(pieces[-1])

    walk(root, 0)
    return "".join(pieces), sorted(anchors)


def _address(href: str | None, base: str) -> str | None:
    href = (href or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        address = urljoin(base, href)
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8")
