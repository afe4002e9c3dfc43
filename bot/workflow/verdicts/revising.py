"""After it was recorded: further words, a change, an edit, an undo. Each is one more revision."""

from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.due_times import times_for
from bot.workflow.incoming import Incoming
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import UNDO_TIME, Policy, hours_of
from bot.workflow.verdicts import halves, late
from bot.workflow.verdicts.evidence import (
    Draft,
    draft_of,
    draft_of_verdict,
    merged,
    reading_of,
)
from bot.workflow.verdicts.recording import (
    add_revision,
    claim_of,
    echo,
    remember_album,
    settle_again,
)
from bot.workflow.verdicts.showing import (
    Where,
    echo_of,
    say,
    show_card_again,
    where_said,
)
from storage import inputs, members, verdicts
from storage.models import Assignment, Verdict
from storage.models.claims import ClaimStatus, SourceCheck
from storage.models.talking import InputKind
from storage.models.work import AssignmentState, EvidenceKind, VerdictKind

_OVER = (ClaimStatus.DROPPED, ClaimStatus.WITHDRAWN)


async def further(
    session: AsyncSession,
    assignment: Assignment,
    recorded: Verdict,
    said: Draft,
    where: Where,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """A message about a verdict that is recorded: another verdict, or more evidence for it.

    Another verdict that brings its own evidence leaves the earlier evidence behind.
    """
    before = await draft_as_recorded(session, recorded)
    is_other = said.rating not in (None, before.rating)
    draft = said if is_other and said.is_complete else merged(before, said)
    if said.rating is None:  # the message that gave the verdict stays the one to edit
        draft = replace(draft, chat_id=before.chat_id, message_id=before.message_id)
    elif said.explanation:
        draft = replace(draft, explanation=said.explanation)
    await revise(session, assignment, recorded, draft, where, policy=policy, now=now)


async def revise(
    session: AsyncSession,
    assignment: Assignment,
    recorded: Verdict,
    draft: Draft,
    where: Where,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """Record `draft` in place of what is recorded; kept half answers are used up by it."""
    if not draft.is_complete:
        await halves.keep(session, assignment, draft, InputKind.EVIDENCE, where, now=now)
        return
    verdict = await add_revision(
        session,
        assignment,
        draft,
        kind=recorded.kind,
        source_check=recorded.source_check,
        now=now,
    )
    await inputs.close_for_assignment(session, assignment.id, now)
    await remember_album(session, assignment, draft, now=now)
    if verdict.kind is VerdictKind.GIVEN:
        await settle_again(session, assignment, policy=policy, now=now)
    else:
        await late.tell_editor(session, assignment, due_at=now + UNDO_TIME, now=now)
    await echo(session, assignment, where, now=now)


async def edited(
    session: AsyncSession,
    assignment: Assignment,
    incoming: Incoming,
    recorded: Verdict,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """The message of a verdict was edited: a revision if it still is one, else the verdict stays.

    Evidence that was no link in the message (a call, a file) stays with the verdict.
    """
    where = where_said(incoming)
    is_same_message = recorded.message_id == incoming.message_id
    before = await draft_as_recorded(session, recorded)
    kept = [item for item in before.exhibits if item.kind is not EvidenceKind.LINK]
    said = draft_of(incoming, reading_of(incoming))
    draft = replace(said.with_exhibits(kept), album=None)
    if not is_same_message or not draft.is_complete:
        what = "edit_kept" if is_same_message else "edit_superseded"
        await say(
            session,
            where,
            NoticeKind.ANSWER_NOTE,
            now=now,
            assignment_id=assignment.id,
            what=what,
        )
        return
    if _says_the_same(before, draft):
        return
    shown = replace(where, notice_id=await echo_of(session, assignment.id))
    await revise(session, assignment, recorded, draft, shown, policy=policy, now=now)


async def take_back(
    session: AsyncSession,
    assignment: Assignment,
    where: Where,
    *,
    policy: Policy,
    now: datetime,
    what: str = "taken_back",
) -> bool:
    """Withdraw the verdict; its claim is open again with this reviewer, unless it went on.

    False when there was nothing to withdraw any more. The withdrawal is a revision as well.
    """
    recorded = await verdicts.newest(session, assignment.id)
    if recorded is None or recorded.kind is VerdictKind.WITHDRAWN:
        return False
    await add_revision(session, assignment, Draft(), kind=VerdictKind.WITHDRAWN, now=now)
    await inputs.close_for_assignment(session, assignment.id, now)
    is_open = await _open_again(session, assignment, policy=policy, now=now)
    if recorded.kind is VerdictKind.GIVEN:
        await settle_again(session, assignment, policy=policy, now=now)
    else:
        await late.tell_editor(session, assignment, due_at=now + UNDO_TIME, now=now)
    if is_open:
        await show_card_again(session, assignment, where, now=now, what=what)
    else:
        await say(
            session,
            where,
            NoticeKind.ANSWER_NOTE,
            now=now,
            assignment_id=assignment.id,
            what="taken_back_closed",
        )
    return True


async def check_source(
    session: AsyncSession,
    assignment: Assignment,
    answer: SourceCheck,
    where: Where,
    *,
    policy: Policy,
    now: datetime,
) -> bool:
    """Whether the cited source says so, as a revision of the same verdict; False without one."""
    recorded = await verdicts.newest(session, assignment.id)
    if recorded is None or recorded.kind is VerdictKind.WITHDRAWN:
        return False
    if recorded.source_check is not answer:
        draft = await draft_as_recorded(session, recorded)
        await add_revision(
            session, assignment, draft, kind=recorded.kind, source_check=answer, now=now
        )
        if recorded.kind is VerdictKind.GIVEN:
            await settle_again(session, assignment, policy=policy, now=now)
    await say(session, where, NoticeKind.RECORDED, now=now, assignment_id=assignment.id)
    return True


async def draft_as_recorded(session: AsyncSession, recorded: Verdict) -> Draft:
    """The recorded answer, to be said again with a difference."""
    return draft_of_verdict(recorded, await verdicts.evidence_for(session, [recorded.id]))


async def _open_again(
    session: AsyncSession, assignment: Assignment, *, policy: Policy, now: datetime
) -> bool:
    """Open the assignment again, with new times if its own are over."""
    claim = await claim_of(session, assignment)
    if assignment.state is not AssignmentState.DONE or claim.status in _OVER:
        return False
    if claim.round != assignment.round:
        return False
    values: dict[str, datetime] = {}
    member = await members.get(session, assignment.reviewer_id)
    if assignment.due_at <= now and member is not None:
        absences = await members.absences_of(session, [member.id], since=now)
        times = times_for(hours_of(member, absences, policy), now, policy=policy)
        values = times.values() if times is not None else {}
    is_open = await verdicts.reopen(session, assignment.id, values)
    await session.refresh(assignment)
    return is_open


def _says_the_same(one: Draft, other: Draft) -> bool:
    return (one.rating, one.explanation, set(one.exhibits)) == (
        other.rating,
        other.explanation,
        set(other.exhibits),
    )
