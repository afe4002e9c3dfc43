"""An editor decides: between differing readings, and in words about a claim."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.actions import clear, decided_claim, needs_reason, override
from bot.workflow.deciding import ALARMING, hold_outcome
from bot.workflow.editors import editors_of
from bot.workflow.incoming import Incoming, Tap
from bot.workflow.may import Deed, require
from bot.workflow.notices import NoticeKind
from bot.workflow.reasons import (
    ask_reason,
    awaited_about,
    reason_in,
    show_plain,
    stop_asking,
)
from bot.workflow.standing import show_change, tell_editors
from bot.workflow.verdicts.wording import Wording, read_answer
from storage import articles, claims, inputs, outcomes, verdicts
from storage.models import Claim, Evidence, PendingInput, Ruling
from storage.models.claims import ActionDone, ClaimStatus, Rating
from storage.models.talking import InputKind
from storage.models.work import EvidenceKind, OutcomeHow

# How an editor says in a reply what was done about a claim; the rest of the reply is the reason.
_DEEDS = {
    "fixed": ActionDone.FIXED,
    "corrected": ActionDone.FIXED,
    "cut": ActionDone.CUT,
    "removed": ActionDone.CUT,
    "deleted": ActionDone.CUT,
    "nothing to do": ActionDone.NOTHING_TO_DO,
    "override": ActionDone.OVERRIDE,
}


async def begin_ruling(
    session: AsyncSession, tap: Tap, claim_id: int, rating: Rating, *, now: datetime
) -> None:
    """An editor chose a rating by button: ask why.

    Raises:
        Refusal: the readings do not differ (any more).
    """
    await require(session, tap.actor_id, Deed.RULE)
    claim = await _claim_to_rule(session, claim_id)
    await ask_reason(session, tap, claim, InputKind.RULING_REASON, now=now, rating=rating.value)


async def offer_ruling(session: AsyncSession, tap: Tap, claim_id: int, *, now: datetime) -> None:
    """Let the pressed message offer the ratings once more, on a claim that was ruled on.

    Raises:
        Refusal: there is nothing to rule.
    """
    await require(session, tap.actor_id, Deed.RULE)
    await _claim_to_rule(session, claim_id)
    await show_plain(session, tap.notice_id, now=now, is_ruling=True)


async def back(session: AsyncSession, tap: Tap, claim_id: int, *, now: datetime) -> None:
    """Do not ask for a reason after all."""
    await require(session, tap.actor_id, Deed.RULE)
    await stop_asking(session, tap, claim_id, now=now)
    await show_plain(session, tap.notice_id, now=now)


async def awaited_reason(
    session: AsyncSession, incoming: Incoming, pending: PendingInput, *, now: datetime
) -> None:
    """The reason that was asked for after a button has come."""
    if pending.kind is InputKind.OVERRIDE_REASON:
        await override(session, incoming, pending, now=now)
        return
    await require(session, incoming.actor_id, Deed.RULE)
    if pending.claim_id is None:
        return
    claim = await _claim_to_rule(session, pending.claim_id)
    reason = reason_in(incoming)
    if await inputs.close(session, pending.id, now):
        rating = Rating(pending.content["rating"])
        await _rule(session, claim, rating, reason, incoming, now=now)


async def claim_reply(
    session: AsyncSession, incoming: Incoming, claim_id: int, *, now: datetime
) -> None:
    """An editor's reply to a message about a claim: the awaited reason, a ruling, or what was done.

    Raises:
        Refusal: it says none of these, or not with the reason that it needs.
    """
    await require(session, incoming.actor_id, Deed.RULE)
    pending = await awaited_about(session, incoming.actor_id, claim_id)
    if pending is not None:
        await awaited_reason(session, incoming, pending, now=now)
        return
    claim = await outcomes.hold(session, claim_id)
    wording = read_answer(incoming.text, incoming.links)
    if claim.status is ClaimStatus.DISPUTED and wording.rating is not None:
        await _rule_in_words(session, claim, wording, incoming, now=now)
        return
    done = next((deed for word, deed in _DEEDS.items() if _begins(incoming.text, word)), None)
    if done is None:
        raise Refusal("claim_reply_unclear", is_disputed=claim.status is ClaimStatus.DISPUTED)
    await _clear_in_words(session, claim_id, done, incoming, now=now)


async def _rule_in_words(
    session: AsyncSession, claim: Claim, wording: Wording, incoming: Incoming, *, now: datetime
) -> None:
    if wording.rating is None or not wording.explanation:
        raise Refusal("ruling_needs_reason")
    await _rule(session, claim, wording.rating, wording.explanation, incoming, now=now)


async def _clear_in_words(
    session: AsyncSession, claim_id: int, done: ActionDone, incoming: Incoming, *, now: datetime
) -> None:
    claim = await decided_claim(session, claim_id)
    reason = None
    if needs_reason(claim, done):
        word = next(word for word, deed in _DEEDS.items() if deed is done)
        rest = incoming.text.strip()[len(word) :].strip(" ,.;:–—-\n")
        if not rest:
            raise Refusal("override_needs_reason")
        done, reason = ActionDone.OVERRIDE, rest
    await clear(session, claim, done, actor_id=incoming.actor_id, now=now, reason=reason)


async def _claim_to_rule(session: AsyncSession, claim_id: int) -> Claim:
    """The claim, held, if an editor may rule on it: disputed, or ruled on before."""
    claim = await outcomes.hold(session, claim_id)
    if claim.status is ClaimStatus.DISPUTED:
        return claim
    last = await claims.last_outcome(session, claim.id)
    if last is not None and last.how is OutcomeHow.RULING and last.round == claim.round:
        return claim
    raise Refusal("not_disputed", article=claim.article_id, number=claim.number)


async def _rule(
    session: AsyncSession,
    claim: Claim,
    rating: Rating,
    reason: str,
    incoming: Incoming,
    *,
    now: datetime,
) -> None:
    readings = await verdicts.counted(session, claim.id, claim.round)
    earlier = await outcomes.rulings(session, claim.id, claim.round)
    ruling = await outcomes.add_ruling(
        session,
        Ruling(
            claim_id=claim.id,
            round=claim.round,
            revision=len(earlier) + 1,
            member_id=incoming.actor_id,
            rating=rating,
            reason=reason,
            ruled_at=now,
        ),
        [reading.id for reading in readings],
        _evidence(incoming, now=now),
    )
    outcome = await hold_outcome(
        session,
        claim,
        readings,
        rating=rating,
        how=OutcomeHow.RULING,
        now=now,
        actor_id=incoming.actor_id,
        ruling_id=ruling.id,
    )
    await show_change(session, claim, now=now)
    article = await articles.get(session, claim.article_id)
    answering = [one.id for one in await editors_of(session, article)] if article else []
    if rating in ALARMING and incoming.actor_id not in answering:
        key = f"alert/{claim.id}/{outcome.n}"
        await tell_editors(session, claim, NoticeKind.ALERT, key=key, now=now)


def _evidence(incoming: Incoming, *, now: datetime) -> list[Evidence]:
    """What a ruling rests on: the links and files of the message that gave the reason."""
    cited = read_answer(incoming.text, incoming.links).links
    links = [
        Evidence(kind=EvidenceKind.LINK, url=link.url, locator=link.locator, added_at=now)
        for link in cited
    ]
    files = [
        Evidence(
            kind=EvidenceKind(attached.kind),
            file_id=attached.file_id,
            file_name=attached.file_name,
            added_at=now,
        )
        for attached in incoming.attachments
    ]
    return links + files


def _begins(text: str, word: str) -> bool:
    start = text.strip().casefold()
    return start.startswith(word) and not start[len(word) : len(word) + 1].isalnum()
