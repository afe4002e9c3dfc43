"""`kill -9` of the real process at random moments of a journey: nothing lost, nothing double.

Two readings of every claim, readers who differ, a pass, a late answer, a moved one, photos and
edits (`phones.py`), rulings, and a digest asked for three times, while the bot dies under it all.
"""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.demo.site_server import serve_site
from bot.sandbox import Chat, Person, Sandbox
from storage.database import Sessions
from storage.models import (
    Article,
    Assignment,
    Claim,
    Digest,
    Evidence,
    Member,
    Membership,
    Outbox,
    Ruling,
    Submission,
    Verdict,
)
from storage.models.claims import ClaimStatus
from storage.models.intake import SubmissionState
from storage.models.people import Role
from storage.models.talking import OutboxState
from storage.models.work import EvidenceKind, VerdictKind
from tests.builders import MONDAY
from tests.journeys.desk import CHANNEL
from tests.journeys.phones import WEEKLY_POSTS, Answers, Editor, Reviewer, Trouble
from tests.journeys.process import BotProcess

PAGES = (
    "budget.html",
    "ferry.html",
    "hospital.html",
    "rents.html",
    "storm-live.html",
    "cannery-feature.html",
    "library-brief.html",
    "bridge-opinion.html",
)
LOOP_S = 0.2  # how often everybody looks at their phones
SETTINGS = {
    "WORKDAYS": "mon-sun",
    "WORK_HOURS": "00:00-24:00",
    "OPEN_PER_PERSON": "50",
    "REVIEWERS_PER_CLAIM": "2",
    "CLAIM_DUE_HOURS": "0.006",  # 22 s, so that a claim can run over time
    "GRACE_HOURS": "0.003",
    "TEAM_CHAT_ID": str(CHANNEL),
}


@pytest.mark.timeout(600)
async def test_five_kills_lose_nothing_and_double_nothing(
    sessions: Sessions, database: str, tmp_path: Path
) -> None:
    await _survives(5, sessions, database, tmp_path)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_fifty_kills_lose_nothing_and_double_nothing(
    sessions: Sessions, database: str, tmp_path: Path
) -> None:
    await _survives(50, sessions, database, tmp_path)


async def _survives(kills: int, sessions: Sessions, database: str, folder: Path) -> None:
    chance = random.Random(kills)  # the same moments each time, as far as the machine allows
    pages = PAGES[:4] if kills < 10 else PAGES
    async with Sandbox() as sandbox, await serve_site() as site:
        editor, reviewers, answers, channel = await _people(sandbox, sessions)
        bot = BotProcess(sandbox, site, database, folder, **SETTINGS)
        await bot.start()
        killing = asyncio.create_task(_kill_again_and_again(bot, kills, chance))
        links = [site.url(page) for page in pages]
        pause_s = 4.0 * kills / len(pages)  # links come in as long as kills do
        async with asyncio.timeout(400 + 30 * kills):
            while not killing.done() or not await _is_finished(sessions, reviewers, len(pages)):
                if links and chance.random() < LOOP_S / pause_s:
                    await editor.person.sends(links.pop(0))
                    await editor.ask_for_digest()
                for person in (editor, *reviewers):
                    await person.look()
                await asyncio.sleep(LOOP_S)
        await killing
        polls = sandbox.calls.count("getUpdates")
        await sandbox.until(lambda: sandbox.calls.count("getUpdates") > polls, timeout_s=60)
        assert await bot.stop() == 0
        await _check_work(sessions, len(pages))
        await _check_answers(sessions, answers)
        await _check_rulings(sessions, editor)
        await _check_digest(sessions, editor, channel)
        _check_echoes(reviewers, answers)


async def _kill_again_and_again(bot: BotProcess, kills: int, chance: random.Random) -> None:
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(1.0, 7.0))
        await bot.kill()
        await bot.start()


async def _people(
    sandbox: Sandbox, sessions: Sessions
) -> tuple[Editor, list[Reviewer], Answers, Chat]:
    people = [
        sandbox.add_person(500 + n, name, started=True)
        for n, name in enumerate(["Eda", "Olha", "Ira", "Marko"])
    ]
    async with sessions.begin() as session:
        for place, person in enumerate(people):
            member = Member(
                tg_user_id=person.id,
                name=person.profile.first_name,
                timezone="UTC",
                joined_at=MONDAY,
            )
            session.add(member)
            await session.flush()
            for role in [Role.REVIEWER] if place else [Role.ADMIN, Role.EDITOR]:
                session.add(
                    Membership(desk_id=1, member_id=member.id, role=role, granted_at=MONDAY)
                )
    channel = sandbox.add_channel(CHANNEL, "The desk", admins=[people[0]])
    return _at_their_phones(people, channel)


