"""`kill -9` of the real process at random moments: nothing lost, nothing double."""

import asyncio
import contextlib
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.demo.site_server import serve_site
from bot.sandbox import Message, Person, Sandbox
from storage.database import Sessions
from storage.models import (
    Article,
    Assignment,
    Claim,
    Evidence,
    Member,
    Membership,
    Submission,
    Verdict,
)
from storage.models.intake import SubmissionState
from storage.models.people import Role
from tests.builders import MONDAY
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
ALWAYS_OPEN = {"WORKDAYS": "mon-sun", "WORK_HOURS": "00:00-24:00", "OPEN_PER_PERSON": "50"}
CODE = re.compile(r"#C(\d+)")


@pytest.mark.timeout(400)
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
    pause_s = 3.5 * kills / len(pages)  # links come in as long as kills do
    async with Sandbox() as sandbox, await serve_site() as site:
        editor, reviewers = await _people(sandbox, sessions)
        bot = BotProcess(sandbox, site, database, folder, **ALWAYS_OPEN)
        await bot.start()
        killing = asyncio.create_task(_kill_again_and_again(bot, kills, chance))
        sent, answered = 0, set[int]()
        turned: dict[int, set[int]] = {reviewer.id: set() for reviewer in reviewers}
        async with asyncio.timeout(300 + 30 * kills):
            while not killing.done() or not await _is_finished(sessions, sent, len(pages)):
                if sent < len(pages) and chance.random() < LOOP_S / pause_s:
                    await editor.sends(site.url(pages[sent]))
                    sent += 1
                await _send_claims(editor)
                for reviewer in reviewers:
                    await _answer_prompts(reviewer, answered, turned[reviewer.id])
                await asyncio.sleep(LOOP_S)
        await killing
        polls = sandbox.calls.count("getUpdates")
        await sandbox.until(lambda: sandbox.calls.count("getUpdates") > polls, timeout_s=60)
        assert await bot.stop() == 0
        await _check(sessions, sent, answered)
        _check_echoes(reviewers, answered)


async def _kill_again_and_again(bot: BotProcess, kills: int, chance: random.Random) -> None:
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(1.0, 6.0))
        await bot.kill()
        await bot.start()


async def _people(sandbox: Sandbox, sessions: Sessions) -> tuple[Person, list[Person]]:
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
    return people[0], people[1:]


async def _send_claims(editor: Person) -> None:
    """Hand out the first two claims of every sheet that has not been answered yet."""
    answered = {m.reply_to.id for m in editor.messages if m.reply_to and not m.is_from_bot}
    for sheet in editor.chat.from_bot:
        is_sheet = any(label.startswith("Send") for label in sheet.labels)
        if is_sheet and sheet.id not in answered:
            await editor.sends("send 1,2 now", reply_to=sheet)


async def _answer_prompts(reviewer: Person, answered: set[int], turned: set[int]) -> None:
    """Answer each card once, as a reply, and ask each message once for the next one."""
    for prompt in reviewer.chat.from_bot:
        code = _card(prompt)
        if code is not None and code not in answered:
            answered.add(code)
            await reviewer.sends(f"False. See https://ledger.example/{code}", reply_to=prompt)
        for label in prompt.labels:
            if label.startswith("Next") and prompt.id not in turned:
                turned.add(prompt.id)
                with contextlib.suppress(LookupError):
                    reviewer.taps(prompt, label)


def _card(message: Message) -> int | None:
    found = CODE.search(message.text)
    return int(found[1]) if found and "Is it true" in message.text else None


async def _is_finished(sessions: Sessions, sent: int, pages: int) -> bool:
    async with sessions.read() as session:
        articles = (await session.exec(select(Article))).all()
        unread = await session.exec(
            select(Submission).where(col(Submission.state) != SubmissionState.DONE)
        )
        if sent < pages or len(articles) < sent or unread.first() is not None:
            return False
        assignments = (await session.exec(select(Assignment))).all()
        verdicts = (await session.exec(select(Verdict))).all()
    return len(assignments) == 2 * sent == len(verdicts)


async def _check(sessions: Sessions, sent: int, answered: set[int]) -> None:
    async with sessions.read() as session:
        submissions = (await session.exec(select(Submission))).all()
        claims = (await session.exec(select(Claim))).all()
        assignments = (await session.exec(select(Assignment))).all()
        verdicts = (await session.exec(select(Verdict))).all()
        evidence = (await session.exec(select(Evidence))).all()
    assert [s.state for s in submissions] == ["done"] * sent
    assert max(Counter((c.article_id, c.number) for c in claims).values()) == 1
    assert max(Counter(a.claim_id for a in assignments).values()) == 1
    assert {a.id for a in assignments} == answered
    assert Counter(v.assignment_id for v in verdicts) == Counter(answered)
    assert sorted(e.url for e in evidence if e.url) == sorted(
        f"https://ledger.example/{code}" for code in answered
    )


def _check_echoes(reviewers: list[Person], answered: set[int]) -> None:
    """Every answer was acknowledged."""
    recorded = sum("Recorded" in m.text for r in reviewers for m in r.chat.from_bot)
    assert recorded >= len(answered)
