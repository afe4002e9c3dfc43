"""Numbers as they are written in any language: 1.234,5 and 1 234,5 and ١٢٣ are one each."""

import re

# A space, a no-break space or an apostrophe groups digits only before exactly three of them.
_NUMBER = re.compile(r"\d(?:\d|[.,](?=\d)|[ \u00a0\u202f’'](?=\d{3}(?!\d)))*")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_MONEY = re.compile(r"[$€£¥₹₴₽%٪]|¥|元|円|원")


def numbers_in(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The numbers between two places with their places."""
    return list(_NUMBER.finditer(text, start, end))


def is_year(number: str) -> bool:
    """True for four digits that are most likely a year."""
    return _YEAR.fullmatch(number) is not None


def has_money(text: str, start: int, end: int) -> bool:
    """True where a sign of money or a per cent sign stands."""
    return _MONEY.search(text, start, end) is not None
