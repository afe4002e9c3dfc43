"""What an editor changed afterwards, or what was not understood at first, and still counts."""

from datetime import timedelta

from sqlmodel import col, select

from storage.models import Article, ArticleVersion
from storage.models.claims import ClaimStatus
from tests.journeys.desk import Desk, last

SECOND = timedelta(seconds=1)
PARAGRAPHS = [
    "The council spent 4.2 million pounds on the harbour wall last year, the report shows.",
    "“There were 78 complaints at first,” said Mira Tolland, head of the harbour office.",
    "The wall is 1,240 metres long, according to the county engineer Piet Oakes.",
    "Residents of the lower town asked for a public hearing, which the council refused twice.",
]
TEXT = "\n\n".join(PARAGRAPHS)


async def test_a_refused_command_is_followed_once_it_is_corrected(desk: Desk) -> None:
    sheet = await desk.sheet_of("budget.html")
    reply = await desk.sends(desk.editor, "drop 1 2x", reply_to=sheet)

    await desk.editor.edits(reply, "drop 1")
    await desk.room.rest()
    await desk.editor.edits(reply, "drop 2")  # done already: said, not done again
    await desk.room.rest()

    dropped = [claim.number for claim in await desk.claims() if claim.status is ClaimStatus.DROPPED]
    assert dropped == [1]
    assert "done as it stood before" in last(desk.editor).text


async def test_a_draft_that_was_edited_is_read_anew_on_request(desk: Desk) -> None:
    message = await desk.sends(desk.editor, TEXT)
    await passes(desk)

    await desk.editor.edits(message, TEXT.replace("1,240", "1,420"))
    await desk.room.rest()
    asked = last(desk.editor)
    await desk.presses(desk.editor, asked, "Read the new text")

    versions = await desk.rows(select(ArticleVersion).order_by(col(ArticleVersion.n)))
    assert [("1,240" in one.text, "1,420" in one.text) for one in versions] == [
        (True, False),
        (False, True),
    ]
    assert "A-1" in asked.text  # the sheet, in place of the question


async def test_a_draft_that_is_edited_while_it_waits_is_read_as_it_is_then(desk: Desk) -> None:
    message = await desk.sends(desk.editor, TEXT)

    await desk.editor.edits(message, TEXT.replace("1,240", "1,420"))
    await desk.room.rest()
    await passes(desk)

    [version] = await desk.rows(select(ArticleVersion))
    assert "1,420" in version.text


async def test_a_short_text_that_becomes_long_is_a_draft(desk: Desk) -> None:
    message = await desk.sends(desk.editor, "The mayor said 45 people died.")

    await desk.editor.edits(message, TEXT)
    await desk.room.rest()
    await passes(desk)

    [version] = await desk.rows(select(ArticleVersion))
    assert version.text == TEXT


async def test_a_short_text_is_read_as_a_draft_by_a_button(desk: Desk) -> None:
    await desk.sends(desk.editor, "The mayor said 45 people died in the flood of 2013.")
    told = last(desk.editor)
    assert "I did not understand that." in told.text

    await desk.presses(desk.editor, told, "Read it as a draft")
    again = await desk.presses(desk.editor, told, "Read it as a draft")
    await passes(desk)

    assert len(await desk.rows(select(Article))) == 1
    assert "45 people died" in last(desk.editor).text
    assert "under way or done" in again


async def test_the_same_text_twice_is_here_already(desk: Desk) -> None:
    await desk.sends(desk.editor, TEXT)
    await passes(desk)

    await desk.sends(desk.editor, TEXT)
    await passes(desk)

    assert "here already" in last(desk.editor).text
    assert len(await desk.rows(select(Article))) == 1


async def test_articles_asked_for_in_a_group_are_shown_in_private(desk: Desk) -> None:
    group = desk.sandbox.add_group(-1001000000778, "Newsroom", [desk.editor])
    await desk.sheet_of("budget.html")

    await desk.sends(desk.editor, "/articles", chat=group)
    await desk.sends(desk.editor, "/article 1", chat=group)

    assert group.from_bot == []
    assert "being checked" in last(desk.editor).text or "A-1" in last(desk.editor).text


async def passes(desk: Desk) -> None:
    """The moment for which a paste waits for its next message."""
    await desk.room.advance(4 * SECOND)
