"""What the desk holds of its claims: claims due to be settled, rulings, outcomes in their order."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Assignment,
    Claim,
    Evidence,
    Member,
    Outcome,
    Ruling,
    RulingBasis,
    Verdict,
)
from storage.models.work import AssignmentState


async def due(session: AsyncSession, now: datetime, *, limit: int = 200) -> Sequence[int]:
    """The ids of claims whose undo time is over, longest first."""
    query = (
        select(Claim.id)
        .where(col(Claim.settle_at) <= now)
        .order_by(col(Claim.settle_at), col(Claim.id))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def take_up(session: AsyncSession, claim_id: int, now: datetime) -> bool:
    """Take a due claim for settling; False when somebody else did, or its undo time began anew."""
    result = await session.exec(
        update(Claim)
        .where(col(Claim.id) == claim_id, col(Claim.settle_at) <= now)
        .values(settle_at=None, version=col(Claim.version) + 1)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def hold(session: AsyncSession, claim_id: int) -> Claim:
    """The claim as it is now, with other writers kept off until the transaction ends."""
    query = (
        select(Claim)
        .where(Claim.id == claim_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.exec(query)).one()


async def get(session: AsyncSession, outcome_id: int) -> Outcome | None:
    """The outcome with this id."""
    return await session.get(Outcome, outcome_id)


async def of_claim(session: AsyncSession, claim_id: int) -> Sequence[Outcome]:
    """All that the desk ever held of the claim, oldest first."""
    query = select(Outcome).where(Outcome.claim_id == claim_id).order_by(col(Outcome.n))
    return (await session.exec(query)).all()


async def add(session: AsyncSession, outcome: Outcome) -> Outcome:
    """Put an outcome on record; the database refuses a number that is taken."""
    session.add(outcome)
    await session.flush()
    return outcome


async def add_ruling(
    session: AsyncSession,
    ruling: Ruling,
    verdict_ids: Iterable[int],
    evidence: Iterable[Evidence] = (),
) -> Ruling:
    """Put a ruling on record with the verdicts that it decides between and what it rests on."""
    session.add(ruling)
    await session.flush()
    session.add_all(
        [RulingBasis(ruling_id=ruling.id, verdict_id=verdict_id) for verdict_id in verdict_ids]
    )
    for row in evidence:
        row.ruling_id = ruling.id
        session.add(row)
    await session.flush()
    return ruling


async def ruling(session: AsyncSession, ruling_id: int) -> Ruling | None:
    """The ruling with this id."""
    return await session.get(Ruling, ruling_id)


async def rulings(session: AsyncSession, claim_id: int, round_: int) -> Sequence[Ruling]:
    """The rulings of this round, oldest first."""
    query = (
        select(Ruling)
        .where(Ruling.claim_id == claim_id, Ruling.round == round_)
        .order_by(col(Ruling.revision))
    )
    return (await session.exec(query)).all()


async def basis(session: AsyncSession, ruling_id: int) -> Sequence[Verdict]:
    """The verdicts that a ruling decided between."""
    query = (
        select(Verdict)
        .join(RulingBasis, col(RulingBasis.verdict_id) == col(Verdict.id))
        .where(RulingBasis.ruling_id == ruling_id)
        .order_by(col(Verdict.id))
    )
    return (await session.exec(query)).all()


async def evidence_of_rulings(
    session: AsyncSession, ruling_ids: Collection[int]
) -> Sequence[Evidence]:
    """What these rulings rest on, in the order in which it was given."""
    query = (
        select(Evidence).where(col(Evidence.ruling_id).in_(ruling_ids)).order_by(col(Evidence.id))
    )
    return (await session.exec(query)).all()


async def evidence(session: AsyncSession, evidence_id: int) -> Evidence | None:
    """The piece of evidence with this id."""
    return await session.get(Evidence, evidence_id)


async def is_held(session: AsyncSession, claim: Claim) -> bool:
    """Whether somebody holds the claim in its present round."""
    query = (
        select(func.count())
        .select_from(Assignment)
        .where(
            Assignment.claim_id == claim.id,
            Assignment.round == claim.round,
            col(Assignment.state) == AssignmentState.OPEN,
        )
    )
    return (await session.exec(query)).one() > 0


async def names(session: AsyncSession, member_ids: Collection[int]) -> dict[int, str]:
    """What these people are called."""
    query = select(Member.id, Member.name).where(col(Member.id).in_(member_ids))
    return dict((await session.exec(query)).all())


async def readers(session: AsyncSession, claim_ids: Collection[int]) -> Sequence[tuple[int, str]]:
    """Whose finished reading each claim has in its present round: (claim id, name)."""
    query = (
        select(Assignment.claim_id, Member.name)
        .join(Claim, col(Claim.id) == Assignment.claim_id)
        .join(Member, col(Member.id) == Assignment.reviewer_id)
        .where(
            col(Assignment.claim_id).in_(claim_ids),
            col(Assignment.round) == col(Claim.round),
            col(Assignment.state) == AssignmentState.DONE,
        )
        .order_by(col(Assignment.claim_id), col(Assignment.slot), col(Assignment.id))
    )
    return (await session.exec(query)).all()
