"""What an edit did to a claim, kept as ids and states so that it can be taken back."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from storage import claims
from storage.models import Claim, ClaimRevision
from storage.models.claims import Action, ActionDone, ClaimStatus, Rating, SourceCheck

# The columns that edits of a sheet touch, and how each is read back from an event.
_FIELDS: dict[str, Any] = {
    "status": ClaimStatus,
    "chosen": bool,
    "round": int,
    "priority": int,
    "readers_needed": int,
    "head_revision_id": int,
    "head_outcome_id": int,
    "verdict": Rating,
    "source_check": SourceCheck,
    "action": Action,
    "action_done": ActionDone,
    "kept_at": datetime.fromisoformat,
    "settle_at": datetime.fromisoformat,
    "decided_at": datetime.fromisoformat,
    "cleared_at": datetime.fromisoformat,
}


def snapshot(claim: Claim) -> dict[str, Any]:
    """The claim's state as an event keeps it: ids, states, instants, never words."""
    return {"version": claim.version, **{name: _plain(getattr(claim, name)) for name in _FIELDS}}


def values_of(kept: dict[str, Any]) -> dict[str, Any]:
    """The column values of a snapshot."""
    return {
        name: read(kept[name]) if kept[name] is not None else None for name, read in _FIELDS.items()
    }


def change_of(claim: Claim, before: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    """One claim's part of an edit; `before` is None for a claim that the edit made."""
    return {"claim_id": claim.id, "before": before, "after": snapshot(claim), **more}


async def change(session: AsyncSession, claim: Claim, **values: Any) -> None:
    """Change the claim as it was seen.

    Raises:
        Refusal: somebody else changed it in the same moment.
    """
    if not await claims.change(session, claim, **values):
        raise Refusal("claim_changed_meanwhile", number=claim.number)


async def revise(
    session: AsyncSession,
    claim: Claim,
    revision: ClaimRevision,
    *,
    like_id: int | None,
    **values: Any,
) -> None:
    """Make `revision` the claim's words, cited like the revision `like_id`; None: cited anew."""
    await claims.add(session, revision)
    cited = await claims.citations_of(session, [like_id]) if like_id is not None else []
    for citation, _source in cited:
        copied = citation.model_dump(exclude={"id", "claim_revision_id"})
        await claims.add(session, type(citation)(claim_revision_id=revision.id, **copied))
    await change(session, claim, head_revision_id=revision.id, **values)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
