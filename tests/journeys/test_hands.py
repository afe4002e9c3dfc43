"""Claims go through people's hands: listed, passed on, reminded of, handed over, answered late."""

from bot.sandbox import Message, Person
from storage.models import Assignment
from tests.journeys.desk import HOUR, Desk, last

DAY = 24 * HOUR


async def handed_out(desk: Desk, *numbers: int) -> tuple[Person, list[Assignment]]:
    """Claims sent before nine and handed out then, and who holds the first of them."""
    sheet = await desk.sheet_of("budget.html")
    await desk.send_claims(sheet, *numbers)
    await desk.room.advance(HOUR)
    held = await desk.open_assignments()
    return await desk.holder(held[0]), held


def cards(person: Person, assignment: Assignment) -> list[Message]:
    return [m for m in person.chat.from_bot if f"· #C{assignment.id}" in m.text]


async def test_a_reviewer_goes_from_card_to_card(desk: Desk) -> None:
    reviewer, [first, second] = await handed_out(desk, 1, 2)
    assert "Claim 1 of 2 for you" in last(reviewer).text

    await desk.presses(reviewer, last(reviewer), "Next")

    assert f"Claim 2 of 2 for you · A-1/2 · #C{second.id}" in last(reviewer).text
    assert len(cards(reviewer, first)) == 1


async def test_why_me_and_more_answer_under_the_card(desk: Desk) -> None:
    reviewer, [held] = await handed_out(desk, 1)
    card = last(reviewer)

    await desk.presses(reviewer, card, "More")
    assert "Mostly true" in cards(reviewer, held)[0].labels
    await desk.presses(reviewer, card, "Back")
    await desk.presses(reviewer, card, "Why me?")

    assert "you held the fewest claims" in last(reviewer).text


async def test_a_passed_claim_is_in_somebody_elses_chat(desk: Desk) -> None:
    reviewer, [held] = await handed_out(desk, 1)
    card = last(reviewer)
    await desk.presses(reviewer, card, "Pass")

    answer = await desk.presses(reviewer, card, "No time")

    assert answer == "Thank you. It is with somebody else now."
    [now_held] = await desk.open_assignments()
    colleague = await desk.holder(now_held)
    assert colleague is not reviewer
    assert f"#C{now_held.id}" in last(colleague).text
    assert "Passed on: no time" in card.text
    assert now_held.previous_id == held.id


async def test_the_list_opens_cards(desk: Desk) -> None:
    reviewer, [_, second] = await handed_out(desk, 1, 2)
    await desk.sends(reviewer, "/queue")
    assert "2 claims wait for you" in last(reviewer).text

    await desk.presses(reviewer, last(reviewer), "A-1/2")

    [shown] = cards(reviewer, second)[-1:]
    assert "Is it true" in shown.text


async def test_one_reminder_offers_more_time(desk: Desk) -> None:
    reviewer, held = await handed_out(desk, 1, 2)
    await desk.room.advance(5 * HOUR)
    reminder = last(reviewer, "2 claims wait for you")

    await desk.presses(reviewer, reminder, "Need 2 h more")

    later = await desk.open_assignments()
    assert [one.due_at > before.due_at for one, before in zip(later, held, strict=True)] == [
        True,
        True,
    ]
    assert "tomorrow" in reminder.text


async def test_a_reply_about_several_claims_that_went_is_asked_for_which(desk: Desk) -> None:
    reviewer, held = await handed_out(desk, 1, 2)
    await desk.room.advance(DAY + 4 * HOUR)
    gone = last(reviewer, "somebody else has them now")

    await desk.sends(reviewer, "False, see https://ledger.example/budget", reply_to=gone)
    await desk.sends(reviewer, f"#C{held[0].id} True, see https://ledger.example/a", reply_to=gone)
    await desk.presses(reviewer, gone, "Open A-1/2")
    assert "With somebody else now\nA-1, claim 2" in last(reviewer).text
    question = last(reviewer, "For which claim is it?")
    assert question.labels == ["A-1/1", "A-1/2", "None of these"]
    await desk.presses(reviewer, question, "A-1/2")

    assert [verdict.assignment_id for verdict in await desk.verdicts()] == [
        held[0].id,
        held[1].id,
    ]


async def test_an_overdue_claim_is_handed_over_and_comes_back_for_a_late_answer(
    desk: Desk,
) -> None:
    reviewer, [held] = await handed_out(desk, 1)
    await desk.room.advance(DAY + 4 * HOUR)
    [now_held] = await desk.open_assignments()
    colleague = await desk.holder(now_held)
    assert now_held.previous_id == held.id
    assert "somebody else has it now" in last(reviewer).text
    assert "Overdue" in last(desk.editor, "Overdue").text

    old_card = next(m for m in reviewer.chat.from_bot if "With somebody else now" in m.text)
    words = "False, see https://ledger.example/budget"
    await desk.sends(reviewer, words, reply_to=old_card)

    assert await desk.open_assignments() == []
    assert [verdict.member_id for verdict in await desk.verdicts()] == [held.reviewer_id]
    assert "Not needed any more" in colleague.chat.from_bot[0].text
