"""Whatever a reviewer does in whatever order, the record stays honest."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from random import Random

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.verdicts import taps
from bot.workflow.verdicts.evidence import REASON_IS_ENOUGH
from bot.workflow.verdicts.taps import Shown
from storage import inputs, verdicts
from storage.models.claims import Rating
from storage.models.work import AssignmentState, VerdictKind
from tests.workflow.reviewing import PHOTO, Reviewing, a_reviewing

STEPS = 40
SAYINGS = (
    "False. https://stats.example/q3 p. 3",
    "True",
    "Can't tell. The archive burned down",
    "not false",
    "true but the date is off",
    "who is Tolland?",
    "It is in the minutes",
    "https://stats.example/q4",
)


@pytest.mark.parametrize("seed", range(4))
async def test_no_order_of_steps_records_what_is_not_shown(
    session: AsyncSession, seed: int
) -> None:
    desk, chance = await a_reviewing(session, claims=3), Random(seed)

    for _step in range(STEPS):
        with suppress(Refusal):
            await any_step(desk, chance)
        for at in range(3):
            await stays_honest(desk, at)


async def any_step(desk: Reviewing, chance: Random) -> None:
    """Something a reviewer may do, possible at this moment or not."""
    at, words = chance.randrange(3), chance.choice(SAYINGS)
    rating, shown = chance.choice(list(Rating)), chance.choice(list(Shown))
    steps: list[Callable[[], Awaitable[object]]] = [
        lambda: desk.replies(words, to=at),
        lambda: desk.writes(words),
        lambda: desk.replies(to=at, attachments=(PHOTO,)),
        lambda: desk.rates(rating, at=at),
        lambda: desk.shows(shown, at=at),
        lambda: desk.undoes(at=at),
        lambda: move(desk, at, (at + 1) % 3),
        lambda: edit_latest(desk, at, words),
    ]
    await chance.choice(steps)()


async def move(desk: Reviewing, wrong: int, right: int) -> None:
    """The verdict at `wrong` was meant for `right`."""
    claim = desk.assignments[wrong].id
    await taps.wrong_claim(desk.session, desk.tap(await desk.echo(wrong)), claim, now=desk.now)
    await desk.chooses(at=right)


async def edit_latest(desk: Reviewing, at: int, words: str) -> None:
    """The message of the recorded verdict is edited."""
    verdict = await desk.counts(at)
    if verdict is not None and verdict.message_id is not None:
        await desk.edits(desk.message(message_id=verdict.message_id), words)


async def stays_honest(desk: Reviewing, at: int) -> None:
    """What is recorded is shown, numbered without a gap, and in step with the assignment."""
    session, assignment = desk.session, desk.assignments[at]
    history = await verdicts.history(session, assignment.id)
    assert [verdict.revision for verdict in history] == list(range(1, len(history) + 1))
    for verdict in history:
        evidence = await verdicts.evidence_for(session, [verdict.id])
        is_reasoned = verdict.rating in REASON_IS_ENOUGH and bool(verdict.explanation)
        assert verdict.kind is VerdictKind.WITHDRAWN or evidence or is_reasoned
    await session.refresh(assignment)
    stands = bool(history) and history[-1].kind is VerdictKind.GIVEN
    assert (assignment.state is AssignmentState.DONE) == stands
    assert len(await inputs.half_answers(session, [assignment.id])) <= 1
