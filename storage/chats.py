"""Where the desk speaks to the whole team."""

from collections.abc import Sequence

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Chat
from storage.models.people import ChatPurpose


async def team_chat(session: AsyncSession) -> Chat | None:
    """The chat that gets the digest; None until somebody names one."""
    query = select(Chat).where(col(Chat.purpose) == ChatPurpose.TEAM).order_by(col(Chat.id).desc())
    return (await session.exec(query.limit(1))).first()


async def at(
    session: AsyncSession, tg_chat_id: int, thread_id: int, purpose: ChatPurpose
) -> Chat | None:
    """The chat or topic with this purpose."""
    query = select(Chat).where(
        Chat.tg_chat_id == tg_chat_id,
        Chat.thread_id == thread_id,
        col(Chat.purpose) == purpose,
    )
    return (await session.exec(query)).one_or_none()


async def add(session: AsyncSession, chat: Chat) -> Chat:
    """Remember a chat."""
    session.add(chat)
    await session.flush()
    return chat


async def remove(session: AsyncSession, chats: Sequence[Chat]) -> None:
    """Forget these chats."""
    await session.exec(delete(Chat).where(col(Chat.id).in_([chat.id for chat in chats])))
    for chat in chats:
        session.expunge(chat)


async def with_purpose(session: AsyncSession, purpose: ChatPurpose) -> Sequence[Chat]:
    """Every chat remembered for this purpose."""
    return (await session.exec(select(Chat).where(col(Chat.purpose) == purpose))).all()
