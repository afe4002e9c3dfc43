"""Recording a complete answer: one revision, its evidence, the end of the reviewer's work on it."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow import settling
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import UNDO_TIME, Policy
from bot.workflow.verdicts import late
from bot.workflow.verdicts.evidence import Draft, evidence_rows
from bot.workflow.verdicts.showing import Where, close_cards, replace_echoes, say
from storage import assignments, claims, events, inputs, verdicts
from storage.models import Assignment, Claim, PendingInput, Verdict
from storage.models.claims import ClaimStatus, SourceCheck
from storage.models.talking import InputKind
from storage.models.work import AssignmentState, EvidenceKind, VerdictKind

_HELD = (ClaimStatus.DISPUTED, ClaimStatus.DECIDED, ClaimStatus.CLEARED)


async def record(
    session: AsyncSession,
    assignment: Assignment,
    draft: Draft,
    where: Where,
    *,
    policy: Policy,
    now: datetime,
) -> Verdict:
    """Record a complete first answer and echo it; a late one is kept as what it still can be."""
    fate = late.Fate.IN_TIME
    if not await assignments.end(session, assignment.id, AssignmentState.DONE, now=now):
        fate = await late.take_late(session, assignment, policy=policy, now=now)
    await session.refresh(assignment)
    kind = VerdictKind.GIVEN if fate.counts else VerdictKind.EXTRA
    verdict = await add_revision(session, assignment, draft, kind=kind, now=now)
    await inputs.close_for_assignment(session, assignment.id, now)
    await remember_album(session, assignment, draft, now=now)
    if fate.counts:
        await verdicts.settle_after(session, assignment.claim_id, now + UNDO_TIME)
    else:
        await late.tell_editor(session, assignment, due_at=now + UNDO_TIME, now=now)
    await echo(session, assignment, where, now=now, fate=fate)
    return verdict


async def add_revision(
    session: AsyncSession,
    assignment: Assignment,
    draft: Draft,
    *,
    kind: VerdictKind,
    now: datetime,
    source_check: SourceCheck | None = None,
) -> Verdict:
    """The next revision of this assignment's verdict, about the claim's words as they stand."""
    before = await verdicts.newest(session, assignment.id)
    claim = await claim_of(session, assignment)
    if claim.head_revision_id is None:
        raise LookupError(f"claim {claim.id} has no words")
    if source_check in (None, SourceCheck.NONE_CITED):  # a source may have been added meanwhile
        source_check = await _without_source(session, claim, draft)
    verdict = await verdicts.add(
        session,
        Verdict(
            assignment_id=assignment.id,
            member_id=assignment.reviewer_id,
            revision=before.revision + 1 if before else 1,
            claim_revision_id=claim.head_revision_id,
            kind=kind,
            rating=draft.rating,
            explanation=draft.explanation,
            source_check=source_check,
            bot_id=draft.bot_id,
            update_id=draft.update_id,
            chat_id=draft.chat_id,
            message_id=draft.message_id,
            recorded_at=now,
        ),
        evidence_rows(draft.exhibits, now=now),
    )
    await events.record(
        session,
        f"verdict.{kind.value}",
        "verdict",
        verdict.id,
        at=now,
        actor_id=assignment.reviewer_id,
        assignment_id=assignment.id,
        claim_id=assignment.claim_id,
        revision=verdict.revision,
        protected=any(item.kind is EvidenceKind.PROTECTED for item in draft.exhibits),
    )
    return verdict


async def echo(
    session: AsyncSession,
    assignment: Assignment,
    where: Where,
    *,
    now: datetime,
    fate: late.Fate = late.Fate.IN_TIME,
) -> None:
    """Show the verdict as it is recorded now; every other message about it stops asking."""
    shown_in = await say(
        session,
        where,
        NoticeKind.RECORDED,
        now=now,
        assignment_id=assignment.id,
        fate=fate.value,
    )
    await close_cards(session, assignment.id, now=now, shown_in=shown_in)
    await replace_echoes(session, assignment.id, now=now, shown_in=shown_in)


async def settle_again(
    session: AsyncSession, assignment: Assignment, *, policy: Policy, now: datetime
) -> None:
    """A counted verdict changed: before settling it waits anew, afterwards the desk reconsiders."""
    claim = await claim_of(session, assignment)
    await session.refresh(claim)
    if claim.round != assignment.round:
        return
    if claim.status in _HELD:
        await settling.reconsider(session, claim.id, policy=policy, now=now)
    else:
        await verdicts.settle_after(session, claim.id, now + UNDO_TIME)


async def claim_of(session: AsyncSession, assignment: Assignment) -> Claim:
    """The claim under review; assignments never lose theirs."""
    claim = await claims.get(session, assignment.claim_id)
    if claim is None:
        raise LookupError(f"assignment {assignment.id} has no claim")
    return claim


async def _without_source(session: AsyncSession, claim: Claim, draft: Draft) -> SourceCheck | None:
    """Where the article names nobody and links nowhere, nobody has to look whether it says so."""
    if draft.rating is None:
        return None
    revision = await claims.head_revision(session, claim.id)
    if revision is None or revision.links or await claims.citations_of(session, [revision.id]):
        return None
    return SourceCheck.NONE_CITED


async def remember_album(
    session: AsyncSession, assignment: Assignment, draft: Draft, *, now: datetime
) -> None:
    """An album arrives as several updates: note where it went, for the parts that follow."""
    if draft.album is None or draft.chat_id is None:
        return
    await inputs.add(
        session,
        PendingInput(
            member_id=assignment.reviewer_id,
            chat_id=draft.chat_id,
            kind=InputKind.EVIDENCE,
            assignment_id=assignment.id,
            content={"album": draft.album},
            since=now,
            closed_at=now,
        ),
    )
