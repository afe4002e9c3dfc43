"""A sheet in words: whatever strangers wrote, Telegram takes it and nothing of it is markup."""

from datetime import timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts.fitting import SCREEN_LINES, screen_lines, visible_units
from bot.texts.sheet import Cited, ClaimEntry, Held, SheetHead, sheet
from storage.models.claims import ClaimStatus, Rating
from tests.builders import MONDAY

UTC = ZoneInfo("UTC")
FOREIGN = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(lambda text: text * 20)
ENTRIES = st.builds(
    ClaimEntry,
    number=st.integers(1, 9999),
    quote=FOREIGN,
    is_starred=st.booleans(),
    status=st.sampled_from(ClaimStatus),
    verdict=st.none() | st.sampled_from(Rating),
    cited=st.lists(st.builds(Cited, FOREIGN, FOREIGN, FOREIGN), max_size=3).map(tuple),
    is_unsourced=st.booleans(),
    links=st.integers(0, 99),
    reasons=st.lists(FOREIGN, max_size=2).map(tuple),
    context=st.none() | FOREIGN,
    held=st.lists(st.builds(Held, FOREIGN, st.just(MONDAY)), max_size=2).map(tuple),
)


class Tags(HTMLParser):
    """Which tags a message opens and closes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - HTMLParser's
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@settings(deadline=None)  # the machine may be busy
@given(st.lists(ENTRIES, max_size=3), st.lists(ENTRIES, max_size=27), FOREIGN, st.lists(FOREIGN))
def test_any_sheet_fits_a_message_and_holds_only_tags_of_ours(full, brief, title, authors):
    head = SheetHead(1, title, url='https://ledger.example/?a="<b>', authors=tuple(authors))

    html = sheet(head, full, brief, zone=UTC, now=MONDAY + timedelta(hours=1))

    tags = Tags(html)
    assert visible_units(html) <= 4096
    assert tags.open == []
    assert tags.seen <= {"a", "b", "i", "blockquote"}


def test_the_longest_sheet_of_claims_in_many_hands_fits():
    held = (Held("🌊" * 200, MONDAY + timedelta(days=60)),) * 2
    entries = [
        ClaimEntry(n, "🌊" * 900, True, ClaimStatus.SECOND_REVIEW, held=held, is_unsourced=True)
        for n in range(1000, 1030)
    ]

    html = sheet(SheetHead(1, "🌊" * 900), entries[:3], entries[3:], zone=UTC, now=MONDAY)

    assert visible_units(html) <= 4096


@pytest.mark.parametrize(
    "words", ["أنفقت بلدية وادي الزيتون 4.2 مليون دينار ", "המועצה הוציאה 4.2 מיליון שקל "]
)
def test_words_from_right_to_left_do_not_reorder_the_rest_of_their_line(words):
    entry = ClaimEntry(1, words * 9, cited=(Cited(words * 2, words * 3, words),))

    html = sheet(SheetHead(1, words), [entry], [], zone=UTC, now=MONDAY)

    for line in html.splitlines():
        assert line.count("\u2068") == line.count("\u2069")
    quote = next(line for line in html.splitlines() if line.startswith("<b>1</b>"))
    assert quote.index("\u2068") == len("<b>1</b> “")


def test_chinese_takes_as_many_lines_on_a_phone_as_latin():
    latin = ClaimEntry(1, "The council spent much on the wall. " * 20)
    chinese = ClaimEntry(1, "柳溪镇去年在桥梁上花费了420万元" * 20)

    lines = [
        screen_lines(sheet(SheetHead(1, "…"), [entry], [], zone=UTC, now=MONDAY))
        for entry in (latin, chinese)
    ]

    assert lines[0] == lines[1]


def test_a_sheet_whose_claims_are_in_hands_is_one_phone_screen():
    holders = (Held("Olha Bondarenko-Novak", MONDAY), Held("Ira Stasiuk", MONDAY))
    said = (Cited("Mira Tolland", "head of the harbour office", "The Harbour Ledger"),)
    full = [
        ClaimEntry(
            n, "The wall is long. " * 8, True, ClaimStatus.ASSIGNED, cited=said, held=holders
        )
        for n in range(1, 4)
    ]
    brief = [ClaimEntry(n, "The wall is long. " * 8) for n in range(4, 9)]
    head = SheetHead(
        41,
        "What the council spent on the harbour wall " * 3,
        authors=("Anshul Kumar Saxena", "Olha Bondar"),
        claims=8,
        sent=3,
        blocking=1,
        goes_out_at=MONDAY + timedelta(days=1),
    )

    html = sheet(head, full, brief, zone=UTC, now=MONDAY)

    assert screen_lines(html) <= SCREEN_LINES
    assert "Olha Bondarenko" in html


def test_in_a_language_that_we_do_not_know_the_sheet_says_so_and_calls_nothing_unsourced():
    head = SheetHead(1, "柳溪镇", speakers_sought=False)
    entry = ClaimEntry(1, "去年花费了420万元", speakers_sought=False)

    html = sheet(head, [entry], [], zone=UTC, now=MONDAY)

    assert "I do not know this language yet" in html
    assert "the article's own words" not in html


def test_a_text_of_one_sentence_is_counted_as_one():
    html = sheet(SheetHead(1, "The wall", sentences=1), [], [], zone=UTC, now=MONDAY)

    assert "0 of 1 sentence worth" in html


def test_never_more_sentences_are_worth_a_check_than_there_are():
    head = SheetHead(1, "Two facts in a sentence", claims=4, sentences=3)

    assert "3 of 3 sentences worth a check" in sheet(head, [], [], zone=UTC, now=MONDAY)
