"""The digest in words."""

from typing import Any

from bot.texts.digest import CAPTION_UNITS, REFUSALS, digest
from bot.texts.fitting import visible_units

FIGURES: dict[str, Any] = {
    "week": "2026-W47",
    "from": "2026-11-16",
    "to": "2026-11-22",
    "is_running": False,
    "articles": 14,
    "kept": 61,
    "decided": 52,
    "cleared": 47,
    "blocking": 5,
    "open": 9,
    "ratings": {
        "true": 31,
        "mostly_true": 6,
        "misleading": 5,
        "false": 4,
        "unverifiable": 4,
        "outdated": 2,
        "opinion": 0,
    },
    "hours_to_verdict": 8.5,
    "hours_waiting": 6.6,
    "hours_working": 1.9,
    "hours_to_verdict_last_week": 14.0,
    "stuck": [
        {"article": 38, "claim": 2, "days": 4, "status": "assigned", "holder_ids": [3]},
        {"article": 39, "claim": 1, "days": 2, "status": "disputed", "holder_ids": []},
    ],
    "untriaged": [{"article": 35, "since": "2026-11-17"}],
    "corrected": [
        {
            "article": 29,
            "claim": 1,
            "quote": "Rents rose by 40 %",
            "before": "true",
            "after": "false",
            "on": "2026-11-19",
        }
    ],
    "unsourced": 11,
}


def test_a_week_reads_like_this() -> None:
    assert digest(FIGURES, {3: "Ira"}, year=2026).split("\n") == [
        "<b>Desk week 47</b> · 16–22 Nov",
        "<b>14</b> articles · <b>52</b> claims decided of 61 kept",
        "✅ 47 cleared  ⛔ 5 blocking  ⏳ 9 open",
        "True 31 · Mostly true 6 · Misleading 5 · False 4 · Can't tell 4 · Other 2",
        "<b>Time to verdict</b> 8 h (last week 14 h):",
        "   6 h waiting, 2 h working",
        "<b>Needs somebody</b>",
        "• A-38/2 – 4 days, now with Ira",
        "• A-39/1 – 2 days, readers differ, an editor rules",
        "• A-35 – untriaged since 17 Nov",
        "<b>Corrected</b> A-29/1 “Rents rose by 40 %”: True → False (19 Nov)",
        "11 claims had no source given.",
    ]


def test_names_are_shown_as_text_and_the_caption_fits_whatever_they_are() -> None:
    stuck = [{**FIGURES["stuck"][0], "holder_ids": [3, 4, 5]}] * 3
    corrected = [{**FIGURES["corrected"][0], "quote": "<" * 40}] * 3
    blocked = [{"article": 30_000, "claim": 12, "since": "2026-11-09"}] * 3
    names = {3: "<b>Ira" * 20, 4: "Olha" * 20, 5: "Marko" * 20}

    shown = {**FIGURES, "stuck": stuck, "corrected": corrected, "blocked": blocked}
    html = digest(shown, names, year=2026)

    assert "<b>Ira" not in html
    assert visible_units(html) <= CAPTION_UNITS


def test_what_is_not_named_is_counted() -> None:
    blocked = [{"article": 30, "claim": 1, "since": "2026-11-09"}]
    more = {"stuck_more": 9, "blocked": blocked, "untriaged_more": 2, "corrected_more": 1}

    lines = digest({**FIGURES, **more}, {3: "Ira"}, year=2026).split("\n")

    assert lines[6:] == [
        "<b>Needs somebody</b>",
        "• A-38/2 – 4 days, now with Ira",
        "• A-39/1 – 2 days, readers differ, an editor rules",
        "  … and 9 more",
        "• A-30/1 – blocks since 9 Nov",
        "• A-35 – untriaged since 17 Nov",
        "  … and 2 more",
        "<b>Corrected</b> A-29/1 “Rents rose by 40 %”: True → False (19 Nov)",
        "  … and 1 more",
        "11 claims had no source given.",
    ]


def test_a_late_digest_says_so() -> None:
    assert "Posted late" in digest(FIGURES, {}, year=2026, is_late=True)


def test_the_running_week_says_so() -> None:
    html = digest({**FIGURES, "is_running": True}, {}, year=2026)

    assert html.startswith("<b>Desk week 47</b> · 16–22 Nov · so far\n")


def test_a_week_over_two_months_names_both() -> None:
    html = digest({**FIGURES, "from": "2026-11-30", "to": "2026-12-06"}, {}, year=2026)

    assert "30 Nov–6 Dec" in html


def test_a_week_without_work_is_two_lines() -> None:
    empty = dict.fromkeys(("articles", "kept", "decided", "cleared", "blocking", "open"), 0)
    lists: dict[str, Any] = {"stuck": [], "untriaged": [], "corrected": [], "ratings": {}}
    quiet = {**FIGURES, **empty, **lists, "hours_to_verdict": None, "unsourced": 0}

    assert digest(quiet, {}, year=2026).split("\n") == [
        "<b>Desk week 47</b> · 16–22 Nov",
        "<b>0</b> articles · no claims were in work",
    ]


def test_a_second_post_is_told_when_the_first_was() -> None:
    told = REFUSALS["digest_posted"]({"week": "2026-W47", "on": "2026-11-23"})

    assert told == "The digest of week 47 was already posted on 23 Nov 2026."


def test_a_week_of_another_year_says_of_which() -> None:
    assert "16–22 Nov 2026" in digest(FIGURES, {}, year=2027)
    assert "2026" not in digest(FIGURES, {}, year=2026)
