"""Pages, texts and files that nobody should have to read: each number gives the same one."""

import json
import random
from collections.abc import Callable
from pathlib import Path

from bot.articles.documents.document import Document, DocumentKind
from bot.articles.page import Page
from bot.extraction import Draft
from tests.articles.files import Print, WordFile, a_pdf

Source = Page | Draft | Document
ADDRESS = "https://ledger.example/2026/wall"

_TAGS = (
    "p div a span b i em li ul ol table tr td th h1 h2 blockquote article section main header "
    "footer nav aside script style noscript template svg math iframe select option button form "
    "input br hr img meta link base title body html head plaintext textarea frameset p/ !-- ?xml"
)
_ATTRIBUTES = (
    'href="/a"', "href='//[bad'", "href=javascript:x", 'href="http://h:99999/"', "class=comment",
    'itemprop="datePublished" content="0000-99-99"', 'rel=canonical href="::"', "hidden", "=",
    'property="og:title" content="\x00&lt;"', 'name=author content="by by by"', 'lang="q"',
    'type="application/ld+json"', 'style="display:none"', "\u202e", 'datetime="9999-12-31T99"',
)  # fmt: skip
_WORDS = (
    "“ ” \" ' « » „ ( ) [ ] : ; . … ! ? — - said told says that according to the who, Mr. U.S. "
    "in a statement by It She Ada Novak Tolland Ledger 8.4 million 2,300 % 1/2 €5bn 13.11.2026 "
    "&amp; &#0; &#xD800; &bogus; \u00a0 \u200b \u202e \ud83d \U0001f600 \ufeff \x00 \x1b[2J \r "
    "\u2028 ﷽ Ǆ İ ß ﬁ 中文 עברית العربية reports, claims. accused Subscribe Share Related © By"
)
_JSON = (
    '{"@type": "NewsArticle", "headline": 5, "author": [[[]]], "articleBody": "%s"}',
    '{"@graph": [{"@type": ["Article", 3], "datePublished": {"@value": "%s"}}]}',
    '[[[[{"@type": "VideoObject", "name": null, "isAccessibleForFree": "False"}]]]] %s',
    '{"@type": "NewsArticle", "publisher": {"name": "%s"}',
)


def hostile(number: int) -> Source:
    """The source with this number; any number gives one, of any of the kinds."""
    chance = random.Random(number)
    kinds = (_soup, _soup, _mutated, _repeated, _nested, _words, _markdown, _metadata, _file)
    return kinds[number % len(kinds)](chance)


def collected(folder: Path) -> list[Source]:
    """What others have collected against parsers: html5lib's tests, naughty strings, crashers."""
    found: list[Source] = []
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or path.name in ("LICENSE", "README.md"):
            continue
        body = path.read_bytes()
        found.append(_page(body))
        found.append(Draft(body.decode("utf-8", "surrogateescape")))
        for part in _parts(path, body):
            found.append(_page(part.encode("utf-8", "replace")))
            found.append(Draft(part, "html"))
    return found


def _parts(path: Path, body: bytes) -> list[str]:
    text = body.decode("utf-8", "replace")
    if path.suffix == ".dat":  # a test begins with "#data", its input ends before "#errors"
        return [part.partition("\n#errors")[0] for part in text.split("#data\n")[1:]]
    if path.suffix == ".test":
        tests = json.loads(text)
        return [one["input"] for one in tests.get("tests", []) if isinstance(one.get("input"), str)]
    if path.suffix == ".json":
        return [one for one in json.loads(text) if isinstance(one, str)]
    return [line for line in text.split("\n") if line and not line.startswith("#")][:2000]


def _page(body: bytes, charset: str | None = "utf-8") -> Page:
    return Page(ADDRESS, body, "text/html", charset)


def _phrase(chance: random.Random, most: int = 40) -> str:
    return " ".join(chance.choices(_WORDS.split(" "), k=chance.randint(1, most)))


def _tag(chance: random.Random) -> str:
    attributes = " ".join(chance.choices(_ATTRIBUTES, k=chance.randint(0, 3)))
    opening = chance.choice(("<", "<", "<", "</", "< "))
    return (
        f"{opening}{chance.choice(_TAGS.split())} {attributes}{chance.choice(('>', '>', '>', ''))}"
    )


