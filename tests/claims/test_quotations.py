"""Every newsroom's quotation marks are understood."""

import pytest

from bot.claims.quotations import quotations_in


def quoted(text: str) -> list[str]:
    return [text[one.start : one.end] for one in quotations_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said “it leaks” twice.", ["“it leaks”"]),
        ('She said "it leaks" twice.', ['"it leaks"']),
        ("She said «it leaks» twice.", ["«it leaks»"]),
        ("She said »it leaks« twice.", ["»it leaks«"]),
        ("Sie sagte „es leckt“ zweimal.", ["„es leckt“"]),
        ("She said ‘it doesn’t leak’ twice.", ["‘it doesn’t leak’"]),
        ("She said 'it doesn't leak' twice.", ["'it doesn't leak'"]),
        ("She said ''it leaks'' twice.", ["''it leaks''"]),
        ('She said "it leaks” twice.', ['"it leaks”']),
        ("“Outer ‘inner’ words” end.", ["“Outer ‘inner’ words”"]),
        ("The soldiers’ mothers don’t know.", []),
        ('A 6" pipe and a 7" pipe.', []),
    ],
)
def test_marks_are_paired(text, found):
    assert quoted(text) == found


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_open():
    (one,) = quotations_in("“We waited all night.", 0, 21)

    assert one.open_ended
    assert one.end == 21


def test_a_quotation_that_opens_after_a_colon_may_stay_open():
    (one,) = quotations_in("He warned: “They are there.", 0, 27)

    assert one.open_ended
