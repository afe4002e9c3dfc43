"""Handing claims to reviewers: at the slots of a working day, by "send now", after a pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow import cards
from bot.workflow.choosing import Candidate, Choice, choose
from bot.workflow.due_times import times_for, wall_times
from bot.workflow.hours.slots import latest_slot
from bot.workflow.nobody import tell_nobody
from bot.workflow.policy import Policy
from bot.workflow.pool import load_pool
from bot.workflow.sheet_messages import refresh_sheets
from bot.workflow.sweeping import on_its_own
from storage import assignments, events, inputs, ticks, waiting
from storage.models import Article, Assignment, Claim
from storage.models.work import AssignmentState

PEOPLE_PER_READING = 2  # an article stays with so many for each reader that its claims need
TURN = "assign"  # the row on which everybody who hands out claims queues
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Table:
    """Who could take claims and who had them; kept up to date while claims are handed out."""

    pool: Sequence[Candidate]
    history: Mapping[int, list[Assignment]]  # by claim, in its present round
    teams: dict[int, set[int]]  # by article: who holds or judged claims of it


@dataclass(frozen=True)
class Opening:
    """A reader's place at a claim that is to be filled, and how it came to be free."""

    claim: Claim
    article: Article
    slot: int
    how: str  # slot, now, passed, overdue, away, left
    previous_id: int | None = None


async def assign_at_slots(
    session: AsyncSession, *, policy: Policy, now: datetime, limit: int = 200
) -> int:
    """Hand out what was sent by a slot, once when that slot has come; how many went out.

    What is sent later waits for the next slot. A slot missed while the desk was down is made up
    for, several only once. More than `limit` readings are handed out over several calls.
    """
    slot = latest_slot(policy.zone, policy.assign_at, policy.days, policy.holidays, at=now)
    if slot is None:
        return 0
    turn = await ticks.take_turn(session, TURN, start=LONG_AGO)
    before = turn.until
    if not await ticks.reach(session, TURN, slot):
        return 0
    found = await waiting.claims(session, kept_by=slot)
    opened = await _hand_out(session, found, how="slot", policy=policy, now=now, limit=limit)
    if len(opened) >= limit:
        await ticks.put_back(session, TURN, before)
    return len(opened)


async def assign(
    session: AsyncSession,
    *,
    policy: Policy,
    now: datetime,
    article_id: int | None = None,
    limit: int = 200,
) -> int:
    """Hand out what waits of one article now, or without one what a slot that has come hands out.

    How many readings went out.
    """
    if article_id is None:
        return await assign_at_slots(session, policy=policy, now=now, limit=limit)
    await ticks.take_turn(session, TURN, start=LONG_AGO)
    found = await waiting.claims(session, article_id=article_id)
    return len(await _hand_out(session, found, how="now", policy=policy, now=now, limit=limit))


async def assign_claim(
    session: AsyncSession, claim_id: int, *, how: str, policy: Policy, now: datetime
) -> list[Assignment]:
    """Fill the free places of one claim at once; its editor hears when nobody is left."""
    await ticks.take_turn(session, TURN, start=LONG_AGO)
    found = await waiting.claims(session, claim_id=claim_id)
    return await _hand_out(session, found, how=how, policy=policy, now=now)


def pick(opening: Opening, table: Table) -> Choice | None:
    """Whom the place suits best; None when nobody can take it."""
    claim, article = opening.claim, opening.article
    # What was passed on or is overdue has waited enough: that goes to anybody.
    is_first = opening.previous_id is None
    return choose(
        table.pool,
        submitter_id=article.editor_id,
        had={one.reviewer_id for one in table.history[claim.id]},
        team=table.teams.get(article.id, set()),
        team_size=PEOPLE_PER_READING * claim.readers_needed if is_first else None,
    )


async def fill(
    session: AsyncSession, opening: Opening, table: Table, *, policy: Policy, now: datetime
) -> Assignment | None:
    """Give the place to whom it suits best; None when nobody can take it."""
    choice = pick(opening, table)
    if choice is None:
        return None
    opened = await open_for(session, opening, choice, policy=policy, now=now)
    if opened is not None:
        table.history[opening.claim.id].append(opened)
        table.teams.setdefault(opening.article.id, set()).add(opened.reviewer_id)
    return opened


