"""An article's verdicts in words."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.texts.fitting import SCREEN_LINES, screen_lines
from bot.texts.summary import SummaryClaim, SummaryHead, summary
from storage.models.claims import Action, ClaimStatus, Rating
from tests.builders import MONDAY

UTC = ZoneInfo("UTC")
HEAD = SummaryHead(
    article_id=41,
    title="What the council spent on the harbour wall, and what it did not say about the rest",
    decided=12,
    cleared=2,
    blocking=10,
    open=3,
    unchecked=5,
    sent_at=MONDAY,
    read_at=MONDAY,
    page=1,
    pages=4,
)
DECIDED = SummaryClaim(
    number=12,
    quote="Adult social care costs have risen by forty per cent since the new council came in",
    status=ClaimStatus.DECIDED,
    verdict=Rating.MISLEADING,
    explanation="The report says fourteen per cent, on page three, and of another year altogether",
    names=("Olha Bondarenko-Novak", "Ira Stasiuk"),
    is_ruled=True,
    action=Action.FIX_WORDING,
)


@pytest.mark.parametrize(
    "claims",
    [
        [DECIDED] * 4,
        [replace(DECIDED, status=ClaimStatus.DISPUTED)] * 5,
        [replace(DECIDED, status=ClaimStatus.ASSIGNED, verdict=None)] * 6,
        [replace(DECIDED, status=ClaimStatus.CLEARED)] * 10,
    ],
)
def test_a_full_page_is_one_phone_screen(claims: list[SummaryClaim]) -> None:
    assert screen_lines(summary(HEAD, claims, zone=UTC, now=MONDAY)) <= SCREEN_LINES


def test_a_verdict_without_words_begins_with_who_gave_it() -> None:
    claim = replace(DECIDED, explanation="", names=("Olha",), is_ruled=False)

    lines = summary(HEAD, [claim], zone=UTC, now=MONDAY).split("\n")

    assert lines[4] == "   Olha → fix the wording"
