"""A reply shows that a message is in the chat after all; its code says which one it is."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select, update

from bot.workflow.adoption import adopt, codes_in
from bot.workflow.notices import About, NoticeKind, private, tell
from storage import outbox
from storage.models import Member, Outbox, Submission
from storage.models.intake import SubmissionKind, SubmissionState
from storage.models.people import Role
from storage.models.talking import OutboxState
from tests.builders import MONDAY, a_claim, a_member, an_article, an_assignment

LOST = 77  # the message id that nobody told us


async def tried(session: Any, editor: Member, kind: NoticeKind, about: About) -> int:
    """A message that was sent, but whose receipt never came."""
    notice_id = await tell(session, private(editor), kind, now=MONDAY, about=about)
    await session.exec(update(Outbox).where(Outbox.id == notice_id).values(attempts=1))
    return notice_id or 0


async def adopted(session: Any, editor: Member, text: str, *, at: int = LOST) -> int | None:
    """The notice that a reply to `text` is taken to be about."""
    prompt = await adopt(session, editor.tg_user_id or 0, at, text)
    return prompt.outbox_id if prompt else None


async def test_a_sheet_is_known_by_its_code_from_the_first_reply_on(session: Any) -> None:
    editor = await a_member(session, "Eda", Role.EDITOR)
    article, _ = await an_article(session, editor)
    sheet = await tried(session, editor, NoticeKind.SHEET, About(article_id=article.id))

    found = await adopted(session, editor, f"The harbour wall\nA-{article.id} · 3 of 3")

    assert found == sheet
    prompt = await outbox.prompt_at(session, editor.tg_user_id or 0, LOST)
    assert prompt is not None
    assert prompt.outbox_id == sheet
    row = (await session.exec(select(Outbox).where(Outbox.id == sheet))).one()
    await session.refresh(row)
    assert row.state is OutboxState.SENT  # it stands in the chat, so it is not said again


async def test_sheet_and_summary_of_one_article_are_told_apart(session: Any) -> None:
    editor = await a_member(session, "Eda", Role.EDITOR)
    article, _ = await an_article(session, editor)
    about = About(article_id=article.id)
    summary = await tried(session, editor, NoticeKind.ARTICLE, about)
    sheet = await tried(session, editor, NoticeKind.SHEET, about)

    assert await adopted(session, editor, f"A-{article.id} · being checked") == summary
    assert (
        await adopted(session, editor, f"The wall\nA-{article.id} · 3 of 3", at=LOST + 1) == sheet
    )


async def test_an_index_is_known_by_the_articles_it_lists(session: Any) -> None:
    editor = await a_member(session, "Eda", Role.EDITOR)
    article, _ = await an_article(session, editor)
    other, _ = await an_article(session, editor)
    await tried(session, editor, NoticeKind.SHEET, About(article_id=article.id))
    index = await tried(session, editor, NoticeKind.INDEX, About())
    for one in (article, other):
        session.add(
            Submission(
                desk_id=1,
                member_id=editor.id,
                chat_id=editor.tg_user_id or 0,
                message_id=one.id,
                kind=SubmissionKind.LINK,
                state=SubmissionState.DONE,
                article_id=one.id,
                index_notice_id=index,
                created_at=MONDAY,
                next_try_at=MONDAY,
            )
        )
    await session.flush()

    words = f"2 links · all read\n✅ A-{article.id} One\n✅ A-{other.id} Two"

    assert await adopted(session, editor, words) == index


async def test_a_message_about_a_claim_is_known_by_article_and_number(session: Any) -> None:
    editor = await a_member(session, "Eda", Role.EDITOR)
    article, version = await an_article(session, editor)
    claims = [await a_claim(session, version, "harbour wall", number=n) for n in (1, 2)]
    held = await an_assignment(session, claims[1], editor)
    alert = await tried(session, editor, NoticeKind.ALERT, About(claim_id=claims[0].id))
    overdue = await tried(session, editor, NoticeKind.OVERDUE, About(assignment_id=held.id))

    assert await adopted(session, editor, f"⛔ A-{article.id}, claim 1: False") == alert
    assert await adopted(session, editor, f"A-{article.id}/2 is late", at=LOST + 1) == overdue


@pytest.mark.parametrize("text", ["A-999 · being checked", "Audi A-4x", "nothing", ""])
async def test_words_without_a_fitting_code_adopt_nothing(session: Any, text: str) -> None:
    editor = await a_member(session, "Eda", Role.EDITOR)
    article, _ = await an_article(session, editor)
    await tried(session, editor, NoticeKind.SHEET, About(article_id=article.id))

    assert await adopted(session, editor, text) is None


async def test_a_message_that_was_never_tried_is_not_in_the_chat(session: Any) -> None:
    editor = await a_member(session, "Eda", Role.EDITOR)
    article, _ = await an_article(session, editor)
    about = About(article_id=article.id)
    later = MONDAY + timedelta(hours=1)
    await tell(session, private(editor), NoticeKind.SHEET, now=MONDAY, about=about, due_at=later)

    assert await adopted(session, editor, f"A-{article.id} · 3 of 3") is None


def test_a_card_is_known_by_its_own_code_alone() -> None:
    codes = codes_in("Claim 1 of 3 for you · A-41 · #C214\nDue today")

    assert codes.assignment_id == 214
