"""How people come to the desk: by invitation, by the first code, by the settings."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.may import Deed, may
from bot.workflow.notices import NoticeKind, Place, private, tell
from storage import events, members, tokens
from storage.models import AccessToken, Member
from storage.models.people import MemberState, Role, TokenKind

INVITE_LIFE = timedelta(days=7)
TOKEN_BYTES = 24  # 32 characters: no guess comes near, and a deep link takes 64
UNNAMED = "admin"  # somebody whom the settings name by number, until they speak


async def join(  # what Telegram tells of a person, and the token they bring
    session: AsyncSession,
    *,
    token: str,
    tg_user_id: int,
    name: str,
    language: str,
    now: datetime,
) -> None:
    """Make the bearer of a token a member, or give a member the token's role.

    Raises:
        Refusal: the token is unknown, used or too old, or its role is held already.
    """
    used = await tokens.use(session, hash_of(token), now)
    if used is None or used.role is None or not await _still_stands(session, used):
        raise Refusal("invitation_over")
    member = await _arrive(session, tg_user_id, name=name, language=language, now=now)
    if not await members.grant(session, member.id, used.role, now=now):
        raise Refusal("role_held", role=used.role.value, invited=True)
    await events.record(
        session,
        "member.joined",
        "member",
        member.id,
        at=now,
        actor_id=member.id,
        role=used.role.value,
        invited_by=used.member_id,
    )
    place = private(member)
    await tell(session, place, NoticeKind.WELCOME, now=now, role=used.role.value)


async def start(
    session: AsyncSession, member_id: int, *, name: str, language: str, now: datetime
) -> None:
    """A member's plain /start: welcome at the first, then what they may do."""
    member = await members.get(session, member_id)
    if member is None:
        return
    if member.name == UNNAMED:
        member.name, member.language = name, language
    if member.timezone is None and await tell(
        session, private(member), NoticeKind.WELCOME, now=now, key=f"welcome/{member.id}"
    ):
        return
    await tell(session, private(member), NoticeKind.HELP, now=now)


async def greet_stranger(
    session: AsyncSession, *, chat_id: int, tg_user_id: int, now: datetime
) -> None:
    """Refuse somebody unknown, politely and at most once a day."""
    key = f"stranger/{tg_user_id}/{now:%Y-%m-%d}"
    await tell(session, Place(chat_id=chat_id), NoticeKind.STRANGER, now=now, key=key)


async def new_invitation(
    session: AsyncSession, role: Role, *, by_id: int | None, now: datetime
) -> tuple[str, datetime]:
    """A token that makes one person a member with `role`, and when it ends."""
    return await _new_token(session, TokenKind.INVITE, role, by_id=by_id, now=now)


async def first_admin_code(session: AsyncSession, *, now: datetime) -> str | None:
    """A fresh code for `/start CODE`, good for one person; None while there is an admin.

    Codes printed at earlier starts end here.
    """
    await tokens.revoke_unused(session, TokenKind.FIRST_ADMIN, now)
    if await _has_admin(session):
        return None
    code, _ends_at = await _new_token(
        session, TokenKind.FIRST_ADMIN, Role.ADMIN, by_id=None, now=now
    )
    return code


async def ensure_admins(
    session: AsyncSession, tg_user_ids: Sequence[int], *, now: datetime
) -> None:
    """Make these accounts admins, whether or not they have ever spoken."""
    for tg_user_id in tg_user_ids:
        member = await _arrive(session, tg_user_id, name=UNNAMED, language="en", now=now)
        if await members.grant(session, member.id, Role.ADMIN, now=now):
            await events.record(
                session,
                "member.joined",
                "member",
                member.id,
                at=now,
                role=Role.ADMIN.value,
                by="settings",
            )


async def enrol(
    session: AsyncSession, tg_user_id: int, *, name: str, role: Role, now: datetime
) -> Member:
    """Make an account a member with `role` from the command line.

    Raises:
        Refusal: that role is held already.
    """
    member = await _arrive(session, tg_user_id, name=name, language="en", now=now)
    if not await members.grant(session, member.id, role, now=now):
        raise Refusal("role_held", role=role.value)
    await events.record(
        session, "member.joined", "member", member.id, at=now, role=role.value, by="command line"
    )
    return member


def hash_of(token: str) -> str:
    """What the database keeps of a token."""
    return sha256(token.encode()).hexdigest()


async def _new_token(
    session: AsyncSession, kind: TokenKind, role: Role, *, by_id: int | None, now: datetime
) -> tuple[str, datetime]:
    token, ends_at = secrets.token_urlsafe(TOKEN_BYTES), now + INVITE_LIFE
    desk = await members.the_desk(session)
    await tokens.add(
        session,
        AccessToken(
            hash=hash_of(token),
            kind=kind,
            desk_id=desk.id,
            role=role,
            member_id=by_id,
            expires_at=ends_at,
        ),
    )
    return token, ends_at


async def _still_stands(session: AsyncSession, token: AccessToken) -> bool:
    """An invitation ends with its maker's power to invite, the first code with the first admin."""
    await members.lock_desk(session)  # two people with two codes: one of them is the first
    if token.kind is TokenKind.FIRST_ADMIN:
        return not await _has_admin(session)
    if token.kind is not TokenKind.INVITE:
        return False
    if token.member_id is None:
        return True
    return may(await members.roles_of(session, token.member_id), Deed.MANAGE_PEOPLE)


async def _has_admin(session: AsyncSession) -> bool:
    """Whether anybody is admin, reachable or not: a blocked chat must not open the desk."""
    roles = await members.all_roles(session)
    people = await members.everybody(session)
    return any(Role.ADMIN in roles.get(person.id, ()) for person in people)


async def _arrive(
    session: AsyncSession, tg_user_id: int, *, name: str, language: str, now: datetime
) -> Member:
    """The member behind an account: new, known, or back again."""
    member = await members.by_telegram_id(session, tg_user_id)
    if member is None:
        return await members.add(
            session,
            Member(tg_user_id=tg_user_id, name=name, language=language, joined_at=now),
        )
    if member.state in (MemberState.LEFT, MemberState.ERASED):
        member.state = MemberState.ACTIVE
    if member.name == UNNAMED:
        member.name, member.language = name, language
    await session.flush()
    return member
