"""A language we do not know: its sentences with numbers are listed, and nobody is named."""

import pytest

from bot.articles.article import Article
from bot.claims.contract import to_json
from bot.claims.finding import find_claims
from bot.texts.extraction import sheet

TURKISH = """
Deremköy Belediyesi geçen yıl köprü için 4,2 milyon lira harcadı. Başkan Aylin Demirci “Köprü
güvenli değil” dedi. Yeni köprü ne zaman açılacak? Dr. Kaya’ya göre her gün 12 500 araç geçiyor.
Halk sabırsız.
"""
ARABIC = """
أنفقت بلدية وادي الزيتون 4.2 مليون دينار على الجسر في العام الماضي. وقالت رئيسة البلدية إن الجسر
آمن. متى يفتح الجسر الجديد؟ تمر عليه ١٢٥٠٠ سيارة كل يوم.
"""
CHINESE = (
    "柳溪镇去年在桥梁上花费了420万元。镇长林岚说：“桥很安全。”"
    "新桥什么时候开放？每天有12500辆汽车通过。"
)


def an_article(text: str, language: str) -> Article:
    flat = " ".join(text.split())
    return Article(text=flat, paragraphs=((0, len(flat)),), language=language)


@pytest.mark.parametrize(
    ("text", "language", "sentences", "claimed"),
    [
        (TURKISH, "tr", 5, ["4,2 milyon", "12 500 araç"]),
        (ARABIC, "ar", 4, ["4.2 مليون", "١٢٥٠٠"]),
        (CHINESE, "zh", 4, ["420万元", "12500辆"]),
    ],
)
def test_sentences_with_numbers_are_listed(text, language, sentences, claimed):
    findings = find_claims(an_article(text, language))

    assert len(findings.sentences) == sentences
    assert len(findings.claims) == len(claimed)
    for claim, words in zip(findings.claims, claimed, strict=True):
        assert words in claim.quote
        assert claim.reasons[0] == "number"


@pytest.mark.parametrize(
    ("text", "language"), [(TURKISH, "tr"), (ARABIC, "ar"), (CHINESE, "zh"), ("Hej då.", "sv")]
)
def test_nobody_is_named_and_nothing_is_called_unsourced(text, language):
    article = an_article(text, language)

    findings = find_claims(article)

    assert findings.attributions == ()
    assert findings.sources == ()
    assert not any(claim.unsourced for claim in findings.claims)
    assert to_json(article, findings)["method"] == "none"


def test_the_terminal_says_what_was_not_looked_for():
    article = an_article(TURKISH, "tr")

    lines = sheet(article, find_claims(article), columns=60)

    assert "We do not know this language yet" in " ".join(lines.split())


def test_of_an_english_article_the_terminal_says_nothing_of_the_kind():
    article = an_article("The wall cost 4.2 million, Ada Novak said.", "en")

    assert "language" not in sheet(article, find_claims(article), columns=60)


def test_a_few_words_are_english_when_their_small_words_are():
    said = an_article("“It leaks,” Ada Novak said of the wall.", "nl")

    assert len(find_claims(said).attributions) == 1
