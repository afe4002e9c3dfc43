"""Messages of ours whose id we never learned, because Telegram's answer was lost."""

from collections.abc import Sequence

from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Outbox, OutboxPart, Prompt
from storage.models.talking import OutboxOp, OutboxState

_MAY_BE_THERE = (OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNKNOWN)


async def in_chat(session: AsyncSession, chat_id: int) -> Sequence[Prompt]:
    """Those that may stand in this chat, newest first: sending them was tried at least once."""
    query = (
        select(Prompt)
        .join(Outbox, col(Outbox.id) == Prompt.outbox_id)
        .where(
            Outbox.chat_id == chat_id,
            col(Prompt.message_id).is_(None),
            col(Outbox.op) == OutboxOp.SEND,
            col(Outbox.state).in_(_MAY_BE_THERE),
            col(Outbox.attempts) > 0,
        )
        .order_by(col(Prompt.id).desc())
    )
    return (await session.exec(query)).all()


async def adopt(session: AsyncSession, prompt: Prompt, chat_id: int, message_id: int) -> None:
    """Give the message the id that a reply shows it has; it is in the chat, so it goes no more."""
    prompt.chat_id, prompt.message_id, prompt.adopted = chat_id, message_id, True
    await session.exec(
        update(Outbox)
        .where(
            col(Outbox.id) == prompt.outbox_id,
            col(Outbox.state).in_((OutboxState.PENDING, OutboxState.UNKNOWN)),
        )
        .values(state=OutboxState.SENT)
    )
    known = select(func.count()).where(col(OutboxPart.outbox_id) == prompt.outbox_id)
    part = (await session.exec(known)).one()  # of a long message the first parts are known
    session.add(
        OutboxPart(outbox_id=prompt.outbox_id, part=part, chat_id=chat_id, message_id=message_id)
    )
    await session.flush()
