"""What kind of page came back: the article, or one of the things that stand in its place."""

import re
from collections.abc import Sequence

from lxml import etree

from bot.articles import walls
from bot.articles.article import ArticleStatus
from bot.articles.characters import one_line
from bot.articles.linking import address_parts
from bot.articles.paragraphs import is_prose, paragraphs_of
from bot.articles.structured import Node, article_node, types_of
from bot.articles.tree import elements, line_of

STUB_CHARS = 1500  # a wall shows at most a teaser; longer texts with a wall's words only mention it
SHORT_CHARS = 350  # under this a body is no article unless the page says it is one
EMPTY_CHARS = 200
LEAST_PROSE = 0.15  # of a body: headlines have none, a list of songs has an introduction
CONSENT_SHARE = 0.4  # of what a page shows: a banner has less, a dialogue most
SHOWN_CHARS = 6000  # as much of the page as is searched for a wall's words

_CONSENT_PLACES = re.compile(
    r"^(?:consent|cmp|guce|collector)\.|/(?:consent|privacy-gate|cookie-?wall)\b"
)
_VIDEO_PLACES = re.compile(
    r"(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com|tiktok\.com|rumble\.com)$"
)


def status_of(
    root: etree._Element,
    nodes: list[Node],
    paragraphs: Sequence[str],
    *,
    url: str,
    http_status: int,
) -> ArticleStatus:
    """What the page is; a wall counts only where little or no text came through it."""
    body = "\n".join(paragraphs)
    title = one_line(root.findtext(".//title") or "")
    shown = "\n".join((title, *paragraphs_of(root)))[:SHOWN_CHARS]
    if http_status in (404, 410):
        return ArticleStatus.NOT_FOUND
    if http_status == 402:
        return ArticleStatus.PAYWALL
    if http_status in (401, 403, 429, 451) or http_status >= 500:
        return ArticleStatus.BLOCKED
    if _is_full(body, paragraphs) and not _ends_in_wall(nodes, paragraphs):
        return _full_page(root, nodes, url)
    return _wall(root, nodes, body, shown, url) or _without_wall(root, nodes, body, shown)


def _wall(
    root: etree._Element, nodes: list[Node], body: str, shown: str, url: str
) -> ArticleStatus | None:
    """The wall that stands before a short text, most certain signs first."""
    title = shown.partition("\n")[0]
    place = address_parts(url)
    noscript = " ".join(line_of(element) for element in root.iterfind(".//noscript"))
    small = len(shown) < STUB_CHARS
    if walls.BLOCKED.search(title) or (small and walls.BLOCKED.search(shown)):
        return ArticleStatus.BLOCKED
    if walls.MISSING.search(title) or (small and walls.MISSING.search(shown)):
        return ArticleStatus.NOT_FOUND
    if _CONSENT_PLACES.search(f"{place.hostname or ''}{place.path}"):
        return ArticleStatus.CONSENT
    if walls.PAYWALL.search(shown) or _costs_money(nodes):
        return ArticleStatus.PAYWALL
    if _is_video(root, nodes, url):
        return ArticleStatus.NOT_AN_ARTICLE
    if (len(walls.CONSENT.findall(body)) >= 2 or small) and _is_about_consent(shown):
        return ArticleStatus.CONSENT
    if walls.SCRIPT.search(noscript[:SHOWN_CHARS]) and len(body) < SHORT_CHARS:
        return ArticleStatus.SCRIPT_ONLY
    if small and walls.SCRIPT.search(shown):
        return ArticleStatus.SCRIPT_ONLY
    programs = elements(root, "//script[not(contains(@type, 'json'))]")
    if len(shown) < EMPTY_CHARS and programs:
        return ArticleStatus.SCRIPT_ONLY
    return None


def _is_about_consent(shown: str) -> bool:
    """A dialogue that stands in the page's place, and not a banner before a site's menu."""
    if not walls.CONSENT.search(shown):
        return False
    lines = [line for line in shown.split("\n")[1:] if line]
    about = sum(len(line) for line in lines if walls.CONSENT_TOPIC.search(line))
    return about >= CONSENT_SHARE * sum(map(len, lines))


def _without_wall(root: etree._Element, nodes: list[Node], body: str, shown: str) -> ArticleStatus:
    declared = bool(article_node(nodes)) or _declared_kind(root).startswith("article")
    own = (line for line in body.split("\n") if not walls.CONSENT.search(line))
    prose = sum(len(line) for line in own if is_prose(line))
    if not body or len(body) < EMPTY_CHARS // 2:
        return ArticleStatus.NOT_AN_ARTICLE
    if declared or (prose > LEAST_PROSE * len(body) and len(body) > 0.3 * len(shown)):
        return ArticleStatus.OK
    return ArticleStatus.NOT_AN_ARTICLE


def _is_full(body: str, paragraphs: Sequence[str]) -> bool:
    """Running text of some length, not a list of headlines or a consent dialogue."""
    prose = sum(len(line) for line in paragraphs if is_prose(line))
    return prose >= SHORT_CHARS and prose > 0.5 * len(body) and len(walls.CONSENT.findall(body)) < 3


def _ends_in_wall(nodes: list[Node], paragraphs: Sequence[str]) -> bool:
    """A teaser: short, and either the page sells the rest or its last words do."""
    if sum(map(len, paragraphs)) >= STUB_CHARS:
        return bool(walls.PAYWALL.search(paragraphs[-1])) and len(paragraphs[-1]) < SHORT_CHARS
    return _costs_money(nodes) or bool(walls.PAYWALL.search(" ".join(paragraphs[-3:])))


def _full_page(root: etree._Element, nodes: list[Node], url: str) -> ArticleStatus:
    """A video's description and a front page hold running text too, but are no articles."""
    place, kind = address_parts(url), _declared_kind(root)
    video = kind.startswith("video") and not article_node(nodes)
    front = place.scheme and place.path in ("", "/") and not place.query
    if video or _shows_videos(url) or (front and not kind.startswith("article")):
        return ArticleStatus.NOT_AN_ARTICLE
    return ArticleStatus.OK


def _is_video(root: etree._Element, nodes: list[Node], url: str) -> bool:
    """A short page around a video, without an article beside it."""
    videos = any("Video" in name for node in nodes for name in types_of(node))
    declared = videos or _declared_kind(root).startswith("video")
    return _shows_videos(url) or (declared and not article_node(nodes))


def _shows_videos(url: str) -> bool:
    return bool(_VIDEO_PLACES.search(address_parts(url).hostname or ""))


def _declared_kind(root: etree._Element) -> str:
    """The page's `og:type`, lower case; "" without one."""
    declared = elements(root, "//meta[@property='og:type']")
    return declared[0].get("content", "").strip().lower() if declared else ""


def _costs_money(nodes: list[Node]) -> bool:
    free = article_node(nodes).get("isAccessibleForFree")
    return free is False or (isinstance(free, str) and free.strip().lower() == "false")
