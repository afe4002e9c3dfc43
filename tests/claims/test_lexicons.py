"""The word lists of a language stand in one file that a newsroom can read and correct."""

import pytest

from bot.claims.languages.grammar import LANGUAGES, grammar_of
from bot.claims.lexicons import lexicon_of, word_lists


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_list(language):
    lists, others = word_lists(language), word_lists("es")

    assert set(lists) == set(others)
    assert set(lists["sources"]) == set(others["sources"])
    assert set(lists["signals"]) == set(others["signals"])
    assert set(others["words"]) - {"articles"} <= set(lists["words"])


def test_a_star_before_a_word_stands_for_everything_that_ends_so():
    german = grammar_of("de")

    assert german.holds("verkehrsministerium", "organisations")
    assert not german.holds("ministerial", "organisations")


def test_a_form_of_several_words_is_one_reporting_word():
    spanish = grammar_of("es")

    assert [form.words for form in spanish.verbs["hizo"]] == [("hizo", "saber")]