def _soup(chance: random.Random) -> Source:
    """Tags and words in any order."""
    parts = [
        _tag(chance) if chance.random() < 0.5 else _phrase(chance)
        for _ in range(chance.randint(1, 250))
    ]
    charset = chance.choice(("utf-8", None, "utf-16", "windows-1251", "shift_jis"))
    return _page("".join(parts).encode("utf-8", "surrogatepass"), charset)


def _mutated(chance: random.Random) -> Source:
    """An ordinary article with bytes lost, doubled and changed."""
    paragraphs = "".join(f"<p>{_phrase(chance)}<a href='/x'>{_phrase(chance, 5)}</a>.</p>" * 2)
    page = bytearray(
        f"<html><head><title>{_phrase(chance, 9)}</title></head><body><article><h1>Wall</h1>"
        f"{paragraphs * chance.randint(1, 9)}</article></body></html>".encode("utf-8", "replace")
    )
    for _ in range(chance.randint(1, 60)):
        place = chance.randrange(len(page))
        turn = chance.randrange(3)
        if turn == 0:
            page[place] = chance.randrange(256)
        elif turn == 1:
            del page[place : place + chance.randint(1, 20)]
        else:
            page[place:place] = page[place : place + 30] * chance.randint(1, 20)
        page = page or bytearray(b"<")
    return _page(bytes(page))


def _repeated(chance: random.Random) -> Source:
    """A few characters many times over, as text or inside a page."""
    unit = _phrase(chance, 3) if chance.random() < 0.7 else _tag(chance)
    text = (unit + chance.choice((" ", "", "\n", "\n\n"))) * chance.randint(100, 4000)
    text = text[:60_000]
    if chance.random() < 0.5:
        return Draft(text)
    return _page(f"<p>{text}".encode("utf-8", "replace"))


def _nested(chance: random.Random) -> Source:
    """Elements inside elements, deeper than any page."""
    tag = chance.choice(("div", "b", "a href=/x", "table><tr><td", "ul><li", "font", "blockquote"))
    depth = chance.randint(50, 3000)
    return _page(f"{f'<{tag}>' * depth}{_phrase(chance)}".encode("utf-8", "replace"))


def _words(chance: random.Random) -> Source:
    """Prose-like lines of words that never make sense."""
    lines = [_phrase(chance) for _ in range(chance.randint(1, 120))]
    return Draft(chance.choice(("\n", "\n\n", " ")).join(lines))


def _markdown(chance: random.Random) -> Source:
    marks = (
        "# ",
        "* ",
        "> ",
        "1. ",
        "```\n",
        "| a | b |\n|--|--|\n",
        "[x](",
        "![",
        "<b>",
        "**",
        "    ",
    )
    lines = [chance.choice(marks) + _phrase(chance) for _ in range(chance.randint(1, 80))]
    return Draft("\n".join(lines), "markdown")


def _metadata(chance: random.Random) -> Source:
    """Declarations that are broken, nested or of the wrong kind."""
    heads = [
        f'<script type="application/ld+json">{chance.choice(_JSON) % _phrase(chance)}</script>'
        for _ in range(chance.randint(1, 6))
    ]
    heads.extend(
        f"<meta {' '.join(chance.choices(_ATTRIBUTES, k=3))} content='{_phrase(chance, 6)}'>"
        for _ in range(chance.randint(0, 30))
    )
    body = "".join(f"<p>{_phrase(chance)}.</p>" for _ in range(chance.randint(0, 12)))
    base = chance.choice(("", "<base href='//'>", "<base href='http://['>", "<base href='x:'>"))
    return _page(f"<head>{base}{''.join(heads)}</head><body>{body}".encode("utf-8", "replace"))


def _file(chance: random.Random) -> Source:
    """A Word or PDF file with bytes changed, most of them no longer one."""
    make: Callable[[], bytes] = chance.choice((_pdf, _word))
    body = bytearray(make())
    for _ in range(chance.randint(0, 12)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    kind = DocumentKind.PDF if make is _pdf else DocumentKind.WORD
    return Document(bytes(body[: chance.choice((None, None, len(body) // 2))]), kind)


def _pdf() -> bytes:
    lines = [Print(f"The wall leaks in {n} places, the audit says.") for n in range(30)]
    return a_pdf([*lines, Print("the audit", linked="audit", url=ADDRESS)], lines)


def _word() -> bytes:
    return WordFile().says("The wall", style="Title").says("It leaks in nine places.").saved()
