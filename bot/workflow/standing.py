"""After a claim changed: its sheets, its messages and the article's summary say so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.editors import editors_of
from bot.workflow.notices import About, NoticeKind, private, show, tell
from bot.workflow.sheet_messages import refresh_sheets
from bot.workflow.sheet_states import live, restate, sent_of
from storage import articles, claims, outbox, sheets
from storage.models import Claim, Verdict
from storage.models.intake import ArticleState

# Messages that show one claim with its verdicts; each shows where the claim stands now.
ABOUT_A_CLAIM = (NoticeKind.ALERT, NoticeKind.DISPUTE, NoticeKind.CHANGED_VERDICT)
_OVER = (ArticleState.DECIDED, ArticleState.CLEARED)


async def tell_editors(
    session: AsyncSession, claim: Claim, kind: NoticeKind, *, key: str, now: datetime, **facts: Any
) -> None:
    """Tell whoever answers for the article about this claim, each once by `key`."""
    article = await articles.get(session, claim.article_id)
    for editor in await editors_of(session, article) if article else ():
        await tell(
            session,
            private(editor),
            kind,
            now=now,
            about=About(article_id=claim.article_id, claim_id=claim.id),
            key=f"{key}/{editor.id}",
            **facts,
        )


async def show_change(session: AsyncSession, claim: Claim, *, now: datetime) -> None:
    """Bring everything that shows the claim up to date, and sum the article up if all is in."""
    await show_claim(session, claim, now=now)
    await show_article(session, claim.article_id, now=now)


async def show_claim(session: AsyncSession, claim: Claim, *, now: datetime) -> None:
    """Let the messages about the claim that are there show where it stands after this change.

    To be called before new ones are told, which need no edit.
    """
    for kind in ABOUT_A_CLAIM:
        for prompt in await outbox.prompts_for(session, kind, claim_id=claim.id):
            await show_again(session, prompt.outbox_id, kind, now=now)


async def show_article(session: AsyncSession, article_id: int, *, now: datetime) -> None:
    """Bring the article's state, sheets and summaries up to date; sum it up when all is in."""
    await restate(session, article_id)
    await refresh_sheets(session, article_id, now=now)
    await _sum_up(session, article_id, now=now)


async def show_settled(
    session: AsyncSession, readings: Sequence[Verdict], *, now: datetime
) -> None:
    """The readers' echoes say no longer that the editor is going to hear: now it happened."""
    kind = NoticeKind.RECORDED
    for reading in readings:
        found = await outbox.prompts_for(session, kind, assignment_id=reading.assignment_id)
        for prompt in found:
            await show_again(session, prompt.outbox_id, kind, now=now)


async def show_again(
    session: AsyncSession, notice_id: int, kind: NoticeKind, *, now: datetime
) -> None:
    """Let a message word anew what it shows, with the facts that it has."""
    shown = await sheets.last_shown(session, notice_id)
    facts = shown.facts if shown is not None and shown.kind == kind else {}
    await show(session, notice_id, kind, now=now, **facts)


async def _sum_up(session: AsyncSession, article_id: int, *, now: datetime) -> None:
    """Summaries that are there change in place; the editor gets one when all claims are decided.

    One for each sending of claims: what is sent later is summed up again.
    """
    for prompt in await outbox.prompts_for(session, NoticeKind.ARTICLE, article_id=article_id):
        await show_again(session, prompt.outbox_id, NoticeKind.ARTICLE, now=now)
    article = await articles.get(session, article_id)
    if article is None:
        return
    await session.refresh(article)
    sent = sent_of(live(await claims.of_article(session, article_id)))
    if article.state not in _OVER or not sent:
        return
    last_sent = max((claim.kept_at for claim in sent if claim.kept_at), default=now)
    rounds = sum(claim.round for claim in sent)
    for editor in await editors_of(session, article):
        await tell(
            session,
            private(editor),
            NoticeKind.ARTICLE,
            now=now,
            about=About(article_id=article_id),
            key=f"summary/{article_id}/{last_sent.isoformat()}/{rounds}/{editor.id}",
        )
