"""Word and PDF files become articles like pages do, and say why when they do not."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest

from bot.articles.article import ArticleStatus, DateOrigin
from bot.articles.documents.document import Document, DocumentKind, document_kind
from bot.articles.documents.reading import read_document
from bot.articles.page import Page
from bot.articles.reading import read_page
from bot.errors import ArticleUnreadable
from tests.articles.files import Print, WordFile, a_pdf

REPORT = "https://ledger.example/report"
WALL = [
    Print("Harbour wall cost twice the plan", size=20),
    Print("By Ada Novak", gap=10),
    Print("3 March 2025"),
    Print("The new harbour wall of Tolland cost 8.4 million euros,", gap=12),
    Print("twice the plan, an audit by the State Court of Ac-", linked="an audit", url=REPORT),
    Print("counts found on Monday."),
    Print("Nobody at the harbour office would say who had decided it.", gap=12),
]


def read(body: bytes):
    kind = document_kind(body)
    assert kind is not None
    return read_document(Document(body, kind))


def lines(article) -> list[str]:
    return article.text.split("\n\n")


def a_draft() -> WordFile:
    return (
        WordFile()
        .says("Harbour wall cost twice the plan", style="Title")
        .says("By Ada Novak")
        .says("3 March 2025")
    )


def test_a_word_draft_gives_title_byline_date_and_body():
    article = read(a_draft().says("The wall cost 8.4 million euros.").says("It leaks.").saved())

    assert article.title == "Harbour wall cost twice the plan"
    assert article.authors == ("Ada Novak",)
    assert article.published_at == datetime(2025, 3, 3, tzinfo=UTC)
    assert article.published_at_source is DateOrigin.GUESSED
    assert lines(article) == ["The wall cost 8.4 million euros.", "It leaks."]
    assert article.status is ArticleStatus.OK


def test_links_of_a_word_draft_stand_at_their_words_however_word_wrote_them():
    draft = a_draft()
    draft.holds(
        "<w:r><w:t xml:space='preserve'>It cost  </w:t></w:r>"
        f"<w:hyperlink r:id='{draft.link_to(REPORT)}'><w:r><w:t xml:space='preserve'>8.4 mil</w:t>"
        "</w:r><w:r><w:t>lion</w:t></w:r></w:hyperlink><w:r><w:t>, </w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        '<w:r><w:instrText> HYPERLINK "https://x.example/a" </w:instrText></w:r>'
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>twice the plan</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>.</w:t></w:r>"
    )

    article = read(draft.saved())

    assert article.text == "It cost 8.4 million, twice the plan."
    assert [(link.text, link.url) for link in article.links] == [
        ("8.4 million", REPORT),
        ("twice the plan", "https://x.example/a"),
    ]
    assert all(article.text[link.start : link.end] == link.text for link in article.links)


def test_a_word_draft_is_read_with_its_changes_accepted():
    draft = a_draft().holds(
        "<w:r><w:t xml:space='preserve'>The wall cost </w:t></w:r>"
        "<w:del w:id='1' w:author='x'><w:r><w:delText>7</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='x'><w:r><w:t>8.4</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r>"
        "<w:r><w:t xml:space='preserve'> million</w:t><w:noBreakHyphen/><w:t>odd euros.</w:t></w:r>"
    )

    assert read(draft.saved()).text == "The wall cost 8.4 million-odd euros."


def test_line_breaks_and_table_rows_of_a_word_draft_are_paragraphs():
    draft = a_draft().holds("<w:r><w:t>One.</w:t><w:br/><w:t>Two.</w:t></w:r>")
    draft.table(["Stone", "4.2 million"], ["Pumps", "3 million"])

    assert lines(read(draft.saved())) == ["One.", "Two.", "Stone 4.2 million", "Pumps 3 million"]


def test_without_a_set_title_the_first_heading_is_the_title_before_the_files_properties():
    draft = WordFile().says("Ferry late again").says("The ferry was late on all seven days.")
    draft.document.core_properties.title = "Template for press releases"

    article = read(draft.saved())

    assert (article.title, article.text) == (
        "Ferry late again",
        "The ferry was late on all seven days.",
    )


def test_a_pdf_gives_title_byline_date_and_whole_paragraphs():
    article = read(a_pdf(WALL))

    assert article.title == "Harbour wall cost twice the plan"
    assert article.authors == ("Ada Novak",)
    assert article.published_at == datetime(2025, 3, 3, tzinfo=UTC)
    assert lines(article) == [
        "The new harbour wall of Tolland cost 8.4 million euros, twice the plan, an audit by the "
        "State Court of Accounts found on Monday.",
        "Nobody at the harbour office would say who had decided it.",
    ]


def test_links_of_a_pdf_stand_at_the_words_that_they_lie_over():
    article = read(a_pdf(WALL))

    [link] = article.links
    assert (link.text, link.url) == ("an audit", REPORT)
    assert article.text[link.start : link.end] == "an audit"


def test_heads_feet_and_page_numbers_are_no_text_and_a_paragraph_runs_over_the_page():
    head, foot = Print("The Tolland Ledger", x=300), "Printed on 25/11/2026, page {}"
    texts = ["The wall cost 8.4 million euros, and the council", "did not know of it until Monday."]
    pages = [
        [head, Print(text, gap=30), *FILLING[number], Print(foot.format(number + 1), gap=30)]
        for number, text in enumerate(texts)
    ]
    pages[0][2:-1] = []

    article = read(a_pdf(*pages, [head, Print("3", gap=30)]))

    assert "Ledger" not in article.text
    assert "Printed" not in article.text
    assert lines(article)[0] == " ".join(texts)


FILLING = [[], [Print("The mayor was in Skerry that week and heard of it by radio.", gap=20)]]


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("The State Court of Ac-", "counts found a well-"), "The State Court of Accounts"),
        (("A well-", "known firm built it, a well-known firm."), "A well-known firm built it"),
        (("The Larsen-", "Brandt firm built most of the wall."), "The Larsen-Brandt firm built"),
    ],
)
def test_a_word_broken_at_a_lines_end_becomes_whole_and_a_hyphen_of_its_own_stays(parts, whole):
    more = [Print("and the rest of this page is here to fill some lines of text.") for _ in "123"]

    assert read(a_pdf([*(Print(part) for part in parts), *more])).text.startswith(whole)


def test_columns_are_read_one_after_the_other():
    left = [Print(f"left column line {n} goes on and") for n in range(6)]
    right = [Print(f"right column line {n} goes on and", x=320) for n in range(6)]
    right[0] = Print(right[0].text, x=320, gap=-7 * 14 + 14)

    text = read(a_pdf([*left, *right])).text

    assert text.index("left column line 5") < text.index("right column line 0")
    assert "line 0 goes on and left column line 1" in text


def test_what_a_pdf_says_of_itself_fills_what_its_text_does_not_say():
    about = {
        "Title": "Wall report.indd",
        "Author": "Piet Larsen",
        "CreationDate": "D:20250307101500+02'00'",
    }
    text = [Print(f"The wall of Tolland leaks in {n} places, the audit says.") for n in range(9)]

    article = read(a_pdf(text, about=about))

    assert article.authors == ("Piet Larsen",)
    assert article.published_at == datetime(2025, 3, 7, 8, 15, tzinfo=UTC)
    assert article.published_at_source is DateOrigin.GUESSED
    assert article.title != "Wall report.indd"


def test_a_pdf_behind_an_address_is_an_article_of_that_address():
    article = read_page(Page(REPORT, a_pdf(WALL), "application/pdf", None))

    assert (article.url, article.title) == (REPORT, "Harbour wall cost twice the plan")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (a_pdf([]), "file_scanned"),
        (a_pdf([Print("Scan 0001")]), "file_scanned"),
        (a_pdf(WALL, locked=True), "file_locked"),
        (b"%PDF-1.7 and nothing more", "file_broken"),
        (a_pdf(WALL)[:300], "file_broken"),
        (a_pdf(*[[Print("x")]] * 401), "file_too_long"),
        (b"PK\x03\x04 and nothing more", "file_broken"),
        (WordFile().saved()[:3000], "file_broken"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "file_locked"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "old_word"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_says_why(body, reason):
    with pytest.raises(ArticleUnreadable) as problem:
        read(body)

    assert problem.value.reason == reason


def test_an_archive_that_is_no_word_file_or_swells_is_refused():
    other, bomb = BytesIO(), BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("table.xml", "<a/>")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(3):
            archive.writestr(f"word/{part}.xml", bytes(100 * 1024 * 1024))

    for archive, reason in ((other, "file_broken"), (bomb, "too_big")):
        with pytest.raises(ArticleUnreadable, match=reason):
            read(archive.getvalue())


def test_a_word_file_without_text_is_no_article():
    assert read(WordFile().saved()).status is ArticleStatus.NOT_AN_ARTICLE


def test_files_are_known_by_their_first_bytes():
    assert document_kind(a_pdf([])) is DocumentKind.PDF
    assert document_kind(WordFile().saved()) is DocumentKind.WORD
    assert document_kind(b"<html>") is None
