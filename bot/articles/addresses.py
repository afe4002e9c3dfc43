"""Web addresses as text: one spelling, one identity per article, and a link to a sentence."""

import re
import unicodedata
from urllib.parse import parse_qsl, unquote
from urllib.parse import quote as percent_encoded

from yarl import URL

from bot.errors import AddressForbidden

ADDRESS_CHARS = 4096  # real addresses with all their tracking stay under 2,000
FRAGMENT_WORDS = 5  # at each end of a long quotation; enough to be found once on a page

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))", re.IGNORECASE)
_BARE_HOST = re.compile(
    r"(?:[^\s/?#@:\\]+\.(?:[^\W\d_]{2,}|xn--[a-z0-9-]+)\.?|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?!.{254})[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_PORTS = {"http": 80, "https": 443}

_TRACKING = re.compile(
    r"(?:utm|fb|guce|at|ns|mc|pk|mtm|oly|vero|hsa|itm|stm|gaa|amp)_\w+"
    r"|(?:fbc|gc|dc|yc|ysc|twc|msclk|ttc)l?id|gbraid|wbraid|igsh|igshid|_ga|_gl|mkt_tok|_openstat"
    r"|cmp|cmpid|ocid|icid|ito|smid|smtyp|ref_src|ref_url|xtor|soc_src|soc_trk|wpisrc|ncid|sr_share"
    r"|usqp|outputtype|__twitter_impression|guccounter|unlocked_article_code|sfnsn|s_cid|mbid|emc"
    r"|intcmp|leadsource",
    re.IGNORECASE,
)
_TWIN_FLAGS = frozenset(
    f"{name}={value}"
    for name, values in (
        ("amp", ("", "1", "true", "yes")),
        ("_amp", ("", "1", "true")),
        ("share", ("email", "facebook", "linkedin", "reddit", "telegram", "twitter", "whatsapp")),
        ("src", ("email", "newsletter", "rss")),
        ("partner", ("rss",)),
        ("print", ("", "1", "true", "yes", "y")),
        ("output", ("amp", "print")),
        ("view", ("amp", "print")),
        ("mode", ("amp", "print")),
    )
    for value in values
)
_TWIN_HOSTS = ("www.", "m.", "mobile.", "touch.", "amp.")
_TWIN_SEGMENTS = frozenset({"amp", "print"})
_TWIN_ENDING = re.compile(r"\.(?:amp|print)(\.html?)?$", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "gob", "edu", "ac", "or", "ne", "go"})
_INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?;]*", re.IGNORECASE)
_SLUG = re.compile(r"[-_\d]")  # what the name of one article has and the name of a section has not

_AMP_CACHE = re.compile(
    r"(?:www\.)?(?:google(?:\.[a-z]{2,3}){1,2}|bing\.com)/amp/(s/)?(.+)"
    r"|[a-z0-9-]+\.cdn\.ampproject\.org/[a-z]/(s/)?(.+)"
)
_GATEWAYS = {  # pages that only send the reader on, with the parameter that says where
    "www.google.com/url": ("q", "url"),
    "l.facebook.com/l.php": ("u",),
    "lm.facebook.com/l.php": ("u",),
}


def normal_url(text: str) -> str:
    """The web address that `text` means: with a scheme and an ASCII host, ready to be fetched.

    Invisible and control characters are dropped, and so are the fragment and any user name or
    password. A bare host gets https.

    Raises:
        AddressForbidden: another scheme than http and https ("scheme"), or no address ("address").
    """
    visible = "".join(mark for mark in text if not unicodedata.category(mark).startswith("C"))
    visible = visible.strip()
    if len(visible) > ADDRESS_CHARS:
        raise AddressForbidden(visible[:80], "address")
    try:
        url = URL(_with_scheme(visible))
        host, port = _ascii_host(url), url.port
    except ValueError as error:
        raise AddressForbidden(visible, "address") from error
    place = host if port == _PORTS[url.scheme] else f"{host}:{port}"
    return f"{url.scheme}://{place}{url.raw_path or '/'}{_question(url.raw_query_string)}"


