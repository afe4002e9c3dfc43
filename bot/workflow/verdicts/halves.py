"""Half answers: what was said towards a verdict is kept until it is enough to be recorded."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.notices import NoticeKind
from bot.workflow.policy import Policy
from bot.workflow.verdicts.evidence import (
    REASON_IS_ENOUGH,
    Draft,
    Exhibit,
    content_of,
    draft_from,
    says_something,
)
from bot.workflow.verdicts.recording import record
from bot.workflow.verdicts.showing import Where, say, stop_asking
from bot.workflow.verdicts.wording import Wording
from storage import assignments, events, inputs
from storage.models import Assignment, PendingInput
from storage.models.talking import InputKind
from storage.models.work import EvidenceKind


async def half_draft(session: AsyncSession, assignment_id: int) -> Draft:
    """What was said so far; an empty draft when nothing was."""
    half = await inputs.half_answer(session, assignment_id)
    return draft_from(half.content) if half is not None else Draft()


async def take(
    session: AsyncSession,
    assignment: Assignment,
    draft: Draft,
    where: Where,
    *,
    policy: Policy,
    now: datetime,
    is_doubtful: bool = False,
) -> None:
    """Record what was said so far if that is enough, else keep it and ask for the rest.

    Doubtful words are never recorded by themselves, whatever is there: which verdict is asked.
    """
    if draft.is_complete and not is_doubtful:
        await record(session, assignment, draft, where, policy=policy, now=now)
        return
    wish = InputKind.RATING if is_doubtful or draft.rating is None else InputKind.EVIDENCE
    await keep(session, assignment, draft, wish, where, now=now)


async def keep(
    session: AsyncSession,
    assignment: Assignment,
    draft: Draft,
    wish: InputKind,
    where: Where,
    *,
    now: datetime,
) -> PendingInput:
    """Keep a half answer and ask for what it lacks; it counts for nothing yet."""
    half = await inputs.half_answer(session, assignment.id)
    if half is None:
        half = await inputs.add(
            session,
            PendingInput(
                member_id=assignment.reviewer_id,
                chat_id=where.place.chat_id,
                kind=wish,
                assignment_id=assignment.id,
                claim_id=assignment.claim_id,
                content=content_of(draft),
                since=now,
            ),
        )
        await events.record(
            session,
            "verdict.half_answer",
            "assignment",
            assignment.id,
            at=now,
            actor_id=assignment.reviewer_id,
        )
    else:
        await inputs.change(session, half.id, kind=wish, content=content_of(draft), now=now)
    await assignments.begin(session, assignment.id, now)
    await ask(session, half, assignment, wish, where, now=now)
    return half


async def ask(
    session: AsyncSession,
    pending: PendingInput,
    assignment: Assignment,
    wish: InputKind,
    where: Where,
    *,
    now: datetime,
) -> None:
    """Ask for what is wished; a question that was asked further up in the chat asks no more."""
    kind = NoticeKind.ASK_BACK if wish is InputKind.RATING else NoticeKind.HALF_ANSWER
    asked_in = pending.notice_id
    shown_in = await say(
        session, where, kind, now=now, assignment_id=assignment.id, input_id=pending.id
    )
    await inputs.ask_in(session, pending.id, shown_in)
    if asked_in is not None and asked_in != shown_in:
        await stop_asking(session, asked_in, now=now)


def with_words(said: Draft, wording: Wording, half: Draft) -> Draft:
    """Words without a verdict: what shows the verdict that was tapped, or its explanation.

    A nod ("ok") is neither, so what shows it is asked again.
    """
    if said.rating is not None or not wording.words:
        return said
    if half.rating is not None and not says_something(wording.words):
        return said
    is_shown_by_words = half.rating is not None and half.rating not in REASON_IS_ENOUGH
    if is_shown_by_words and not said.exhibits and not wording.is_doubtful:
        return as_evidence(said, wording.words, EvidenceKind.NOTE)
    worded = said.with_words(wording.words)
    is_caption = bool(said.exhibits) and not wording.is_doubtful
    return worded.with_sure_words() if is_caption else worded


def as_evidence(draft: Draft, words: str, kind: EvidenceKind) -> Draft:
    """`words` that were asked for as evidence: a call, an observation, a note."""
    return draft.with_exhibits([Exhibit(kind, note=words.strip())])
