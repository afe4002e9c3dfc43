"""A verdict counts at the start of an answer only; everything doubtful is asked back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workflow.verdicts.wording import (
    CitedLink,
    assignment_in_reply,
    read_answer,
    synonyms,
)
from storage.models.claims import Rating


@pytest.mark.parametrize(("word", "rating"), synonyms().items())
def test_every_word_of_the_list_is_a_verdict_at_the_start(word: str, rating: Rating) -> None:
    read = read_answer(f"{word.capitalize()}. The report says 68")

    assert (read.rating, read.explanation) == (rating, "The report says 68")


@pytest.mark.parametrize(
    "answer",
    [
        "not false",
        "Not true at all",
        "false?",
        "false, is it?",
        "true or false",
        "True/false",
        "true but the date is off",
        "True, but only half of it",
        "true-ish",
        "true only for 2020",
        "True, misleading",
        "No - but half of it is",
        "True - misleading",
        "False alarm, I found it",
    ],
)
def test_a_verdict_that_is_taken_back_is_no_verdict(answer: str) -> None:
    read = read_answer(answer)

    assert read.rating is None
    assert read.explanation == answer


@pytest.mark.parametrize(
    "answer",
    [
        "who is Budaev?",
        "",
        "The claim is false advertising",
        "That is wrong of him to say",
        "“False”, he said",
        "“False” is what he said",
        "falsely reported",
        "right now I am busy",
        "no idea",
    ],
)
def test_words_without_a_verdict_at_the_start_are_kept_as_they_are(answer: str) -> None:
    read = read_answer(answer)

    assert (read.rating, read.explanation) == (None, answer)


@pytest.mark.parametrize(
    ("answer", "rating"),
    [
        ("False the report says 68", Rating.FALSE),
        ("True, not false", Rating.TRUE),
        ("False, only twelve came", Rating.FALSE),
        ("No: the report says 68", Rating.FALSE),
        ("can’t tell – nobody answers", Rating.UNVERIFIABLE),
        ("#C214 false, see the report", Rating.FALSE),
        ("Nope - https://ledger.example/a", Rating.FALSE),
        ("That is wrong. The report says 68", Rating.FALSE),
        ("This is incorrect, see the report", Rating.FALSE),
        ("The claim is true.", Rating.TRUE),
        ("Verdict: false, the report says 68", Rating.FALSE),
        ("“False”. The report says 68", Rating.FALSE),
        ('"False" https://ledger.example/a', Rating.FALSE),
        ("False. Who wrote it? The office did.", Rating.FALSE),
        ("true https://ledger.example/?q=1", Rating.TRUE),
    ],
)
def test_plain_answers_count(answer: str, rating: Rating) -> None:
    assert read_answer(answer).rating is rating


@pytest.mark.parametrize(
    ("answer", "locator"),
    [
        ("False. The report says 68, see https://stats.example/q3 p. 3", "p. 3"),
        ("False. The report says 68, https://stats.example/q3, pages 3-4.", "pages 3-4"),
        ("False. The report says 68 (https://stats.example/q3, p. 12)", "p. 12"),
        ("False. The report says 68 https://stats.example/q3 12:34", "12:34"),
        ("False. The report says 68: https://stats.example/q3 § 5", "§ 5"),
        ("False. The report says 68, https://stats.example/q3", None),
    ],
)
def test_a_link_keeps_the_place_that_was_named(answer: str, locator: str | None) -> None:
    read = read_answer(answer)

    assert read.links == (CitedLink("https://stats.example/q3", locator),)
    assert read.explanation.rstrip(".)") == "The report says 68"


def test_a_link_hidden_behind_words_is_evidence_too() -> None:
    read = read_answer("False. See the report", ("https://stats.example/q3",))

    assert read.links == (CitedLink("https://stats.example/q3"),)
    assert read.explanation == "See the report"


def test_a_bare_lead_in_to_a_link_explains_nothing() -> None:
    assert read_answer("False. See https://stats.example/q3 p. 3").explanation == ""


def test_the_code_of_a_prompt_is_found_in_its_text() -> None:
    assert assignment_in_reply("Claim 1 of 3 for you · A-41 · #C214\nDue today") == 214
    assert assignment_in_reply("no code here") is None


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=30), max_size=3))
def test_no_text_breaks_the_reading_or_is_a_verdict_by_accident(
    text: str, links: list[str]
) -> None:
    read = read_answer(text, links)

    if read.rating is not None:
        start = text.strip().lstrip('"“„«').replace("’", "'").casefold()
        assert any(start.startswith(word) for word in synonyms()) or start.startswith("#c")


@given(st.sampled_from(sorted(synonyms())), st.text(max_size=80))
def test_a_question_mark_in_the_first_sentence_always_asks_back(word: str, rest: str) -> None:
    first = rest.replace(".", "").replace("!", "").replace("\n", "").replace("http", "")

    assert read_answer(f"{word} {first}?").rating is None
