"""What an article says twice is one claim, unless the two differ in what matters."""

import pytest

from bot.articles.reading import read_text
from bot.claims.finding import find_claims
from bot.claims.repeats import first_mentions

LEAD = "The council spent 8.4 million euros on the harbour wall in Tolland."


def firsts(*claims: str) -> list[int]:
    text, spans = "", []
    for claim in claims:
        spans.append((len(text), len(text) + len(claim)))
        text += claim + "\n"
    return first_mentions(text, spans)


@pytest.mark.parametrize(
    "again",
    [
        LEAD,
        "In all, the council spent 8.4 million euros on Tolland's harbour wall.",
        "the council has spent 8.4 million euros on the harbour wall in Tolland",
    ],
)
def test_a_claim_that_is_said_again_belongs_to_its_first_mention(again):
    assert firsts(LEAD, "Ada Novak opened a library on Sunday.", again) == [0, 1, 0]


@pytest.mark.parametrize(
    "other",
    [
        "The council spent 4.8 million euros on the harbour wall in Tolland.",
        "The council spent millions of euros on the harbour wall in Tolland.",
        "The council spent 8.4 million euros on the harbour wall in Tolland in 2019.",
        "The council never spent 8.4 million euros on the harbour wall in Tolland.",
        "The council spent 8.4 million euros on the harbour wall in Ferrow.",
        "The council spent 8.4 million euros on lamps.",
    ],
)
def test_another_figure_place_or_answer_is_another_claim(other):
    assert firsts(LEAD, other) == [0, 1]


def test_short_phrases_are_not_taken_for_repetitions():
    assert firsts("The wall leaks.", "The wall leaks.") == [0, 1]


def test_the_sheet_lists_a_repetition_at_its_first_mention_with_everybody_who_says_it():
    article = read_text(
        f"{LEAD}\n\nThe pier was closed for 14 days in May.\n\n"
        "“The council spent 8.4 million euros on the harbour wall in Tolland,” Ada Novak said."
    )

    findings = find_claims(article)
    (wall,) = [claim for claim in findings.claims if "8.4" in claim.quote]

    assert [article.text[start:end] for start, end in wall.repeated] == [LEAD.rstrip(".")]
    assert [source.name for source in findings.sources if source.id in wall.sources] == [
        "Ada Novak"
    ]
    assert not wall.unsourced
