"""Messages that could mean several things: kept as they came until a button says which."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow import intake, notices
from bot.workflow.cards import own
from bot.workflow.drafts import submit_draft
from bot.workflow.incoming import Incoming, Tap, kept, message_from
from bot.workflow.notices import NoticeKind, Place
from bot.workflow.policy import Policy
from bot.workflow.verdicts import halves, moving
from bot.workflow.verdicts.answering import answer
from bot.workflow.verdicts.showing import (
    Where,
    note_in,
    stop_asking,
    where_pressed,
    where_said,
)
from storage import assignments, inputs, outbox
from storage.models import Assignment, PendingInput
from storage.models.talking import InputKind

ALBUM_TIME = timedelta(hours=1)  # as for the parts of an album that is evidence already
READING = "reading"  # in a held message's content: its text, its links, or both?
OFFERED = "offered"  # in a held message's content: the assignments it may be for
_HELD = (InputKind.WHICH_CLAIM, InputKind.WHICH_USE)


async def hold_for_claim(session: AsyncSession, incoming: Incoming, *, now: datetime) -> None:
    """Keep an answer and ask for which of the open claims it is."""
    await _hold(session, incoming, InputKind.WHICH_CLAIM, now=now)


async def hold_for_one_of(
    session: AsyncSession, incoming: Incoming, offered: Sequence[int], *, now: datetime
) -> None:
    """Keep an answer and ask for which of these assignments it is."""
    await _hold(session, incoming, InputKind.WHICH_CLAIM, now=now, offered=offered)


async def hold_for_handed_over(
    session: AsyncSession, incoming: Incoming, notice_id: int, *, now: datetime
) -> None:
    """A reply to the message that several claims were handed over: for which of them is it?"""
    told = await outbox.get(session, notice_id)
    offered = list(told.facts.get("assignment_ids", [])) if told else []
    await hold_for_one_of(session, incoming, offered, now=now)


async def choices_of(session: AsyncSession, pending: PendingInput) -> Sequence[Assignment]:
    """The claims that a held message may be for.

    Those that it was a reply about; without any, what is open, then what was handed over lately.
    """
    if OFFERED in pending.content:
        found = [await assignments.get(session, one) for one in pending.content[OFFERED]]
        return [assignment for assignment in found if assignment is not None]
    mine = await assignments.open_of(session, pending.member_id)
    return [*mine, *await handed_over_lately(session, pending.member_id, now=pending.since)]


async def handed_over_lately(
    session: AsyncSession, member_id: int, *, now: datetime
) -> Sequence[Assignment]:
    """What somebody else has now, and what an answer of this person may still be meant for."""
    return await assignments.handed_over(session, member_id, since=now - moving.RECENT)


async def hold_for_use(session: AsyncSession, incoming: Incoming, *, now: datetime) -> None:
    """Keep a message and ask whether it is a new article or evidence for an open claim."""
    await _hold(session, incoming, InputKind.WHICH_USE, now=now)


async def hold_for_reading(session: AsyncSession, incoming: Incoming, *, now: datetime) -> None:
    """Keep a text with a link in it and ask which of them is to be read."""
    await _hold(session, incoming, InputKind.WHICH_USE, now=now, asks={READING: True})


async def use_for_claim(
    session: AsyncSession,
    tap: Tap,
    input_id: int,
    assignment_id: int,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """The held message was meant for this claim, or the recorded verdict is to move there.

    Raises:
        Refusal: the question was answered before.
    """
    pending = await held_of(session, tap.actor_id, input_id)
    where = where_pressed(tap)
    if "move_from" in pending.content:
        await moving.move(session, pending, assignment_id, where, policy=policy, now=now)
        return
    assignment = await own(session, tap.actor_id, assignment_id)
    await inputs.close(session, pending.id, now)
    for message in messages_of(pending):
        await answer(session, assignment, message, where, policy=policy, now=now)


async def use_as_article(session: AsyncSession, tap: Tap, input_id: int, *, now: datetime) -> None:
    """The held message was meant as new articles.

    Raises:
        Refusal: the question was answered before.
        NotPermitted: this person may not submit any more.
    """
    pending = await held_of(session, tap.actor_id, input_id)
    await inputs.close(session, pending.id, now)
    for message in messages_of(pending):
        if intake.may_be_text(message):
            await hold_for_reading(session, message, now=now)
        else:
            await intake.submit_message(session, message, now=now)
    await note_in(session, tap.notice_id, "as_article", now=now)


async def use_parts(
    session: AsyncSession, tap: Tap, input_id: int, *, text: bool, links: bool, now: datetime
) -> None:
    """What of the held message is to be read: its own text, its links, or both.

    Raises:
        Refusal: the question was answered before.
        NotPermitted: this person may not submit any more.
    """
    pending = await held_of(session, tap.actor_id, input_id)
    await inputs.close(session, pending.id, now)
    for message in messages_of(pending):
        if links:
            await intake.submit_links(session, message, with_text=text, now=now)
        else:
            await submit_draft(session, message, is_wished=True, now=now)
    await note_in(session, tap.notice_id, "as_article", now=now)


async def use_for_nothing(session: AsyncSession, tap: Tap, input_id: int, *, now: datetime) -> None:
    """The held message was meant for none of what was offered.

    Raises:
        Refusal: the question was answered before.
    """
    pending = await held_of(session, tap.actor_id, input_id)
    await inputs.close(session, pending.id, now)
    await note_in(session, tap.notice_id, "unused", now=now)


async def ask_anew(session: AsyncSession, tap: Tap, input_id: int, *, now: datetime) -> None:
    """Ask once more, at the end of the chat, what is still open with this person.

    Raises:
        Refusal: it was answered before.
    """
    pending = await held_of(session, tap.actor_id, input_id)
    where = Where(Place(tap.chat_id, tap.thread_id, member_id=tap.actor_id))
    if pending.assignment_id is not None:
        assignment = await own(session, tap.actor_id, pending.assignment_id)
        await halves.ask(session, pending, assignment, pending.kind, where, now=now)
        return
    await _ask(session, pending, where, now=now)


async def turn_choices(
    session: AsyncSession, tap: Tap, input_id: int, *, page: int, now: datetime
) -> None:
    """Show another page of the claims to choose from.

    Raises:
        Refusal: the question was answered before.
    """
    pending = await held_of(session, tap.actor_id, input_id)
    kind = NoticeKind.ASK_BACK
    await notices.show(session, tap.notice_id, kind, now=now, input_id=pending.id, page=page)


async def held_of(session: AsyncSession, member_id: int, input_id: int) -> PendingInput:
    """The question that is still open with this person.

    Raises:
        Refusal: it was answered before, or is somebody else's.
    """
    pending = await inputs.get(session, input_id)
    if pending is None or pending.member_id != member_id or pending.closed_at is not None:
        raise Refusal("question_over")
    return pending


async def edit_held(session: AsyncSession, incoming: Incoming, *, now: datetime) -> bool:
    """A held message was edited: what is kept is what it says now. False when none is held."""
    for pending in await inputs.open_of(session, incoming.actor_id):
        messages = messages_of(pending)
        if pending.kind not in _HELD or incoming.message_id not in [m.message_id for m in messages]:
            continue
        newest = [incoming if m.message_id == incoming.message_id else m for m in messages]
        content = {**pending.content, "messages": [kept(message) for message in newest]}
        return await inputs.change(session, pending.id, kind=pending.kind, content=content, now=now)
    return False


def messages_of(pending: PendingInput) -> list[Incoming]:
    """The held messages as they came, in order."""
    return [message_from(one) for one in pending.content.get("messages", ())]


async def _hold(
    session: AsyncSession,
    incoming: Incoming,
    kind: InputKind,
    *,
    now: datetime,
    offered: Sequence[int] = (),
    asks: Mapping[str, Any] | None = None,
) -> None:
    """Ask for which of the `offered` assignments it is; without any, of those that are open.

    `asks` says what else is asked.
    """
    if await _join_album(session, incoming, now=now):
        return
    content: dict[str, Any] = {"messages": [kept(incoming)], "held_album": incoming.album}
    content.update(asks or {})
    if offered:
        content[OFFERED] = list(offered)
    pending = await inputs.add(
        session,
        PendingInput(
            member_id=incoming.actor_id,
            chat_id=incoming.chat_id,
            kind=kind,
            content=content,
            since=now,
        ),
    )
    await _ask(session, pending, where_said(incoming), now=now)


async def _ask(
    session: AsyncSession, pending: PendingInput, where: Where, *, now: datetime
) -> None:
    """Ask what the held message is for; where that was asked before it is asked no more."""
    asked_in = pending.notice_id
    kind, reply_to = NoticeKind.ASK_BACK, where.reply_to
    notice_id = await notices.tell(
        session, where.place, kind, now=now, reply_to=reply_to, input_id=pending.id
    )
    await inputs.ask_in(session, pending.id, notice_id)
    if asked_in is not None:
        await stop_asking(session, asked_in, now=now)


async def _join_album(session: AsyncSession, incoming: Incoming, *, now: datetime) -> bool:
    """A further picture of a held album is asked about together with the first."""
    if incoming.album is None:
        return False
    for pending in await inputs.recent(session, incoming.actor_id, since=now - ALBUM_TIME):
        if pending.closed_at is None and pending.content.get("held_album") == incoming.album:
            messages = [*pending.content["messages"], kept(incoming)]
            content = {**pending.content, "messages": messages}
            return await inputs.change(
                session, pending.id, kind=pending.kind, content=content, now=now
            )
    return False
