"""Which language a text is in."""

import subprocess
import sys

import pytest

from bot.articles.language import language_of

ENGLISH = (
    "The council spent 8.4 million euros on the harbour wall in 2025, which is twice what was in "
    "the plan of the engineers. They said that it had to be done before the winter, as the old "
    "wall was leaking and would not have stood for another year."
)
DUTCH = (
    "De gemeente was in 2025 op zoek naar een bedrijf dat de muur van de haven wilde bouwen, en "
    "dat is in de winter gelukt. Het was een van de grootste werken, en de kosten waren "
    "twee keer zo hoog als in het plan van de ingenieurs was voorzien."
)
GERMAN = (
    "Die Stadt war im Jahr 2025 auf der Suche nach einer Firma, die die Mauer am Hafen bauen "
    "wollte, und das ist im Winter gelungen. Es war eines der größten Werke des Landes, und die "
    "Kosten waren doppelt so hoch, wie es im Plan der Ingenieure vorgesehen war."
)


@pytest.mark.parametrize(("text", "code"), [(ENGLISH, "en"), (DUTCH, "nl"), (GERMAN, "de")])
def test_a_text_outvotes_what_its_page_declares(text, code):
    assert language_of(text, declared="fr") == code


def test_english_of_few_small_words_is_told_all_the_same():
    listed = "Rockledge beat Palm Bay. Coaches praised defenders; parents cheered loudly. " * 4

    assert language_of(listed) == "en"


def test_a_few_words_are_in_the_language_that_is_declared():
    assert language_of("Die Mauer", declared="de") == "de"
    assert language_of("", declared="de") == "de"


def test_plain_english_needs_no_model_of_all_languages():
    script = (
        "import sys; from bot.articles.language import language_of; import py3langid.langid as l\n"
        "print(language_of(sys.argv[1]), l.IDENTIFIER)"
    )
    done = subprocess.run([sys.executable, "-c", script, ENGLISH], capture_output=True, check=True)

    assert done.stdout.decode().split() == ["en", "None"]
