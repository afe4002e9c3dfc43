"""Why a claim is on the sheet, in words."""

from bot.claims import reasons
from bot.texts.why import why


def test_what_is_claimed_and_who_alone_claims_it_is_one_phrase():
    assert why([reasons.NUMBER, reasons.LEAD, reasons.ONE_SOURCE, reasons.NO_LINK]) == [
        "a number from one interested source",
        "opens the article",
        "no link",
    ]
    assert why([reasons.ACCUSATION, reasons.ANONYMOUS_SOURCE]) == [
        "an accusation by an unnamed source"
    ]


def test_other_reasons_stand_in_their_order():
    assert why([reasons.LAW, reasons.NO_SOURCE]) == ["law", "no source given"]


def test_a_reason_of_an_older_reading_is_shown_as_it_was():
    assert why(["a word nobody uses any more"]) == ["a word nobody uses any more"]


def test_every_reason_has_its_words():
    names = [value for name, value in vars(reasons).items() if name.isupper()]
    known = [name for name in names if isinstance(name, str) and name != reasons.NO_NETWORK]

    assert all(why([reason]) == [reason] for reason in known)
