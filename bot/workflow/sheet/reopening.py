"""What other words mean for work that was done on the old ones."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.assignment import withdraw_claim
from bot.workflow.cards import OPEN_CARDS
from bot.workflow.notices import NoticeKind, show
from bot.workflow.sheet_states import DECIDED
from bot.workflow.standing import tell_editors
from storage import assignments, claims, outbox, sheets
from storage.models import Article, Claim, Outcome
from storage.models.claims import ClaimStatus
from storage.models.work import OutcomeHow


async def reopen_values(
    session: AsyncSession, claim: Claim, *, article: Article, actor_id: int, now: datetime
) -> dict[str, Any]:
    """How the claim stands once verdicts on its old words count no more; empty if there are none.

    Its open readings are withdrawn, the outcome is taken back, and the article's editor hears of
    a verdict that fell, unless it was their own edit.
    """
    is_settled = claim.status in DECIDED or claim.status is ClaimStatus.DISPUTED
    if not is_settled and not await claims.is_judged(session, claim):
        return {}
    await withdraw_claim(session, claim.id, now=now)
    outcome = None
    if claim.verdict is not None:
        outcome = await add_outcome(session, claim, how=OutcomeHow.REOPENED, now=now)
        if article.editor_id != actor_id:
            await tell_editors(
                session,
                claim,
                NoticeKind.CHANGED_VERDICT,
                key=f"changed/{claim.id}/{outcome.n}",
                now=now,
                outcome_id=outcome.id,
            )
    return {
        "status": ClaimStatus.KEPT,
        "chosen": False,
        "round": claim.round + 1,
        "head_outcome_id": outcome.id if outcome else claim.head_outcome_id,
        "verdict": None,
        "source_check": None,
        "action": None,
        "action_done": None,
        "settle_at": None,
        "decided_at": None,
        "cleared_at": None,
    }


async def add_outcome(
    session: AsyncSession, claim: Claim, *, now: datetime, **outcome: Any
) -> Outcome:
    """Add to what the desk came to hold of the claim; pointing the claim to it is left to do."""
    last = await claims.last_outcome(session, claim.id)
    row = Outcome(
        claim_id=claim.id,
        n=last.n + 1 if last else 1,
        round=claim.round,
        decided_at=now,
        **outcome,
    )
    await claims.add(session, row)
    return row


async def reword_cards(session: AsyncSession, claim_id: int, *, now: datetime) -> None:
    """Let the cards of whoever holds the claim show its words as they are now."""
    for assignment in await assignments.open_of_claim(session, claim_id):
        for kind in OPEN_CARDS:
            for prompt in await outbox.prompts_for(session, kind, assignment_id=assignment.id):
                shown = await sheets.last_shown(session, prompt.outbox_id)
                facts = shown.facts if shown else {}
                await show(session, prompt.outbox_id, kind, now=now, **facts)
