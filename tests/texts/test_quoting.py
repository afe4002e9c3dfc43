"""A claim's words stand in the marks of their language, once."""

import pytest

from bot.texts.quoting import quoted


def test_a_quotation_is_not_put_into_marks_twice():
    assert quoted("“There were 78”", 40) == "“There were 78”"
    assert quoted("There were 78", 40) == "“There were 78”"
    assert quoted("“There were 78 of them,” she said", 16) == "“There were 78…”"


@pytest.mark.parametrize(
    ("language", "words", "shown"),
    [
        ("en", "There were 78", "“There were 78”"),
        ("de", "Es waren 78", "„Es waren 78“"),
        ("de-AT", "Es waren 78", "„Es waren 78“"),
        ("es", "Eran 78", "«Eran 78»"),
        ("fr", "Ils étaient 78", "«\u00a0Ils étaient 78\u00a0»"),
        ("it", "Erano 78", "«Erano 78»"),
        ("pt", "Eram 78", "“Eram 78”"),
        ("ru", "Их было 78", "«Их было 78»"),
        ("uk", "Їх було 78", "«Їх було 78»"),
        ("ja", "78人いた", "「78人いた」"),
        ("zh", "共有78人", "“共有78人”"),
        (None, "Їх було 78", "«Їх було 78»"),
        (None, "There were 78", "“There were 78”"),
    ],
)
def test_each_language_has_its_own_marks(language, words, shown):
    assert quoted(words, 40, language=language) == shown


@pytest.mark.parametrize(
    ("language", "words", "shown"),
    [
        ("uk", "«Їх було 78 усього», — сказала вона", "«Їх було 78…»"),
        ("de", "„Es waren 78 Menschen“, sagte sie", "„Es waren 78…“"),
        ("ja", "「全部で78人いたと思う」と彼女は", "「全部で78人…」"),
    ],
)
def test_a_quotation_that_is_cut_short_is_closed(language, words, shown):
    assert quoted(words, 14, language=language) == shown
