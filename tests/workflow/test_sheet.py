"""The claim sheet: choosing, sending, due times, and staying up to date in place."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import NotPermitted, Refusal
from bot.workflow.articles import open_written
from bot.workflow.incoming import Incoming, Tap
from bot.workflow.notices import About, NoticeKind, Place, tell
from bot.workflow.policy import Policy
from bot.workflow.sheet.choosing import (
    choose,
    close_article,
    cycle_due,
    due_choices,
    send_chosen,
)
from bot.workflow.sheet.pages import page_of
from bot.workflow.sheet.showing import turn_page
from bot.workflow.sheet_messages import open_sheet
from bot.workflow.triage import remind_untriaged
from storage.models import Article, Claim, Member, Outbox
from storage.models.claims import ClaimStatus
from storage.models.intake import ArticleState
from storage.models.people import Role
from storage.models.talking import OutboxOp
from tests.builders import DAY, HOUR, MONDAY, a_claim, a_member, an_article

POLICY = Policy()


async def a_sheet(session: AsyncSession, **fields: Any) -> tuple[Member, Article, list[Claim]]:
    """An editor's article with three claims, the first two ticked."""
    editor = await a_member(session, "Edda", Role.EDITOR)
    article, version = await an_article(session, editor, **fields)
    quotes = ("4.2 million", "78 complaints", "the longest on the coast")
    claims = [
        await a_claim(session, version, quote, number=n, chosen=n < 3)
        for n, quote in enumerate(quotes, start=1)
    ]
    return editor, article, claims


def a_tap(member: Member, notice_id: int | None = None) -> Tap:
    return Tap(
        actor_id=member.id, chat_id=member.tg_user_id or 0, message_id=5, notice_id=notice_id
    )


async def edits_of(session: AsyncSession, notice_id: int) -> list[Outbox]:
    query = select(Outbox).where(col(Outbox.target_id) == notice_id, Outbox.op == OutboxOp.EDIT)
    return list((await session.exec(query)).all())


async def test_a_number_ticks_and_unticks_its_claim(session):
    editor, _article, (_first, _second, third) = await a_sheet(session)

    assert await choose(session, a_tap(editor), third.id, chosen=True, now=MONDAY)

    await session.refresh(third)
    assert third.chosen


async def test_pressing_the_same_tick_twice_changes_it_once(session):
    editor, _article, (first, *_rest) = await a_sheet(session)

    await choose(session, a_tap(editor), first.id, chosen=False, now=MONDAY)
    await choose(session, a_tap(editor), first.id, chosen=False, now=MONDAY)

    await session.refresh(first)
    assert (first.chosen, first.version) == (False, 2)


async def test_a_tick_on_a_sent_claim_does_no_harm(session):
    editor, _article, (first, *_rest) = await a_sheet(session)
    first.status = ClaimStatus.ASSIGNED
    await session.flush()

    assert not await choose(session, a_tap(editor), first.id, chosen=True, now=MONDAY)

    await session.refresh(first)
    assert first.status is ClaimStatus.ASSIGNED


async def test_a_reviewer_may_not_choose(session):
    _editor, _article, (first, *_rest) = await a_sheet(session)
    reviewer = await a_member(session, "Olha", Role.REVIEWER)

    with pytest.raises(NotPermitted):
        await choose(session, a_tap(reviewer), first.id, chosen=True, now=MONDAY)


async def test_one_tap_sends_what_is_ticked(session):
    editor, article, claims = await a_sheet(session)
    policy = Policy(reviewers_per_claim=2)

    sent = await send_chosen(
        session, a_tap(editor), article.id, expected=2, policy=policy, now=MONDAY
    )

    assert sent == 2
    assert [claim.status for claim in claims] == ["kept", "kept", "new"]
    assert (claims[0].kept_at, claims[0].readers_needed) == (MONDAY, 2)
    await session.refresh(article)
    assert article.state is ArticleState.OPEN


async def test_a_button_that_said_two_never_sends_three(session):
    editor, article, claims = await a_sheet(session)
    await choose(session, a_tap(editor), claims[2].id, chosen=True, now=MONDAY)

    sent = await send_chosen(
        session, a_tap(editor), article.id, expected=2, policy=POLICY, now=MONDAY
    )

    assert sent is None
    assert {claim.status for claim in claims} == {ClaimStatus.NEW}


async def test_every_sheet_is_refreshed_on_the_page_it_shows(session):
    editor, article, claims = await a_sheet(session)
    place = Place(editor.tg_user_id, member_id=editor.id)
    one = await open_sheet(session, article.id, place, now=MONDAY)
    other = await open_sheet(session, article.id, place, now=MONDAY)
    await turn_page(session, a_tap(editor, other), 1, now=MONDAY)

    await choose(session, a_tap(editor, one), claims[0].id, chosen=False, now=MONDAY)

    assert [edit.facts for edit in await edits_of(session, one)] == [{"page": 0}]
    assert [edit.facts for edit in await edits_of(session, other)] == [{"page": 1}]