def _at_their_phones(
    people: list[Person], channel: Chat
) -> tuple[Editor, list[Reviewer], Answers, Chat]:
    answers, taken = Answers(), set[int]()
    reviewers = [Reviewer(person, answers, taken) for person in people[1:]]
    return Editor(people[0], channel), reviewers, answers, channel


async def _is_finished(sessions: Sessions, reviewers: list[Reviewer], pages: int) -> bool:
    """Everything read, every claim that was sent cleared, nobody in the middle of something."""
    if not all(reviewer.is_done for reviewer in reviewers):
        return False
    async with sessions.read() as session:
        articles = (await session.exec(select(Article))).all()
        unread = await session.exec(
            select(Submission).where(col(Submission.state) != SubmissionState.DONE)
        )
        if len(articles) < pages or unread.first() is not None:
            return False
        cleared = await session.exec(select(Claim).where(Claim.status == ClaimStatus.CLEARED))
        unsettled = (OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNKNOWN)
        waiting = await session.exec(select(Outbox).where(col(Outbox.state).in_(unsettled)))
        return len(cleared.all()) == 2 * pages and waiting.first() is None


async def _check_work(sessions: Sessions, pages: int) -> None:
    """Every page read once; every claim that was sent read by two different people."""
    async with sessions.read() as session:
        submissions = (await session.exec(select(Submission))).all()
        claims = (await session.exec(select(Claim))).all()
        assignments = (await session.exec(select(Assignment))).all()
        verdicts = (await session.exec(select(Verdict))).all()
        unsaid = await session.exec(select(Outbox).where(Outbox.state == OutboxState.FAILED))
        assert unsaid.all() == []
    assert [one.state for one in submissions] == ["done"] * pages
    assert max(Counter((c.article_id, c.number) for c in claims).values()) == 1
    assert [one.id for one in assignments if one.state == "open"] == []
    claim_of = {one.id: one.claim_id for one in assignments}
    readers = Counter(
        claim for claim, _reader in {(claim_of[v.assignment_id], v.member_id) for v in verdicts}
    )
    assert set(readers) == {c.id for c in claims if c.status == ClaimStatus.CLEARED}
    assert min(readers.values()) == 2


async def _check_answers(sessions: Sessions, answers: Answers) -> None:
    """What each message says now stands once, under its writer's name, and nothing else stands."""
    async with sessions.read() as session:
        verdicts = (await session.exec(select(Verdict).order_by(col(Verdict.id)))).all()
        evidence = (await session.exec(select(Evidence))).all()
        members = {one.id: one.tg_user_id for one in (await session.exec(select(Member))).all()}
    newest = {(one.assignment_id, one.kind is VerdictKind.EXTRA): one for one in verdicts}
    standing = {one.id: one for one in newest.values() if one.kind is not VerdictKind.WITHDRAWN}
    stood_by = [
        (members[standing[one.verdict_id].member_id], one.url)
        for one in evidence
        if one.url and one.verdict_id in standing
    ]
    assert sorted(stood_by) == sorted(
        (writer, link) for (writer, _message), link in answers.links.items()
    )
    photos = [one for one in evidence if one.kind is EvidenceKind.PHOTO]
    assert len([one for one in photos if one.verdict_id in standing]) == len(
        [link for link in answers.links.values() if link.endswith("/photo")]
    )
    assert {one.url for one in evidence if one.url} >= set(answers.taken_back)  # all are kept
    assert set(answers.troubles) == {Trouble.PASS, Trouble.WRONG_CARD, Trouble.LATE}


async def _check_rulings(sessions: Sessions, editor: Editor) -> None:
    """Every difference was ruled once, with the reason that the editor wrote."""
    async with sessions.read() as session:
        rulings = (await session.exec(select(Ruling))).all()
    assert sorted(one.reason for one in rulings) == sorted(editor.rulings.values())
    assert rulings


async def _check_digest(sessions: Sessions, editor: Editor, channel: Chat) -> None:
    """Asked for three times, one digest and one post."""
    async with sessions.read() as session:
        digests = (await session.exec(select(Digest))).all()
    assert editor.asked == WEEKLY_POSTS
    assert len(digests) == 1
    assert len([post for post in channel.from_bot if post.photo is not None]) == 1


def _check_echoes(reviewers: list[Reviewer], answers: Answers) -> None:
    """Every answer was acknowledged."""
    replied = {
        (reviewer.person.id, message.reply_to.id)
        for reviewer in reviewers
        for message in reviewer.person.chat.from_bot
        if message.reply_to is not None
    }
    assert set(answers.links) <= replied
