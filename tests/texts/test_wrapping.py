"""A terminal's lines hold what they can, in any script."""

from hypothesis import given
from hypothesis import strategies as st

from bot.texts.language import columns
from bot.texts.wrapping import wrapped


def test_chinese_is_broken_anywhere_and_counts_two_columns():
    assert wrapped("去年花费了420万元建桥", 12, first="1 ", rest="  ") == [
        "1 去年花费了",
        "  420万元建",
        "  桥",
    ]


def test_words_of_letters_stay_whole_beside_wide_characters():
    assert wrapped("桥 costs much 桥", 10) == ["桥 costs", "much 桥"]


@given(st.text("a é桥한。 ", min_size=1), st.integers(8, 40))
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(text, width):
    flat = " ".join(text.split())

    lines = wrapped(flat, width)

    longest_word = max((len(word) for word in flat.split()), default=0)
    assert all(columns(line) <= max(width, longest_word * 2) for line in lines)
    assert "".join("".join(lines).split()) == "".join(flat.split())
