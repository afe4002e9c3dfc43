"""Asking an editor for a written reason: the pressed message asks, the next message answers."""

import re
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.incoming import Incoming, Tap
from bot.workflow.notices import NoticeKind, show
from storage import inputs, outbox, sheets
from storage.models import Claim, PendingInput
from storage.models.talking import InputKind

REASON_LETTERS = 3  # fewer are no word that anybody could learn something from
_LINK = re.compile(r"\S*[^\s.]\.[^\s.]\S*")
_QUESTIONS = ("input_id", "is_ruling")  # facts of a message that asks
_REASONS = (InputKind.RULING_REASON, InputKind.OVERRIDE_REASON)


async def ask_reason(
    session: AsyncSession,
    tap: Tap,
    claim: Claim,
    kind: InputKind,
    *,
    now: datetime,
    **content: Any,
) -> None:
    """Await this person's reason about the claim; an earlier question about it is dropped."""
    await stop_asking(session, tap, claim.id, now=now)
    pending = await inputs.add(
        session,
        PendingInput(
            member_id=tap.actor_id,
            chat_id=tap.chat_id,
            kind=kind,
            article_id=claim.article_id,
            claim_id=claim.id,
            content=content,
            notice_id=tap.notice_id,
            since=now,
        ),
    )
    await show_plain(session, tap.notice_id, now=now, input_id=pending.id)


async def stop_asking(session: AsyncSession, tap: Tap, claim_id: int, *, now: datetime) -> None:
    """The reason is not awaited any more, and the message shows the claim as it stands."""
    while (pending := await awaited_about(session, tap.actor_id, claim_id)) is not None:
        await inputs.close(session, pending.id, now)
        await show_plain(session, pending.notice_id, now=now)


async def awaited_about(
    session: AsyncSession, member_id: int, claim_id: int
) -> PendingInput | None:
    """The reason that is awaited from this person about this claim."""
    waiting = await inputs.open_of(session, member_id)
    about = [one for one in waiting if one.claim_id == claim_id and one.kind in _REASONS]
    return about[0] if about else None


def reason_in(incoming: Incoming) -> str:
    """The reason that a message gives.

    Raises:
        Refusal: it has no words; a link alone explains nothing to who reads the record later.
    """
    if sum(map(str.isalpha, _LINK.sub("", incoming.text))) < REASON_LETTERS:
        raise Refusal("reason_in_words")
    return incoming.text.strip()


async def show_plain(
    session: AsyncSession, notice_id: int | None, *, now: datetime, **more: Any
) -> None:
    """The message in its own kind again, without earlier questions, with what it asks now."""
    prompt = await outbox.prompt_of(session, notice_id) if notice_id is not None else None
    if notice_id is None or prompt is None:
        return
    shown = await sheets.last_shown(session, notice_id)
    facts = shown.facts if shown is not None and shown.kind == prompt.kind else {}
    kept = {name: value for name, value in facts.items() if name not in _QUESTIONS}
    await show(session, notice_id, NoticeKind(prompt.kind), now=now, **kept, **more)
