"""An editor on the phone: hears of a false claim, looks at what shows it, and clears it."""

from sqlmodel import select

from bot.sandbox import Message, Person
from storage.models import Outcome
from storage.models.claims import ActionDone, ClaimStatus, Rating
from tests.journeys.desk import MINUTE, Desk, last
from tests.journeys.test_answering import PICTURE

UNDO = 2 * MINUTE


async def a_false_claim(desk: Desk) -> tuple[Person, Message]:
    """The reviewer who said so with a photo, and the alert that the editor got."""
    sheet = await desk.sheet_of("budget.html")
    await desk.send_claims(sheet, 1)
    assignment = (await desk.open_assignments())[0]
    reviewer = await desk.holder(assignment)
    card = last(reviewer, f"#C{assignment.id}")
    await reviewer.sends_photo(PICTURE, caption="False. The report says 68", reply_to=card)
    await desk.room.rest()
    await desk.room.advance(UNDO)
    return reviewer, last(desk.editor, "claim 1: False")


async def test_the_reviewer_reads_that_the_editor_has_it(desk: Desk) -> None:
    reviewer, _alert = await a_false_claim(desk)

    assert "The editor has it" in last(reviewer, "Recorded").text


async def test_the_editor_is_shown_the_photo_on_request(desk: Desk) -> None:
    _reviewer, alert = await a_false_claim(desk)

    await desk.presses(desk.editor, alert, "Show evidence")

    shown = desk.editor.chat.from_bot[-1]
    assert shown.photo is not None
    assert "A-1/1" in shown.text


async def test_an_override_is_asked_for_its_reason_and_shows_it(desk: Desk) -> None:
    _reviewer, alert = await a_false_claim(desk)

    await desk.presses(desk.editor, alert, "Nothing to do")
    assert "Why may it stay" in alert.text
    await desk.sends(desk.editor, "It is marked as satire")

    claim = (await desk.claims())[0]
    assert (claim.status, claim.action_done) == (ClaimStatus.CLEARED, ActionDone.OVERRIDE)
    assert "It is marked as satire" in alert.text
    assert "clear" in last(desk.editor, "A-1 · ").text


async def test_a_verdict_changed_later_is_told_and_blocks_no_more(desk: Desk) -> None:
    reviewer, alert = await a_false_claim(desk)

    await desk.sends(
        reviewer, "True. The new report, https://ledger.example/new", reply_to=last(reviewer)
    )

    assert "it was False before" in last(desk.editor, "Changed").text
    assert alert.text.startswith("✅")
    outcomes = await desk.rows(select(Outcome))
    assert [outcome.rating for outcome in outcomes] == [Rating.FALSE, Rating.TRUE]


async def test_the_summary_opens_each_claim_and_its_sheet(desk: Desk) -> None:
    await a_false_claim(desk)
    summary = last(desk.editor, "not clear yet")

    await desk.presses(desk.editor, summary, "Claim 1")
    opened = desk.editor.chat.from_bot[-1]
    await desk.presses(desk.editor, opened, "Fixed")

    assert "Done: fixed" in opened.text
    assert "1 cleared" in summary.text


async def test_the_summary_writes_what_to_ask_the_author(desk: Desk) -> None:
    await a_false_claim(desk)
    summary = last(desk.editor, "not clear yet")

    answer = await desk.presses(desk.editor, summary, "Ask author")

    assert "Forward this message" in answer
    assert "→ What is this based on" in last(desk.editor, "A question about").text
    assert "Re-read page" in summary.labels


async def test_everybody_may_look_at_the_running_week(desk: Desk) -> None:
    reviewer, _alert = await a_false_claim(desk)

    await desk.sends(reviewer, "/digest")

    digest = reviewer.chat.from_bot[-1]
    assert digest.photo is not None
    assert "so far" in digest.text
    assert "1 blocking" in digest.text
