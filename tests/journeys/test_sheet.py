"""An editor works on a claim sheet with fingers and replies, in private and in a group."""

from tests.journeys.desk import EDITOR, OLHA, Desk, last

GROUP = -1001000000077


async def test_a_sheet_lives_on_in_one_message_from_choice_to_verdict(desk: Desk) -> None:
    sheet = await desk.sheet_of("budget.html")
    ticked = [label for label in sheet.labels if label.endswith("✓")]

    await desk.presses(desk.editor, sheet, ticked[0])
    assert f"Send {len(ticked) - 1} to check" in sheet.labels
    await desk.presses(desk.editor, sheet, "Send now")

    assert "with Olha Bondar until" in sheet.text
    assert len(desk.editor.chat.from_bot) == 1


async def test_an_edit_by_reply_is_answered_and_can_be_undone(desk: Desk) -> None:
    sheet = await desk.sheet_of("budget.html")
    before = sheet.text

    await desk.sends(desk.editor, 'drop 1\nsays 3 "The treasurer"', reply_to=sheet)
    answer = last(desk.editor)
    assert "Dropped claim 1." in answer.text
    assert "The treasurer" in sheet.text
    await desk.presses(desk.editor, answer, "Undo")

    assert "Taken back" in answer.text
    assert sheet.text == before


async def test_words_that_are_not_in_the_text_come_back_with_the_nearest_passage(
    desk: Desk,
) -> None:
    sheet = await desk.sheet_of("budget.html")

    await desk.sends(desk.editor, 'add "Adult care takes the largest share"', reply_to=sheet)

    assert "Adult social care takes the largest share" in last(desk.editor).text


async def test_in_a_group_only_command_words_count(desk: Desk) -> None:
    people = [desk.people[EDITOR], desk.people[OLHA]]
    group = desk.sandbox.add_group(GROUP, "Newsroom", members=people)
    url = desk.room.site.url("budget.html")
    await desk.sends(desk.editor, f"/check {url}", chat=group)
    sheet = last(group)

    await desk.sends(desk.editor, "looks good to me", chat=group, reply_to=sheet)
    assert last(group) is sheet
    await desk.sends(desk.editor, "drop 2", chat=group, reply_to=sheet)

    assert "Dropped claim 2." in last(group).text


async def test_articles_are_listed_and_opened(desk: Desk) -> None:
    await desk.sheet_of("budget.html")

    await desk.sends(desk.editor, "/articles")
    listed = last(desk.editor)
    assert "A-1" in listed.text
    await desk.presses(desk.editor, listed, "A-1")

    assert "Text read" in last(desk.editor).text
