"""What an editor reads when something cannot be read: each reason apart, each with a way on."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.articles.article import ArticleStatus
from bot.texts import reading as texts
from bot.texts.failures import next_step, what_happened
from bot.texts.fitting import visible_units
from tests.builders import MONDAY

UTC = ZoneInfo("UTC")
FETCHING = [
    "scheme",
    "address",
    "private",
    "timeout",
    "dns",
    "refused",
    "tls",
    "connection",
    "http_5xx",
    "busy",
    "http_401",
    "http_403",
    "http_404",
    "http_410",
    "http_4xx",
    "too_big",
    "empty",
    "not_text",
    "video",
    "login",
    "too_many_redirects",
    "redirect_loop",
    "telegram_post",
]
STATUSES = [status.value for status in ArticleStatus if status is not ArticleStatus.OK]
FILES = ["file_locked", "file_scanned", "file_broken", "old_word", "file_too_long"]
READER = ["time", "memory", "crash"]
UNKNOWN = what_happened("never heard of", is_link=True)


@pytest.mark.parametrize(
    "reason", [*FETCHING, *STATUSES, *FILES, *READER, "file", "gave_up", "bug"]
)
def test_every_reason_has_words_and_a_way_on(reason: str) -> None:
    assert what_happened(reason, is_link=True) != UNKNOWN
    assert next_step(reason, {"reference": "1f2e"}, is_link=True)
    assert next_step(reason, {"reference": "1f2e"}, is_link=False)


@pytest.mark.parametrize("reason", STATUSES)
def test_the_walls_before_an_article_are_told_apart(reason: str) -> None:
    others = {what_happened(other, is_link=True) for other in STATUSES if other != reason}

    assert what_happened(reason, is_link=True) not in others
    assert "Reply to this message" in texts.failed("https://x.example", reason, {}, is_link=True)


def test_a_draft_is_not_asked_for_its_text_in_reply() -> None:
    assert "Reply" not in texts.failed("", "not_an_article", {}, is_link=False)


def test_a_strangers_address_is_escaped_and_short() -> None:
    html = texts.failed("https://x.example/<b>" + "a" * 4000, "timeout", {}, is_link=True)

    assert "<b>aaa" not in html
    assert visible_units(html) < 400


@pytest.mark.parametrize(
    ("reason", "in_s", "words"),
    [
        ("timeout", 120, "The site did not answer in time. I try again in 2 minutes."),
        ("http_5xx", 20, "The site has an error. I try again in a minute."),
        ("busy", 900, "The site asks me to come later. I try again today 09:15."),
    ],
)
def test_what_stopped_a_link_is_said_with_the_time_of_the_next_try(
    reason: str, in_s: int, words: str
) -> None:
    at = MONDAY + timedelta(seconds=in_s)

    html = texts.reading("https://x.example/a", retry_at=at, reason=reason, zone=UTC, now=MONDAY)

    assert "x.example/a" in html
    assert words in html


def test_an_index_fills_in() -> None:
    lines = [
        texts.IndexLine(texts.Stage.READ, "https://x.example/1", 41, "The <wall>"),
        texts.IndexLine(texts.Stage.READING, "https://x.example/2"),
        texts.IndexLine(texts.Stage.FAILED, "https://x.example/3", reason="paywall"),
    ]

    html = texts.index(lines, left_out=2)

    assert "3 links · 2 done" in html
    assert "A-41</b> The &lt;wall&gt;" in html
    assert "paywall" in html
    assert "2 more links" in html


def test_a_full_index_fits_one_message() -> None:
    long = texts.IndexLine(texts.Stage.FAILED, "https://x.example/" + "y" * 900, reason="tls")

    assert visible_units(texts.index([long] * 20, left_out=9)) < 4096


@pytest.mark.parametrize("what", sorted(texts.REFUSALS))
def test_every_refusal_says_what_to_do(what: str) -> None:
    words = texts.REFUSALS[what]({"article_id": 41, "address": "<tg://x>", "file_name": "a"})

    assert words.endswith(".")
    assert "<tg" not in words
