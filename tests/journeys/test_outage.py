"""Telegram is out of reach while the program runs: that takes nothing from anybody."""

from datetime import timedelta

from sqlmodel import col, select

from storage.models import Assignment, Outbox
from tests.journeys.desk import HOUR, Desk, last


async def _without_telegram(desk: Desk, span: timedelta) -> None:
    """The network is gone for so long, with the desk's clock ticking all the time."""
    app, clock = desk.room.app, desk.room.clock
    async with desk.sandbox.unreachable():
        await desk.sandbox.until(lambda: not app.receiver.is_reached, what="losing Telegram")
        until = clock.now + span
        while clock.now < until:
            clock.now += HOUR
            await app.tick()
    await desk.sandbox.until(lambda: app.receiver.is_reached, timeout_s=60, what="the return")
    await desk.room.tick()


async def _times(desk: Desk) -> list[tuple[int, object]]:
    return [(one.reviewer_id, one.due_at) for one in await desk.open_assignments()]


async def _kinds(desk: Desk) -> list[str]:
    return [row.kind for row in await desk.rows(select(Outbox).order_by(col(Outbox.id)))]


async def test_hours_without_telegram_are_given_back_with_one_word_to_each(desk: Desk) -> None:
    await desk.send_claims(await desk.sheet_of("budget.html"), 1, 2)
    [first, *_] = await desk.open_assignments()
    holder = await desk.holder(first)

    await _without_telegram(desk, 5 * HOUR)

    after = await desk.rows(select(Assignment).where(col(Assignment.id) == first.id))
    assert (after[0].state, after[0].reviewer_id) == ("open", first.reviewer_id)
    assert after[0].due_at >= first.due_at + 4 * HOUR  # the desk opened half an hour later
    told = [message.text for message in holder.chat.from_bot if "I was away" in message.text]
    assert len(told) == 1
    assert not {"reminder", "overdue", "handed_over"} & set(await _kinds(desk))


async def test_after_more_than_a_day_without_telegram_the_missing_hours_are_named(
    desk: Desk,
) -> None:
    await desk.send_claims(await desk.sheet_of("budget.html"), 1, 2)
    holders = {reviewer for reviewer, _due in await _times(desk)}

    await _without_telegram(desk, 30 * HOUR)

    assert {reviewer for reviewer, _due in await _times(desk)} == holders
    assert "never reached me" in last(desk.editor, "I was away").text
    assert "did not get to it" not in "".join(m.text for m in desk.editor.chat.from_bot)
