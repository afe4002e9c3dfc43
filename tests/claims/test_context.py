"""What a reader is told beside a claim, so that it can be checked alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.articles.reading import read_text
from bot.claims.finding import find_claims

FRIDAY = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)


def contexts(text: str, *, published_at: datetime | None = FRIDAY) -> dict[str, str | None]:
    article = replace(read_text(text), published_at=published_at)
    return {claim.quote: claim.context for claim in find_claims(article).claims}


@pytest.mark.parametrize(
    ("when", "means"),
    [
        ("last week", "16 November 2026 to 22 November 2026"),
        ("last month", "October 2026"),
        ("last year", "2025"),
        ("this year", "2026"),
        ("yesterday", "26 November 2026"),
        ("on Monday", "probably 23 November 2026"),
        ("on Friday", "probably 27 November 2026"),
        ("last Friday", "probably 20 November 2026"),
    ],
)
def test_days_that_count_from_the_publication_are_given_a_date(when, means):
    (context,) = contexts(f"The council spent 8.4 million euros on the wall {when}.").values()

    assert context == f"“{when}” is {means}"


@pytest.mark.parametrize(
    "text",
    [
        "The council sold 40 lamps on Black Friday in the town hall.",
        "The next year, the council spent 8.4 million euros on the wall.",
        "The council will spend 8.4 million euros on the wall on Monday, it was decided in May.",
    ],
)
def test_a_day_that_counts_from_elsewhere_is_given_no_date(text):
    assert set(contexts(text).values()) <= {None}


def test_without_a_date_of_publication_nothing_is_made_up():
    text = "The council spent 8.4 million euros on the wall last week."

    assert list(contexts(text, published_at=None).values()) == [None]


def test_a_pronoun_is_given_the_person_named_before_it():
    found = contexts(
        "“It cost 8.4 million euros,” said Ada Novak, the harbour's engineer.\n\n"
        "She was paid 40,000 euros by Larsen Marine in 2025."
    )

    (context,) = [note for quote, note in found.items() if "40,000" in quote]
    assert context == "“She” is probably Ada Novak"


def test_a_speaker_is_not_whom_he_calls_he():
    found = contexts(
        "Omar Larsen told the Evening Courier that the wall cost 8.4 million euros.\n\n"
        "“He was paid 40,000 euros by the company in 2025,” Ada Novak said."
    )

    (context,) = [note for quote, note in found.items() if "40,000" in quote]
    assert context == "“He” is probably Omar Larsen"


def test_i_is_whoever_speaks():
    found = contexts("“I paid 40,000 euros to the council in 2025,” Ada Novak said.")

    assert found == {"I paid 40,000 euros to the council in 2025": "“I” is Ada Novak"}


def test_a_claim_that_names_its_people_needs_no_note():
    found = contexts(
        "Ada Novak told the Courier that the wall cost 8 million euros.\n\n"
        "Ada Novak said that Larsen Marine had paid her 40,000 euros in 2025."
    )

    assert [note for quote, note in found.items() if "Novak" in quote] in ([], [None])


def test_another_language_gets_no_notes_on_english_words():
    text = (
        "“Ana me dijo que la obra costó 8,4 millones de euros”, declaró Marta Ruiz el lunes. "
        "El ayuntamiento pagó 2 millones en 2025 a la empresa por el muro del puerto."
    )
    article = replace(read_text(text), published_at=FRIDAY, language="es")

    assert {claim.context for claim in find_claims(article).claims} == {None}


def test_the_quotation_itself_is_never_changed():
    article = read_text("She was paid 40,000 euros last week.\n\nAda Novak said so.")

    for claim in find_claims(replace(article, published_at=FRIDAY)).claims:
        assert claim.quote == article.text[claim.start : claim.end]
