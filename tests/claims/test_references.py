"""Whom pronouns and descriptions mean, and when that is only a guess."""

import pytest

from bot.articles.reading import read_text
from bot.claims.finding import find_claims


def speakers(text: str) -> list[tuple[str | None, bool]]:
    """(name, inferred) of every attribution."""
    findings = find_claims(read_text(text))
    names = {source.id: source.name for source in findings.sources}
    return [
        (names[one.source_id] if one.source_id else None, one.inferred)
        for one in findings.attributions
    ]


def test_a_pronoun_is_sure_where_only_one_person_is_near():
    text = "Mayor Jonas Brandt opened the pumps on Monday. He said that the wall was safe."

    assert speakers(text) == [("Jonas Brandt", False)]


def test_a_pronoun_is_a_guess_where_two_people_are_near():
    text = (
        "Mayor Jonas Brandt opened the pumps on Monday with Judge Piet Larsen. "
        "He said that the wall was safe."
    )

    assert speakers(text) == [("Jonas Brandt", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The pumps of President Ada Novak failed. The president said that nobody was hurt.",
            ("Ada Novak", False),
        ),
        (
            "The pumps failed when actor Ada Novak came. The actor said that nobody was hurt.",
            ("Ada Novak", False),
        ),
        (
            "Ada Novak, a diver, opened the pumps. The diver said that nobody was hurt.",
            ("Ada Novak", False),
        ),
    ],
)
def test_a_description_means_the_person_whom_the_text_calls_so(text, expected):
    assert speakers(text) == [expected]


def test_a_person_known_by_age_alone_is_a_guess():
    text = "Mayor Jonas Brandt opened the pumps on Monday. The 56-year-old said that he was glad."

    assert speakers(text)[0] == ("Jonas Brandt", True)


def test_agency_officials_are_those_of_the_agency_that_was_cited():
    text = (
        "Harbour Board Agency denied that the wall leaks. The pumps failed, "
        "agency officials said later."
    )

    assert speakers(text)[1] == ("Harbour Board Agency officials", True)


def test_the_office_of_a_person_is_named_after_him():
    text = "“It leaks,” Mayor Jonas Brandt said. His office said that the pumps had failed."

    assert speakers(text)[1] == ("Jonas Brandt’s office", True)


def test_a_short_form_in_capitals_is_the_organisation_with_these_initials():
    text = "World Dyke Union denied that the wall leaks. The WDU said that the pumps had failed."

    assert speakers(text)[1] == ("World Dyke Union", False)


def test_an_acronym_is_no_first_name():
    text = "WD said that the wall leaks. The pumps of the WD Oyster failed."

    assert speakers(text) == [("WD", False)]


def test_who_stands_for_the_noun_before_it():
    pytest.importorskip("spacy", reason="the extra `parser` is not installed")
    text = "It was steep for Mayor Jonas Brandt, who said that the pumps had failed."

    assert speakers(text) == [("Jonas Brandt", False)]


def test_a_dateline_speaks_to_nobody():
    text = "NORE, Westland (AP) — Ada Novak said that the pumps had failed."

    assert speakers(text) == [("Ada Novak", False)]


def test_the_statement_is_that_of_who_made_it():
    text = (
        "Harbour Board Agency said in a statement that the wall was safe. "
        "“The pumps had failed,” the statement said."
    )

    assert speakers(text) == [("Harbour Board Agency", False), ("Harbour Board Agency", True)]


def test_a_judgement_has_a_speaker_where_the_grammar_shows_what_is_judged():
    pytest.importorskip("spacy", reason="the extra `parser` is not installed")

    assert speakers("Ada Novak described the wall as a sieve.") == [("Ada Novak", False)]
