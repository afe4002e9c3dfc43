"""Taking an edit of a sheet back by a counter-edit, as long as nothing newer touched its claims."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.incoming import Tap
from bot.workflow.may import Deed, require
from bot.workflow.notices import NoticeKind, show
from bot.workflow.sheet.aftermath import show_edit
from bot.workflow.sheet.changes import change, revise, snapshot, values_of
from bot.workflow.sheet.reopening import add_outcome, reword_cards
from storage import articles, assignments, claims, events, outbox, waiting
from storage.models import Claim, ClaimRevision, Event, Outcome
from storage.models.claims import ClaimStatus, revision_fields


async def undo(session: AsyncSession, tap: Tap, event_id: int, *, now: datetime) -> None:
    """Take back the edit that the event tells of; its answer says so.

    Raises:
        Refusal: something newer touched one of its claims.
    """
    await require(session, tap.actor_id, Deed.EDIT_SHEET)
    event = await events.get(session, event_id)
    if event is None or event.action != "sheet.edit":
        raise Refusal("undo_too_late", number=None)
    await articles.hold(session, event.subject_id)
    if event.id not in {one.id for one in await events.standing_edits(session, event.subject_id)}:
        raise Refusal("undo_too_late", number=None)
    await _undo(session, event, actor_id=tap.actor_id, now=now)
    await show(
        session, tap.notice_id, NoticeKind.SHEET_REPLY, now=now, what="undone", event_id=event_id
    )


async def undo_last(
    session: AsyncSession, article_id: int, *, actor_id: int, now: datetime
) -> tuple[Event, list[int]]:
    """Take back the newest edit of the sheet that still can be, and give its event.

    With it the numbers of claims whose newer edits stay, since something else happened to them.

    Raises:
        Refusal: no edit is left, or none of those left can be taken back; it names the newest.
    """
    kept: list[Refusal] = []
    for event in await events.standing_edits(session, article_id):
        try:
            async with session.begin_nested():
                await _undo(session, event, actor_id=actor_id, now=now)
        except Refusal as refused:
            kept.append(refused)
            continue
        numbers = [refused.details.get("number") for refused in kept]
        return event, sorted({number for number in numbers if number})
    raise kept[0] if kept else Refusal("sheet_unchanged")


async def _undo(session: AsyncSession, event: Event, *, actor_id: int, now: datetime) -> None:
    for changed in reversed(event.facts["changes"]):
        await _take_back(session, changed, actor_id=actor_id, now=now)
    await events.record(
        session,
        "sheet.undo",
        "article",
        event.subject_id,
        at=now,
        actor_id=actor_id,
        event_id=event.id,
    )
    await show_edit(session, event.subject_id, event.facts["changes"], now=now)


async def _take_back(
    session: AsyncSession, changed: dict[str, Any], *, actor_id: int, now: datetime
) -> None:
    claim = await claims.get(session, changed["claim_id"])
    if claim is None:
        raise Refusal("undo_too_late", number=None)
    after = changed["after"]
    if not await _stands(session, claim, after):
        is_out = claim.status in waiting.OUT and after["status"] not in waiting.OUT
        raise Refusal("undo_handed_out" if is_out else "undo_too_late", number=claim.number)
    before = changed["before"]
    if before is None:  # the edit made the claim; its number stays used
        await change(session, claim, status=ClaimStatus.DROPPED, chosen=False)
        return
    values = values_of(before)
    if before["head_outcome_id"] != claim.head_outcome_id:
        values["head_outcome_id"] = await _outcome_again(session, claim, values, now=now)
    words_id = values.pop("head_revision_id")
    if words_id == claim.head_revision_id:
        await change(session, claim, **values)
    else:
        revision = await _words_again(session, words_id, actor_id=actor_id, now=now)
        await revise(session, claim, revision, like_id=words_id, **values)
    for assignment_id in changed.get("assignment_ids", []):
        await _give_back(session, assignment_id, now=now)
    await reword_cards(session, claim.id, now=now)


async def _stands(session: AsyncSession, claim: Claim, after: dict[str, Any]) -> bool:
    """Whether the claim is as the edit left it, or as later edits that were taken back made it.

    Taking back makes new revisions and outcomes, so those are compared by what they say.
    """
    now = snapshot(claim)
    by_content = ("version", "head_revision_id", "head_outcome_id")
    if any(now[name] != after[name] for name in after if name not in by_content):
        return False
    words = [await _words(session, kept["head_revision_id"]) for kept in (now, after)]
    held = [await _held(session, kept["head_outcome_id"]) for kept in (now, after)]
    return bool(words[0] == words[1] and held[0] == held[1])


async def _words(session: AsyncSession, revision_id: int | None) -> Any:
    """What a revision says, and of whom."""
    if revision_id is None:
        return None
    revision = await claims.revision(session, revision_id)
    cited = await claims.citations_of(session, [revision_id])
    who = [one.model_dump(exclude={"id", "claim_revision_id"}) for one, _source in cited]
    return (revision.article_version_id, revision.start, revision.end, who) if revision else None


async def _held(session: AsyncSession, outcome_id: int | None) -> Any:
    """What an outcome says."""
    outcome = await session.get(Outcome, outcome_id) if outcome_id is not None else None
    return outcome and (outcome.rating, outcome.how, outcome.verdict_id, outcome.ruling_id)


async def _words_again(
    session: AsyncSession, revision_id: int, *, actor_id: int, now: datetime
) -> ClaimRevision:
    old = await claims.revision(session, revision_id)
    if old is None:
        raise LookupError(f"claim revision {revision_id} is gone")
    n = await claims.last_revision_n(session, old.claim_id) + 1
    return ClaimRevision(n=n, **{**revision_fields(old), "made_at": now, "by_id": actor_id})


async def _outcome_again(
    session: AsyncSession, claim: Claim, values: dict[str, Any], *, now: datetime
) -> int | None:
    old_id = values["head_outcome_id"]
    old = await session.get(Outcome, old_id) if old_id is not None else None
    if old is None:
        return None
    kept = old.model_dump(include={"rating", "how", "verdict_id", "ruling_id", "note"})
    row = await add_outcome(session, claim, now=now, **kept)
    return row.id


async def _give_back(session: AsyncSession, assignment_id: int, *, now: datetime) -> None:
    """The reviewer from whom the claim was taken has it again, under the times it had."""
    held = await assignments.get(session, assignment_id)
    if held is None:
        return
    reminded = {
        "half_reminded_at": held.half_reminded_at,
        "due_reminded_at": held.due_reminded_at,
    }
    if not await assignments.reopen(session, assignment_id, reminded):
        return
    closed = await outbox.prompts_for(session, NoticeKind.CARD_CLOSED, assignment_id=assignment_id)
    for prompt in closed[:1]:  # the newest card is enough; the older ones stay closed
        await show(session, prompt.outbox_id, NoticeKind.CARD, now=now, view="plain")
