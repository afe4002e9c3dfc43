"""The main job from link to digest: three reviewers, two readings of each of four claims.

Claim 1 is disputed and ruled, claim 2 is passed on and answered on the wrong card, claim 3 is
shown by a photo and revised by an edit, claim 4 runs over time and is answered late.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from bot.demo.newsroom import HandClock, reopened
from bot.demo.site_server import serve_site
from bot.sandbox import Message, Person, Sandbox
from storage.models import Assignment, Claim, Digest, Evidence, Member, Outcome, Ruling, Verdict
from storage.models.claims import ClaimStatus, Rating
from storage.models.work import AssignmentState
from tests.journeys.desk import CHANNEL, HOUR, Desk, last, staffed
from tests.journeys.test_answering import PICTURE

DAY = 24 * HOUR
UNDO = timedelta(minutes=2)
NEXT_MONDAY = datetime(2026, 11, 30, 9, 10, tzinfo=UTC)
CLAIMS = (1, 2, 3, 4)


@dataclass
class Readers:
    """Who got the four claims, and the third reviewer, who got none at first."""

    first: Person
    second: Person
    third: Person


async def test_a_week_from_the_link_to_one_digest(database: str) -> None:
    clock = HandClock()
    more = {"reviewers_per_claim": 2}
    async with Sandbox(clock=clock) as sandbox, await serve_site() as site:
        async with reopened(sandbox, site, database, clock=clock, **more) as room:
            desk = await staffed(room)
            await _name_the_channel(desk)
            readers = await _hand_out(desk)
            await _disagree(desk, readers)
            await _pass_and_answer_on_the_wrong_card(desk, readers)
            await _show_a_photo_and_revise(desk, readers)
            await _answer_late(desk, readers)
            await _rule(desk)
            await _clear(desk)
            await room.advance_to(NEXT_MONDAY)
        async with reopened(sandbox, site, database, clock=clock, **more) as room:
            desk.room = room
            await _ask_again(desk)

            await _check_what_is_kept(desk, readers)
            assert await desk.unsaid() == []


async def _name_the_channel(desk: Desk) -> None:
    await desk.sends(desk.editor, "/here", chat=desk.channel)
    await desk.presses(desk.editor, last(desk.editor, "/here"), "Post the digest there")
    assert desk.sandbox.chat(CHANNEL) is desk.channel


async def _hand_out(desk: Desk) -> Readers:
    """One article stays with two people; both get a card and go from one to the next."""
    sheet = await desk.sheet_of("budget.html")
    await desk.sends(desk.editor, "send 1-4 now", reply_to=sheet)
    await desk.room.advance(HOUR)

    held = await desk.open_assignments()
    holders = [desk.people[key] for key in desk.people if key in await _holders(desk)]
    assert (len(held), len(holders)) == (2 * len(CLAIMS), 2)
    third = next(person for person in desk.reviewers if person not in holders)
    return Readers(*holders, third)


async def _disagree(desk: Desk, readers: Readers) -> None:
    await _answer(desk, readers.first, 1, "False. See https://ledger.example/no")
    assert "ledger.example/no" not in "".join(m.text for m in readers.second.chat.from_bot)
    await _answer(desk, readers.second, 1, "True. See https://ledger.example/yes")
    await desk.room.advance(UNDO)

    assert (await desk.claims())[0].status == ClaimStatus.DISPUTED
    assert "A-1, claim 1" in _newest_with(desk.editor, "False").text


async def _pass_and_answer_on_the_wrong_card(desk: Desk, readers: Readers) -> None:
    """The first passes claim 2 on; the second writes its answer under claim 3."""
    card = await _card(desk, readers.first, 2)
    await desk.presses(readers.first, card, "Pass")
    await desk.presses(readers.first, card, "No time")
    assert "#C" in last(readers.third, "A-1").text
    await _answer(desk, readers.third, 2, "True. See https://ledger.example/two")

    await _answer(desk, readers.second, 3, "True. See https://ledger.example/moved")
    echo = last(readers.second, "Recorded")
    await desk.presses(readers.second, echo, "Wrong claim?")
    await desk.presses(readers.second, echo, "A-1/2")
    assert "claim 2" in echo.text
    await desk.room.advance(UNDO)

    decided = (await desk.claims())[1]
    assert (decided.status, decided.verdict) == (ClaimStatus.CLEARED, Rating.TRUE)


async def _show_a_photo_and_revise(desk: Desk, readers: Readers) -> None:
    card = await _card(desk, readers.first, 3)
    await readers.first.sends_photo(PICTURE, caption="True. Page 3 says so", reply_to=card)
    await desk.room.rest()
    said = await _answer(desk, readers.second, 3, "False. See https://ledger.example/three")
    await readers.second.edits(said, "True. See https://ledger.example/three p. 4")
    await desk.room.rest()
    assert "True" in last(readers.second, "Recorded").text
    await desk.room.advance(UNDO)

    decided = (await desk.claims())[2]
    assert (decided.status, decided.verdict) == (ClaimStatus.CLEARED, Rating.TRUE)


async def _answer_late(desk: Desk, readers: Readers) -> None:
    """Claim 4: one answers, one does not; it moves to the third, and comes back for the answer."""
    await _answer(desk, readers.first, 4, "True. See https://ledger.example/four")
    card = await _card(desk, readers.second, 4)
    await desk.room.advance(DAY + 4 * HOUR)
    [handed_over] = await desk.open_assignments()
    assert await desk.holder(handed_over) is readers.third
    assert "somebody else has it now" in last(readers.second, "somebody else").text
    assert "Overdue" in last(desk.editor, "Overdue").text

    await desk.sends(readers.second, "True. See https://ledger.example/late", reply_to=card)
    assert await desk.open_assignments() == []
    assert "Not needed any more" in last(readers.third, "Not needed").text
    await desk.room.advance(UNDO)

    decided = (await desk.claims())[3]
    assert (decided.status, decided.verdict) == (ClaimStatus.CLEARED, Rating.TRUE)


async def _rule(desk: Desk) -> None:
    """The editor sees both readings with what they rest on, chooses, and says why."""
    dispute = _newest_with(desk.editor, "False")
    assert "ledger.example/yes" in dispute.html
    assert "ledger.example/no" in dispute.html
    await desk.presses(desk.editor, dispute, "False")
    await desk.sends(desk.editor, "The budget page is the better source")

    assert (await desk.claims())[0].status == ClaimStatus.DECIDED
    assert "4 decided · 3 cleared · 1 blocking" in last(desk.editor, "not clear yet").text


async def _clear(desk: Desk) -> None:
    await desk.presses(desk.editor, _newest_with(desk.editor, "Fixed"), "Fixed")

    assert (await desk.claims())[0].status == ClaimStatus.CLEARED
    assert "4 decided · 4 cleared" in last(desk.editor, "A-1 · clear").text


async def _ask_again(desk: Desk) -> None:
    """Restarted, and asked by the clock, by command, and by command once more."""
    await desk.room.tick()
    for _ in range(2):
        await desk.sends(desk.editor, "/digest post")
        assert "already" in last(desk.editor).text


async def _check_what_is_kept(desk: Desk, readers: Readers) -> None:
    """Every reading under the name of whoever gave it, first and final outcomes, one digest."""
    names = dict(await desk.rows(select(Member.tg_user_id, Member.name)))
    first, second, third = (names[one.id] for one in (readers.first, readers.second, readers.third))
    assert await _readings(desk) == {
        1: [(first, 1, "false"), (second, 1, "true")],
        2: [(third, 1, "true"), (second, 1, "true")],
        3: [
            (second, 1, "true"),  # meant for claim 2
            (second, 2, None),  # moved there
            (first, 1, "true"),
            (second, 3, "false"),
            (second, 4, "true"),
        ],
        4: [(first, 1, "true"), (second, 1, "true")],
    }
    [ruling] = await desk.rows(select(Ruling))
    assert (ruling.rating, ruling.reason) == (Rating.FALSE, "The budget page is the better source")
    outcomes = await desk.rows(select(Outcome).order_by(col(Outcome.claim_id)))
    assert [one.rating for one in outcomes] == [Rating.FALSE, *[Rating.TRUE] * 3]
    assert {one.kind for one in await desk.rows(select(Evidence))} >= {"photo", "link"}
    assert len(await desk.rows(select(Digest))) == 1
    [digest] = desk.channel.from_bot
    assert "Desk week 48" in digest.text
    assert "4 claims decided" in digest.text
    assert digest.photo is not None


async def _readings(desk: Desk) -> dict[int, list[tuple[str, int, str | None]]]:
    """By number of the claim, as they came: whose verdict, its revision, its rating or None."""
    query = (
        select(Claim.number, Member.name, Verdict.revision, Verdict.rating)
        .join(Assignment, col(Assignment.id) == Verdict.assignment_id)
        .join(Claim, col(Claim.id) == Assignment.claim_id)
        .join(Member, col(Member.id) == Verdict.member_id)
        .order_by(col(Verdict.id))
    )
    found: dict[int, list[tuple[str, int, str | None]]] = {number: [] for number in CLAIMS}
    for number, name, revision, rating in await desk.rows(query):
        found[number].append((name, revision, rating.value if rating else None))
    return found


async def _holders(desk: Desk) -> set[int]:
    query = (
        select(Member.tg_user_id)
        .join(Assignment, col(Assignment.reviewer_id) == Member.id)
        .where(col(Assignment.state) == AssignmentState.OPEN)
    )
    return {key for key in await desk.rows(query) if key is not None}


async def _answer(desk: Desk, reviewer: Person, number: int, words: str) -> Message:
    """The reviewer's reply to the card of this claim."""
    return await desk.sends(reviewer, words, reply_to=await _card(desk, reviewer, number))


async def _card(desk: Desk, reviewer: Person, number: int) -> Message:
    """The card of a claim in a reviewer's chat, opened from the list if it is not there yet."""
    query = (
        select(Assignment)
        .join(Claim, col(Claim.id) == Assignment.claim_id)
        .join(Member, col(Member.id) == Assignment.reviewer_id)
        .where(Claim.number == number, Member.tg_user_id == reviewer.id)
    )
    [held] = await desk.rows(query)
    code = f"#C{held.id}\n"  # a card's first line ends with it, a list has it inside
    if reviewer.chat.find(code) is None:
        await desk.sends(reviewer, "/queue")
        await desk.presses(reviewer, last(reviewer, "wait"), f"A-1/{number}")
    return last(reviewer, code)


def _newest_with(person: Person, button: str) -> Message:
    """The newest message that has this button."""
    return next(m for m in reversed(person.chat.from_bot) if button in m.labels)
