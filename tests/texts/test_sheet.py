"""A sheet in words: whatever strangers wrote, Telegram takes it and nothing of it is markup."""

from datetime import timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts.fitting import visible_units
from bot.texts.sheet import Cited, ClaimEntry, Held, SheetHead, quoted, sheet
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


def test_a_quotation_is_not_put_into_marks_twice():
    assert quoted("“There were 78”", 40) == "“There were 78”"
    assert quoted("There were 78", 40) == "“There were 78”"
    assert quoted("“There were 78 of them,” she said", 16) == "“There were 78…”"
