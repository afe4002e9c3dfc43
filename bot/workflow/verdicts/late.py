"""An answer after the claim went on: it comes back if it can, else it is an extra reading."""

from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow import handover, notices
from bot.workflow.editors import editor_of
from bot.workflow.notices import About, NoticeKind
from bot.workflow.policy import Policy
from storage import assignments, claims, outbox
from storage.models import Assignment
from storage.models.claims import ClaimStatus
from storage.models.work import AssignmentState

_GONE = (ClaimStatus.DROPPED, ClaimStatus.WITHDRAWN)


class Fate(StrEnum):
    """What became of an answer."""

    IN_TIME = "in_time"
    CAME_BACK = "came_back"  # late, but the new holder had not begun
    EXTRA = "extra"  # late, somebody else is at it: kept for the editor, not counted
    NOT_NEEDED = "not_needed"  # the claim was dropped: kept all the same

    @property
    def counts(self) -> bool:
        """Whether the verdict is one of those that settle the claim."""
        return self in (Fate.IN_TIME, Fate.CAME_BACK)


async def take_late(
    session: AsyncSession, assignment: Assignment, *, policy: Policy, now: datetime
) -> Fate:
    """What an answer to a closed assignment still can be; one that comes back is done at once."""
    await session.refresh(assignment)
    claim = await claims.get(session, assignment.claim_id)
    if claim is None or claim.status in _GONE:
        return Fate.NOT_NEEDED
    may_return = assignment.state in (AssignmentState.PASSED, AssignmentState.EXPIRED)
    if (
        may_return
        and claim.round == assignment.round
        and await handover.give_back(session, assignment, policy=policy, now=now)
        and await assignments.end(session, assignment.id, AssignmentState.DONE, now=now)
    ):
        return Fate.CAME_BACK
    return Fate.EXTRA


async def tell_editor(
    session: AsyncSession, assignment: Assignment, *, due_at: datetime, now: datetime
) -> None:
    """The article's editor sees the extra reading once its undo time is over.

    What is changed or taken back later is shown in the same message.
    """
    claim = await claims.get(session, assignment.claim_id)
    if claim is None:
        return
    editor = await editor_of(session, claim.article_id)
    told = await notices.tell(
        session,
        notices.private(editor) if editor else None,
        NoticeKind.EXTRA_READING,
        now=now,
        about=About(claim_id=claim.id, article_id=claim.article_id),
        key=f"extra/{assignment.id}",
        due_at=due_at,
        assignment_id=assignment.id,
    )
    if told is not None:
        return
    kind = NoticeKind.EXTRA_READING
    for prompt in await outbox.prompts_for(session, kind.value, claim_id=claim.id):
        sent = await outbox.get(session, prompt.outbox_id)
        if sent is not None and sent.facts.get("assignment_id") == assignment.id:
            await notices.show(session, sent.id, kind, now=now, assignment_id=assignment.id)
