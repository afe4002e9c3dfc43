"""An article read again: claims keep their numbers, new ones are added, gone ones are withdrawn."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.articles.page import Page
from bot.errors import ArticleUnreadable, NotPermitted, Refusal
from bot.extraction import Draft, extract
from bot.workflow import rereading
from bot.workflow.endings import end_as_read, end_unread
from bot.workflow.incoming import Incoming, Tap
from bot.workflow.intake import attach_text, submit_message
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import Policy
from storage import articles, claims, submissions
from storage.models import (
    Article,
    ArticleVersion,
    Citation,
    Claim,
    ClaimRevision,
    Member,
    Prompt,
    Submission,
)
from storage.models.claims import ClaimStatus
from storage.models.intake import ArticleState, SubmissionState
from storage.models.people import Role
from tests.builders import MONDAY, a_member

HOUR = timedelta(hours=1)
LINK = "https://ledger.example/harbour-wall"
SPENT = "The council spent 4.2 million pounds on the harbour wall last year."
SAID = "“There were 78 complaints at first,” said Mira Tolland, head of the harbour office."
LENGTH = "The wall is 1,240 metres long, according to the county engineer Piet Oakes."
HEARING = "Residents of the lower town asked for a hearing, which the council refused 12 times."
COST = "Repairs will cost another 900,000 pounds by 2028, a report by the county says."


async def test_unchanged_claims_keep_their_numbers_in_the_new_version(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    article = await read(session, editor, SPENT, SAID, LENGTH)
    before = await quotes(session, article)

    await read_again(session, editor, COST, SAID, SPENT, LENGTH)

    after = await quotes(session, article)
    version = await articles.head_version(session, article.id)
    assert version is not None
    assert version.n == 2
    assert {number: after[number] for number in before} == before
    assert max(after) == max(before) + 1  # COST is new although it stands first
    assert all(
        version.text[row.start : row.end] == row.quote for row in await heads(session, article)
    )


async def test_a_new_claim_whose_words_are_gone_is_withdrawn(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    article = await read(session, editor, SPENT, SAID, LENGTH)

    await read_again(session, editor, SPENT, LENGTH, HEARING)

    by_quote = {quote: number for number, quote in (await quotes(session, article)).items()}
    gone = next(number for quote, number in by_quote.items() if "78" in quote)
    [claim] = await claims.numbered(session, article.id, [gone])
    assert (claim.status, claim.chosen) == (ClaimStatus.WITHDRAWN, False)


async def test_work_on_a_claim_whose_words_are_gone_goes_on(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    article = await read(session, editor, SPENT, SAID, LENGTH)
    for claim in await claims.of_article(session, article.id):
        await claims.change(session, claim, status=ClaimStatus.ASSIGNED)

    await read_again(session, editor, HEARING, COST, LENGTH)

    kept = [c.status for c in await claims.of_article(session, article.id)]
    assert kept.count(ClaimStatus.ASSIGNED) == len(await quotes(session, article)) - kept.count(
        ClaimStatus.NEW
    )


async def test_a_source_that_an_editor_named_is_not_taken_away(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    article = await read(session, editor, SPENT, SAID, LENGTH)
    first = (await heads(session, article))[0]
    await claims.add(
        session,
        Citation(claim_revision_id=first.id, as_written="Budget report", by_id=editor.id),
    )

    await read_again(session, editor, COST, SPENT, SAID, LENGTH)

    head = await claims.head_revision(session, first.claim_id)
    assert head is not None
    assert head.quote == first.quote
    assert head.article_version_id != first.article_version_id
    cited = await claims.citations_of(session, [head.id])
    assert ("Budget report", editor.id) in [(row.as_written, row.by_id) for row, _ in cited]


async def test_the_same_text_again_makes_no_version(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    await read(session, editor, SPENT, SAID, LENGTH)

    await read_again(session, editor, SPENT, SAID, LENGTH)

    assert len((await session.exec(select(ArticleVersion))).all()) == 1


async def test_a_closed_article_whose_text_changed_is_open_work_again(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    article = await read(session, editor, SPENT, SAID, LENGTH)
    article.state = ArticleState.CLOSED
    await session.flush()

    await read_again(session, editor, SPENT, COST, LENGTH)

    await session.refresh(article)
    assert article.state is ArticleState.UNTRIAGED


async def test_a_link_sent_again_offers_to_read_it_again(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    await read(session, editor, SPENT, SAID, LENGTH)
    await submit_message(session, a_link(editor, message_id=11), now=MONDAY + HOUR)
    submission = await newest(session)

    queued = await rereading.read_again(session, a_tap(editor), submission.id, now=MONDAY + HOUR)
    twice = await rereading.read_again(session, a_tap(editor), submission.id, now=MONDAY + HOUR)

    submission = await newest(session)
    assert (queued, twice) == (True, False)
    assert (submission.state, submission.again) == (SubmissionState.QUEUED, True)


async def test_an_article_is_read_again_from_any_message_about_it(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    article = await read(session, editor, SPENT, SAID, LENGTH)

    tap = a_tap(editor)
    first = await rereading.read_article_again(session, tap, article.id, now=MONDAY + HOUR)
    second = await rereading.read_article_again(session, tap, article.id, now=MONDAY + HOUR)
    submission = await newest(session)
    await end_as_read(session, submission, a_page(SPENT, COST), policy=Policy(), now=MONDAY + HOUR)

    assert first is not None
    assert second is None  # the same press twice
    version = await articles.head_version(session, article.id)
    assert version is not None
    assert version.n == 2


async def test_a_draft_has_no_page_to_be_read_again(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    text = "\n\n".join([SPENT, SAID, LENGTH, HEARING])
    await submit_message(session, a_message(editor, text), now=MONDAY)
    await end_as_read(
        session, await newest(session), extract(Draft(text)), policy=Policy(), now=MONDAY
    )

    with pytest.raises(Refusal, match="draft_has_no_page"):
        await rereading.read_article_again(session, a_tap(editor), 1, now=MONDAY)


async def test_a_link_that_failed_is_tried_again_by_editors_only(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    reviewer = await a_member(session, "Ben", Role.REVIEWER)
    submission = await failed(session, editor)

    with pytest.raises(NotPermitted):
        await rereading.try_again(session, a_tap(reviewer), submission.id, now=MONDAY)

    assert await rereading.try_again(session, a_tap(editor), submission.id, now=MONDAY)
    assert await shown(session) == [NoticeKind.READING]


async def test_the_text_of_the_message_stands_in_for_its_link(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    words = "\n\n".join([SPENT, SAID, LENGTH, HEARING])
    submission = await failed(session, editor, f"{words} {LINK}")

    assert await rereading.use_own_text(session, a_tap(editor), submission.id, now=MONDAY)
    submission = await newest(session)
    draft = extract(Draft(submission.text or ""))
    await end_as_read(session, submission, draft, policy=Policy(), now=MONDAY)

    [version] = (await session.exec(select(ArticleVersion))).all()
    assert (version.url, version.text) == (LINK, words)
    assert await shown(session) == [NoticeKind.SHEET]


async def test_a_text_in_reply_makes_the_article_of_the_link(session: AsyncSession) -> None:
    editor = await a_member(session, "Ada", Role.EDITOR)
    link = await failed(session, editor)
    text = "\n\n".join([SPENT, SAID, LENGTH, HEARING])
    await attach_text(session, a_message(editor, text, message_id=12), link.id, now=MONDAY)

    reply = await newest(session)
    await end_as_read(session, reply, extract(Draft(text)), policy=Policy(), now=MONDAY)

    [article] = (await session.exec(select(Article))).all()
    known = await articles.known_as(session, 1, [link.url_key])
    link = await submissions.get(session, link.id) or link
    assert (known, article.is_draft) == (article, False)
    assert (link.state, link.article_id) == (SubmissionState.DONE, article.id)


async def read(session: AsyncSession, editor: Member, *paragraphs: str) -> Article:
    """An article that was sent as a link and read."""
    await submit_message(session, a_link(editor), now=MONDAY)
    submission = await newest(session)
    await end_as_read(session, submission, a_page(*paragraphs), policy=Policy(), now=MONDAY)
    article = await articles.get(session, submission.article_id or 0)
    assert article is not None
    return article


async def read_again(session: AsyncSession, editor: Member, *paragraphs: str) -> None:
    """The same link once more, read anew by the editor's wish."""
    await submit_message(session, a_link(editor, message_id=11), now=MONDAY + HOUR)
    submission = await newest(session)
    assert await rereading.read_again(session, a_tap(editor), submission.id, now=MONDAY + HOUR)
    submission = await newest(session)
    await end_as_read(session, submission, a_page(*paragraphs), policy=Policy(), now=MONDAY + HOUR)
    await session.flush()


