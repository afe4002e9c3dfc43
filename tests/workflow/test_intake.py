"""What an editor's message puts on the reading list, and what is said at once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import NotPermitted, Refusal
from bot.workflow.incoming import Attachment, Incoming
from bot.workflow.intake import (
    attach_text,
    extend_paste,
    may_be_text,
    submit_links,
    submit_message,
)
from bot.workflow.notices import NoticeKind
from storage import articles
from storage.models import Member, Outbox, Submission
from storage.models.intake import SubmissionKind, SubmissionState
from storage.models.people import Role
from tests.builders import MONDAY, TEXT, a_member, an_article

LONG = ("The council met on Monday and decided about the harbour wall. " * 8).strip()
SECOND = timedelta(seconds=1)
SCHEMES = ("https", "http", "tg", "mailto", "ftp")
LINK = "https://ledger.example/harbour-wall"


async def test_a_link_is_put_on_the_list_and_being_read(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)

    await submit_message(session, from_(editor, LINK), now=MONDAY)

    [submission] = await listed(session)
    assert submission.state is SubmissionState.QUEUED
    assert await said(session) == [NoticeKind.READING]


async def test_a_reviewer_may_not_submit(session: AsyncSession) -> None:
    reviewer = await a_member(session, "Ben", Role.REVIEWER)

    with pytest.raises(NotPermitted):
        await submit_message(session, from_(reviewer, LINK), now=MONDAY)


async def test_an_edit_adds_what_is_new_in_it_and_nothing_twice(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    await submit_message(session, from_(editor, LINK), now=MONDAY)

    edited = from_(editor, f"{LINK}?utm_source=x https://ledger.example/rents-2", is_edit=True)
    await submit_message(session, edited, now=MONDAY)
    await submit_message(session, edited, now=MONDAY)

    assert [row.url_as_sent for row in await listed(session)] == [
        LINK,
        "https://ledger.example/rents-2",
    ]
    assert await said(session) == [NoticeKind.READING, NoticeKind.READING]


async def test_several_links_get_one_index(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)

    text = f"{LINK} https://ledger.example/rents-2 http://www.ledger.example/harbour-wall/"
    await submit_message(session, from_(editor, text), now=MONDAY)

    first, second = await listed(session)
    assert await said(session) == [NoticeKind.INDEX]
    assert first.index_notice_id == second.index_notice_id is not None


async def test_a_link_whose_article_is_here_is_not_read_again(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    article, _ = await an_article(session, editor)
    await articles.add_alias(
        session, desk_id=1, url_key="https://ledger.example/harbour-wall", article_id=article.id
    )

    await submit_message(session, from_(editor, f"{LINK}?fbclid=abc"), now=MONDAY)

    [submission] = await listed(session)
    assert (submission.state, submission.article_id) == (SubmissionState.KNOWN, article.id)
    assert await said(session) == [NoticeKind.KNOWN_ARTICLE]


@pytest.mark.parametrize("link", ["tg://user?id=5", "mailto:ada@ledger.example", "ftp://x.example"])
async def test_what_is_no_web_address_is_refused(session: AsyncSession, link: str) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)

    with pytest.raises(Refusal, match="not_a_web_address"):
        await submit_message(session, from_(editor, link), now=MONDAY)


async def test_check_in_a_group_is_answered_there(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)

    check = from_(editor, f"/check {LINK}", chat_id=-100500, is_private=False)
    await submit_links(session, check, now=MONDAY)

    [row] = (await session.exec(select(Outbox))).all()
    assert (row.chat_id, row.reply_to_message_id) == (-100500, check.message_id)


async def test_a_long_text_is_a_draft_that_waits_for_more_of_it(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)

    await submit_message(session, from_(editor, LONG), now=MONDAY)
    went_on = await extend_paste(
        session, from_(editor, LONG, message_id=11), now=MONDAY + 2 * SECOND
    )

    [draft] = await listed(session)
    assert went_on
    assert (draft.kind, draft.state) == (SubmissionKind.PASTE, SubmissionState.COLLECTING)
    assert draft.text == f"{LONG}\n\n{LONG}"
    assert draft.next_try_at == MONDAY + 5 * SECOND
    assert await said(session) == [NoticeKind.READING]


async def test_a_short_remark_is_no_part_of_a_paste(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    await submit_message(session, from_(editor, LONG), now=MONDAY)

    remark = from_(editor, "False. See page 3", message_id=11)

    assert not await extend_paste(session, remark, now=MONDAY + SECOND)


async def test_a_paste_that_the_app_cut_within_a_sentence_is_whole_again(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    cut = ("The harbour wall is long. " * 150) + "It was built by"
    await submit_message(session, from_(editor, cut), now=MONDAY)

    rest = from_(editor, "the town in 1911.", message_id=11)
    assert await extend_paste(session, rest, now=MONDAY + SECOND)

    [draft] = await listed(session)
    assert (draft.text or "").endswith("It was built by the town in 1911.")


async def test_a_paste_that_the_app_cut_at_a_line_end_keeps_its_paragraphs(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    cut = ("The harbour wall is long. " * 90) + "\n\nWhat it cost"  # a heading
    await submit_message(session, from_(editor, cut), now=MONDAY)

    rest = from_(editor, "Nobody knows.", message_id=11)
    assert await extend_paste(session, rest, now=MONDAY + SECOND)

    [draft] = await listed(session)
    assert (draft.text or "").endswith("What it cost\n\nNobody knows.")


async def test_a_text_as_long_as_an_article_is_read_although_it_has_links(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)

    await submit_message(session, from_(editor, f"{f'{LONG} ' * 4}{LINK}"), now=MONDAY)

    [draft] = await listed(session)
    assert draft.kind is SubmissionKind.PASTE


async def test_a_forwarded_post_keeps_its_origin_and_is_known_again(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    origin = {"name": "Harbour News", "url": "https://t.me/harbour/7", "date": "2026-11-20"}

    await submit_message(session, from_(editor, LONG, origin=origin), now=MONDAY)

    [draft] = await listed(session)
    assert (draft.kind, draft.origin) == (SubmissionKind.FORWARD, origin)
    assert draft.url_key == "https://t.me/harbour/7"


async def test_two_posts_forwarded_at_once_are_two_articles(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    first = {"name": "Harbour News", "date": "2026-11-20T10:00:00+00:00"}
    second = {"name": "Harbour News", "date": "2026-11-21T08:00:00+00:00"}
    await submit_message(session, from_(editor, LONG * 5, origin=first), now=MONDAY)

    other = from_(editor, LONG, origin=second, message_id=11)

    assert not await extend_paste(session, other, now=MONDAY + SECOND)


async def test_a_long_forward_that_the_app_cut_is_whole_again(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    origin = {"name": "Mira Tolland", "date": "2026-11-20T10:00:00+00:00"}
    await submit_message(session, from_(editor, LONG * 5, origin=origin), now=MONDAY)

    rest = from_(editor, LONG, origin=origin, message_id=11)

    assert await extend_paste(session, rest, now=MONDAY + SECOND)


@pytest.mark.parametrize(
    "file",
    [
        {"file_name": "draft.MD"},
        {"file_name": "Draft v3.docx"},
        {"file_name": "budget.pdf"},
        {"file_name": None, "mime": "application/pdf"},
    ],
)
async def test_an_uploaded_text_word_or_pdf_file_is_a_draft(
    session: AsyncSession, file: dict[str, Any]
) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)

    await submit_message(session, uploading(editor, **file), now=MONDAY)

    [draft] = await listed(session)
    assert (draft.kind, draft.file_name) == (SubmissionKind.FILE, file["file_name"])
    assert draft.state is SubmissionState.QUEUED


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        ({"file_name": "draft.odt"}, "document_not_read"),
        ({"file_name": "draft.doc", "mime": "application/msword"}, "document_not_read"),
        ({"file_name": "speech.mp4", "mime": "video/mp4"}, "video_not_read"),
        ({"kind": "photo"}, "picture_not_read"),
        ({"kind": "voice"}, "sound_not_read"),
        ({"file_name": "table.xlsx"}, "file_not_read"),
        ({"file_name": "book.txt", "size_bytes": 21 * 1024 * 1024}, "file_too_big"),
    ],
)
async def test_other_uploads_are_refused_by_name(
    session: AsyncSession, file: dict[str, Any], refusal: str
) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)

    with pytest.raises(Refusal, match=refusal):
        await submit_message(session, uploading(editor, **file), now=MONDAY)


async def test_a_file_with_a_link_in_its_caption_is_read_beside_the_link(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    message = uploading(editor, "wall.docx", text=f"Here is my draft, based on {LINK}")

    await submit_message(session, message, now=MONDAY)

    file, link = await listed(session)
    assert (file.kind, link.kind) == (SubmissionKind.FILE, SubmissionKind.LINK)
    assert await said(session) == [NoticeKind.INDEX]
    assert file.index_notice_id == link.index_notice_id is not None


async def test_a_file_beside_a_link_that_cannot_be_read_is_named(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)

    await submit_message(session, uploading(editor, "draft.odt", text=LINK), now=MONDAY)

    [link] = await listed(session)
    assert link.kind is SubmissionKind.LINK
    assert await said(session) == [NoticeKind.REFUSAL, NoticeKind.READING]


async def test_paragraphs_with_a_link_may_be_meant_and_a_list_of_links_is_not(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    paragraph = "The council met on Monday and decided about the harbour wall, at last. "
    prose = f"{paragraph * 2}\n\n{paragraph * 2}\n\nMore: {LINK}"
    remarks = f"Could you look at this one before the meeting, please? {LINK}"
    titles = "\n".join(f"What the council decided on the harbour wall {LINK}-{n}" for n in range(9))

    meant = [may_be_text(from_(editor, text)) for text in (prose, remarks, titles)]

    assert meant == [True, False, False]


async def test_a_picture_with_an_article_under_it_is_read(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)

    await submit_message(session, uploading(editor, kind="photo", text=LONG), now=MONDAY)

    [draft] = await listed(session)
    assert (draft.kind, draft.text) == (SubmissionKind.PASTE, LONG)


async def test_drafts_stay_out_of_groups(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)

    with pytest.raises(Refusal, match="draft_in_group"):
        await submit_message(session, from_(editor, LONG, is_private=False), now=MONDAY)


async def test_a_text_in_reply_is_attached_to_the_link_that_failed(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    await submit_message(session, from_(editor, LINK), now=MONDAY)
    [link] = await listed(session)
    link.state = SubmissionState.FAILED
    await session.flush()

    await attach_text(session, from_(editor, TEXT * 3, message_id=11), link.id, now=MONDAY)

    _, text = await listed(session)
    assert (text.parent_id, text.url_as_sent, text.url_key) == (link.id, LINK, link.url_key)


async def test_a_text_for_a_site_that_does_not_answer_ends_the_waiting(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    await submit_message(session, from_(editor, LINK), now=MONDAY)
    [link] = await listed(session)
    link.attempts = 1  # tried once, to be tried again
    await session.flush()

    await attach_text(session, from_(editor, LONG, message_id=11), link.id, now=MONDAY)

    link, text = await listed(session)
    assert (link.state, text.parent_id) == (SubmissionState.FAILED, link.id)


async def test_a_text_for_a_link_that_was_read_is_refused(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    await submit_message(session, from_(editor, LINK), now=MONDAY)
    [link] = await listed(session)
    link.state = SubmissionState.DONE
    await session.flush()

    with pytest.raises(Refusal, match="text_not_awaited"):
        await attach_text(session, from_(editor, LONG, message_id=11), link.id, now=MONDAY)


def from_(member: Member, text: str, **fields: Any) -> Incoming:
    """A message as Telegram would mark its links."""
    links = tuple(word for word in text.split() if word.partition(":")[0] in SCHEMES)
    given = {"chat_id": member.tg_user_id or 0, "message_id": 10, **fields}
    return Incoming(actor_id=member.id, text=text, links=links, **given)


def uploading(member: Member, file_name: str | None = None, **fields: Any) -> Incoming:
    text = fields.pop("text", "")
    file = Attachment(**{"kind": "file", "file_id": "F1", "file_name": file_name, **fields})
    return from_(member, text, attachments=(file,))


async def listed(session: AsyncSession) -> list[Submission]:
    query = select(Submission).order_by(Submission.id)  # type: ignore[arg-type]  # a column
    rows = list((await session.exec(query)).all())
    for row in rows:
        await session.refresh(row)
    return rows


async def said(session: AsyncSession) -> list[str]:
    query = select(Outbox.kind).order_by(Outbox.id)  # type: ignore[arg-type]  # a column
    return list((await session.exec(query)).all())
