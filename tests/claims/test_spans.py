"""Which words are the claim: what is said, and each fact of its own."""

import pytest

from bot.articles.reading import read_text
from bot.claims.finding import find_claims
from bot.claims.quotations import quotations_in
from bot.claims.spans import clauses_in


def clauses(text: str) -> list[str]:
    quoted = quotations_in(text, 0, len(text))
    return [text[start:end] for start, end in clauses_in(text, 0, len(text), quoted)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "The council spent 8.4 million euros on the wall, and the harbour fund paid 2 million.",
            2,
        ),
        ("Ada Novak was elected in May 2024; the old mayor was fined 300 euros in June.", 2),
        ("The bridge was closed in 2019, but it was opened again in March 2021.", 2),
    ],
)
def test_two_facts_with_their_own_subject_and_verb_are_two_claims(text, facts):
    assert len(clauses(text)) == facts


@pytest.mark.parametrize(
    "text",
    [
        "The council spent 8.4 million euros on the wall, the pier, and the new harbour lights.",
        "If the wall falls, the council pays 3 million, and the state pays 4 million.",
        "Ada Novak bought 40 boats, and sold 12 of them in Tolland.",
        "The wall, which the council built in 1962, and the pier were repaired.",
        "“The wall cost 8 million, and the pier was built for 2 million,” she said.",
        "The wall leaks, and the pier is old.",
        "The mayor, and the council that was elected in 2019, have resigned.",
    ],
)
def test_what_hangs_together_stays_one_claim(text):
    assert clauses(text) == [text]


def test_nothing_is_lost_between_clauses_but_the_word_that_joins_them():
    text = "The wall was built in 1962, and it was raised by 40 centimetres in 1988."

    first, second = clauses(text)

    assert f"{first}, and {second}" == text


def test_each_fact_of_a_sentence_is_a_claim_with_reasons_of_its_own():
    text = (
        "The harbour office closed the old pier in Tolland on Monday, "
        "and the council spent 8.4 million euros on the wall."
    )

    pier, wall = find_claims(read_text(text)).claims

    assert "number" in wall.reasons
    assert "number" not in pier.reasons