async def failed(session: AsyncSession, editor: Member, text: str = LINK) -> Submission:
    """A link behind a paywall."""
    await submit_message(session, a_message(editor, text, links=(LINK,)), now=MONDAY)
    submission = await newest(session)
    await end_unread(session, submission, ArticleUnreadable(LINK, "paywall"), now=MONDAY)
    await session.flush()
    return submission


def a_page(*paragraphs: str) -> Any:
    body = "".join(f"<p>{line}</p>" for line in paragraphs)
    article = f"<article><h1>The wall</h1>{body}</article>"
    markup = f"<html><head><title>The wall</title></head><body>{article}</body></html>"
    return extract(Page(LINK, markup.encode(), "text/html", "utf-8"))


def a_message(editor: Member, text: str, **fields: Any) -> Incoming:
    given = {"chat_id": editor.tg_user_id or 0, "message_id": 10, **fields}
    return Incoming(actor_id=editor.id, text=text, **given)


def a_link(editor: Member, **fields: Any) -> Incoming:
    return a_message(editor, LINK, links=(LINK,), **fields)


def a_tap(member: Member) -> Tap:
    return Tap(actor_id=member.id, chat_id=member.tg_user_id or 0, message_id=77)


async def newest(session: AsyncSession) -> Submission:
    query = select(Submission).order_by(col(Submission.id).desc()).limit(1)
    row = (await session.exec(query)).one()
    await session.refresh(row)
    return row


async def heads(session: AsyncSession, article: Article) -> list[ClaimRevision]:
    query = (
        select(ClaimRevision)
        .join(Claim, col(Claim.head_revision_id) == col(ClaimRevision.id))
        .where(Claim.article_id == article.id)
        .where(col(Claim.status) != ClaimStatus.WITHDRAWN)
        .order_by(col(Claim.number))
    )
    return list((await session.exec(query)).all())


async def quotes(session: AsyncSession, article: Article) -> dict[int, str]:
    query = (
        select(Claim.number, ClaimRevision.quote)
        .join(ClaimRevision, col(Claim.head_revision_id) == col(ClaimRevision.id))
        .where(Claim.article_id == article.id)
    )
    return dict((await session.exec(query)).all())


async def shown(session: AsyncSession) -> list[str]:
    query = select(Prompt.kind).order_by(col(Prompt.id))
    return list((await session.exec(query)).all())
