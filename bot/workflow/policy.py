"""The desk's house rules as numbers, and a person's working hours under them."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.workflow.hours.working import WorkingHours
from storage.models import Absence, Member
from storage.models.people import AbsenceKind

UNDO_TIME = timedelta(seconds=60)  # how long an answer can be taken back before anybody is told


@dataclass(frozen=True)
class Policy:
    """What the settings say about the desk's work; times of day are in `zone`."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    days: frozenset[int] = frozenset(range(5))  # Monday is 0
    start: time = time(9)
    end: time = time(18)
    holidays: Container[date] = frozenset()
    assign_at: tuple[time, ...] = (time(9), time(14))
    digest_at: tuple[int, time] = (0, time(9))
    reviewers_per_claim: int = 1
    open_per_person: int = 5
    claim_due: timedelta = timedelta(hours=8)  # in the reviewer's working time
    grace: timedelta = timedelta(hours=4)  # likewise
    max_claims: int = 8  # shown on a sheet


def zone_of(member: Member | None, policy: Policy) -> ZoneInfo:
    """The zone in which this person reads times; the desk's when they chose none."""
    if member is None or member.timezone is None:
        return policy.zone
    try:
        return ZoneInfo(member.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return policy.zone


def hours_of(member: Member, absences: Sequence[Absence], policy: Policy) -> WorkingHours:
    """When this person works; `absences` may hold other people's too."""
    own = [absence for absence in absences if absence.member_id == member.id]
    chosen = member.hours or {}
    return WorkingHours(
        zone=zone_of(member, policy),
        days=frozenset(chosen["days"]) if "days" in chosen else policy.days,
        start=time.fromisoformat(chosen["start"]) if "start" in chosen else policy.start,
        end=time.fromisoformat(chosen["end"]) if "end" in chosen else policy.end,
        holidays=policy.holidays,
        away=tuple((a.from_at, a.until_at) for a in own if a.kind is AbsenceKind.AWAY),
        on_duty=tuple(
            (a.from_at, a.until_at) for a in own if a.kind is AbsenceKind.ON_DUTY and a.until_at
        ),
    )
