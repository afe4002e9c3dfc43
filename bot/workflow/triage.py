"""Untouched claim sheets are open work: their editors are reminded once."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.hours.slots import latest_slot
from bot.workflow.notices import NoticeKind, private, show, tell
from bot.workflow.policy import Policy
from bot.workflow.sweeping import on_its_own
from storage import articles, members, outbox, sheets
from storage.models.intake import ArticleState

REMINDERS_KEPT = 10  # the last ones of a chat; nobody looks for older ones


async def remind_untriaged(
    session: AsyncSession, *, policy: Policy, now: datetime, limit: int = 200
) -> int:
    """Remind each editor of the untouched sheets that were there before the last slot came.

    One message per editor and slot, and each sheet in one message only; how many messages are new.
    """
    slot = latest_slot(policy.zone, policy.assign_at, policy.days, policy.holidays, at=now)
    if slot is None:
        return 0
    waiting: dict[int, list[int]] = {}
    for article in await sheets.untriaged(session, before=slot, limit=limit):
        waiting.setdefault(article.editor_id, []).append(article.id)
    told = 0
    for editor_id, article_ids in waiting.items():
        async with on_its_own(session, "remind editor", editor_id):
            editor = await members.get(session, editor_id)
            notice_id = await tell(
                session,
                private(editor) if editor else None,
                NoticeKind.UNTRIAGED,
                now=now,
                key=f"untriaged/{editor_id}/{article_ids[0]}/{slot.isoformat()}",
                article_ids=article_ids,
            )
            await sheets.mark_reminded(session, article_ids, now)
            told += notice_id is not None
    return told


async def strike_out(session: AsyncSession, article_id: int, *, now: datetime) -> None:
    """Take a sheet that was dealt with out of the reminders that name it, once."""
    article = await articles.get(session, article_id)
    if article is None or article.triage_reminded_at is None:
        return
    await session.refresh(article)
    editor = await members.get(session, article.editor_id)
    place = private(editor) if editor else None
    if place is None or article.state is ArticleState.UNTRIAGED:
        return
    kind = NoticeKind.UNTRIAGED
    for prompt in await outbox.newest_of_kind(session, kind, place.chat_id, limit=REMINDERS_KEPT):
        shown = await sheets.last_shown(session, prompt.outbox_id)
        named = list(shown.facts.get("article_ids", [])) if shown else []
        if article_id in named:
            left = [one for one in named if one != article_id]
            await show(session, prompt.outbox_id, kind, now=now, article_ids=left)
