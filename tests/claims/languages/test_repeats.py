"""What an article says twice is one claim; what it says and denies is two, in every language."""

import pytest

from bot.articles.article import Article
from bot.claims.finding import find_claims

SAID_AND_DENIED = {
    "de": "Die Brücke über die Sule in Falkenau {} für 40 Millionen Euro gebaut.",
    "es": "El puente sobre el río Sula en Valdeluz {} construido por 40 millones de euros.",
    "fr": "Le pont sur la Sule à Montvallon {} construit pour 40 millions d’euros.",
    "it": "Il ponte sul fiume Sula a Castelbruno {} costruito per 40 milioni di euro.",
    "pt": "A ponte sobre o rio Sula em Ribeira {} construída por 40 milhões de euros.",
    "ru": "Мост через реку Сула в Заречном {} построен за 40 миллионов рублей.",
    "uk": "Міст через річку Сула в Калинові {} збудований за 40 мільйонів гривень.",
}
WORDS = {
    "de": ("wurde", "wurde nicht"),
    "es": ("fue", "no fue"),
    "fr": ("a été", "n’a pas été"),
    "it": ("è stato", "non è stato"),
    "pt": ("foi", "não foi"),
    "ru": ("был", "не был"),
    "uk": ("був", "не був"),
}


def claims_of(language: str, *words: str) -> list[int]:
    """How often each claim of an article is repeated, one paragraph for each of `words`."""
    lines = [SAID_AND_DENIED[language].format(one) for one in words]
    text = "\n\n".join(lines)
    starts = [text.index(line, index and len(lines[0])) for index, line in enumerate(lines)]
    paragraphs = tuple((at, at + len(line)) for at, line in zip(starts, lines, strict=True))
    findings = find_claims(Article(text=text, paragraphs=paragraphs, language=language))
    return [len(claim.repeated) for claim in findings.claims]


@pytest.mark.parametrize("language", sorted(WORDS))
def test_the_same_words_again_are_one_claim(language):
    said, _ = WORDS[language]

    assert claims_of(language, said, said) == [1]


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_denial_is_a_claim_of_its_own(language):
    assert claims_of(language, *WORDS[language]) == [0, 0]
