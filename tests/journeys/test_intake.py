"""How an editor sends articles in, through the chat as it is."""

from datetime import timedelta

from sqlmodel import col, select

from bot.sandbox import Message
from storage.models import Article, ArticleVersion, Submission
from tests.journeys.desk import Desk, last

SECOND = timedelta(seconds=1)
PARAGRAPHS = [
    "The council spent 4.2 million pounds on the harbour wall last year, the report shows.",
    "“There were 78 complaints at first,” said Mira Tolland, head of the harbour office.",
    "The wall is 1,240 metres long, according to the county engineer Piet Oakes.",
    "Residents of the lower town asked for a public hearing, which the council refused twice.",
]
GROUP = -1001000000777


async def test_several_links_fill_an_index_and_get_a_sheet_each(desk: Desk) -> None:
    site = desk.room.site

    await desk.sends(desk.editor, f"{site.url('budget.html')} and {site.url('ferry.html')}")

    index = desk.editor.chat.from_bot[0]
    assert "2 links · all read" in index.text
    assert [m.text.count("A-") > 0 for m in desk.editor.chat.from_bot] == [True, True, True]


async def test_the_same_article_is_shown_and_read_again_on_request(desk: Desk) -> None:
    url = desk.room.site.url("budget.html")
    await desk.sheet_of("budget.html")

    await desk.sends(desk.editor, f"{url}?utm_source=chat&fbclid=1")
    known = last(desk.editor)
    assert "here already" in known.text
    await desk.presses(desk.editor, known, "Read again")

    assert "A-1" in known.text
    assert any(label.startswith("Send") for label in known.labels)  # its sheet, in place
    assert len(await desk.rows(select(Article))) == 1


async def test_an_edit_that_adds_a_link_reads_only_that(desk: Desk) -> None:
    site = desk.room.site
    message = await desk.sends(desk.editor, site.url("budget.html"))

    await desk.editor.edits(message, f"{site.url('budget.html')} {site.url('ferry.html')}")
    await desk.room.rest()

    assert len(await desk.rows(select(Submission))) == 2
    assert len(await desk.rows(select(Article))) == 2


async def test_a_paywall_is_told_and_the_text_in_reply_takes_its_place(desk: Desk) -> None:
    await desk.sends(desk.editor, desk.room.site.url("school-paywall.html"))
    told = last(desk.editor)
    assert "paywall" in told.text

    await desk.sends(desk.editor, long_text(), reply_to=told)
    await passes(desk)

    [version] = await desk.rows(select(ArticleVersion))
    assert version.url == desk.room.site.url("school-paywall.html")
    assert "A-1" in last(desk.editor).text
    assert "Read from the text" in told.text


async def test_a_long_paste_in_several_messages_is_one_draft(desk: Desk) -> None:
    text = "\n\n".join(long_text(part) for part in range(20))

    messages: list[Message] = await desk.editor.pastes(text)
    await desk.room.rest()
    await passes(desk)

    assert len(messages) > 1
    [version] = await desk.rows(select(ArticleVersion))
    assert version.text == text
    assert len(desk.editor.chat.from_bot) == 1


async def test_a_forwarded_post_keeps_its_origin_and_date(desk: Desk) -> None:
    posts = desk.sandbox.add_channel(-1001000000555, "Harbour News", username="harbournews")

    await desk.editor.forwards(long_text(), origin=posts, sent_at=desk.room.clock.now)
    await desk.room.rest()
    await passes(desk)

    [version] = await desk.rows(select(ArticleVersion))
    assert version.publication == "Harbour News"
    assert (version.published_at or "").startswith("2026-11-23")


async def test_a_file_is_a_draft_and_other_files_are_refused(desk: Desk) -> None:
    await desk.editor.sends_document(long_text().encode(), "wall.txt")
    await desk.room.rest()
    assert "A-1" in last(desk.editor).text

    await desk.editor.sends_document(b"%PDF-1.7", "wall.pdf")
    await desk.room.rest()
    assert "damaged" in last(desk.editor, "wall.pdf").text


async def test_a_text_with_a_link_in_it_is_asked_about(desk: Desk) -> None:
    await desk.sends(desk.editor, f"{long_text()}\n\n{desk.room.site.url('budget.html')}")
    asked = last(desk.editor)
    assert asked.labels == ["The text", "The link", "Both", "None of these"]

    await desk.presses(desk.editor, asked, "Both")
    await passes(desk)

    assert len(await desk.rows(select(Article))) == 2
    assert "2 articles · all read" in last(desk.editor, "all read").text


async def test_check_in_a_group_answers_there_and_drafts_stay_out(desk: Desk) -> None:
    group = desk.sandbox.add_group(GROUP, "Newsroom", [desk.editor])

    await desk.sends(desk.editor, f"/check {desk.room.site.url('budget.html')}", chat=group)
    assert "A-1" in last(group).text

    await desk.sends(desk.editor, "/check", chat=group)
    assert "Which article?" in last(group).text
    query = select(Submission).order_by(col(Submission.id))
    assert [row.chat_id for row in await desk.rows(query)] == [GROUP]


async def passes(desk: Desk) -> None:
    """The moment for which a paste waits for its next message."""
    await desk.room.advance(4 * SECOND)


def long_text(part: int = 0) -> str:
    return "\n\n".join(line.replace("78", str(78 + part)) for line in PARAGRAPHS)