async def test_a_message_that_became_the_sheet_is_refreshed_too(session):
    editor, article, claims = await a_sheet(session)
    place = Place(editor.tg_user_id, member_id=editor.id)
    about = About(article_id=article.id)
    reading = await tell(session, place, NoticeKind.SHEET, now=MONDAY, about=about)

    await choose(session, a_tap(editor), claims[0].id, chosen=False, now=MONDAY)

    assert len(await edits_of(session, reading)) == 1


async def test_nothing_to_check_closes_an_untouched_article_only(session):
    editor, article, _claims = await a_sheet(session)

    assert await close_article(session, a_tap(editor), article.id, now=MONDAY)
    assert not await close_article(session, a_tap(editor), article.id, now=MONDAY)

    await session.refresh(article)
    assert article.state is ArticleState.CLOSED


async def test_due_goes_from_none_to_tonight_to_the_next_working_day_and_back(session):
    editor, article, _claims = await a_sheet(session)
    friday = MONDAY + 4 * DAY

    steps = [
        await cycle_due(session, a_tap(editor), article.id, policy=POLICY, now=friday)
        for _ in range(3)
    ]

    tonight = datetime(2026, 11, 27, 18, tzinfo=UTC)
    assert steps == [tonight, datetime(2026, 11, 30, 14, tzinfo=UTC), None]


def test_after_work_tonight_is_not_offered():
    assert due_choices(POLICY, MONDAY + 10 * HOUR) == [datetime(2026, 11, 24, 14, tzinfo=UTC)]


async def test_pages_are_ordered_by_priority_and_number_whatever_is_ticked():
    claims = [
        Claim(id=n, article_id=1, number=n, priority=1 if n in (5, 9) else 2, chosen=n == 3)
        for n in range(1, 12)
    ]

    first, last = page_of(claims, 0, per_page=8), page_of(claims, 99, per_page=8)

    assert [claim.number for claim in first.full] == [5, 9]
    assert [claim.number for claim in first.brief] == [1, 2, 3, 4, 6, 7]
    assert [claim.number for claim in last.claims] == [8, 10, 11]


async def test_an_untouched_sheet_is_reminded_of_once_at_the_next_slot(session):
    editor, article, _claims = await a_sheet(session)
    _other, _version = await an_article(session, editor)

    at_nine = await remind_untriaged(session, policy=POLICY, now=MONDAY + HOUR)
    at_two = await remind_untriaged(session, policy=POLICY, now=MONDAY + 5 * HOUR)
    again = await remind_untriaged(session, policy=POLICY, now=MONDAY + timedelta(days=1))

    assert (at_nine, at_two, again) == (0, 1, 0)
    query = select(Outbox).where(Outbox.kind == NoticeKind.UNTRIAGED)
    (notice,) = (await session.exec(query)).all()
    assert notice.facts["article_ids"] == [article.id, _other.id]


async def test_a_reminder_names_no_longer_what_was_dealt_with(session):
    editor, article, _claims = await a_sheet(session)
    other, _version = await an_article(session, editor)
    await remind_untriaged(session, policy=POLICY, now=MONDAY + 5 * HOUR)

    for one in (article, other):
        await close_article(session, a_tap(editor), one.id, now=MONDAY + 6 * HOUR)
        await close_article(session, a_tap(editor), one.id, now=MONDAY + 6 * HOUR)

    query = select(Outbox).where(Outbox.kind == NoticeKind.UNTRIAGED, Outbox.op == OutboxOp.EDIT)
    (edit,) = (await session.exec(query)).all()  # the latest wish replaces the one before
    await session.refresh(edit)
    assert edit.facts["article_ids"] == []


async def test_a_reminder_stays_as_it_is_while_claims_are_only_ticked(session):
    editor, _article, claims_ = await a_sheet(session)
    await remind_untriaged(session, policy=POLICY, now=MONDAY + 5 * HOUR)

    await choose(session, a_tap(editor), claims_[0].id, chosen=False, now=MONDAY + 6 * HOUR)

    query = select(Outbox).where(Outbox.kind == NoticeKind.UNTRIAGED)
    assert len((await session.exec(query)).all()) == 1


async def test_a_sent_sheet_is_not_reminded_of(session):
    editor, article, _claims = await a_sheet(session)
    await send_chosen(session, a_tap(editor), article.id, expected=2, policy=POLICY, now=MONDAY)

    assert await remind_untriaged(session, policy=POLICY, now=MONDAY + DAY) == 0


@pytest.mark.parametrize("written", ["1", "A-1", "a 1", "#1"])
async def test_an_article_is_opened_by_its_number(session, written):
    editor, article, _claims = await a_sheet(session)
    written = written.replace("1", str(article.id))
    message = Incoming(actor_id=editor.id, chat_id=editor.tg_user_id, message_id=9)

    await open_written(session, message, written, now=MONDAY)

    query = select(Outbox).where(Outbox.kind == NoticeKind.ARTICLE)
    assert len((await session.exec(query)).all()) == 1


@pytest.mark.parametrize("written", ["999", "harbour"])
async def test_an_unknown_article_is_refused(session, written):
    editor, _article, _claims = await a_sheet(session)
    message = Incoming(actor_id=editor.id, chat_id=editor.tg_user_id, message_id=9)

    with pytest.raises(Refusal):
        await open_written(session, message, written, now=MONDAY)
