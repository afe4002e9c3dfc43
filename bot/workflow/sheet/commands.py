"""A reply to a sheet: its commands carried out together, answered once, each open to undo."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.assignment import assign
from bot.workflow.incoming import Incoming
from bot.workflow.may import Deed, require
from bot.workflow.notices import About, NoticeKind, Place, tell
from bot.workflow.policy import Policy
from bot.workflow.sheet import edits
from bot.workflow.sheet.aftermath import show_edit
from bot.workflow.sheet.changes import change, change_of, snapshot
from bot.workflow.sheet.edits import Desk, Edit
from bot.workflow.sheet.parsing import SheetCommand, Verb, is_command, parse_commands
from bot.workflow.sheet.undo import undo_last
from bot.workflow.sheet_states import chosen_of
from storage import articles, claims, events, sheets
from storage.models.claims import ClaimStatus

__all__ = ["command", "is_command"]


async def command(
    session: AsyncSession, incoming: Incoming, article_id: int, *, policy: Policy, now: datetime
) -> None:
    """Carry out what a reply to a sheet asks for, all of it or nothing.

    In groups people also talk: there only a reply that begins with a command word counts.

    Raises:
        Refusal: it is no command, or what it asks for is not possible.
    """
    if not incoming.is_private and not is_command(incoming.text):
        return
    await require(session, incoming.actor_id, Deed.EDIT_SHEET)
    asked = parse_commands(incoming.text)
    if any(one.verb is Verb.HELP for one in asked):
        await _answer(session, incoming, article_id, now=now, what="help")
        return
    if any(one.verb is Verb.UNDO for one in asked):
        await _take_back(session, incoming, article_id, is_alone=len(asked) == 1, now=now)
        return
    await articles.hold(session, article_id)  # numbers are given out one editor at a time
    found = await sheets.article(session, article_id)
    if found is None:
        raise Refusal("no_such_article", article=article_id)
    desk = Desk(article=found[0], version=found[1], actor_id=incoming.actor_id, now=now)
    done = [await _carry_out(session, desk, one, policy=policy) for one in asked]
    await _record(session, incoming, article_id, done, now=now)
    if any(one.at_once for one in asked):
        await assign(session, policy=policy, now=now, article_id=article_id)
    changes = [changed for edit in done for changed in edit.changes]
    await show_edit(session, article_id, changes, now=now)


async def _take_back(
    session: AsyncSession, incoming: Incoming, article_id: int, *, is_alone: bool, now: datetime
) -> None:
    """`undo`: the sheet as it was before its last edit."""
    if not is_alone:
        raise Refusal("undo_alone")
    await articles.hold(session, article_id)
    event, kept = await undo_last(session, article_id, actor_id=incoming.actor_id, now=now)
    await _answer(
        session, incoming, article_id, now=now, what="undone", event_id=event.id, kept=kept
    )


async def _carry_out(
    session: AsyncSession, desk: Desk, asked: SheetCommand, *, policy: Policy
) -> Edit:
    if asked.verb is Verb.ADD:
        return await edits.add(session, desk, asked.words)
    if asked.verb is Verb.DROP:
        return await edits.drop(session, desk, asked.numbers, is_no_claim=asked.is_no_claim)
    if asked.verb is Verb.KEEP:
        return await edits.keep(session, desk, asked.numbers)
    if asked.verb is Verb.TRIM:
        return await edits.trim(session, desk, asked.numbers[0], asked.words)
    if asked.verb is Verb.SAYS:
        return await edits.says(session, desk, asked.numbers, asked.words)
    return await _send(session, desk, asked, policy=policy)


async def _send(session: AsyncSession, desk: Desk, asked: SheetCommand, *, policy: Policy) -> Edit:
    if asked.numbers:
        asked_for = list(await edits.numbered(session, desk, asked.numbers))
        new = [claim for claim in asked_for if claim.status is ClaimStatus.NEW]
    else:
        asked_for = list(await claims.of_article(session, desk.article.id))
        new = chosen_of(asked_for)
    waiting = [claim.number for claim in asked_for if claim.status is ClaimStatus.KEPT]
    if not new and waiting and asked.at_once:
        return Edit("handed_out", tuple(waiting))
    if not new:
        raise Refusal("nothing_to_send")
    changes = []
    for claim in new:
        before = snapshot(claim)
        await change(
            session,
            claim,
            status=ClaimStatus.KEPT,
            chosen=False,
            kept_at=desk.now,
            readers_needed=policy.reviewers_per_claim,
        )
        changes.append(change_of(claim, before))
    what = "sent_now" if asked.at_once else "sent"
    return Edit(what, tuple(claim.number for claim in new), changes)


async def _record(
    session: AsyncSession,
    incoming: Incoming,
    article_id: int,
    done: Sequence[Edit],
    *,
    now: datetime,
) -> None:
    event = await events.record(
        session,
        "sheet.edit",
        "article",
        article_id,
        at=now,
        actor_id=incoming.actor_id,
        changes=[changed for edit in done for changed in edit.changes],
    )
    await session.flush()
    event_id = event.id if event.facts["changes"] else None
    lines = [{"what": edit.what, "numbers": list(edit.numbers)} for edit in done]
    await _answer(
        session, incoming, article_id, now=now, what="edited", lines=lines, event_id=event_id
    )


async def _answer(
    session: AsyncSession,
    incoming: Incoming,
    article_id: int,
    *,
    now: datetime,
    **facts: Any,
) -> None:
    member_id = incoming.actor_id if incoming.is_private else None
    await tell(
        session,
        Place(incoming.chat_id, incoming.thread_id, member_id=member_id),
        NoticeKind.SHEET_REPLY,
        now=now,
        about=About(article_id=article_id),
        reply_to=incoming.message_id,
        **facts,
    )
