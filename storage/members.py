"""People, their roles and absences."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Absence, Desk, Member, Membership
from storage.models.people import MemberState, Role


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
