"""A week with two readings of every claim: a split that is ruled, and a digest that comes once."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from bot.demo.newsroom import HandClock, reopened
from bot.demo.site_server import serve_site
from bot.sandbox import Message, Person, Sandbox
from storage.models import Digest, Outcome, Ruling
from storage.models.claims import ClaimStatus, Rating
from tests.journeys.desk import CHANNEL, Desk, last, staffed

UNDO = timedelta(minutes=2)
NEXT_MONDAY = datetime(2026, 11, 30, 9, 10, tzinfo=UTC)


async def test_a_week_with_a_split_a_ruling_and_one_digest(database: str) -> None:
    clock = HandClock()
    async with Sandbox(clock=clock) as sandbox, await serve_site() as site:
        more = {"reviewers_per_claim": 2}
        async with reopened(sandbox, site, database, clock=clock, **more) as room:
            desk = await staffed(room)
            await _name_the_channel(desk)
            await _disagree(desk)
            await _rule(desk)
            await _clear(desk)
            await room.advance_to(NEXT_MONDAY)
        async with reopened(sandbox, site, database, clock=clock, **more) as room:
            desk.room = room
            await _ask_again(desk)

            assert len(desk.channel.from_bot) == 1
            assert len(await desk.rows(select(Digest))) == 1
            assert await desk.unsaid() == []
        digest = last(desk.channel, "Desk week 48")
        assert digest.photo is not None
        assert "1 claim decided" in digest.text or "1 claims decided" in digest.text


async def _name_the_channel(desk: Desk) -> None:
    await desk.sends(desk.editor, "/here", chat=desk.channel)
    await desk.presses(desk.editor, last(desk.editor, "/here"), "Post the digest there")
    assert desk.sandbox.chat(CHANNEL) is desk.channel


async def _disagree(desk: Desk) -> None:
    """Two people read the same claim and say different things, each with evidence."""
    sheet = await desk.sheet_of("budget.html")
    await desk.send_claims(sheet, 1)
    held = await desk.open_assignments()
    assert len({one.reviewer_id for one in held}) == 2
    for one, word in zip(held, ("False", "True"), strict=True):
        reviewer = await desk.holder(one)
        words = f"{word}, see https://ledger.example/{word}"
        await desk.sends(reviewer, words, reply_to=_card(reviewer, one.id))
    await desk.room.advance(UNDO)

    assert (await desk.claims())[0].status == ClaimStatus.DISPUTED


async def _rule(desk: Desk) -> None:
    """The editor sees both, chooses, and says why."""
    dispute = next(m for m in reversed(desk.editor.chat.from_bot) if "False" in m.labels)
    assert "https" not in dispute.text or "ledger.example/True" in dispute.text
    await desk.presses(desk.editor, dispute, "False")
    await desk.sends(desk.editor, "The budget page is the better source")

    [ruling] = await desk.rows(select(Ruling))
    assert (ruling.rating, ruling.reason) == (Rating.FALSE, "The budget page is the better source")
    outcomes = await desk.rows(select(Outcome))
    assert [outcome.rating for outcome in outcomes] == [Rating.FALSE]
    assert len(await desk.verdicts()) == 2  # both readings stay


async def _clear(desk: Desk) -> None:
    blocking = next(m for m in reversed(desk.editor.chat.from_bot) if "Fixed" in m.labels)
    await desk.presses(desk.editor, blocking, "Fixed")

    assert (await desk.claims())[0].status == ClaimStatus.CLEARED


async def _ask_again(desk: Desk) -> None:
    """Restarted, and asked by the clock, by command, and by command once more."""
    await desk.room.tick()
    for _ in range(2):
        await desk.sends(desk.editor, "/digest post")
        assert "already" in last(desk.editor).text


def _card(reviewer: Person, assignment_id: int) -> Message:
    return last(reviewer, f"#C{assignment_id}")
