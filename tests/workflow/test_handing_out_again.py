"""Handing out is harmless twice, late, and in two processes at once."""

import asyncio
import random
from collections import Counter
from datetime import datetime

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.assignment import assign_at_slots
from bot.workflow.handover import hand_over
from bot.workflow.policy import Policy
from bot.workflow.reminders import remind
from storage.database import Sessions, database_url
from storage.models import Absence, Article, Assignment, Claim, Member, Outbox
from storage.models.people import Role
from storage.models.work import AssignmentState
from tests.builders import DAY, HOUR, MONDAY, a_member
from tests.workflow.work import some_claims

POLICY = Policy(open_per_person=3)


async def a_random_desk(session: AsyncSession, chance: random.Random) -> list[Member]:
    """Up to six people with all kinds of roles, limits and absences, and up to six articles."""
    people = []
    for n in range(chance.randint(1, 6)):
        roles = chance.choice([(Role.REVIEWER,), (Role.EDITOR, Role.REVIEWER)])
        limit = chance.choice([None, None, 0, 1, 4])
        people.append(await a_member(session, f"Member {n}", *roles, per_day=limit))
    for person in people:
        if chance.random() < 0.3:
            until_at = chance.choice([None, MONDAY + HOUR, MONDAY + 7 * DAY])
            session.add(Absence(member_id=person.id, from_at=MONDAY - DAY, until_at=until_at))
    for _ in range(chance.randint(1, 6)):
        _, claims = await some_claims(session, chance.choice(people), chance.randint(1, 5))
        for claim in claims:
            claim.readers_needed = chance.randint(1, 3)
    await session.flush()
    return people


async def everything(session: AsyncSession) -> tuple[list[tuple[int, int, str]], int]:
    """All assignments, and how much was said."""
    rows = (await session.exec(select(Assignment).order_by(col(Assignment.id)))).all()
    notices = (await session.exec(select(Outbox.id))).all()
    return [(row.claim_id, row.reviewer_id, row.state.value) for row in rows], len(notices)


async def sweep(session: AsyncSession, now: datetime) -> None:
    await hand_over(session, policy=POLICY, now=now)
    await assign_at_slots(session, policy=POLICY, now=now)
    await remind(session, policy=POLICY, now=now)


@pytest.mark.parametrize("seed", range(4))
async def test_sweeping_twice_changes_nothing(session: AsyncSession, seed: int) -> None:
    await a_random_desk(session, random.Random(seed))

    for hours in (0, 5, 9, 24, 32):
        now = MONDAY + hours * HOUR
        await sweep(session, now)
        once = await everything(session)
        await sweep(session, now)
        assert await everything(session) == once


@pytest.mark.parametrize("seed", range(4))
async def test_the_rules_hold_for_any_desk(session: AsyncSession, seed: int) -> None:
    people = await a_random_desk(session, random.Random(seed))
    away = {one.member_id for one in (await session.exec(select(Absence))).all()}

    await sweep(session, MONDAY)

    query = (
        select(Assignment, Claim, Article)
        .join(Claim, col(Claim.id) == Assignment.claim_id)
        .join(Article, col(Article.id) == Claim.article_id)
        .where(col(Assignment.state) == AssignmentState.OPEN)
    )
    held = (await session.exec(query)).all()
    loads = Counter(assignment.reviewer_id for assignment, _, _ in held)
    for person in people:
        limit = POLICY.open_per_person if person.per_day is None else person.per_day
        assert loads[person.id] <= limit
    assert not away & set(loads)
    assert all(assignment.reviewer_id != article.editor_id for assignment, _, article in held)
    readings = [(claim.id, assignment.reviewer_id) for assignment, claim, _ in held]
    assert len(set(readings)) == len(readings)


async def test_two_processes_hand_a_claim_out_once(sessions: Sessions, database: str) -> None:
    async with sessions.begin() as session:
        editor = await a_member(session, "Ed", Role.EDITOR)
        for name in ("Ada", "Ben"):
            await a_member(session, name, Role.REVIEWER)
        await some_claims(session, editor, 3)
    other = Sessions(database_url(database))

    async def process(own: Sessions) -> int:
        async with own.begin() as session:
            return await assign_at_slots(session, policy=POLICY, now=MONDAY)

    handed = await asyncio.gather(process(sessions), process(other))
    await other.close()

    assert sorted(handed) == [0, 3]
