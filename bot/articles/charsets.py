"""Which character sets a page may name.

Python knows codecs that are none (`rot13`) and ones that take seconds for a page (`punycode`), so a
name from outside is looked up here and never handed to Python itself.
"""

_LABELS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 us-ascii ascii",
    "utf-16": "utf-16 utf-16le ucs-2 unicode",
    # As in browsers: pages that say Latin-1 mean the Windows code page that contains it.
    "cp1252": "windows-1252 cp1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1",
    "cp1250": "windows-1250 cp1250 x-cp1250",
    "cp1251": "windows-1251 cp1251 x-cp1251 win-1251",
    "cp1253": "windows-1253 cp1253",
    "cp1254": "windows-1254 cp1254 iso-8859-9 latin5",
    "cp1255": "windows-1255 cp1255",
    "cp1256": "windows-1256 cp1256",
    "cp1257": "windows-1257 cp1257",
    "cp1258": "windows-1258 cp1258",
    "cp866": "ibm866 cp866 866",
    "iso8859-2": "iso-8859-2 iso8859-2 latin2",
    "iso8859-3": "iso-8859-3 latin3",
    "iso8859-4": "iso-8859-4 latin4",
    "iso8859-5": "iso-8859-5 cyrillic",
    "iso8859-6": "iso-8859-6 arabic",
    "iso8859-7": "iso-8859-7 greek",
    "iso8859-8": "iso-8859-8 iso-8859-8-i hebrew",
    "iso8859-10": "iso-8859-10 latin6",
    "iso8859-13": "iso-8859-13",
    "iso8859-14": "iso-8859-14",
    "iso8859-15": "iso-8859-15 latin-9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "koi8-r koi8r koi8",
    "koi8-u": "koi8-u koi8-ru",
    "mac-roman": "macintosh mac x-mac-roman",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp874": "windows-874 tis-620 iso-8859-11",
    "gb18030": "gb18030 gbk gb2312 gb_2312-80 x-gbk",
    "big5": "big5 big5-hkscs x-x-big5",
    "euc_jp": "euc-jp x-euc-jp",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms932",
    "iso2022_jp": "iso-2022-jp",
    "cp949": "euc-kr ks_c_5601-1987 windows-949 korean",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}


def known_charset(label: str | None) -> str | None:
    """The Python codec for what a page calls its character set; None for a name we do not know.

    The answer is safe to hand to `bytes.decode`. Source: names as in the WHATWG Encoding Standard.
    """
    if label is None:
        return None
    return _CODECS.get(label.strip(" \t\r\n'\"").lower()[:40])
