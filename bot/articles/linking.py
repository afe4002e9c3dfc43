"""Where the page's links stand in the text that was taken from it."""

from bisect import bisect_left
from collections.abc import Sequence
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml import etree

from bot.articles.article import Link
from bot.articles.paragraphs import Spans

_UNREAD = frozenset({"script", "style", "noscript", "template", "head"})
COPIES = 3  # of one paragraph that are looked at
MISSES = 100  # each paragraph that is not found costs one search of the whole page
URL_CHARS = 4000


class LinkedCharacters:
    """The letters and digits of a page in order, and which stretches of them are links.

    Extractors drop and add spaces and punctuation; letters and digits they leave alone.
    """

    def __init__(self, root: etree._Element, *, url: str) -> None:
        self._anchors: list[tuple[int, int, str]] = []
        self._base = _base_of(root, url)
        self._characters = self._read(root)

    def links_in(self, text: str, paragraphs: Spans) -> tuple[Link, ...]:
        """Links inside the given paragraphs of `text`, in text order.

        A paragraph that the page does not hold letter by letter has none.
        """
        links: list[Link] = []
        cursor, misses = 0, 0
        for start, end in paragraphs:
            offsets = [place for place in range(start, end) if text[place].isalnum()]
            letters = "".join(text[place] for place in offsets)
            found = self._place_of(letters, cursor) if letters else -1
            if found < 0 and letters and misses < MISSES:
                misses += 1
                found = self._place_of(letters, 0)
            if found < 0:
                continue
            cursor = found + len(letters)
            links.extend(self._links_between(text, found, offsets))
        return tuple(links)

    def _place_of(self, letters: str, start: int) -> int:
        """Where a paragraph stands from `start` on; of several places the first with links in it.

        Pages repeat their lead as a summary, without its links. -1 where it is nowhere.
        """
        first = place = self._characters.find(letters, start)
        for _ in range(COPIES):
            if place < 0:
                break
            index = bisect_left(self._anchors, (place, 0, ""))
            anchor = self._anchors[index] if index < len(self._anchors) else None
            if (
                anchor
                and anchor[1] <= place + len(letters)
                and anchor[1] - anchor[0] < len(letters)
            ):
                return place
            place = self._characters.find(letters, place + len(letters))
        return first

    def _links_between(self, text: str, found: int, offsets: Sequence[int]) -> list[Link]:
        links: list[Link] = []
        index = bisect_left(self._anchors, (found, 0, ""))
        for first, last, url in self._anchors[index:]:
            if first >= found + len(offsets):
                break
            start = offsets[first - found]
            end = offsets[min(last - found, len(offsets)) - 1] + 1
            links.append(Link(start=start, end=end, text=text[start:end], url=url))
        return links

    def _read(self, root: etree._Element) -> str:
        characters: list[str] = []
        count, unread = 0, 0
        open_at: list[tuple[int, str]] = []
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            text = element.tail
            if event == "start":
                unread += element.tag in _UNREAD
                text = element.text
                if element.tag == "a":
                    open_at.append((count, element.get("href", "")))
            elif event == "end":
                unread -= element.tag in _UNREAD
                if element.tag == "a" and open_at:
                    self._close(*open_at.pop(), count)
            if text and not unread:
                letters = "".join(filter(str.isalnum, text))
                characters.append(letters)
                count += len(letters)
        self._anchors.sort()
        return "".join(characters)

    def _close(self, start: int, href: str, end: int) -> None:
        url = self._absolute(href)
        if url and start < end:
            self._anchors.append((start, end, url))

    def _absolute(self, href: str) -> str | None:
        href = href.strip()
        if not href or href.startswith("#"):
            return None
        return web_address(href, base=self._base)


def web_address(href: str, *, base: str | None) -> str | None:
    """`href` as an absolute http(s) address, None where it is something else."""
    try:
        url = urljoin(base or "", href)
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or len(url) > URL_CHARS:
        return None
    return url


def address_parts(url: str) -> SplitResult:
    """The parts of an address; all empty where it is not one."""
    try:
        parts = urlsplit(url)
        _ = parts.hostname
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def _base_of(root: etree._Element, url: str) -> str:
    """The address relative links start from: `<base href>` counts, and may be relative itself."""
    for base in root.iterfind(".//base"):
        if href := base.get("href"):
            return web_address(href.strip(), base=url) or url
    return url
