"""People, their roles and absences."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Absence, Desk, Member, Membership
from storage.models.people import AbsenceKind, MemberState, Role
from storage.outbox import insert_or_ignore


async def the_desk(session: AsyncSession) -> Desk:
    """The one desk that is not for practice."""
    query = select(Desk).where(col(Desk.is_test).is_(False)).order_by(col(Desk.id)).limit(1)
    return (await session.exec(query)).one()


async def get(session: AsyncSession, member_id: int) -> Member | None:
    """The member with this id."""
    return await session.get(Member, member_id)


async def by_telegram_id(session: AsyncSession, tg_user_id: int) -> Member | None:
    """The member behind a Telegram account, whatever their state."""
    return (await session.exec(select(Member).where(Member.tg_user_id == tg_user_id))).one_or_none()


async def roles_of(session: AsyncSession, member_id: int) -> frozenset[Role]:
    """The roles a member holds now; empty for one who left."""
    query = (
        select(Membership.role)
        .join(Member, col(Member.id) == Membership.member_id)
        .where(
            Membership.member_id == member_id,
            col(Membership.revoked_at).is_(None),
            col(Member.state).in_((MemberState.ACTIVE, MemberState.UNREACHABLE)),
        )
    )
    return frozenset(Role(role) for role in (await session.exec(query)).all())


async def with_role(session: AsyncSession, *roles: Role) -> Sequence[Member]:
    """Active members who hold at least one of `roles`, in the order in which they joined."""
    holders = select(Membership.member_id).where(
        col(Membership.role).in_(roles), col(Membership.revoked_at).is_(None)
    )
    query = (
        select(Member)
        .where(col(Member.id).in_(holders), col(Member.state) == MemberState.ACTIVE)
        .order_by(col(Member.id))
    )
    return (await session.exec(query)).all()


async def absences_of(
    session: AsyncSession, member_ids: Sequence[int], *, since: datetime
) -> Sequence[Absence]:
    """Absences and duty times of these members that had not ended at `since`."""
    query = (
        select(Absence)
        .where(
            col(Absence.member_id).in_(member_ids),
            (col(Absence.until_at).is_(None)) | (col(Absence.until_at) > since),
        )
        .order_by(col(Absence.from_at))
    )
    return (await session.exec(query)).all()


async def lock_desk(session: AsyncSession) -> None:
    """Let nobody else change who may do what until this transaction ends."""
    await session.exec(select(Desk).where(col(Desk.is_test).is_(False)).with_for_update())


async def add(session: AsyncSession, member: Member) -> Member:
    """A new member, with an id."""
    session.add(member)
    await session.flush()
    return member


async def everybody(session: AsyncSession) -> Sequence[Member]:
    """Who is on the team, by name."""
    query = (
        select(Member)
        .where(col(Member.state).in_((MemberState.ACTIVE, MemberState.UNREACHABLE)))
        .order_by(func.lower(Member.name), col(Member.id))
    )
    return (await session.exec(query)).all()


async def all_roles(session: AsyncSession) -> dict[int, frozenset[Role]]:
    """The roles held now, by member id."""
    query = select(Membership.member_id, Membership.role).where(
        col(Membership.revoked_at).is_(None)
    )
    roles: dict[int, set[Role]] = {}
    for member_id, role in (await session.exec(query)).all():
        roles.setdefault(member_id, set()).add(Role(role))
    return {member_id: frozenset(held) for member_id, held in roles.items()}


async def grant(session: AsyncSession, member_id: int, role: Role, *, now: datetime) -> bool:
    """Give a role; False when it is held already."""
    desk = await the_desk(session)
    statement = (
        insert_or_ignore(session, Membership)
        .values(desk_id=desk.id, member_id=member_id, role=role, granted_at=now, revoked_at=None)
        .on_conflict_do_nothing()
        .returning(col(Membership.id))
    )
    return (await session.exec(statement)).scalar_one_or_none() is not None


async def revoke(
    session: AsyncSession, member_id: int, *, now: datetime, role: Role | None = None
) -> int:
    """Take a role away, or all of them; how many were held."""
    statement = update(Membership).where(
        col(Membership.member_id) == member_id, col(Membership.revoked_at).is_(None)
    )
    if role is not None:
        statement = statement.where(col(Membership.role) == role)
    result = await session.exec(statement.values(revoked_at=now))
    return cast("CursorResult[Any]", result).rowcount


async def leave(session: AsyncSession, member_id: int) -> bool:
    """Note that a member left; False when they were gone already."""
    result = await session.exec(
        update(Member)
        .where(
            col(Member.id) == member_id,
            col(Member.state).in_((MemberState.ACTIVE, MemberState.UNREACHABLE)),
        )
        .values(state=MemberState.LEFT)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def add_absence(session: AsyncSession, absence: Absence) -> None:
    """Note an absence or a duty time."""
    session.add(absence)
    await session.flush()


async def end_absences(
    session: AsyncSession, member_id: int, kind: AbsenceKind, now: datetime
) -> int:
    """End what of this kind runs now or is to come; how many there were."""
    result = await session.exec(
        update(Absence)
        .where(
            col(Absence.member_id) == member_id,
            col(Absence.kind) == kind,
            (col(Absence.until_at).is_(None)) | (col(Absence.until_at) > now),
        )
        .values(until_at=now)
    )
    return cast("CursorResult[Any]", result).rowcount
