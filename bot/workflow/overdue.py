"""Telling an editor, once per claim and reader, that the time for an answer is over."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.editors import editors_of
from bot.workflow.notices import About, NoticeKind, private, show, tell
from bot.workflow.policy import Policy
from bot.workflow.retiming import Subject
from storage import assignments, events, outbox, waiting

OVERDUE = "assignment.overdue"
KEPT = "assignment.kept_overdue"  # its grace time is over too, and nobody else is free


async def tell_due(
    session: AsyncSession,
    *,
    policy: Policy,  # noqa: ARG001 - every sweep is called alike
    now: datetime,
    limit: int = 200,
) -> int:
    """Tell editors of what is due by now and not answered, once; how many readings that are.

    One message per article; when a claim is handed over the same message says so.
    """
    ids = await waiting.due_untold(session, OVERDUE, now, limit=limit)
    await _tell_editors(session, await assignments.with_subject(session, ids), now=now)
    return len(ids)


async def follow(
    session: AsyncSession,
    moved: Sequence[Subject],
    kept: Sequence[Subject],
    *,
    now: datetime,
) -> None:
    """The grace time is over: who has these claims now stands where their editor read of them.

    Of those that were not told of before there is a new message.
    """
    told = await waiting.told(session, OVERDUE, _ids([*moved, *kept]))
    await _tell_editors(session, [one for one in (*moved, *kept) if one[0].id not in told], now=now)
    known = await waiting.told(session, KEPT, _ids(kept))
    news = [one for one in kept if one[0].id not in known]
    for assignment, claim, _article in news:
        await events.record(session, KEPT, "assignment", assignment.id, at=now, claim_id=claim.id)
    await refresh(session, [one for one in (*moved, *news) if one[0].id in told], now=now)


async def refresh(session: AsyncSession, subjects: Sequence[Subject], *, now: datetime) -> None:
    """Bring the messages that tell of these assignments up to date."""
    changed = set(_ids(subjects))
    for article_id in sorted({article.id for _assignment, _claim, article in subjects}):
        kind = NoticeKind.OVERDUE
        for prompt in await outbox.prompts_for(session, kind.value, article_id=article_id):
            sent = await outbox.get(session, prompt.outbox_id)
            listed = sent.facts.get("assignment_ids", []) if sent else []
            if changed.intersection(listed):
                await show(session, prompt.outbox_id, kind, now=now, assignment_ids=listed)


def _ids(subjects: Sequence[Subject]) -> list[int]:
    return [assignment.id for assignment, _claim, _article in subjects]


async def _tell_editors(session: AsyncSession, late: Sequence[Subject], *, now: datetime) -> None:
    by_article: dict[int, list[Subject]] = {}
    for subject in late:
        assignment, claim, article = subject
        await events.record(
            session, OVERDUE, "assignment", assignment.id, at=now, claim_id=claim.id
        )
        by_article.setdefault(article.id, []).append(subject)
    for group in by_article.values():
        await _tell(session, group, now=now)


async def _tell(session: AsyncSession, group: Sequence[Subject], *, now: datetime) -> None:
    _assignment, claim, article = group[0]
    claim_ids = {subject[1].id for subject in group}
    about = (
        About(claim_id=claim.id, article_id=article.id)
        if len(claim_ids) == 1
        else About(article_id=article.id)
    )
    for editor in await editors_of(session, article):
        await tell(
            session,
            private(editor),
            NoticeKind.OVERDUE,
            now=now,
            about=about,
            assignment_ids=_ids(group),
        )