async def open_for(
    session: AsyncSession, opening: Opening, choice: Choice, *, policy: Policy, now: datetime
) -> Assignment | None:
    """Put the claim into the chosen hands; None when somebody else was quicker."""
    claim, candidate = opening.claim, choice.candidate
    article_due_at = opening.article.due_at
    times = times_for(candidate.hours, now, policy=policy, article_due_at=article_due_at)
    times = times or wall_times(now, policy=policy)
    row = Assignment(
        claim_id=claim.id,
        round=claim.round,
        slot=opening.slot,
        reviewer_id=candidate.member_id,
        reason={**choice.reason(), "how": opening.how},
        opened_at=now,
        previous_id=opening.previous_id,
        half_at=times.half_at,
        due_at=times.due_at,
        expires_at=times.expires_at,
    )
    opened = await assignments.add(session, row)
    if opened is None:
        return None
    candidate.load += 1
    await waiting.mark_assigned(session, claim.id)
    await session.refresh(claim)
    await events.record(
        session,
        "assignment.open",
        "assignment",
        opened.id,
        at=now,
        claim_id=claim.id,
        reviewer_id=candidate.member_id,
        how=opening.how,
    )
    return opened


async def withdraw_claim(session: AsyncSession, claim_id: int, *, now: datetime) -> int:
    """Nobody needs to check this claim any more; from how many people it was taken back."""
    held = await assignments.open_of_claim(session, claim_id)
    for assignment in held:
        await assignments.end(session, assignment.id, AssignmentState.WITHDRAWN, now=now)
        await inputs.close_for_assignment(session, assignment.id, now)
        await events.record(
            session, "assignment.withdraw", "assignment", assignment.id, at=now, claim_id=claim_id
        )
        await cards.close_cards(session, assignment.id, now=now)
    return len(held)


async def standing_of(
    session: AsyncSession, claims: Sequence[Claim]
) -> Mapping[int, list[Assignment]]:
    """What each of these claims went through in its present round, by claim id."""
    found: dict[int, list[Assignment]] = {claim.id: [] for claim in claims}
    for assignment in await waiting.of_claims(session, list(found)):
        found[assignment.claim_id].append(assignment)
    return found


async def _hand_out(  # what waits, under which rules, when, and how much at once
    session: AsyncSession,
    found: Sequence[tuple[Claim, Article]],
    *,
    how: str,
    policy: Policy,
    now: datetime,
    limit: int = 200,
) -> list[Assignment]:
    """Fill the free places of these claims in order; who gets something hears of it once."""
    table = Table(
        pool=await load_pool(session, policy=policy, now=now),
        history=await standing_of(session, [claim for claim, _ in found]),
        teams=await waiting.teams(session, {article.id for _, article in found}),
    )
    articles = {claim.id: claim.article_id for claim, _ in found}
    opened: list[Assignment] = []
    left: list[tuple[Claim, Article]] = []
    for claim_id, opening in [(one.claim.id, one) for one in _openings(found, table, how)]:
        if len(opened) >= limit:
            break
        async with on_its_own(session, "hand out claim", claim_id):
            assignment = await fill(session, opening, table, policy=policy, now=now)
            if assignment is not None:
                opened.append(assignment)
            elif not left or left[-1][0] is not opening.claim:
                left.append((opening.claim, opening.article))
    await cards.show_first(session, opened, now=now)
    await tell_nobody(session, left, pool=table.pool, history=table.history, now=now)
    for article_id in sorted({articles[assignment.claim_id] for assignment in opened}):
        await refresh_sheets(session, article_id, now=now)
    return opened


def free_slots(claim: Claim, history: Sequence[Assignment]) -> list[int]:
    """The readers' places of the claim that nobody fills; the first is 1."""
    filled = {one.slot for one in history if one.state in waiting.HELD}
    return [slot for slot in range(1, claim.readers_needed + 1) if slot not in filled]


def _openings(found: Sequence[tuple[Claim, Article]], table: Table, how: str) -> list[Opening]:
    return [
        Opening(claim, article, slot, how, _last_in(slot, table.history[claim.id]))
        for claim, article in found
        for slot in free_slots(claim, table.history[claim.id])
    ]


def _last_in(slot: int, history: Sequence[Assignment]) -> int | None:
    return max((one.id for one in history if one.slot == slot), default=None)
