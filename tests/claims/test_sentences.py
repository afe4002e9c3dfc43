"""Sentences end where a reader would end them, and quotations stay in one piece."""

import pytest

from bot.claims.quotations import quotations_in
from bot.claims.sentences import SENTENCE_CHARS, sentences_in


def sentences(text: str) -> list[str]:
    spans = sentences_in(text, 0, len(text), quotations_in(text, 0, len(text)))
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ada Novak of the U.S. Navy came at 9 a.m. on Monday.",
        "The bill rose by 4.5 percent to $1.2 million.",
        "“It leaks. It has always leaked,” she said.",
        "“Will it hold?” he asked.",
        "“Never!” Jane Doe, 54, a nurse, said.",
        "J. K. Larsen of Larsen Inc. and Co. sold it.",
        "He waited ... and went.",
    ],
)
def test_one_sentence_stays_one(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It leaks. It is late.", 2),
        ("“It leaks,” she said. “It is late.”", 2),
        ("Is it safe? Nobody knows! They wait…", 3),
        ("He works for Larsen Inc. The firm is old.", 2),
        ("It cost $4. That was in 1998. Then came the storm.", 3),
        ("這是真的。那是假的。", 2),
    ],
)
def test_several_sentences_are_told_apart(text, count):
    assert len(sentences(text)) == count


def test_a_long_quotation_is_split_inside():
    long = "“" + "We counted every stone of the wall by hand that week. " * 12
    long = long.rstrip() + "”"

    assert len(sentences(long)) == 12


def test_no_sentence_is_longer_than_the_bound():
    assert all(len(one) <= SENTENCE_CHARS for one in sentences("word " * 5000))
    assert all(len(one) <= SENTENCE_CHARS for one in sentences("x" * 5000))
