"""The edits of a sheet by reply: drop, keep, add, trim, says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.assignment import withdraw_claim
from bot.workflow.sheet.changes import change, change_of, revise, snapshot
from bot.workflow.sheet.locating import Span, closest, distance, nearest, occurrences
from bot.workflow.sheet.parsing import OPENING
from bot.workflow.sheet.reopening import reopen_values, reword_cards
from storage import assignments, claims, events, sources
from storage.feedback import NO_CLAIM
from storage.models import Article, ArticleVersion, Citation, Claim, ClaimRevision, Source
from storage.models.claims import (
    ClaimOrigin,
    ClaimStatus,
    revision_fields,
    source_name_norm,
)

NEAR_CHARS = 300  # a trim may reach this far outside its claim: a sentence or two
LONGEST_CLAIM = 1500  # characters; a longer passage holds several claims
LONGEST_NAME = 200
FINAL = frozenset({ClaimStatus.DISPUTED, ClaimStatus.DECIDED, ClaimStatus.CLEARED})


@dataclass(frozen=True)
class Desk:
    """What every edit needs: whose article, which text, who edits, when."""

    article: Article
    version: ArticleVersion
    actor_id: int
    now: datetime


@dataclass(frozen=True)
class Edit:
    """What an edit did: the key of its sentence, the claims' numbers, and how to take it back."""

    what: str
    numbers: tuple[int, ...]
    changes: list[dict[str, Any]] = field(default_factory=list)


async def drop(
    session: AsyncSession, desk: Desk, numbers: Sequence[int], *, is_no_claim: bool = False
) -> Edit:
    """Take claims off the sheet; whoever holds one hears that it is not needed any more.

    `is_no_claim`: the editor says that it should not have been found; kept as a finding's fault.
    """
    found = [
        claim
        for claim in await numbered(session, desk, numbers)
        if claim.status not in (ClaimStatus.DROPPED, ClaimStatus.WITHDRAWN)
    ]
    if not found:
        raise Refusal("already_dropped", numbers=list(numbers))
    judged = [claim.number for claim in found if claim.status in FINAL]
    if judged:
        raise Refusal("drop_judged", numbers=judged)
    changes = []
    for claim in found:
        before = snapshot(claim)
        held = [one.id for one in await assignments.open_of_claim(session, claim.id)]
        await change(session, claim, status=ClaimStatus.DROPPED, chosen=False, settle_at=None)
        await withdraw_claim(session, claim.id, now=desk.now)
        changes.append(change_of(claim, before, assignment_ids=held))
        if is_no_claim:
            await events.record(
                session, NO_CLAIM, "claim", claim.id, at=desk.now, actor_id=desk.actor_id
            )
    return Edit(
        "no_claims" if is_no_claim else "dropped", tuple(claim.number for claim in found), changes
    )


async def keep(session: AsyncSession, desk: Desk, numbers: Sequence[int]) -> Edit:
    """Tick claims, and bring dropped ones back, to be sent anew."""
    found = await numbered(session, desk, numbers)
    gone = [claim.number for claim in found if claim.status is ClaimStatus.WITHDRAWN]
    if gone:
        raise Refusal("claim_gone", numbers=gone)
    open_ones = (ClaimStatus.NEW, ClaimStatus.DROPPED)
    changed = [claim for claim in found if claim.status in open_ones and not claim.chosen]
    if not changed:
        raise Refusal("already_kept", numbers=list(numbers))
    changes = []
    for claim in changed:
        before = snapshot(claim)
        await change(session, claim, status=ClaimStatus.NEW, chosen=True)
        changes.append(change_of(claim, before))
    return Edit("kept", tuple(claim.number for claim in changed), changes)


async def add(session: AsyncSession, desk: Desk, readings: Sequence[str]) -> Edit:
    """Make a claim of words in the text; its number is new, and it is ticked."""
    span = await _free_span(session, desk, _located(desk, readings))
    number = await claims.highest_number(session, desk.article.id) + 1
    claim = Claim(
        article_id=desk.article.id,
        number=number,
        origin=ClaimOrigin.ADDED,
        added_by_id=desk.actor_id,
        chosen=True,
        priority=1,
    )
    await claims.add(session, claim)
    revision = ClaimRevision(claim_id=claim.id, n=1, unsourced=True, **_words(desk, span))
    await revise(session, claim, revision, like_id=None)
    return Edit("added", (number,), [change_of(claim, None)])


async def trim(session: AsyncSession, desk: Desk, number: int, readings: Sequence[str]) -> Edit:
    """Give a claim other words from in or near it; a claim that was judged opens again."""
    claim, head = await _one(session, desk, number)
    is_gone = head.article_version_id != desk.version.id  # its words are not in this text
    near = [
        found
        for found in _located(desk, readings)
        if is_gone or distance(found, (head.start, head.end)) <= NEAR_CHARS
    ]
    span = closest(near, (head.start, head.end))
    if span is None:
        raise Refusal("trim_elsewhere", number=number)
    if span == (head.start, head.end) and not is_gone:
        raise Refusal("trim_same", number=number)
    await _free_span(session, desk, [span])
    before = snapshot(claim)
    held = [one.id for one in await assignments.open_of_claim(session, claim.id)]
    values = await reopen_values(
        session, claim, article=desk.article, actor_id=desk.actor_id, now=desk.now
    )
    revision = await _next(session, head, **_words(desk, span))
    await revise(session, claim, revision, like_id=head.id, **values)
    await reword_cards(session, claim.id, now=desk.now)
    withdrawn = held if values else []
    changed = change_of(claim, before, assignment_ids=withdrawn)
    return Edit("reopened" if values else "trimmed", (number,), [changed])


