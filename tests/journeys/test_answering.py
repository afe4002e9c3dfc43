"""A reviewer answers on the phone: by reply, by tap, with pictures, and with second thoughts."""

import struct

from bot.sandbox import Message, Person
from storage.models.claims import Rating
from tests.journeys.desk import HOUR, Desk, last

PICTURE = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIB", 13, b"IHDR", 640, 480, 8)


async def handed_out(desk: Desk, *numbers: int) -> tuple[Person, list[int]]:
    """The reviewer who holds these claims of an article, and their codes."""
    sheet = await desk.sheet_of("budget.html")
    await desk.send_claims(sheet, *numbers)
    await desk.room.advance(HOUR)
    held = await desk.open_assignments()
    return await desk.holder(held[0]), [assignment.id for assignment in held]


async def card_of(desk: Desk, reviewer: Person, code: int) -> Message:
    """The card of a claim, opened by "next" if it is not in the chat yet."""
    if reviewer.chat.find(f"#C{code}") is None:
        await desk.presses(reviewer, last(reviewer, "#C"), "Next")
    return last(reviewer, f"#C{code}")


async def test_a_tap_asks_what_shows_it_and_a_photo_is_enough(desk: Desk) -> None:
    reviewer, codes = await handed_out(desk, 1)
    card = await card_of(desk, reviewer, codes[0])

    await desk.presses(reviewer, card, "False")
    assert "what shows it?" in card.text
    assert await desk.verdicts() == []
    await reviewer.sends_photo(PICTURE, caption="Page 3", reply_to=card)
    await desk.room.rest()

    verdict = (await desk.verdicts())[0]
    assert (verdict.rating, verdict.explanation) == (Rating.FALSE, "Page 3")
    assert "1 photo" in last(reviewer, "Recorded").text


async def test_an_album_is_one_answer(desk: Desk) -> None:
    reviewer, codes = await handed_out(desk, 1)
    card = await card_of(desk, reviewer, codes[0])

    await reviewer.sends_album([PICTURE] * 3, caption="False. See the pages", reply_to=card)
    await desk.room.rest()

    assert len(await desk.verdicts()) == 1
    assert "3 photos" in last(reviewer, "Recorded").text


async def test_undo_brings_the_card_back(desk: Desk) -> None:
    reviewer, codes = await handed_out(desk, 1)
    card = await card_of(desk, reviewer, codes[0])
    await desk.sends(reviewer, "False. https://ledger.example/b", reply_to=card)
    assert "Answered" in card.text

    await desk.presses(reviewer, last(reviewer, "Recorded"), "Undo")

    assert "Is it true" in card.text
    assert "Pass" in card.labels
    assert len(await desk.open_assignments()) == 1


async def test_an_edited_reply_is_a_revision_in_the_same_echo(desk: Desk) -> None:
    reviewer, codes = await handed_out(desk, 1)
    card = await card_of(desk, reviewer, codes[0])
    said = await desk.sends(reviewer, "False. https://ledger.example/b", reply_to=card)
    echo = last(reviewer, "Recorded")

    await reviewer.edits(said, "Misleading. https://ledger.example/b p. 4")
    await desk.room.rest()

    assert "Misleading" in echo.text
    assert [verdict.revision for verdict in await desk.verdicts()] == [1, 2]


async def test_a_verdict_for_the_wrong_claim_is_moved(desk: Desk) -> None:
    reviewer, codes = await handed_out(desk, 1, 2)
    card = await card_of(desk, reviewer, codes[0])
    await desk.sends(reviewer, "False. https://ledger.example/b", reply_to=card)
    echo = last(reviewer, "Recorded")

    await desk.presses(reviewer, echo, "Wrong claim?")
    await desk.presses(reviewer, echo, "A-1/2")

    assert "claim 2" in echo.text
    assert "Is it true" in card.text
    assert [assignment.id for assignment in await desk.open_assignments()] == codes[:1]


async def test_words_are_asked_back_and_may_be_a_question(desk: Desk) -> None:
    reviewer, codes = await handed_out(desk, 1)
    card = await card_of(desk, reviewer, codes[0])

    await desk.sends(reviewer, "who says so?", reply_to=card)
    await desk.presses(reviewer, last(reviewer, "How is it meant?"), "Ask the editor")
    question = last(desk.editor, "asks")
    await desk.sends(desk.editor, "The treasurer", reply_to=question)

    assert "The treasurer" in last(reviewer, "answers").text
    assert await desk.verdicts() == []


async def test_a_plain_verdict_with_two_open_claims_asks_for_which(desk: Desk) -> None:
    reviewer, codes = await handed_out(desk, 1, 2)

    await desk.sends(reviewer, "False. https://ledger.example/b")
    assert await desk.verdicts() == []
    await desk.presses(reviewer, last(reviewer, "For which claim"), "A-1/2")

    assert [verdict.assignment_id for verdict in await desk.verdicts()] == codes[1:]


async def test_a_verdict_without_an_open_claim_is_told_so(desk: Desk) -> None:
    reviewer = desk.reviewers[0]

    await desk.sends(reviewer, "False. https://ledger.example/b")
    assert "No claim waits for you" in last(reviewer).text
    await desk.sends(reviewer, "https://ledger.example/b")
    assert "Only editors send in articles" in last(reviewer).text


async def test_a_forged_press_on_somebody_elses_claim_changes_nothing(desk: Desk) -> None:
    reviewer, codes = await handed_out(desk, 1)
    card = await card_of(desk, reviewer, codes[0])
    other = next(person for person in desk.reviewers if person is not reviewer)
    await desk.sends(other, "/queue")

    for data in (f"rate:{codes[0]}:false", f"ev:{codes[0]}:protected", "rate:x:y", "rate:1:nope"):
        other.forges(other.messages[-1], data)
    await desk.room.rest()

    assert "Is it true" in card.text
    assert await desk.verdicts() == []
