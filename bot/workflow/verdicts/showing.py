"""Where an answer is echoed, and what becomes of the other messages about its claim."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow import notices
from bot.workflow.incoming import Incoming, Tap
from bot.workflow.notices import About, NoticeKind, Place
from storage import outbox
from storage.models import Assignment, Prompt

# Messages about an assignment that ask for something; a recorded verdict ends their asking.
_ASKING = (NoticeKind.CARD, NoticeKind.HALF_ANSWER, NoticeKind.ASK_BACK)


@dataclass(frozen=True)
class Where:
    """Where an answer came from: a message is replied to, a pressed message is edited."""

    place: Place
    reply_to: int | None = None
    notice_id: int | None = None


def where_said(incoming: Incoming) -> Where:
    """The echo of a message is a reply to it."""
    place = Place(incoming.chat_id, incoming.thread_id, member_id=incoming.actor_id)
    return Where(place, reply_to=incoming.message_id)


def where_pressed(tap: Tap) -> Where:
    """The echo of a press takes the place of the message it stood under."""
    place = Place(tap.chat_id, tap.thread_id, member_id=tap.actor_id)
    return Where(place, notice_id=tap.notice_id)


async def say(  # one message: where, what kind, about whom, when
    session: AsyncSession,
    where: Where,
    kind: NoticeKind,
    *,
    now: datetime,
    assignment_id: int | None = None,
    **facts: Any,
) -> int | None:
    """Edit the pressed message, or tell a new one in reply; the id of the message that shows it."""
    about = About(assignment_id=assignment_id)
    if where.notice_id is not None:
        await notices.show(session, where.notice_id, kind, now=now, about=about, **facts)
        return where.notice_id
    return await notices.tell(
        session, where.place, kind, now=now, about=about, reply_to=where.reply_to, **facts
    )


async def close_cards(
    session: AsyncSession, assignment_id: int, *, now: datetime, shown_in: int | None = None
) -> None:
    """No message about this assignment asks any more; `shown_in` shows the verdict itself."""
    for prompt in await _prompts(session, assignment_id, *_ASKING):
        if prompt.outbox_id == shown_in:
            continue
        if await _was_card(session, prompt):
            await notices.show(session, prompt.outbox_id, NoticeKind.CARD_CLOSED, now=now)
        else:
            await note_in(session, prompt.outbox_id, "answered", now=now)


async def replace_echoes(
    session: AsyncSession, assignment_id: int, *, now: datetime, shown_in: int | None
) -> None:
    """Earlier echoes of this assignment point to the newer one."""
    for prompt in await _prompts(session, assignment_id, NoticeKind.RECORDED):
        if prompt.outbox_id != shown_in:
            await note_in(session, prompt.outbox_id, "replaced", now=now)


async def echo_of(session: AsyncSession, assignment_id: int) -> int | None:
    """The newest message that shows what was recorded for this assignment."""
    prompts = await _prompts(session, assignment_id, NoticeKind.RECORDED)
    return prompts[0].outbox_id if prompts else None


async def show_card_again(
    session: AsyncSession, assignment: Assignment, where: Where, *, now: datetime, what: str
) -> None:
    """The claim is open again: its card asks again, and the echo says `what` happened.

    A card that became the echo itself is a card again; without any card a new one is told.
    """
    card = await _card_of(session, assignment.id)
    if card is None:
        await notices.tell(
            session,
            where.place,
            NoticeKind.CARD,
            now=now,
            about=About(assignment_id=assignment.id),
        )
    else:
        await _show_card(session, card, now=now)
    echo = where.notice_id or await echo_of(session, assignment.id)
    if echo is not None and (card is None or echo != card.outbox_id):
        await note_in(session, echo, what, now=now)


async def note_in(
    session: AsyncSession, notice_id: int | None, what: str, *, now: datetime
) -> None:
    """A message of ours shrinks to one line that says `what` became of it."""
    await notices.show(session, notice_id, NoticeKind.ANSWER_NOTE, now=now, what=what)


async def stop_asking(session: AsyncSession, notice_id: int, *, now: datetime) -> None:
    """The question is asked further down: a card is a card again, another message a line."""
    prompt = await outbox.prompt_of(session, notice_id)
    if prompt is not None and await _was_card(session, prompt):
        await _show_card(session, prompt, now=now)
    else:
        await note_in(session, notice_id, "asked_below", now=now)


async def back_to_card(session: AsyncSession, notice_id: int | None, *, now: datetime) -> None:
    """A message that asked for more shows its claim again."""
    prompt = await outbox.prompt_of(session, notice_id) if notice_id is not None else None
    if prompt is not None:
        await _show_card(session, prompt, now=now)


async def _show_card(session: AsyncSession, prompt: Prompt, *, now: datetime) -> None:
    sent = await outbox.get(session, prompt.outbox_id)
    facts = sent.facts if sent is not None and sent.kind == NoticeKind.CARD.value else {}
    await notices.show(session, prompt.outbox_id, NoticeKind.CARD, now=now, **facts)


async def _card_of(session: AsyncSession, assignment_id: int) -> Prompt | None:
    """The newest message that was this assignment's card, whatever it shows now."""
    kinds = (*_ASKING, NoticeKind.CARD_CLOSED, NoticeKind.RECORDED, NoticeKind.ANSWER_NOTE)
    for prompt in await _prompts(session, assignment_id, *kinds):
        if await _was_card(session, prompt):
            return prompt
    return None


async def _was_card(session: AsyncSession, prompt: Prompt) -> bool:
    sent = await outbox.get(session, prompt.outbox_id)
    return sent is not None and sent.kind == NoticeKind.CARD.value


async def _prompts(session: AsyncSession, assignment_id: int, *kinds: NoticeKind) -> list[Prompt]:
    """Our messages about this assignment that show one of `kinds`, newest first."""
    found = [
        prompt
        for kind in kinds
        for prompt in await outbox.prompts_for(session, kind.value, assignment_id=assignment_id)
    ]
    return sorted(found, key=lambda prompt: prompt.id, reverse=True)
