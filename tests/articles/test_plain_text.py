"""Plain text: the copy of a whole page loses the site, a clean paste loses nothing."""

from datetime import UTC, datetime

from bot.articles.article import ArticleStatus, DateOrigin
from bot.articles.reading import read_text
from tests.pages import a_copied_page


def test_a_copied_page_gives_title_byline_and_body_without_the_site():
    article = read_text(a_copied_page())

    assert article.title == "Tolland soldiers refuse to rebuild wall"
    assert article.authors == ("Ada Novak",)
    assert len(article.paragraphs) == 9
    assert article.text.startswith("The harbour wall is becoming a burden")
    assert article.text.endswith("told The Evening Courier in a phone interview on Tuesday.")


def test_a_draft_keeps_what_it_says_twice():
    refrain = "The council spent 4.2 million pounds on the harbour wall last year, it says."
    other = "“There were 78 complaints at first,” said Mira Tolland of the harbour office."

    draft = "\n\n".join((refrain, other, refrain))

    assert read_text(draft).text == draft


def test_a_clean_paste_is_kept_word_for_word():
    paste = "The ferry was late again.\n\nNobody said why.\n\nIt will be late on Monday, too."

    assert read_text(paste).text == paste


def test_a_short_first_line_over_paragraphs_is_the_title():
    article = read_text("Ferry late again\n\nThe ferry was late on all seven days of last week.")

    assert article.title == "Ferry late again"
    assert article.text == "The ferry was late on all seven days of last week."


def test_byline_and_date_lines_are_read_and_not_part_of_the_body():
    article = read_text(
        "Ferry late again\nBy Ada Novak\n3 March 2025\n\nThe ferry was late on all seven days of "
        "last week.\n\nThe harbour office gave no reason for it when it was asked on Sunday."
    )

    assert article.authors == ("Ada Novak",)
    assert article.published_at == datetime(2025, 3, 3, tzinfo=UTC)
    assert article.published_at_source is DateOrigin.GUESSED
    assert len(article.paragraphs) == 2


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph():
    article = read_text(
        "The ferry was late on all seven days of the last week, and nobody\n"
        "at the harbour office could say on Sunday what the reason was for\n"
        "it.\n\nThe ferry is forty years old."
    )

    assert len(article.paragraphs) == 2
    assert "nobody at the harbour office" in article.text


def test_an_empty_paste_is_no_article():
    article = read_text(" \n\u200b\n")

    assert article.text == ""
    assert article.status is ArticleStatus.NOT_AN_ARTICLE


def test_a_draft_keeps_its_lists_and_short_lines():
    draft = (
        "The wall cost 8.4 million euros. That is twice the plan:\n\n- 4.2 million for stone\n"
        "- 3 million for pumps\n\nWho decided?\nMayor Jonas Brandt\n\nMore on Monday"
    )

    assert read_text(draft).text.split("\n\n") == [line for line in draft.split("\n") if line]
