"""What a reviewer's message means: a reply, an awaited answer, a plain message, an edit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow import intake
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
    exhibits_in,
    merged,
    reading_of,
    says_something,
)
from bot.workflow.verdicts.showing import where_said
from bot.workflow.verdicts.wording import Wording
from storage import assignments, inputs, members, verdicts
from storage.models import Assignment, PendingInput, Verdict
from storage.models.talking import InputKind
from storage.models.work import AssignmentState, EvidenceKind, VerdictKind

EDITABLE = timedelta(hours=48)  # so long Telegram lets people edit what they said
FRESH = timedelta(minutes=10)  # so long after a tap a link of an editor is surely its evidence
_NEVER_ARTICLES = (EvidenceKind.PHOTO, EvidenceKind.VOICE)


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
    awaited = await inputs.awaited(
        session, incoming.actor_id, incoming.chat_id, assignment_id=assignment.id
    )
    if awaited is not None:
        await _take(session, incoming, awaited, assignment, policy=policy, now=now)
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
    """A plain message while evidence, a call, a note or a question is awaited about a claim.

    It may all the same be meant for another claim, or be a new article: then that is asked.
    """
    if await album_part(session, incoming, now=now):
        return
    if await _may_mean_else(session, incoming, pending, now=now):
        return
    assignment = await own(session, incoming.actor_id, pending.assignment_id or 0)
    await _take(session, incoming, pending, assignment, policy=policy, now=now)


async def answer_unaddressed(
    session: AsyncSession, incoming: Incoming, *, policy: Policy, now: datetime
) -> bool:
    """A private message that is no reply; False when it means nothing to a reviewer.

    A verdict word first and exactly one open claim: its verdict. With several it is kept and
    asked about, as is evidence, and what an editor who reviews may be sending in as an article.
    With none it may be for a claim that was handed over lately: then that is asked.
    """
    if await album_part(session, incoming, now=now):
        return True
    mine = await assignments.open_of(session, incoming.actor_id)
    if not mine:
        return await _is_late(session, incoming, now=now)
    wording = reading_of(incoming)
    if wording.rating is None and await _may_be_article(session, incoming):
        if not (incoming.attachments or incoming.is_forward):
            return False
        await held.hold_for_use(session, incoming, now=now)
        return True
    meant = mine if len(mine) == 1 else await _asked_for_rating(session, mine, wording)
    if len(meant) != 1:
        await held.hold_for_claim(session, incoming, now=now)
        return True
    await answer_prompt(session, incoming, meant[0].id, policy=policy, now=now)
    return True


async def edited_message(
    session: AsyncSession, incoming: Incoming, *, policy: Policy, now: datetime
) -> bool:
    """An edit of a message that gave a verdict, half of one, or is held; False for any other.

    One that was asked back about, and is a verdict now, is an answer, whatever came of it first.
    """
    verdict = await verdicts.said_in(
        session, incoming.actor_id, incoming.chat_id, incoming.message_id
    )
    if verdict is not None:
        await _edit_recorded(session, incoming, verdict, policy=policy, now=now)
        return True
    if await _edit_half(session, incoming, policy=policy, now=now):
        return True
    if await _edit_asked_back(session, incoming, policy=policy, now=now):
        return True
    return await held.edit_held(session, incoming, now=now)


# What words in answer to such a question are: evidence of a kind, or (None) an explanation.
_ASKED_WORDS: dict[InputKind, EvidenceKind | None] = {
    InputKind.CALL: EvidenceKind.CALL,
    InputKind.OBSERVATION: EvidenceKind.OBSERVATION,
    InputKind.NOTE: None,
}


async def _take(
    session: AsyncSession,
    incoming: Incoming,
    pending: PendingInput,
    assignment: Assignment,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """What was asked for has come; a verdict word first is a verdict, whatever was asked."""
    wording = reading_of(incoming)
    is_words = bool(incoming.text.strip()) and wording.rating is None and not incoming.is_forward
    if pending.kind is InputKind.QUESTION and wording.rating is None:
        await questions.awaited_question(session, incoming, pending, assignment, now=now)
        return
    where = where_said(incoming)
    if pending.kind not in _ASKED_WORDS or not is_words:
        await answer(session, assignment, incoming, where, policy=policy, now=now)
        return
    if not says_something(incoming.text) and not incoming.attachments:
        draft = draft_from(pending.content)
        await halves.keep(session, assignment, draft, pending.kind, where, now=now)
        return
    said = replace(draft_of(incoming, wording), rating=None, explanation="", sure="")
    if (kind := _ASKED_WORDS[pending.kind]) is None:
        said = said.with_words(incoming.text).with_sure_words()
    else:
        said = halves.as_evidence(said, incoming.text, kind)
    draft = merged(draft_from(pending.content), said)
    await halves.take(session, assignment, draft, where, policy=policy, now=now)


async def _may_mean_else(
    session: AsyncSession, incoming: Incoming, pending: PendingInput, *, now: datetime
) -> bool:
    """Whether an answer to a half answer may be meant for another claim, or be an article: asked.

    A verdict other than the one that was tapped, while other claims are open; anything, when the
    tapped claim went to somebody else; or, long after the tap, what an editor may be sending in.
    """
    wording = reading_of(incoming)
    mine = await assignments.open_of(session, incoming.actor_id)
    tapped_for = await assignments.get(session, pending.assignment_id or 0)
    if tapped_for is not None and tapped_for.state is AssignmentState.EXPIRED:
        if await _may_be_article(session, incoming):
            await held.hold_for_use(session, incoming, now=now)
        else:
            offered = [*(assignment.id for assignment in mine), tapped_for.id]
            await held.hold_for_one_of(session, incoming, offered, now=now)
        return True
    tapped = draft_from(pending.content).rating
    if wording.rating is not None and tapped not in (None, wording.rating):
        if len(mine) > 1:
            await held.hold_for_claim(session, incoming, now=now)
            return True
        return False
    if now - pending.since <= FRESH or wording.rating is not None:
        return False
    if not await _may_be_article(session, incoming):
        return False
    await held.hold_for_use(session, incoming, now=now)
    return True


async def _is_late(session: AsyncSession, incoming: Incoming, *, now: datetime) -> bool:
    """Whether an answer of one who holds nothing may be for what somebody else has now: asked."""
    wording = reading_of(incoming)
    if wording.rating is None and not exhibits_in(incoming, wording):
        return False
    if wording.rating is None and await _may_be_article(session, incoming):
        return False
    if not await held.handed_over_lately(session, incoming.actor_id, now=now):
        return False
    await held.hold_for_claim(session, incoming, now=now)
    return True


async def _may_be_article(session: AsyncSession, incoming: Incoming) -> bool:
    """Whether it could be something that an editor sends in to be checked."""
    if any(attachment.kind in _NEVER_ARTICLES for attachment in incoming.attachments):
        return False
    if not incoming.links and not intake.is_draft(incoming):
        return False
    return may(await members.roles_of(session, incoming.actor_id), Deed.SUBMIT)


async def _asked_for_rating(
    session: AsyncSession, mine: Sequence[Assignment], wording: Wording
) -> Sequence[Assignment]:
    """The claims whose evidence came first and whose verdict was asked; a bare one is for them."""
    if wording.rating is None:
        return []
    halves_ = await inputs.half_answers(session, [assignment.id for assignment in mine])
    asked = {half.assignment_id for half in halves_ if half.kind is InputKind.RATING}
    return [assignment for assignment in mine if assignment.id in asked]


async def _edit_recorded(
    session: AsyncSession, incoming: Incoming, verdict: Verdict, *, policy: Policy, now: datetime
) -> None:
    """A revision; the message of a verdict that was taken back is an answer anew."""
    assignment = await own(session, incoming.actor_id, verdict.assignment_id)
    recorded = await verdicts.newest(session, assignment.id)
    if recorded is None or recorded.kind is VerdictKind.WITHDRAWN:
        await answer(session, assignment, incoming, where_said(incoming), policy=policy, now=now)
    else:
        await revising.edited(session, assignment, incoming, recorded, policy=policy, now=now)


async def _edit_half(
    session: AsyncSession, incoming: Incoming, *, policy: Policy, now: datetime
) -> bool:
    """The message of a half answer says something else now; what was tapped or sent stays."""
    for pending in await inputs.open_of(session, incoming.actor_id):
        draft = draft_from(pending.content)
        if incoming.message_id not in draft.message_ids or pending.assignment_id is None:
            continue
        assignment = await own(session, incoming.actor_id, pending.assignment_id)
        kept = [item for item in draft.exhibits if item.kind is not EvidenceKind.LINK]
        base = replace(draft, explanation="", sure="", exhibits=tuple(kept))
        await inputs.change(
            session, pending.id, kind=pending.kind, content=content_of(base), now=now
        )
        where = replace(where_said(incoming), notice_id=pending.notice_id)
        await answer(session, assignment, incoming, where, policy=policy, now=now)
        return True
    return False


async def _edit_asked_back(
    session: AsyncSession, incoming: Incoming, *, policy: Policy, now: datetime
) -> bool:
    """Words that went as a question or a note, or were answered for, are a verdict now."""
    if reading_of(incoming).rating is None:
        return False
    for pending in await inputs.recent(session, incoming.actor_id, since=now - EDITABLE):
        if pending.assignment_id is None:
            continue
        if incoming.message_id not in draft_from(pending.content).message_ids:
            continue
        assignment = await own(session, incoming.actor_id, pending.assignment_id)
        recorded = await verdicts.newest(session, assignment.id)
        if recorded is None or recorded.kind is VerdictKind.WITHDRAWN:
            where = where_said(incoming)
            await answer(session, assignment, incoming, where, policy=policy, now=now)
        else:
            await revising.edited(session, assignment, incoming, recorded, policy=policy, now=now)
        return True
    return False
