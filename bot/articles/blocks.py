"""The blocks of text in a page's own markup, and what an extractor lost or took too much of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from bot.articles.characters import one_line
from bot.articles.paragraphs import text_events
from bot.articles.site_lines import is_site_line

BLOCKS = 20_000  # of one page
SAME_ROLE = 0.25  # of the body's letters: blocks of such a role are the body's own
LINKED = 0.8  # of a block's letters: it is a way to somewhere else and no sentence
ALL_LINKED = 0.95  # of the letters: nothing of a sentence is left beside the link
TEASER_WORDS = 4  # fewer are the name of a source under a quotation
LEVELS = 3  # from a list's item to the element that holds the paragraphs
SHORT = 60  # letters: so short a block may come twice, as a name under a quotation does
TAIL = 3  # paragraphs at the end among which a site says goodbye
_ASIDE = frozenset({"aside", "nav", "footer", "form", "figure", "figcaption", "table", "header"})
_NAMED = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "div", "td", "dd"})
_HEADINGS = frozenset({"h2", "h3", "h4"})


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text between the edges of block elements.

    `role` names its element and the one around it with their classes, `holders` are the elements
    around it from the inside; `linked` is the share of letters in links.
    """

    text: str
    letters: str
    tag: str
    role: str
    holders: tuple[etree._Element, ...]
    linked: float
    is_aside: bool


def mended(root: etree._Element, paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs with what stands in the same role beside them, without a site's goodbyes."""
    blocks = blocks_of(root)
    places = _places(blocks, paragraphs)
    kept = {place for place in places if place is not None}
    if not kept:
        return list(paragraphs)
    lost = sorted(_lost(blocks, kept))
    whole: list[tuple[str, int | None]] = []
    waiting = iter([*lost, len(blocks)])
    following = next(waiting)
    for text, place in zip(paragraphs, places, strict=True):
        while place is not None and following < place:
            whole.append((blocks[following].text, following))
            following = next(waiting)
        whole.append((text, place))
    while following < len(blocks):
        whole.append((blocks[following].text, following))
        following = next(waiting)
    return _without_goodbyes(blocks, whole)


def blocks_of(root: etree._Element) -> list[Block]:
    """The blocks of a page in document order; those without a letter are left out."""
    found: list[Block] = []
    pieces: list[str] = []
    first: etree._Element | None = None
    linked = links = 0
    for is_edge, is_link, element, text in text_events(root):
        if is_edge and pieces:
            _close(found, pieces, first, linked)
            pieces, first, linked = [], None, 0
        links += is_link
        if text:
            if first is None and text.strip():
                first = element
            pieces.append(text)
            linked += sum(map(str.isalnum, text)) if links else 0
        if len(found) >= BLOCKS:
            return found
    _close(found, pieces, first, linked)
    return found


def _close(
    found: list[Block], pieces: Iterable[str], element: etree._Element | None, linked: int
) -> None:
    text = one_line("".join(pieces))
    letters = "".join(filter(str.isalnum, text))
    if not letters or element is None:
        return
    around = [element, *element.iterancestors()]
    start = next((i for i, one in enumerate(around) if one.tag in _NAMED), 0)
    holders = tuple(around[start : start + LEVELS + 1])
    names = [one.tag for one in around if isinstance(one.tag, str)]
    found.append(
        Block(
            text=text,
            letters=letters,
            tag=str(holders[0].tag),
            role="|".join(f"{one.tag}.{one.get('class') or ''}" for one in holders[:2]),
            holders=holders,
            linked=linked / len(letters),
            is_aside=not _ASIDE.isdisjoint(names),
        )
    )


def _places(blocks: Sequence[Block], paragraphs: Sequence[str]) -> list[int | None]:
    """The block that each paragraph was taken from, in order where it can be."""
    where: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        where.setdefault(block.letters, []).append(index)
    places: list[int | None] = []
    cursor = 0
    for paragraph in paragraphs:
        options = where.get("".join(filter(str.isalnum, paragraph)), [])
        place = next((option for option in options if option >= cursor), None)
        places.append(place)
        if place is not None:
            cursor = place + 1
    return places


def _lost(blocks: Sequence[Block], kept: set[int]) -> Iterable[int]:
    """Blocks that were not kept although they play the part of those that were."""
    roles: Counter[str] = Counter()
    holders: Counter[etree._Element] = Counter()
    for block in (blocks[index] for index in kept):
        if block.tag in ("p", "div") and len(block.holders) > 1:
            roles[block.role] += len(block.letters)
            holders[block.holders[1]] += len(block.letters)
    least = SAME_ROLE * sum(len(blocks[index].letters) for index in kept)
    own_roles = {role for role, count in roles.items() if count >= least}
    own_holders = {holder for holder, count in holders.items() if count >= least}
    known = {blocks[index].letters for index in kept}
    first, last = min(kept), max(kept)
    for index, block in enumerate(blocks):
        is_within = first < index < last
        is_known = block.letters in known and (len(block.letters) > SHORT or not is_within)
        if index in kept or is_known or block.is_aside or is_site_line(block.text):
            continue
        if _is_own(block, own_roles, own_holders, is_within=is_within):
            known.add(block.letters)
            yield index


def _is_own(
    block: Block, roles: set[str], holders: set[etree._Element], *, is_within: bool
) -> bool:
    if len(block.holders) < 2:
        return False
    around = any(one in holders for one in block.holders[1:])
    if is_within and block.tag == "p" and block.holders[1].tag == "blockquote":
        return around  # a quotation, or somebody's post
    if is_within and block.tag in _HEADINGS:
        return block.holders[1] in holders or (around and block.linked < LINKED)
    if block.tag == "p" and block.role in roles and block.linked < LINKED:
        return not block.role.endswith(".") or block.holders[1] in holders
    return is_within and block.tag == "li" and block.linked < LINKED and around


def _without_goodbyes(
    blocks: Sequence[Block], whole: Sequence[tuple[str, int | None]]
) -> list[str]:
    """What is left when links and a site's lines are taken from among the last paragraphs."""
    last = max(1, len(whole) - TAIL)

    def is_goodbye(text: str, place: int | None) -> bool:
        is_way = place is not None and blocks[place].linked >= LINKED
        return is_way or is_site_line(text)

    while len(whole) > last and is_goodbye(*whole[-1]):
        whole = whole[:-1]
    return [
        text
        for index, (text, place) in enumerate(whole)
        if not (is_goodbye(text, place) if index >= last else _is_teaser(blocks, place))
    ]


def _is_teaser(blocks: Sequence[Block], place: int | None) -> bool:
    """A paragraph of some words that is nothing but a link: the way to another story."""
    if place is None or blocks[place].tag not in ("p", "div"):
        return False
    return blocks[place].linked >= ALL_LINKED and len(blocks[place].text.split()) >= TEASER_WORDS
