"""One message about one assignment: a verdict, evidence, more words, or something to ask about."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.cards import own
from bot.workflow.incoming import Incoming
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import Policy
from bot.workflow.verdicts import halves, revising
from bot.workflow.verdicts.evidence import (
    content_of,
    draft_from,
    draft_of,
    evidence_rows,
    merged,
    reading_of,
)
from bot.workflow.verdicts.showing import (
    Where,
    echo_of,
    say,
    where_said,
)
from storage import inputs, verdicts
from storage.models import Assignment, PendingInput
from storage.models.talking import InputKind
from storage.models.work import VerdictKind

ALBUM_TIME = timedelta(
    hours=1
)  # parts of one album arrive within seconds; an outage may lie between


async def answer(
    session: AsyncSession,
    assignment: Assignment,
    incoming: Incoming,
    where: Where,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """What a message means for this assignment; the caller has asked whose it is.

    Raises:
        Refusal: there is nothing in it that could be used (a sticker, a place).
    """
    wording = reading_of(incoming)
    said = draft_of(incoming, wording)
    if not (said.rating or said.exhibits or wording.words):
        raise Refusal("answer_empty")
    half = (await halves.half_draft(session, assignment.id)).before_verdict(said)
    draft = merged(half, halves.with_words(said, wording, half))
    is_doubtful = wording.rating is None and wording.is_doubtful
    recorded = await verdicts.newest(session, assignment.id)
    if recorded is None or recorded.kind is VerdictKind.WITHDRAWN:
        await halves.take(
            session, assignment, draft, where, policy=policy, now=now, is_doubtful=is_doubtful
        )
    elif draft.rating is None and (is_doubtful or not draft.exhibits):
        # Words about a recorded verdict may be a question or a note: asked, the verdict stays.
        await halves.keep(session, assignment, draft, InputKind.RATING, where, now=now)
    else:
        await revising.further(session, assignment, recorded, draft, where, policy=policy, now=now)


async def album_part(session: AsyncSession, incoming: Incoming, *, now: datetime) -> bool:
    """A further picture of an album joins the first one; False when it has to be read by itself.

    A caption is read like any text, so a part that has one is never merely joined.
    """
    home = await _album_home(session, incoming, now=now)
    if home is None or home.assignment_id is None or incoming.text.strip():
        return False
    assignment = await own(session, incoming.actor_id, home.assignment_id)
    part = draft_of(incoming, reading_of(incoming))
    if home.closed_at is None:
        content = content_of(draft_from(home.content).with_exhibits(part.exhibits))
        await inputs.change(session, home.id, kind=home.kind, content=content, now=now)
        if home.notice_id is not None:
            asked = replace(where_said(incoming), notice_id=home.notice_id)
            await halves.ask(session, home, assignment, home.kind, asked, now=now)
        return True
    verdict = await verdicts.newest(session, assignment.id)
    if verdict is None or verdict.kind is VerdictKind.WITHDRAWN:
        return False
    await verdicts.add_evidence(session, verdict.id, evidence_rows(part.exhibits, now=now))
    echo = replace(where_said(incoming), notice_id=await echo_of(session, assignment.id))
    await say(session, echo, NoticeKind.RECORDED, now=now, assignment_id=assignment.id)
    return True


async def _album_home(
    session: AsyncSession, incoming: Incoming, *, now: datetime
) -> PendingInput | None:
    """Where the album's first picture went: a half answer, or a note that it was recorded."""
    if incoming.album is None:
        return None
    recent = await inputs.recent(session, incoming.actor_id, since=now - ALBUM_TIME)
    homes = [home for home in recent if home.content.get("album") == incoming.album]
    return next(iter(homes), None)
