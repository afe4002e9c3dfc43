"""Where quotations open and close in the marks of each language, and what is only a name."""

import pytest

from bot.claims.languages.grammar import grammar_of
from bot.claims.languages.marks import quotations_in


def quoted_in(text: str, language: str) -> list[str]:
    grammar = grammar_of(language)
    return [text[one.start : one.end] for one in quotations_in(text, 0, len(text), grammar)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Er sagte: „Die Brücke bricht“, und ging.", ["„Die Brücke bricht“"]),
        ("de", "Er sagte: »Die Brücke bricht«, und ging.", ["»Die Brücke bricht«"]),
        ("de", "„Er rief ‚Halt‘ und lief“, sagte sie.", ["„Er rief ‚Halt‘ und lief“"]),
        ("fr", "« Le pont cède », dit-elle.", ["« Le pont cède »"]),
        ("fr", "«\u00a0Le pont cède\u00a0», dit-elle.", ["«\u00a0Le pont cède\u00a0»"]),
        ("fr", "« Le « vieux » pont cède », dit-elle.", ["« Le « vieux » pont cède »"]),
        ("es", "«El puente cede», dijo. “Ya está”, añadió.", ["«El puente cede»", "“Ya está”"]),
        ("it", '«Il ponte cede», disse. "È fatta", ha detto.', ["«Il ponte cede»", '"È fatta"']),
        ("ru", "«ООО «Мост» строит», — сказала она.", ["«ООО «Мост» строит»"]),
        ("ru", "„Мост строят“, — сказала она.", ["„Мост строят“"]),
        ("uk", "„Міст будують“, — сказала вона.", ["„Міст будують“"]),
        ("uk", "“Міст будують”, — сказала вона.", ["“Міст будують”"]),
    ],
)
def test_marks_of_the_language(language, text, expected):
    assert quoted_in(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "«Мы начали, — сказала Рудина, — и закончим».", ["«Мы начали", "и закончим»"]),
        ("uk", "«Ми почали, — сказала Рудь. — Кінець».", ["«Ми почали", "Кінець»"]),
        ("fr", "« On a fini, a dit Anne Roy. Tout va. »", ["« On a fini", "Tout va. »"]),
        ("fr", "« On a fini, a-t-elle dit, et tout va. »", ["« On a fini", "et tout va. »"]),
        ("es", "«Ya está —dijo Ana Rey—. Se acabó».", ["«Ya está", "Se acabó»"]),
    ],
)  # fmt: skip
def test_words_about_the_speaker_are_cut_out(language, text, expected):
    assert quoted_in(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "— Мы начали, — сказала Рудина. — Конец в мае.", ["Мы начали", "Конец в мае."]),
        ("es", "—Ya está —dijo Ana Rey—. Se acabó.", ["Ya está", "Se acabó."]),
        ("fr", "— C’est fini, a dit Anne Roy.", ["C’est fini"]),
        ("pt", "– Está feito – disse Ana Reis.", ["Está feito"]),
    ],
)
def test_a_dash_opens_speech_where_somebody_is_said_to_speak(language, text, expected):
    assert quoted_in(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Компанія «Північміст» збудувала міст."),
        ("ru", "Газета «Волна» написала о мосте."),
        ("es", "La novela «Puente viejo» trata de un río."),
        ("de", "Die Zeitung „Küstenbote“ schreibt darüber."),
        ("es", "— 12 puentes nuevos"),
        ("fr", "- trois ponts"),
    ],
)
def test_a_name_in_marks_and_a_list_are_no_quotations(language, text):
    assert quoted_in(text, language) == []


def test_a_quotation_may_stay_open_at_the_paragraphs_end():
    text = "Вона сказала: «Ми почали роботи"

    (one,) = quotations_in(text, 0, len(text), grammar_of("uk"))

    assert one.open_ended
    assert text[one.start : one.end] == "«Ми почали роботи"
