"""Claims that ran over their time, as their editor reads it."""

from zoneinfo import ZoneInfo

from bot.texts.fitting import SCREEN_LINES, screen_lines
from bot.texts.overdue import Overdue, overdue
from tests.builders import HOUR, MONDAY

UTC = ZoneInfo("UTC")


def test_claims_with_the_same_people_are_told_of_together() -> None:
    claims = [
        Overdue("A-1, claim 1 “The wall”", 11, awaited=("Olha",), hands_over_at=MONDAY + HOUR),
        Overdue("A-1, claim 2 “The coast”", 12, moved_from=("Ira",)),
        Overdue("A-1, claim 3 “The harbour”", 13, moved_from=("Ira",)),
        Overdue("A-1, claim 4 “The steps”", 14, kept_by=("Marko",)),
        Overdue("A-1, claim 5 “The town”", 15, answered_by=("Olha",)),
    ]

    assert overdue(claims, zone=UTC, now=MONDAY).split("\n") == [
        "⏰ <b>5 claims are overdue</b>",
        "A-1, claim 1 “The wall”",
        "Olha: no answer yet. Somebody else is asked today 10:00.",
        "A-1, claim 2 “The coast”",
        "A-1, claim 3 “The harbour”",
        "Ira did not get to them in time. Somebody else has them now.",
        "A-1, claim 4 “The steps”",
        "Marko: no answer yet, and nobody else is free, so it stays there.",
        "A-1, claim 5 “The town”",
        "Olha answered meanwhile.",
        "/invite reviewer brings in somebody new.",
    ]


def test_as_many_are_named_as_fit_a_screen() -> None:
    claims = [
        Overdue("A-1, claim 10 “" + "long words " * 6 + "”", n, kept_by=(f"Reviewer {n} " * 3,))
        for n in range(12)
    ]

    html = overdue(claims, zone=UTC, now=MONDAY)

    assert screen_lines(html) <= SCREEN_LINES
    assert "<b>12 claims are overdue</b>" in html
    assert " more" in html
