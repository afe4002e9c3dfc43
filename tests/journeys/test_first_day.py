"""From a link to a settled verdict, as the people at the desk live through it."""

from tests.journeys.desk import HOUR, MINUTE, Desk, last


async def test_a_link_becomes_a_claim_sheet(desk: Desk) -> None:
    sheet = await desk.sheet_of("budget.html")

    assert "A-1" in sheet.text
    assert any(label.startswith("Send") for label in sheet.labels)
    assert len(desk.editor.chat.from_bot) == 1  # "Reading…" became the sheet


async def test_a_reply_with_a_verdict_word_and_a_link_is_a_verdict(desk: Desk) -> None:
    sheet = await desk.sheet_of("budget.html")
    await desk.send_claims(sheet, 1)
    assignment = (await desk.open_assignments())[0]
    reviewer = await desk.holder(assignment)
    prompt = last(reviewer, f"#C{assignment.id}")

    await desk.sends(
        reviewer,
        "False. The budget shows 3.1 %, https://ledger.example/budget p. 3",
        reply_to=prompt,
    )

    recorded = last(reviewer, "Recorded")
    assert "False" in recorded.text
    assert [(v.rating, v.member_id) for v in await desk.verdicts()] == [
        ("false", assignment.reviewer_id)
    ]


async def test_the_editor_hears_of_a_false_claim_when_the_undo_time_is_over(desk: Desk) -> None:
    sheet = await desk.sheet_of("budget.html")
    await desk.send_claims(sheet, 1)
    assignment = (await desk.open_assignments())[0]
    reviewer = await desk.holder(assignment)
    prompt = last(reviewer, f"#C{assignment.id}")
    await desk.sends(reviewer, "False, see https://ledger.example/budget", reply_to=prompt)
    told_before = len(desk.editor.chat.from_bot)

    await desk.room.tick()
    assert len(desk.editor.chat.from_bot) == told_before
    await desk.room.advance(2 * MINUTE)

    assert "False" in last(desk.editor, "False").text
    claim = (await desk.claims())[0]
    assert (claim.status, claim.verdict) == ("decided", "false")


async def test_chosen_claims_wait_for_the_next_slot(desk: Desk) -> None:
    sheet = await desk.sheet_of("budget.html")
    await desk.presses(desk.editor, sheet, "Send")
    assert await desk.open_assignments() == []

    await desk.room.advance(HOUR)  # 08:30 to 09:30, past the slot at 09:00

    assert await desk.open_assignments() != []
