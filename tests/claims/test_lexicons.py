"""The word lists of a language stand in one file that a newsroom can read and correct."""

import pytest

from bot.claims.lexicons import lexicon_of


def test_a_star_stands_for_everything_that_begins_so():
    law = lexicon_of("en").signals["law"]

    assert law.holds("unlawfully")
    assert law.holds("court")
    assert not law.holds("courteous")


def test_a_reporting_verb_knows_its_forms_and_what_limits_it():
    verbs = lexicon_of("en").verbs

    assert verbs["told"].finite
    assert verbs["told"].limit == "object"
    assert not verbs["saying"].finite
    assert verbs["pointed out"].limit == ""


def test_a_language_without_a_file_has_no_lexicon():
    with pytest.raises(FileNotFoundError):
        lexicon_of("tlh")
