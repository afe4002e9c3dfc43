"""Who gets a claim: a pure choice among people, with its reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from bot.workflow.hours.working import WorkingHours, next_working

UNTIL_TOLD = datetime.max.replace(tzinfo=UTC)  # the end of an absence that is open


class Obstacle(StrEnum):
    """Why somebody cannot take a claim."""

    SUBMITTER = "submitter"  # nobody checks an article of their own
    HAD_IT = "had_it"  # held, passed or judged this claim in this round
    AWAY = "away"
    FULL = "full"


class Why(StrEnum):
    """Why it was this person."""

    ONLY = "only"  # nobody else could
    ARTICLE = "article"  # knows the article already
    LEAST = "least"  # holds the fewest claims


@dataclass
class Candidate:
    """A reviewer as the choice sees them; `load` grows while claims are handed out."""

    member_id: int
    hours: WorkingHours
    capacity: int  # open claims at once
    load: int = 0
    away: bool = False


@dataclass(frozen=True)
class Choice:
    """Who it is, and what "why me?" is answered from."""

    candidate: Candidate
    why: Why
    among: int  # how many could have taken it

    def reason(self) -> dict[str, Any]:
        """As an assignment keeps it."""
        return {"why": self.why.value, "load": self.candidate.load, "among": self.among}


def obstacle(candidate: Candidate, *, submitter_id: int, had: Collection[int]) -> Obstacle | None:
    """What keeps this person from the claim; `had` are those who had it in this round."""
    if candidate.member_id == submitter_id:
        return Obstacle.SUBMITTER
    if candidate.member_id in had:
        return Obstacle.HAD_IT
    if candidate.away:
        return Obstacle.AWAY
    if candidate.load >= candidate.capacity:
        return Obstacle.FULL
    return None


def choose(
    candidates: Sequence[Candidate],
    *,
    submitter_id: int,
    had: Collection[int],
    team: Collection[int],
    team_size: int | None = None,
) -> Choice | None:
    """Who gets the claim; None when nobody can.

    Those in `team` hold or judged claims of the article already and come first, so that an
    article stays with one or two people; somebody new joins only when none of them can, and not
    while a team of `team_size` merely has its hands full. Then whoever holds least, ties by
    member id.
    """
    if team_size is not None and _waits_for_team(candidates, submitter_id, had, team, team_size):
        return None
    able = [
        candidate
        for candidate in candidates
        if obstacle(candidate, submitter_id=submitter_id, had=had) is None
    ]
    if not able:
        return None
    chosen = min(able, key=lambda one: (one.member_id not in team, one.load, one.member_id))
    if len(able) == 1:
        why = Why.ONLY
    elif chosen.member_id in team:
        why = Why.ARTICLE
    else:
        why = Why.LEAST
    return Choice(chosen, why, len(able))


def _waits_for_team(
    candidates: Sequence[Candidate],
    submitter_id: int,
    had: Collection[int],
    team: Collection[int],
    team_size: int,
) -> bool:
    """Whether the article has its people, and they only lack a free hand."""
    if len(team) < team_size:
        return False
    obstacles = {
        obstacle(one, submitter_id=submitter_id, had=had)
        for one in candidates
        if one.member_id in team
    }
    return Obstacle.FULL in obstacles and None not in obstacles


def is_away(hours: WorkingHours, now: datetime) -> bool:
    """Whether this person is away now, or does not work any more; duty during it counts as here."""
    if any(start <= now < end for start, end in hours.on_duty):
        return False
    return away_until(hours, now) is not None or next_working(hours, now) is None


def away_until(hours: WorkingHours, now: datetime) -> datetime | None:
    """The end of the absence that is running now, UNTIL_TOLD when it is open; None without."""
    ends = [end for start, end in hours.away if start <= now and (end is None or end > now)]
    if not ends:
        return None
    return max(end or UNTIL_TOLD for end in ends)
