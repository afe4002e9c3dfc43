"""What a reviewer's message means: a reply, an awaited answer, a plain message, an edit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.cards import own
from bot.workflow.incoming import Incoming
from bot.workflow.may import Deed, may
from bot.workflow.policy import Policy
from bot.workflow.verdicts import halves, held, questions, revising
from bot.workflow.verdicts.answering import album_part, answer
from bot.workflow.verdicts.evidence import (
    content_of,
    draft_from,
    draft_of,
    merged,
    reading_of,
)
from bot.workflow.verdicts.showing import where_said
from bot.workflow.verdicts.wording import Wording, assignment_in_reply
from storage import assignments, inputs, members, verdicts
from storage.models import Assignment, PendingInput
from storage.models.talking import InputKind
from storage.models.work import EvidenceKind

__all__ = [
    "answer_prompt",
    "answer_unaddressed",
    "assignment_in_reply",
    "awaited_answer",
    "edited_message",
]

FRESH = timedelta(minutes=10)  # so long after a tap a link of an editor is surely its evidence


async def answer_prompt(
    session: AsyncSession,
    incoming: Incoming,
    assignment_id: int,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """A reply to any message of ours about this assignment.

    Raises:
        NotPermitted: the person's role was revoked.
        Refusal: the claim is somebody else's, or nothing in the message could be used.
    """
    assignment = await own(session, incoming.actor_id, assignment_id)
    if await album_part(session, incoming, now=now):
        return
    awaited = await inputs.awaited(session, incoming.actor_id, incoming.chat_id)
    if awaited is not None and awaited.assignment_id == assignment.id:
        await awaited_answer(session, incoming, awaited, policy=policy, now=now)
        return
    await answer(session, assignment, incoming, where_said(incoming), policy=policy, now=now)


async def awaited_answer(
    session: AsyncSession,
    incoming: Incoming,
    pending: PendingInput,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """What was asked for about a claim has come: evidence, a call, a note, a question."""
    if await album_part(session, incoming, now=now):
        return
    assignment = await own(session, incoming.actor_id, pending.assignment_id or 0)
    where, wording = where_said(incoming), reading_of(incoming)
    if pending.kind is InputKind.QUESTION:
        await questions.awaited_question(session, incoming, pending, assignment, now=now)
    elif await _may_mean_else(session, incoming, pending, wording, now=now):
        return
    elif pending.kind in _ASKED_WORDS and wording.rating is None and incoming.text.strip():
        said = replace(draft_of(incoming, wording), rating=None, explanation="")
        if (kind := _ASKED_WORDS[pending.kind]) is None:
            said = said.with_words(incoming.text)
        else:
            said = halves.as_evidence(said, incoming.text, kind)
        draft = merged(draft_from(pending.content), said)
        await halves.take(session, assignment, draft, where, policy=policy, now=now)
    else:
        await answer(session, assignment, incoming, where, policy=policy, now=now)


async def answer_unaddressed(
    session: AsyncSession, incoming: Incoming, *, policy: Policy, now: datetime
) -> bool:
    """A private message that is no reply; False when it means nothing to a reviewer.

    A verdict word first and exactly one open claim: its verdict. With several it is kept and
    asked about, as is evidence, or any words of somebody whose only work here is reviewing.
    """
    if await album_part(session, incoming, now=now):
        return True
    mine = await assignments.open_of(session, incoming.actor_id)
    if not mine:
        return False
    wording = reading_of(incoming)
    is_editor = may(await members.roles_of(session, incoming.actor_id), Deed.SUBMIT)
    if wording.rating is None and is_editor and not (wording.is_doubtful and not incoming.links):
        return False
    meant = mine if len(mine) == 1 else await _asked_for_rating(session, mine, wording)
    if len(meant) != 1:
        await held.hold_for_claim(session, incoming, now=now)
        return True
    await answer_prompt(session, incoming, meant[0].id, policy=policy, now=now)
    return True


async def edited_message(
    session: AsyncSession, incoming: Incoming, *, policy: Policy, now: datetime
) -> bool:
    """An edit of a message that gave a verdict, half of one, or is held; False for any other."""
    verdict = await verdicts.said_in(
        session, incoming.actor_id, incoming.chat_id, incoming.message_id
    )
    if verdict is not None:
        await revising.edited(session, incoming, verdict, policy=policy, now=now)
        return True
    if await _edit_half(session, incoming, policy=policy, now=now):
        return True
    return await held.edit_held(session, incoming, now=now)


# What words in answer to such a question are: evidence of a kind, or (None) an explanation.
_ASKED_WORDS: dict[InputKind, EvidenceKind | None] = {
    InputKind.CALL: EvidenceKind.CALL,
    InputKind.OBSERVATION: EvidenceKind.OBSERVATION,
    InputKind.NOTE: None,
}


async def _may_mean_else(
    session: AsyncSession,
    incoming: Incoming,
    pending: PendingInput,
    wording: Wording,
    *,
    now: datetime,
) -> bool:
    """Whether an answer to a half answer may be meant for another claim, or be an article: asked.

    A verdict other than the one that was tapped, while other claims are open; or a link of an
    editor long after the tap.
    """
    tapped = draft_from(pending.content).rating
    if wording.rating is not None and tapped not in (None, wording.rating):
        if len(await assignments.open_of(session, incoming.actor_id)) > 1:
            await held.hold_for_claim(session, incoming, now=now)
            return True
        return False
    is_stale = now - pending.since > FRESH
    is_link = bool(incoming.links) and wording.rating is None and not incoming.is_forward
    if not (is_stale and is_link):
        return False
    if not may(await members.roles_of(session, incoming.actor_id), Deed.SUBMIT):
        return False
    await held.hold_for_use(session, incoming, now=now)
    return True


async def _asked_for_rating(
    session: AsyncSession, mine: Sequence[Assignment], wording: Wording
) -> Sequence[Assignment]:
    """The claims whose evidence came first and whose verdict was asked; a bare one is for them."""
    if wording.rating is None:
        return []
    halves_ = await inputs.half_answers(session, [assignment.id for assignment in mine])
    asked = {half.assignment_id for half in halves_ if half.kind is InputKind.RATING}
    return [assignment for assignment in mine if assignment.id in asked]


async def _edit_half(
    session: AsyncSession, incoming: Incoming, *, policy: Policy, now: datetime
) -> bool:
    """The message of a half answer says something else now; what was tapped or sent stays."""
    for pending in await inputs.open_of(session, incoming.actor_id):
        draft = draft_from(pending.content)
        if draft.message_id != incoming.message_id or pending.assignment_id is None:
            continue
        assignment = await own(session, incoming.actor_id, pending.assignment_id)
        kept = [item for item in draft.exhibits if item.kind is not EvidenceKind.LINK]
        base = replace(draft, explanation="", exhibits=tuple(kept))
        await inputs.change(
            session, pending.id, kind=pending.kind, content=content_of(base), now=now
        )
        where = replace(where_said(incoming), notice_id=pending.notice_id)
        await answer(session, assignment, incoming, where, policy=policy, now=now)
        return True
    return False
