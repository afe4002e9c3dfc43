"""Telling an editor, once per claim and reader, that the time for an answer is over."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.editors import editors_of
from bot.workflow.notices import About, NoticeKind, private, tell
from bot.workflow.retiming import Subject
from storage import events, waiting


async def tell_editors(
    session: AsyncSession, late: Sequence[tuple[Subject, bool]], *, now: datetime
) -> None:
    """One message per article about what is overdue for the first time.

    `late` says of each assignment whether its holder keeps it, since nobody else is free.
    """
    told = await waiting.told_overdue(session, [subject[0].id for subject, _kept in late])
    by_article: dict[int, list[tuple[Subject, bool]]] = {}
    for subject, is_kept in late:
        assignment, claim, article = subject
        if assignment.id in told:
            continue
        await events.record(
            session, "assignment.overdue", "assignment", assignment.id, at=now, claim_id=claim.id
        )
        by_article.setdefault(article.id, []).append((subject, is_kept))
    for group in by_article.values():
        await _tell(session, group, now=now)


async def _tell(
    session: AsyncSession, group: Sequence[tuple[Subject, bool]], *, now: datetime
) -> None:
    (_assignment, claim, article), _kept = group[0]
    claim_ids = {subject[1].id for subject, _is_kept in group}
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
            kept_ids=[subject[0].id for subject, is_kept in group if is_kept],
            moved_ids=[subject[0].id for subject, is_kept in group if not is_kept],
        )
