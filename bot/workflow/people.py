"""The team in its admins' hands: invitations, roles, and leaving."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow import joining
from bot.workflow.cards import close_cards
from bot.workflow.may import Deed, require
from bot.workflow.notices import NoticeKind, private, show, tell
from bot.workflow.sheet_messages import refresh_sheets
from storage import assignments, claims, events, inputs, members, outbox, waiting
from storage.models import Member
from storage.models.people import MemberState, Role
from storage.models.work import AssignmentState

DEEP_LINK = "https://t.me/{bot}?start={token}"


async def ask_whom_to_invite(session: AsyncSession, actor_id: int, *, now: datetime) -> None:
    """Offer the roles for an invitation, in private."""
    await require(session, actor_id, Deed.MANAGE_PEOPLE)
    await _say(session, actor_id, None, NoticeKind.INVITE, now=now)


async def invite(  # by whom, as what, through which bot
    session: AsyncSession,
    actor_id: int,
    written: str,
    *,
    bot_username: str,
    now: datetime,
    notice_id: int | None = None,
) -> None:
    """A fresh invitation for the role that was named; in place of the message `notice_id`.

    Raises:
        Refusal: no role is called so.
    """
    await require(session, actor_id, Deed.MANAGE_PEOPLE)
    role = role_named(written)
    if role is None:
        raise Refusal("unknown_role", written=written)
    token, expires_at = await joining.new_invitation(session, role, by_id=actor_id, now=now)
    await events.record(
        session, "member.invited", "member", actor_id, at=now, actor_id=actor_id, role=role.value
    )
    await _say(
        session,
        actor_id,
        notice_id,
        NoticeKind.INVITE,
        now=now,
        link=DEEP_LINK.format(bot=bot_username, token=token),
        role=role.value,
        expires_at=expires_at.isoformat(),
    )


async def show_team(  # a page of the list, or one person of it
    session: AsyncSession,
    actor_id: int,
    notice_id: int | None = None,
    *,
    now: datetime,
    page: int = 0,
    member_id: int | None = None,
    is_leaving: bool = False,
) -> None:
    """The team; with `member_id` one person, with `is_leaving` the question whether they go."""
    await require(session, actor_id, Deed.MANAGE_PEOPLE)
    await _say(
        session,
        actor_id,
        notice_id,
        NoticeKind.MEMBERS,
        now=now,
        page=page,
        member_id=member_id,
        is_leaving=is_leaving,
    )


async def grant(
    session: AsyncSession, actor_id: int, member_id: int, role: Role, *, now: datetime
) -> None:
    """Give a role; to have it already changes nothing."""
    await require(session, actor_id, Deed.MANAGE_PEOPLE)
    member = await _on_team(session, member_id)
    if await members.grant(session, member.id, role, now=now):
        await _record(session, "role.granted", actor_id, member_id, now=now, role=role.value)


async def revoke(
    session: AsyncSession, actor_id: int, member_id: int, role: Role, *, now: datetime
) -> None:
    """Take a role; a reviewer's open claims go back to the others.

    Raises:
        Refusal: nobody would be admin any more.
    """
    await members.lock_desk(session)  # two admins who dismiss each other must not both succeed
    await require(session, actor_id, Deed.MANAGE_PEOPLE)
    await _on_team(session, member_id)
    if role is Role.ADMIN:
        await _keep_an_admin(session, member_id)
    if await members.revoke(session, member_id, role=role, now=now):
        await _record(session, "role.revoked", actor_id, member_id, now=now, role=role.value)
    if role is Role.REVIEWER:
        await _withdraw_work(session, actor_id, member_id, now=now)


async def remove(session: AsyncSession, actor_id: int, member_id: int, *, now: datetime) -> None:
    """Somebody leaves the team: no role stays, and their open claims go back to the others.

    What they said stays on record.

    Raises:
        Refusal: nobody would be admin any more.
    """
    await members.lock_desk(session)
    await require(session, actor_id, Deed.MANAGE_PEOPLE)
    member = await _on_team(session, member_id)
    await _keep_an_admin(session, member_id)
    await members.revoke(session, member_id, now=now)
    await members.leave(session, member_id)
    await session.refresh(member)
    await _record(session, "member.removed", actor_id, member_id, now=now)
    await _withdraw_work(session, actor_id, member_id, now=now)


def role_named(written: str) -> Role | None:
    """The role that somebody means by "reviewer" or "Reviewers"."""
    word = written.strip().casefold().removesuffix("s")
    return Role(word) if word in set(Role) else None


async def _say(
    session: AsyncSession,
    actor_id: int,
    notice_id: int | None,
    kind: NoticeKind,
    *,
    now: datetime,
    **facts: Any,
) -> None:
    """Show it in that message; without one, or where it is not known, in a new private one."""
    if notice_id is not None and await outbox.prompt_of(session, notice_id) is not None:
        await show(session, notice_id, kind, now=now, **facts)
        return
    actor = await members.get(session, actor_id)
    await tell(session, private(actor) if actor else None, kind, now=now, **facts)


async def _on_team(session: AsyncSession, member_id: int) -> Member:
    member = await members.get(session, member_id)
    if member is None or member.state not in (MemberState.ACTIVE, MemberState.UNREACHABLE):
        raise Refusal("not_on_team")
    return member


async def _keep_an_admin(session: AsyncSession, leaving_id: int) -> None:
    """
    Raises:
        Refusal: `leaving_id` is the only admin who can be reached.
    """
    admins = {admin.id for admin in await members.with_role(session, Role.ADMIN)}
    if admins <= {leaving_id}:
        raise Refusal("last_admin")


async def _withdraw_work(
    session: AsyncSession, actor_id: int, member_id: int, *, now: datetime
) -> None:
    """Open claims wait for somebody else; the next slot hands them out."""
    for assignment in await assignments.open_of(session, member_id):
        if not await assignments.end(session, assignment.id, AssignmentState.WITHDRAWN, now=now):
            continue
        await inputs.close_for_assignment(session, assignment.id, now)
        await close_cards(session, assignment.id, now=now)
        await waiting.mark_waiting(session, assignment.claim_id)
        await events.record(
            session,
            "assignment.withdrawn",
            "assignment",
            assignment.id,
            at=now,
            actor_id=actor_id,
        )
        claim = await claims.get(session, assignment.claim_id)
        if claim is not None:
            await session.refresh(claim)
            await refresh_sheets(session, claim.article_id, now=now)


async def _record(
    session: AsyncSession,
    action: str,
    actor_id: int,
    member_id: int,
    *,
    now: datetime,
    **facts: object,
) -> None:
    await events.record(session, action, "member", member_id, at=now, actor_id=actor_id, **facts)
