"""The reviewers as they are in this transaction: hours, absences and what they hold."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.choosing import Candidate, is_away
from bot.workflow.hours.working import WorkingHours
from bot.workflow.policy import Policy, hours_of
from storage import assignments, members
from storage.models import Member
from storage.models.people import Role


async def load_pool(session: AsyncSession, *, policy: Policy, now: datetime) -> list[Candidate]:
    """Everybody to whom claims may go, by member id."""
    people = await members.with_role(session, Role.REVIEWER)
    loads = await assignments.open_counts(session)
    hours = await hours_since(session, people, since=now, policy=policy)
    return [
        Candidate(
            member_id=person.id,
            hours=hours[person.id],
            capacity=policy.open_per_person if person.per_day is None else person.per_day,
            load=loads.get(person.id, 0),
            away=is_away(hours[person.id], now),
        )
        for person in people
    ]


async def hours_since(
    session: AsyncSession, people: Sequence[Member], *, since: datetime, policy: Policy
) -> dict[int, WorkingHours]:
    """When these people work, right from `since` on; by member id."""
    absences = await members.absences_of(session, [person.id for person in people], since=since)
    return {person.id: hours_of(person, absences, policy) for person in people}


async def hours_of_holders(
    session: AsyncSession, member_ids: Collection[int], *, since: datetime, policy: Policy
) -> dict[int, WorkingHours]:
    """The same for people known by id, whatever their roles and state."""
    found = [await members.get(session, member_id) for member_id in sorted(set(member_ids))]
    people = [person for person in found if person is not None]
    return await hours_since(session, people, since=since, policy=policy)
