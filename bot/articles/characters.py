"""One spelling for what looks the same on a page: spaces, line ends, invisible characters."""

import codecs
import re

from charset_normalizer import from_bytes

SNIFFED_BYTES = 4096  # browsers look for a declared charset in the first kilobyte or so
GUESSED_BYTES = 65536  # the guess costs about 1 ms per kilobyte

_META_CHARSET = re.compile(
    rb"<meta[^<>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.I
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A page may name any codec of the standard library, some of which stall for seconds.
_CHARSETS = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "iso8859-1": "cp1252",  # as browsers read it
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
} | {
    name: name
    for name in (
        *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)),
        *(f"cp{page}" for page in (866, 874, 932, 949, 950, *range(1250, 1259))),
        *("koi8-r", "koi8-u", "shift_jis", "euc_jp", "euc_kr", "big5", "gb18030", "mac-roman"),
    )
}

_SPACES = (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_INVISIBLE = (
    *range(0x09),
    *range(0x0E, 0x1C),
    0x1F,
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0xAD,
    0x200B,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
)
_TABLE: dict[int, str | None] = (
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(map(ord, _LINE_ENDS), "\n")
    | dict.fromkeys(_INVISIBLE)
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0{0,9}(?:[0-8]|1[124-9]|2\d|3[01])(?!\d)|"
    r"x0{0,9}(?:[0-8bcef]|1[0-9a-f]|fffe|ffff|d[89a-f][0-9a-f]{2})(?![0-9a-f]));?",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """`text` with every kind of space as U+0020, every line end as a newline, and no controls.

    Spaces are replaced one for one, so that words stay apart where a page hung its links.
    Bidirectional controls go: a quotation must read the same everywhere.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)


def without_controls(markup: str) -> str:
    """HTML without control characters, written out or as a number: XML libraries refuse them."""
    return _CONTROL_REFERENCE.sub(" ", _CONTROL.sub(" ", markup))


def one_line(text: str) -> str:
    """`text` as one line: plain characters, single spaces, nothing at the ends."""
    return " ".join(plain(text).split())


def decoded(body: bytes, *, declared: str | None = None) -> str:
    """The characters of a page: by byte order mark, server, page, UTF-8, and last by a guess.

    Never fails: what cannot be decoded becomes U+FFFD.
    """
    for mark, charset in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    found = _META_CHARSET.search(body[:SNIFFED_BYTES])
    named = found.group(1).decode("ascii", "replace") if found else None
    charsets = [charset for charset in (_known(declared), _known(named)) if charset]
    for charset in (*charsets, "utf-8"):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    if charsets:
        return body.decode(charsets[0], "replace")
    best = from_bytes(body[:GUESSED_BYTES]).best()
    return body.decode(_known(best.encoding if best else None) or "cp1252", "replace")


def _known(charset: str | None) -> str | None:
    if not charset:
        return None
    try:
        return _CHARSETS.get(codecs.lookup(charset.strip()).name)
    except (LookupError, ValueError):
        return None