async def says(
    session: AsyncSession, desk: Desk, numbers: Sequence[int], readings: Sequence[str]
) -> Edit:
    """Correct who says claims; what the text had is kept with the words before.

    Raises:
        Refusal: it is no name, or one of the claims is not on the sheet.
    """
    name = " ".join(readings[0].split()).strip(OPENING + " ,;")
    if not name:
        raise Refusal("sheet_command_incomplete", verb="says")
    if len(name) > LONGEST_NAME:
        raise Refusal("name_too_long", longest=LONGEST_NAME)
    changes = [await _say(session, desk, number, name) for number in numbers]
    return Edit("says", tuple(numbers), changes)


async def _say(session: AsyncSession, desk: Desk, number: int, name: str) -> dict[str, Any]:
    claim, head = await _one(session, desk, number)
    source = await _source(session, desk, name)
    before = snapshot(claim)
    revision = await _next(session, head, made_at=desk.now, by_id=desk.actor_id, unsourced=False)
    await revise(session, claim, revision, like_id=None)
    await claims.add(
        session,
        Citation(
            claim_revision_id=revision.id,
            source_id=source.id,
            as_written=name,
            role=source.role,
            by_id=desk.actor_id,
        ),
    )
    await reword_cards(session, claim.id, now=desk.now)
    return change_of(claim, before)


async def numbered(session: AsyncSession, desk: Desk, numbers: Sequence[int]) -> Sequence[Claim]:
    """The sheet's claims with these numbers, all of them.

    Raises:
        Refusal: one of the numbers was never given.
    """
    found = await claims.numbered(session, desk.article.id, numbers)
    missing = sorted(set(numbers) - {claim.number for claim in found})
    if missing:
        highest = await claims.highest_number(session, desk.article.id)
        raise Refusal("no_such_claim", number=missing[0], highest=highest)
    return found


async def _one(session: AsyncSession, desk: Desk, number: int) -> tuple[Claim, ClaimRevision]:
    (claim,) = await numbered(session, desk, [number])
    if claim.status is ClaimStatus.DROPPED:
        raise Refusal("claim_dropped", number=number)
    head = await claims.head_revision(session, claim.id)
    if head is None or claim.status is ClaimStatus.WITHDRAWN:
        raise Refusal("claim_gone", numbers=[number])
    return claim, head


def _located(desk: Desk, readings: Sequence[str]) -> list[Span]:
    """Where the words stand, by the first reading of them that the text has."""
    for reading in readings:
        spans = occurrences(desk.version.text, reading)
        if spans and spans[0][1] - spans[0][0] > LONGEST_CLAIM:
            raise Refusal("words_too_long", longest=LONGEST_CLAIM)
        if spans:
            return spans
    raise Refusal("words_not_found", nearest=nearest(desk.version.text, readings[0]))


async def _free_span(session: AsyncSession, desk: Desk, spans: Sequence[Span]) -> Span:
    """The first of these spans that is no claim yet."""
    existing = await claims.of_article(session, desk.article.id)
    heads = await claims.head_revisions(session, [claim.id for claim in existing])
    here = [head for head in heads if head.article_version_id == desk.version.id]
    taken = {(head.start, head.end): head.claim_id for head in here}
    for span in spans:
        if span not in taken:
            return span
    holder = next(claim for claim in existing if claim.id == taken[spans[0]])
    dropped = holder.status is ClaimStatus.DROPPED
    raise Refusal("claim_exists", number=holder.number, dropped=dropped)


def _words(desk: Desk, span: Span) -> dict[str, Any]:
    start, end = span
    quote = desk.version.text[start:end]
    return {
        "article_version_id": desk.version.id,
        "start": start,
        "end": end,
        "quote": quote,
        "quote_sha256": sha256(quote.encode("utf-8", "surrogatepass")).hexdigest(),
        "made_at": desk.now,
        "by_id": desk.actor_id,
    }


async def _next(session: AsyncSession, head: ClaimRevision, **changed: Any) -> ClaimRevision:
    n = await claims.last_revision_n(session, head.claim_id) + 1
    return ClaimRevision(n=n, **{**revision_fields(head), **changed})


async def _source(session: AsyncSession, desk: Desk, name: str) -> Source:
    desk_id, norm = desk.article.desk_id, source_name_norm(name)
    if not await sources.named(session, desk_id, [norm]):
        person = Source(desk_id=desk_id, kind="person", name=name, name_norm=norm)
        await sources.add_new(session, [person])
    return (await sources.named(session, desk_id, [norm]))[0]
