"""Messages that stand in a chat although Telegram's receipt for them was lost."""

from bot.sandbox import Fault
from storage.models.claims import ClaimStatus
from tests.journeys.desk import Desk, last


async def test_a_sheet_whose_receipt_was_lost_is_found_by_its_code(desk: Desk) -> None:
    await desk.sheet_of("budget.html")
    desk.sandbox.fail_next("sendMessage", Fault.LOST_RESPONSE)
    await desk.sends(desk.editor, "/article 1")
    sheet = desk.editor.chat.last

    await desk.sends(desk.editor, "drop 2", reply_to=sheet)

    assert "2" in last(desk.editor, "Dropped").text
    assert [
        claim.number for claim in await desk.claims() if claim.status is ClaimStatus.DROPPED
    ] == [2]
    assert len([m for m in desk.editor.chat.from_bot if m.text == sheet.text]) <= 1
