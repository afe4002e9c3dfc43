"""Through what something was said: an outlet, a statement, an interview, a recording."""

import re
from dataclasses import dataclass

from bot.claims.findings import Span
from bot.claims.phrases import Name, names_in, speaker_in, tokens_in
from bot.claims.words import DETERMINERS, VERBS

NEAR_CHARS = 220  # the channel stands near the verb

_LISTENER = re.compile(
    r"\s{1,2}(?P<listener>reporters|journalists|lawmakers|the court|jurors|the jury|us|me|him|her|"
    r"them|you|investors|analysts|parliament|police|officers|investigators|staff|employees|"
    r"supporters|a (?:\w{1,15} ){0,3}(?:conference|committee|hearing|crowd|newspaper|audience)|"
    r"the (?:\w{1,15} ){0,3}(?:newspaper|channel|agency|committee|paper|magazine|station|network|"
    r"crowd))\b"
)
_MEDIUM = (
    r"(?:statement|interview|appeal|(?:video|audio|voice|text)"
    r"(?: (?:appeal|message|address|statement|post|call|link))?|email|e-mail|letter|memo|tweet|"
    r"(?:(?:blog|facebook|instagram|linkedin|twitter) )?post|(?:press |news )?release|report|"
    r"(?:press |news )?conference|briefing|speech|filing|lawsuit|complaint|podcast|article|op-ed|"
    r"editorial|column|message|note|recording|testimony|hearing|affidavit|documentary|book|study|"
    r"paper|(?:phone |conference )?call|presentation|address|survey|thread|livestream|broadcast)"
)
_IN_A = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Dd]uring|[Oo]n|via|through|by|from)\s(?P<medium>(?:an?|the|his|her|its|their|one)\s"
    rf"(?:[\w’'.-]{{1,20}}\s){{0,4}}?{_MEDIUM})\b"
    r"(?P<carrier>\s(?:distributed|published|posted|released|aired|issued|shared|broadcast|provided|"
    r"obtained|seen|reviewed|sent|given|written|to|with|by|for|on)\s(?:(?:by|to|on|with)\s)?)?"
)
_ON_SITE = re.compile(
    r"\b(?:on|via|to|in)\s(?P<medium>Twitter|Facebook|Instagram|Telegram|YouTube|TikTok|X|LinkedIn|"
    r"Reddit|Weibo|Truth Social|social media|Fox News|state (?:television|TV|radio))\b"
)
_VIA = re.compile(r"\bvia\s")
_CITING = re.compile(r"\b(?:citing|quoting)\s")
_PRESENTED = re.compile(
    r"\b(?:reported|aired|published|obtained|distributed|quoted|cited|seen|reviewed) by\s"
)


@dataclass(frozen=True, slots=True)
class Channel:
    """The channel in the article's words, and the named bodies in it, which are sources too."""

    words: Span
    named: tuple[Span, ...] = ()


def listener_after(text: str, verb_end: int, end: int) -> tuple[Channel | None, int]:
    """Who was told, and where that ends; (None, verb_end) if nobody follows the verb."""
    name = _name_at(text, verb_end, end)
    if name is not None:
        span = (name.start, name.end)
        return Channel(span, (span,)), _after_head_noun(text, name.end, end)
    common = _LISTENER.match(text, verb_end, end)
    if common:
        outlet = common["listener"].split()[-1] in ("newspaper", "channel", "agency", "paper")
        span = common.span("listener")
        told = outlet or common["listener"] in ("reporters", "journalists", "lawmakers")
        return (Channel(span) if told else None), common.end()
    return None, _end_of_listeners(text, verb_end, end)


def channel_near(text: str, start: int, end: int) -> Channel | None:
    """The medium named between two places, such as "in a video appeal distributed by X"."""
    end = min(end, start + NEAR_CHARS)
    medium = _IN_A.search(text, start, end)
    if medium:
        first, last = medium.span("medium")
        name = _name_at(text, medium.end("carrier"), end) if medium["carrier"] else None
        if name is None:
            return Channel((first, last), _names_within(text, first, last))
        return Channel((first, name.end), ((name.start, name.end),))
    site = _ON_SITE.search(text, start, end)
    if site:
        return Channel(site.span("medium"), (site.span("medium"),))
    presented = _PRESENTED.search(text, start, end)
    name = _name_at(text, presented.end(), end) if presented else None
    return Channel((name.start, name.end), ((name.start, name.end),)) if name else None


def channel_before(text: str, start: int, end: int) -> Channel | None:
    """The medium that a sentence opens with: "In a letter to the board, …"."""
    medium = _IN_A.search(text, start, min(end, start + NEAR_CHARS))
    if medium is None or text[start : medium.start()].strip(' “"'):
        return None
    return Channel(medium.span("medium"), _names_within(text, *medium.span("medium")))


def relayed_by(text: str, start: int, end: int) -> Channel | None:
    """The outlet after "via": `…,” she said, via the Evening Courier`."""
    via = _VIA.search(text, start, end)
    name = _name_at(text, via.end(), end) if via else None
    return Channel((name.start, name.end), ((name.start, name.end),)) if name else None


def cited_after(text: str, start: int, end: int) -> int | None:
    """Where the real source begins after "citing"."""
    found = _CITING.search(text, start, min(end, start + 4 * NEAR_CHARS))
    return found.end() if found else None


def _name_at(text: str, start: int, end: int) -> Name | None:
    """A name that begins here, after at most "the" or "a"."""
    tokens = tokens_in(text, start, min(end, start + 120))
    names = names_in(text, tokens)
    if not names or (not text[start : tokens[0].start].isspace() and start != tokens[0].start):
        return None
    first = names[0].first
    if first == 0 or (first == 1 and tokens[0].low in ("the", "a", "an")):
        return names[0] if tokens[names[0].first].low not in VERBS else None
    return None


def _end_of_listeners(text: str, start: int, end: int) -> int:
    """The end of "a crowd of supporters" before what they were told."""
    tokens = tokens_in(text, start, min(end, start + 120))
    if not tokens or tokens[0].low not in DETERMINERS or text[start : tokens[0].start].strip():
        return start
    listeners = speaker_in(text, tokens)
    return listeners.span[1] if listeners else start


def _names_within(text: str, start: int, end: int) -> tuple[Span, ...]:
    names = names_in(text, tokens_in(text, start, end))
    return tuple((name.start, name.end) for name in names)


def _after_head_noun(text: str, start: int, end: int) -> int:
    """The end of "TV channel" or "news agency" after a name."""
    found = re.compile(
        r"(?:’s|'s)?(?:\s(?:tv|television|news|radio|daily|weekly|national)){0,2}"
        r"\s(?:channel|agency|newspaper|magazine|station|network|show|website|podcast|program)"
    ).match(text, start, end)
    return found.end() if found else start
