"""What is worth a check, word for word, ranked within the article."""

import math

import pytest

from bot.articles.article import Article
from bot.articles.reading import read_page, read_text
from bot.claims.finding import find_claims
from bot.claims.findings import ClaimKind
from tests.pages import a_copied_page, a_page


def claims_of(text: str):
    return find_claims(read_text(text)).claims


def test_a_claim_is_quoted_word_for_word_in_text_order():
    article = read_text(a_copied_page())

    claims = find_claims(article).claims

    assert all(article.text[claim.start : claim.end] == claim.quote for claim in claims)
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)
    assert [claim.id for claim in claims] == [str(n) for n in range(1, len(claims) + 1)]


def test_the_figures_of_an_article_are_among_its_claims():
    quotes = " ".join(claim.quote for claim in find_claims(read_text(a_copied_page())).claims)

    assert "64 [refusals]" in quotes
    assert "120 reservists" in quotes


def test_what_somebody_says_is_the_claim_and_the_speaker_stands_beside_it():
    (claim,) = claims_of("“There were 64 refusals in May,” Ada Novak told the Evening Courier.")

    assert claim.quote == "There were 64 refusals in May"
    assert len(claim.sources) == 2
    assert not claim.unsourced


def test_a_quotation_of_two_sentences_is_one_claim():
    (claim,) = claims_of("“It cost 8.4 million euros. The plan said 4 million,” Ada Novak said.")

    assert claim.quote == "It cost 8.4 million euros. The plan said 4 million"


def test_about_a_quarter_of_the_sentences_comes_first():
    findings = find_claims(read_page(a_page("harbour")))

    first = [claim for claim in findings.claims if claim.priority == 1]

    assert len(first) == math.ceil(len(findings.sentences) / 4)
    lowest = min(claim.checkworthiness for claim in first)
    assert all(one.checkworthiness <= lowest for one in findings.claims if one.priority > 1)


def test_an_article_with_a_single_claim_has_something_first():
    (claim,) = claims_of("The council spent 8.4 million euros on the wall in 2025.")

    assert claim.priority == 1


@pytest.mark.parametrize(
    "text",
    ["Will it hold?", "I love this town!", "Follow us.", "Perhaps it will rain tomorrow."],
)
def test_questions_opinions_and_predictions_are_no_claims(text):
    assert claims_of(text) == ()


def test_a_statement_of_nobody_without_link_is_unsourced_and_says_so():
    (claim,) = claims_of("The council spent 8.4 million euros on the wall in 2025.")

    assert claim.unsourced
    assert "no source given" in claim.reasons
    assert "number" in claim.reasons


def test_a_linked_statement_is_not_unsourced_and_carries_its_link():
    claims = find_claims(read_page(a_page("harbour"))).claims

    assert claims[0].links == ("https://ledger.example/2026/harbour/report.pdf",)
    assert not claims[0].unsourced


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The council spent 8.4 million euros on the wall in 2025.", ClaimKind.NUMBER),
        ("The court ruled that the contract was illegal.", ClaimKind.LAW),
        ("The minister opened the new library in Tolland on Sunday.", ClaimKind.EVENT),
        ("“The council gave the wall to Larsen Marine,” Ada Novak said.", ClaimKind.QUOTATION),
    ],
)
def test_kinds(text, kind):
    assert [claim.kind for claim in claims_of(text)] == [kind]


def test_an_empty_article_has_no_findings():
    findings = find_claims(Article(text=""))

    assert findings.sentences == ()
    assert findings.claims == ()


def test_who_relays_a_number_is_no_second_source_of_it():
    (claim,) = claims_of("“There were 64 refusals in May,” Ada Novak told the Evening Courier.")

    assert {"number", "one interested source", "second hand"} <= set(claim.reasons)


def test_a_claim_about_what_unnamed_others_say_is_told_apart():
    (claim,) = claims_of("Mainstream media outlets have already published reports on the wall.")

    assert claim.unsourced
    assert "speaks of others whom it does not name" in claim.reasons