def url_key(url: str) -> str:
    """What identifies the article behind an address: equal for two addresses of one article.

    Tracking, AMP, mobile and print forms, http, "www.", parameter order and closing slashes make
    no difference. Not meant to be opened: the site may not answer there.

    Raises:
        AddressForbidden: as `normal_url`.
    """
    found = URL(normal_url(_unwrapped(normal_url(url))), encoded=True)
    host = _plain_host(found.host_subcomponent or "")
    place = host if found.port in _PORTS.values() else f"{host}:{found.port}"
    parameters = [part for part in found.raw_query_string.split("&") if _tells_articles_apart(part)]
    return f"https://{place}{_plain_path(found.raw_path)}{_question('&'.join(sorted(parameters)))}"


def sentence_link(url: str, quote: str) -> str:
    """A link that opens the page at the quotation, in browsers that know text fragments.

    Long quotations and such that run over paragraphs are named by their first and last words.
    Source: https://wicg.github.io/scroll-to-text-fragment/
    """
    page = url.partition("#")[0]
    lines = [words for line in quote.splitlines() if (words := line.split())]
    if not lines:
        return page
    if len(lines) == 1 and len(lines[0]) <= 2 * FRAGMENT_WORDS:
        ends = [lines[0]]
    else:
        ends = [lines[0][:FRAGMENT_WORDS], lines[-1][-FRAGMENT_WORDS:]]
    return f"{page}#:~:text={','.join(_fragment_text(words) for words in ends)}"


def _with_scheme(text: str) -> str:
    if text.startswith("//"):
        return f"https:{text}"
    scheme = _SCHEME.match(text)
    if scheme is None:
        if not _BARE_HOST.fullmatch(re.split(r"[/?#]", text, maxsplit=1)[0]):
            raise AddressForbidden(text, "address")
        return f"https://{text}"
    if scheme.group(1).lower() not in _PORTS:
        raise AddressForbidden(text, "scheme")
    return text


def _ascii_host(url: URL) -> str:
    """The host as it stands in an address, IPv6 in brackets.

    Raises:
        ValueError: there is none, or it is not one that a name server could know.
    """
    host = (url.host_subcomponent or "").lower()
    if host.startswith("["):
        return host
    if not _HOST.fullmatch(host):
        raise ValueError(f"no host name: {host!r}")
    return host.rstrip(".")


def _question(query: str) -> str:
    return f"?{query}" if query else ""


def _unwrapped(url: str) -> str:
    """The address inside an AMP cache or a page that only sends on; else `url`."""
    for _ in range(3):  # wrapped in each other at most: a shared search result of an AMP page
        inner = _inside(url)
        if inner is None:
            break
        url = normal_url(inner)
    return url


def _inside(url: str) -> str | None:
    found = URL(url, encoded=True)
    cached = _AMP_CACHE.fullmatch(url.partition("://")[2])
    if cached:
        return cached.group(2) or cached.group(4)
    for name in _GATEWAYS.get(f"{found.raw_host}{found.raw_path}", ()):
        for key, value in parse_qsl(found.raw_query_string):
            if key == name and value.startswith(("http://", "https://")):
                return value
    return None


def _plain_host(host: str) -> str:
    host = host.replace(".m.wikipedia.org", ".wikipedia.org")
    while host.startswith(_TWIN_HOSTS) and _is_whole_name(host.partition(".")[2]):
        host = host.partition(".")[2]
    return host


def _is_whole_name(host: str) -> bool:
    """Whether a host is still a site of its own, and not a suffix such as "com" or "co.uk"."""
    labels = host.split(".")
    return len(labels) > 2 or (len(labels) == 2 and labels[0] not in _SECOND_LEVEL)


def _plain_path(path: str) -> str:
    path = _SESSION.sub("", path)
    while (shorter := _shorter_path(path)) != path:
        path = shorter
    return path or "/"


def _shorter_path(path: str) -> str:
    path = _INDEX_PAGE.sub("", path.rstrip("/"))
    start, _, last = path.rpartition("/")
    ending = _TWIN_ENDING.search(last)
    if ending and _SLUG.search(last[: ending.start()]):
        return f"{start}/{last[: ending.start()]}{ending.group(1) or ''}"
    segments = [part for part in path.split("/") if part.lower() not in _TWIN_SEGMENTS]
    return "/".join(segments) if segments and _SLUG.search(segments[-1]) else path


def _tells_articles_apart(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    name = unquote(name)
    if not name or _TRACKING.fullmatch(name):
        return False
    return f"{name}={value}".lower() not in _TWIN_FLAGS


def _fragment_text(words: list[str]) -> str:
    # A hyphen at a comma marks context in this syntax, so it is encoded although it need not be.
    return percent_encoded(" ".join(words), safe="").replace("-", "%2D")
