"""Which chat is the team's: set by an admin's `/here`, after a question, or by the settings."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.may import Deed, require
from bot.workflow.notices import NoticeKind, Place, private, show, tell
from storage import chats, events, members
from storage.models import Chat
from storage.models.people import ChatPurpose, Role

APPLIED = "team_chat_id"  # in the desk's policy: which TEAM_CHAT_ID was taken over


@dataclass(frozen=True)
class Room:
    """A group, channel or forum topic in which somebody said `/here`."""

    chat_id: int
    kind: str  # Telegram's: private, group, supergroup, channel
    title: str = ""
    thread_id: int = 0
    username: str | None = None  # of a public chat


def is_too_public(username: str | None, *, public_ok: bool) -> bool:
    """Whether a chat that goes by `username` must not get the digest: everybody can read it."""
    return bool(username) and not public_ok


async def say_here(  # who said it, where, in which message, under which rule
    session: AsyncSession,
    room: Room,
    *,
    actor_id: int,
    message_id: int,
    public_ok: bool,
    now: datetime,
) -> None:
    """An admin's `/here` in a group: from now on the digest goes there.

    Raises:
        NotPermitted: said by somebody else.
        Refusal: the chat is private, or public without `public_ok`.
    """
    await require(session, actor_id, Deed.SET_TEAM_CHAT)
    if room.kind == "private":
        raise Refusal("here_in_private")
    if is_too_public(room.username, public_ok=public_ok):
        raise Refusal("public_chat")
    await _make_team_chat(session, room, actor_id=actor_id, now=now)
    place = Place(chat_id=room.chat_id, thread_id=room.thread_id)
    await tell(session, place, NoticeKind.HERE, now=now, reply_to=message_id, what="set_here")


async def say_here_unnamed(
    session: AsyncSession, room: Room, *, public_ok: bool, now: datetime
) -> None:
    """`/here` in a channel or by an unnamed admin: ask the desk's admins.

    While their answer is open they are asked at most once a day.
    """
    is_allowed = not is_too_public(room.username, public_ok=public_ok)
    is_new = is_allowed and await _propose(session, room)
    day_key = f"here/{room.chat_id}/{room.thread_id}/{now:%Y-%m-%d}"
    for admin in await members.with_role(session, Role.ADMIN):
        await tell(
            session,
            private(admin),
            NoticeKind.HERE,
            now=now,
            key=None if is_new else f"{day_key}/{admin.id}",
            what="candidate" if is_allowed else "public",
            chat_id=room.chat_id,
            thread_id=room.thread_id,
            title=room.title,
        )


async def decide(  # one admin's answer about one place
    session: AsyncSession,
    actor_id: int,
    notice_id: int | None,
    *,
    chat_id: int,
    thread_id: int,
    is_wanted: bool,
    now: datetime,
) -> None:
    """An admin's answer to whether the digest goes to the chat that somebody unnamed proposed."""
    await require(session, actor_id, Deed.SET_TEAM_CHAT)
    candidate = await chats.at(session, chat_id, thread_id, ChatPurpose.CANDIDATE)
    if candidate is None:
        await show(session, notice_id, NoticeKind.HERE, now=now, what="over")
        return
    room = Room(chat_id, candidate.kind, candidate.title, thread_id)
    if is_wanted:
        await _make_team_chat(session, room, actor_id=actor_id, now=now)
    else:
        await chats.remove(session, [candidate])
    what = "set" if is_wanted else "declined"
    await show(session, notice_id, NoticeKind.HERE, now=now, what=what, title=room.title)


async def set_team_chat(session: AsyncSession, team_chat_id: int, *, now: datetime) -> None:
    """Take TEAM_CHAT_ID over. The latest wish wins: a `/here` said after it stays at a restart."""
    desk = await members.the_desk(session)
    if desk.policy.get(APPLIED) == team_chat_id:
        return
    desk.policy = {**desk.policy, APPLIED: team_chat_id}
    current = await chats.team_chat(session)
    if current is None or current.tg_chat_id != team_chat_id:
        kind = "supergroup" if team_chat_id < 0 else "private"
        await _make_team_chat(session, Room(team_chat_id, kind), actor_id=None, now=now)
    await session.flush()


async def _propose(session: AsyncSession, room: Room) -> bool:
    """Remember the chat as a candidate; False when it is one already."""
    if await chats.at(session, room.chat_id, room.thread_id, ChatPurpose.CANDIDATE):
        return False
    desk = await members.the_desk(session)
    await chats.add(session, _row(room, desk.id, ChatPurpose.CANDIDATE, by_id=None))
    return True


async def _make_team_chat(
    session: AsyncSession, room: Room, *, actor_id: int | None, now: datetime
) -> None:
    """Put this chat in the place of the one before."""
    await members.lock_desk(session)
    old = list(await chats.with_purpose(session, ChatPurpose.TEAM))
    asked = await chats.at(session, room.chat_id, room.thread_id, ChatPurpose.CANDIDATE)
    await chats.remove(session, [*old, asked] if asked else old)
    desk = await members.the_desk(session)
    chat = await chats.add(session, _row(room, desk.id, ChatPurpose.TEAM, by_id=actor_id))
    await events.record(
        session,
        "team_chat.set",
        "chat",
        chat.id,
        at=now,
        actor_id=actor_id,
        chat_id=room.chat_id,
        thread_id=room.thread_id,
    )


def _row(room: Room, desk_id: int, purpose: ChatPurpose, *, by_id: int | None) -> Chat:
    return Chat(
        desk_id=desk_id,
        tg_chat_id=room.chat_id,
        thread_id=room.thread_id,
        kind=room.kind,
        purpose=purpose,
        title=room.title,
        set_by_id=by_id,
    )
