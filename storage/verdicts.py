"""Verdicts and their evidence: revisions are only ever added, the newest one counts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Assignment, Claim, Evidence, Verdict
from storage.models.work import AssignmentState, VerdictKind


async def add(
    session: AsyncSession, verdict: Verdict, evidence: Iterable[Evidence] = ()
) -> Verdict:
    """Record a revision with what it rests on; the database refuses a number that is taken."""
    session.add(verdict)
    await session.flush()
    await add_evidence(session, verdict.id, evidence)
    return verdict


async def add_evidence(
    session: AsyncSession, verdict_id: int, evidence: Iterable[Evidence]
) -> None:
    """Put further evidence under a verdict that is recorded already."""
    for row in evidence:
        row.verdict_id = verdict_id
        session.add(row)
    await session.flush()


async def get(session: AsyncSession, verdict_id: int) -> Verdict | None:
    """The revision with this id."""
    return await session.get(Verdict, verdict_id)


async def newest(session: AsyncSession, assignment_id: int) -> Verdict | None:
    """The revision of this assignment that counts; it may be a withdrawal."""
    query = (
        select(Verdict)
        .where(Verdict.assignment_id == assignment_id)
        .order_by(col(Verdict.revision).desc())
        .limit(1)
    )
    return (await session.exec(query)).one_or_none()


async def history(session: AsyncSession, assignment_id: int) -> Sequence[Verdict]:
    """Every revision of this assignment, oldest first."""
    query = (
        select(Verdict)
        .where(Verdict.assignment_id == assignment_id)
        .order_by(col(Verdict.revision))
    )
    return (await session.exec(query)).all()


async def said_in(
    session: AsyncSession, member_id: int, chat_id: int, message_id: int
) -> Verdict | None:
    """The newest revision that this person gave in this message of theirs."""
    query = (
        select(Verdict)
        .where(
            Verdict.member_id == member_id,
            Verdict.chat_id == chat_id,
            Verdict.message_id == message_id,
        )
        .order_by(col(Verdict.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).one_or_none()


async def counted(session: AsyncSession, claim_id: int, round_: int) -> Sequence[Verdict]:
    """The verdicts that count in this round: the newest revision of each finished assignment.

    In the order of the readers' slots; withdrawn and extra ones are left out.
    """
    latest = (
        select(col(Verdict.assignment_id), func.max(col(Verdict.revision)).label("revision"))
        .group_by(col(Verdict.assignment_id))
        .subquery()
    )
    query = (
        select(Verdict)
        .join(Assignment, col(Assignment.id) == col(Verdict.assignment_id))
        .join(
            latest,
            (col(Verdict.assignment_id) == latest.c.assignment_id)
            & (col(Verdict.revision) == latest.c.revision),
        )
        .where(
            Assignment.claim_id == claim_id,
            Assignment.round == round_,
            Assignment.task == "verdict",
            Assignment.state == AssignmentState.DONE,
            Verdict.kind == VerdictKind.GIVEN,
        )
        .order_by(col(Assignment.slot), col(Assignment.id))
    )
    return (await session.exec(query)).all()


async def last_withdrawn(
    session: AsyncSession, claim_id: int, round_: int, *, by: datetime
) -> Verdict | None:
    """The latest withdrawal of a verdict about the claim in this round, made until `by`."""
    query = (
        select(Verdict)
        .join(Assignment, col(Assignment.id) == col(Verdict.assignment_id))
        .where(
            Assignment.claim_id == claim_id,
            Assignment.round == round_,
            Verdict.kind == VerdictKind.WITHDRAWN,
            col(Verdict.recorded_at) <= by,
        )
        .order_by(col(Verdict.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).one_or_none()


async def evidence_for(session: AsyncSession, verdict_ids: Sequence[int]) -> Sequence[Evidence]:
    """What these verdicts rest on, in the order in which it was given."""
    query = (
        select(Evidence)
        .where(col(Evidence.verdict_id).in_(verdict_ids))
        .order_by(col(Evidence.verdict_id), col(Evidence.id))
    )
    return (await session.exec(query)).all()


async def settle_after(session: AsyncSession, claim_id: int, at: datetime) -> None:
    """From `at` on nothing can be taken back quietly any more: the claim is settled then."""
    await session.exec(update(Claim).where(col(Claim.id) == claim_id).values(settle_at=at))


async def reopen(session: AsyncSession, assignment_id: int, values: Mapping[str, Any]) -> bool:
    """Finished work is open again, its verdict was taken back; False when it was not finished."""
    result = await session.exec(
        update(Assignment)
        .where(
            col(Assignment.id) == assignment_id,
            col(Assignment.state) == AssignmentState.DONE,
        )
        .values(state=AssignmentState.OPEN, closed_at=None, **values)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def recently_answered(
    session: AsyncSession, member_id: int, *, since: datetime, limit: int = 5
) -> Sequence[Assignment]:
    """What this person answered since then, newest first."""
    query = (
        select(Assignment)
        .where(
            Assignment.reviewer_id == member_id,
            Assignment.state == AssignmentState.DONE,
            col(Assignment.closed_at) >= since,
        )
        .order_by(col(Assignment.closed_at).desc(), col(Assignment.id).desc())
        .limit(limit)
    )
    return (await session.exec(query)).all()
