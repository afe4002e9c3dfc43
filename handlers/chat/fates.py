"""What an attempt to speak leaves behind in the outbox, and who has to hear of it."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.notices import NoticeKind, private, tell
from handlers.chat.sending import Fate, Result
from storage import members, outbox
from storage.models import Chat, Digest, Outbox, Prompt, Submission
from storage.models.people import MemberState, Role
from storage.models.talking import OutboxOp, OutboxState

TRIES = 8  # of a message that a lost answer or a bug keeps from being sent
FIRST_PAUSE = timedelta(seconds=2)  # doubled with every further try


async def settle(
    session: AsyncSession, row: Outbox, token: int, result: Result, *, now: datetime
) -> None:
    """Write down what became of an attempt."""
    if result.fate is Fate.SENT:
        await outbox.finish(session, row.id, token, state=OutboxState.SENT, now=now)
    elif result.fate is Fate.LATER:
        due = now + result.pause
        await _again(session, row, token, due_at=due, error=result.error, now=now)
    elif result.fate is Fate.UNKNOWN:
        await unknown(session, row, token, now=now, error=result.error)
    elif result.fate is Fate.MOVED and result.moved_to is not None:
        await _move(session, row.chat_id, result.moved_to)
        if row.op is OutboxOp.EDIT:  # messages of the old group can no longer be changed
            await _send_anew(session, row, token, chat_id=result.moved_to, now=now)
        else:
            await _again(session, row, token, due_at=now, error=result.error, now=now)
    elif result.fate is Fate.MISSING:
        await _send_anew(session, row, token, chat_id=row.chat_id, now=now)
    else:
        await _give_up(session, row, token, result, now=now)


async def unknown(
    session: AsyncSession, row: Outbox, token: int, *, now: datetime, error: str | None = None
) -> None:
    """The answer was lost. An edit or a private message may go again, a post may not."""
    may_repeat = row.op is OutboxOp.EDIT or row.chat_id > 0
    if may_repeat and row.attempts < TRIES:
        pause = FIRST_PAUSE * 2 ** min(row.attempts, 6)
        await _again(session, row, token, due_at=now + pause, error=error, now=now)
        return
    await outbox.finish(session, row.id, token, state=OutboxState.UNKNOWN, now=now, error=error)
    # The token counts the attempts: what goes out again by hand may get lost again.
    key = f"unknown/{row.id}/{token}"
    await _tell_admins(session, NoticeKind.UNKNOWN_POST, now=now, key=key, about=row)


async def unworded(  # a bug of ours, with all that finds it in the log
    session: AsyncSession,
    row: Outbox,
    token: int,
    *,
    reference: str,
    error: str,
    now: datetime,
) -> None:
    """A renderer failed: try again with growing pauses, at last tell the admins."""
    if row.attempts + 1 < TRIES:
        pause = FIRST_PAUSE * 2 ** min(row.attempts, 6)
        await _again(session, row, token, due_at=now + pause, error=error, now=now)
        return
    await outbox.finish(session, row.id, token, state=OutboxState.FAILED, now=now, error=error)
    if row.kind != NoticeKind.DEAD_UPDATE.value:
        await _tell_admins(
            session, NoticeKind.DEAD_UPDATE, now=now, key=f"unworded/{row.id}", reference=reference
        )


async def _again(  # the row, its lease, and when and why it goes again
    session: AsyncSession,
    row: Outbox,
    token: int,
    *,
    due_at: datetime,
    error: str | None,
    now: datetime,
) -> None:
    """Back to pending; an edit gives way when a newer one of the same message waits."""
    if row.op is OutboxOp.EDIT and await outbox.has_pending_edit(session, row.target_id or 0):
        await outbox.finish(session, row.id, token, state=OutboxState.CANCELLED, now=now)
        return
    pending = OutboxState.PENDING
    await outbox.finish(session, row.id, token, state=pending, now=now, error=error, due_at=due_at)


async def _send_anew(
    session: AsyncSession, row: Outbox, token: int, *, chat_id: int, now: datetime
) -> None:
    """The message to edit is gone: what it should say goes as a new message."""
    await outbox.finish(session, row.id, token, state=OutboxState.CANCELLED, now=now)
    prompt = await outbox.prompt_of(session, row.target_id or 0)
    if prompt is None:
        return
    fresh = Outbox(
        chat_id=chat_id,
        thread_id=row.thread_id,
        kind=row.kind,
        facts=row.facts,
        due_at=now,
        created_at=now,
        key=f"anew/{row.id}",
    )
    fresh_id = await outbox.put(session, fresh)
    if fresh_id is not None:
        subject = prompt.model_dump(
            exclude={"id", "outbox_id", "chat_id", "message_id", "created_at"}
        )
        session.add(Prompt(**subject, outbox_id=fresh_id, chat_id=chat_id, created_at=now))


async def _give_up(
    session: AsyncSession, row: Outbox, token: int, result: Result, *, now: datetime
) -> None:
    state = OutboxState.FAILED
    await outbox.finish(session, row.id, token, state=state, now=now, error=result.error)
    member = await members.by_telegram_id(session, row.chat_id)
    if result.fate is Fate.GONE and member is not None:
        if member.state is MemberState.ACTIVE:
            member.state = MemberState.UNREACHABLE
            await _tell_admins(
                session,
                NoticeKind.UNREACHABLE,
                now=now,
                key=f"unreachable/{member.id}/{now:%Y-%m-%d}",
                member_id=member.id,
            )
        return
    key = f"failed/{row.id}/{token}"
    await _tell_admins(session, NoticeKind.UNKNOWN_POST, now=now, key=key, about=row)


async def _tell_admins(  # one notice to several people
    session: AsyncSession,
    kind: NoticeKind,
    *,
    now: datetime,
    key: str,
    about: Outbox | None = None,
    **facts: Any,
) -> None:
    if about is not None:
        facts["outbox_id"] = about.id
    for admin in await members.with_role(session, Role.ADMIN):
        if about is None or admin.tg_user_id != about.chat_id:
            place = private(admin)
            await tell(session, place, kind, now=now, key=f"{key}/{admin.id}", **facts)


async def _move(session: AsyncSession, old: int, new: int) -> None:
    """A group became a supergroup: everything about it goes by the new id."""
    columns = (Outbox.chat_id, Submission.chat_id, Digest.chat_id, Chat.tg_chat_id)
    for table, column in zip((Outbox, Submission, Digest, Chat), columns, strict=True):
        await session.exec(update(table).where(col(column) == old).values({column: new}))
