"""Every source once, under its fullest name, with role and kind."""

import pytest

from bot.articles.reading import read_page, read_text
from bot.claims.finding import find_claims
from bot.claims.findings import SourceKind
from tests.pages import a_copied_page, a_page


def test_the_sources_of_a_copied_page():
    article = read_text(a_copied_page())

    kinds = {source.name: source.kind for source in find_claims(article).sources}

    assert kinds["The Evening Courier"] is SourceKind.OUTLET
    assert kinds["Jonas Brandt"] is SourceKind.PERSON
    assert kinds["Mira Solberg"] is SourceKind.PERSON
    assert kinds["Emil Solberg"] is SourceKind.PERSON
    assert kinds["River Radio"] is SourceKind.OUTLET
    assert kinds["Open Quay Foundation"] is SourceKind.ORGANISATION


def test_the_role_is_what_stands_beside_the_name():
    article = read_text(a_copied_page())

    roles = {source.name: source.role for source in find_claims(article).sources}

    assert roles["Jonas Brandt"].startswith("co-founder of the Open Quay Foundation")
    assert roles["Mira Solberg"] == "the mother of one of the men"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Officials said that the wall leaks.", SourceKind.ANONYMOUS),
        ("The study found that the wall leaks.", SourceKind.DOCUMENT),
        ("The video showed that the wall leaks.", SourceKind.RECORDING),
        ("Police said that the wall leaks.", SourceKind.ORGANISATION),
        ("The Tolland Herald reported that the wall leaks.", SourceKind.OUTLET),
        ("The Ministry of Works said that the wall leaks.", SourceKind.ORGANISATION),
        ("Colonel Brandt said that the wall leaks.", SourceKind.PERSON),
        ("Ada Novak said that the wall leaks.", SourceKind.PERSON),
    ],
)
def test_kinds(text, kind):
    (source,) = find_claims(read_text(text)).sources

    assert source.kind is kind


def test_mentions_are_places_in_the_text_and_do_not_overlap():
    article = read_text(a_copied_page())

    for source in find_claims(article).sources:
        ends = [0, *(end for _, end in source.mentions)]
        assert all(start >= end for (start, _), end in zip(source.mentions, ends, strict=False))
        assert all(article.text[start:end].strip() for start, end in source.mentions)


def test_a_link_on_the_reporting_verb_belongs_to_the_speaker():
    article = read_page(a_page("harbour"))

    links = {source.name: source.links for source in find_claims(article).sources}

    assert links["Mira Tolland"] == ("https://evening.example/interview",)


def test_state_is_part_of_an_organisations_name_and_a_title_of_a_person():
    article = read_text(
        "The State Court of Accounts said that the wall leaks. "
        "President Ada Novak denied that it leaks."
    )

    assert [(one.name, one.role) for one in find_claims(article).sources] == [
        ("State Court of Accounts", None),
        ("Ada Novak", "President"),
    ]
