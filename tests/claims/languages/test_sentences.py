"""Where sentences end, in languages with other abbreviations, numerals and full stops."""

import pytest

from bot.articles.article import Article
from bot.claims.languages.ruled import Ruled
from bot.claims.languages.unknown import Unknown


def sentences_of(text: str, language: str | None) -> list[str]:
    tongue = Ruled(language, text) if language else Unknown()
    article = Article(text=text, paragraphs=((0, len(text)),), language=language)
    return [text[place.start : place.end] for place in tongue.places(article)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Am 3. Mai kam Dr. Kroll, z. B. wegen der Brücke, um 9 Uhr."),
        ("de", "Das sind ca. 12.500 Autos pro Tag bzw. Nacht."),
        ("es", "El Sr. Arce vive en la Av. Mayor núm. 3 desde enero."),
        ("es", "EE. UU. prestó 3 millones a la ciudad."),
        ("fr", "M. Mercier et Mme Roy habitent av. Foch."),
        ("it", "Il dott. Conti e l’ing. Galli lavorano in via S. Marco."),
        ("pt", "O Sr. Tavares mora na Av. Central, n.º 3."),
        ("ru", "В 2024 г. на ул. Мира жили 3 тыс. человек."),
        ("uk", "У 2024 р. на вул. Миру жили 3 тис. людей."),
        ("uk", "О. Гончар та І. Левицька живуть у м. Калинів."),
        ("ru", "«Мост опасен. Его закроют», — сказал он."),
        ("fr", "« Jamais ! » a dit la maire."),
        ("es", "«¿Quién paga? Nadie», dijo la alcaldesa."),
        (None, "Dr. Kaya 12.500 araç dedi."),
    ],
)
def test_one_sentence_stays_one(language, text):
    assert sentences_of(text, language) == [text]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("de", "Die Brücke ist alt.", "Sie bricht."),
        ("es", "El puente es viejo.", "¿Quién lo paga?"),
        ("fr", "Le pont est vieux !", "« Il cède », dit-elle."),
        ("it", "Il ponte è vecchio…", "Chi paga?"),
        ("pt", "A ponte é velha.", "“Está feito”, disse ela."),
        ("ru", "Мост построили в 2024 г.", "В нём 3 пролёта."),
        ("uk", "Міст коштує 3 млн грн.", "У ньому 3 прогони."),
        (None, "这座桥很旧。", "谁来付钱？"),
        (None, "الجسر قديم جدا؟", "من يدفع الثمن."),
        (None, "पुल पुराना है।", "कौन देगा?"),
    ],
)
def test_two_sentences_are_two(language, first, second):
    gap = "" if first.endswith("。") else " "

    assert sentences_of(first + gap + second, language) == [first, second]
