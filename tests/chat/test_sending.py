"""What the failures of a call to Telegram mean, and how a long message is cut."""

import re
from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from handlers.chat.sending import MESSAGE_UNITS, Fate, judge, pieces


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (RetryAfter(timedelta(seconds=3)), Fate.LATER),
        (caused(NetworkError("x"), httpx.ConnectError("refused")), Fate.LATER),
        (caused(TimedOut(), httpx.ConnectTimeout("slow")), Fate.LATER),
        (TimedOut(), Fate.UNKNOWN),
        (caused(TimedOut(), httpx.ReadTimeout("slow")), Fate.UNKNOWN),
        (NetworkError("Bad Gateway"), Fate.UNKNOWN),
        (Forbidden("bot was blocked by the user"), Fate.GONE),
        (BadRequest("Chat not found"), Fate.GONE),
        (BadRequest("Message is not modified: same"), Fate.SENT),
        (BadRequest("Message to edit not found"), Fate.MISSING),
        (BadRequest("Can't parse entities"), Fate.REFUSED),
        (ChatMigrated(-1005), Fate.MOVED),
    ],
)
def test_each_failure_has_one_meaning(error: TelegramError, fate: Fate) -> None:
    assert judge(error).fate is fate


def test_a_pause_is_as_long_as_telegram_asks() -> None:
    assert judge(RetryAfter(timedelta(seconds=3))).pause == timedelta(seconds=3)


@given(st.lists(st.text(alphabet="ab<>& 😀", max_size=300), max_size=60))
def test_pieces_fit_and_lose_nothing(lines: list[str]) -> None:
    escaped = [re.sub("[<>&]", "", line) for line in lines]
    html = "\n".join(escaped)

    parts = pieces(html)

    assert "\n".join(parts) == html
    assert all(len(part.encode("utf-16-le")) // 2 <= MESSAGE_UNITS for part in parts)


def test_a_piece_never_ends_inside_a_tag() -> None:
    quote = "<blockquote>" + "\n".join("word " * 40 for _ in range(10)) + "</blockquote>"

    parts = pieces("\n".join([quote] * 5))

    assert len(parts) > 1
    assert all(part.count("<blockquote>") == part.count("</blockquote>") for part in parts)
