"""What is done about a decided claim: fixed, cut, nothing to do, or accepted with a reason."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.deciding import ALARMING
from bot.workflow.incoming import Incoming, Tap
from bot.workflow.may import Deed, require
from bot.workflow.notices import About, NoticeKind, private, show, tell
from bot.workflow.reasons import ask_reason, reason_in, stop_asking
from bot.workflow.standing import show_change
from storage import claims, events, inputs, members, outcomes, verdicts
from storage.models import Claim, PendingInput
from storage.models.claims import ActionDone, ClaimStatus
from storage.models.talking import InputKind

FILES_AT_ONCE = 10  # a longer row of pictures would bury the message they belong to


async def take(
    session: AsyncSession, tap: Tap, claim_id: int, done: ActionDone, *, now: datetime
) -> bool:
    """Note what was done about the claim; False when a reason is asked for first.

    To leave a false or misleading claim as it is needs a reason, whichever button was pressed.

    Raises:
        Refusal: the claim is not decided, or it is cleared already.
    """
    await require(session, tap.actor_id, Deed.CLEAR)
    claim = await decided_claim(session, claim_id)
    if needs_reason(claim, done):
        await ask_reason(session, tap, claim, InputKind.OVERRIDE_REASON, now=now)
        return False
    await stop_asking(session, tap, claim_id, now=now)
    await clear(session, claim, done, actor_id=tap.actor_id, now=now)
    return True


async def override(
    session: AsyncSession, incoming: Incoming, pending: PendingInput, *, now: datetime
) -> None:
    """The reason for leaving a claim as it is has come."""
    await require(session, incoming.actor_id, Deed.CLEAR)
    if pending.claim_id is None:
        return
    claim = await decided_claim(session, pending.claim_id)
    reason = reason_in(incoming)
    if await inputs.close(session, pending.id, now):
        await clear(
            session,
            claim,
            ActionDone.OVERRIDE,
            actor_id=incoming.actor_id,
            now=now,
            reason=reason,
        )


def needs_reason(claim: Claim, done: ActionDone) -> bool:
    """Whether this may not be said of the claim without a written reason."""
    if done is ActionDone.OVERRIDE:
        return True
    return done is ActionDone.NOTHING_TO_DO and claim.verdict in ALARMING


async def decided_claim(session: AsyncSession, claim_id: int) -> Claim:
    """The claim, held, if there is something to be done about it.

    Raises:
        Refusal: it is not decided, or it is cleared already.
    """
    claim = await outcomes.hold(session, claim_id)
    if claim.status is ClaimStatus.CLEARED:
        raise Refusal("already_cleared", article=claim.article_id, number=claim.number)
    if claim.status is not ClaimStatus.DECIDED:
        raise Refusal("not_decided", article=claim.article_id, number=claim.number)
    return claim


async def clear(
    session: AsyncSession,
    claim: Claim,
    done: ActionDone,
    *,
    actor_id: int,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Nothing is left to do about this claim."""
    await claims.change(
        session,
        claim,
        status=ClaimStatus.CLEARED,
        action_done=done,
        action_reason=reason,
        action_by_id=actor_id,
        cleared_at=now,
    )
    await events.record(
        session, "claim.cleared", "claim", claim.id, at=now, actor_id=actor_id, done=done.value
    )
    await show_change(session, claim, now=now)


async def open_again(session: AsyncSession, tap: Tap, claim_id: int, *, now: datetime) -> bool:
    """Take back that something was done; False when nobody had said so."""
    await require(session, tap.actor_id, Deed.CLEAR)
    claim = await outcomes.hold(session, claim_id)
    if claim.status is not ClaimStatus.CLEARED or claim.action_by_id is None:
        return False
    await claims.change(
        session,
        claim,
        status=ClaimStatus.DECIDED,
        action_done=None,
        action_reason=None,
        action_by_id=None,
        cleared_at=None,
    )
    await events.record(
        session, "claim.uncleared", "claim", claim.id, at=now, actor_id=tap.actor_id
    )
    await show_change(session, claim, now=now)
    return True


async def open_claim(session: AsyncSession, tap: Tap, claim_id: int, *, now: datetime) -> None:
    """Show one claim with its verdicts to who asked, in private."""
    await require(session, tap.actor_id, Deed.READ_ARTICLES)
    claim, member = await claims.get(session, claim_id), await members.get(session, tap.actor_id)
    if claim is None or member is None:
        raise Refusal("claim_not_found")
    about = About(article_id=claim.article_id, claim_id=claim.id)
    await tell(session, private(member), NoticeKind.ALERT, now=now, about=about)


async def turn_summary(session: AsyncSession, tap: Tap, page: int, *, now: datetime) -> None:
    """Show another page of the summary whose button was pressed."""
    await require(session, tap.actor_id, Deed.READ_ARTICLES)
    await show(session, tap.notice_id, NoticeKind.ARTICLE, now=now, page=page)


async def show_files(session: AsyncSession, tap: Tap, claim_id: int, *, now: datetime) -> int:
    """Send the photos and files under the claim's verdicts to who asked; how many."""
    await require(session, tap.actor_id, Deed.READ_ARTICLES)
    claim, member = await claims.get(session, claim_id), await members.get(session, tap.actor_id)
    if claim is None or member is None:
        raise Refusal("claim_not_found")
    readings = await verdicts.counted(session, claim.id, claim.round)
    found = list(await verdicts.evidence_for(session, [reading.id for reading in readings]))
    rulings = await outcomes.rulings(session, claim.id, claim.round)
    found += await outcomes.evidence_of_rulings(session, [ruling.id for ruling in rulings])
    files = [row for row in found if row.file_id][:FILES_AT_ONCE]
    for row in files:
        await tell(
            session,
            private(member),
            NoticeKind.EVIDENCE_FILE,
            now=now,
            about=About(article_id=claim.article_id, claim_id=claim.id),
            evidence_id=row.id,
        )
    return len(files)
