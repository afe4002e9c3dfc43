"""Whatever people and the clock do, in whatever order, the desk stays in order.

Hypothesis plays an editor, four reviewers and the clock against a real database; after every step
the claims, their hands and their verdicts must fit together, and nothing that was said is lost.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import FactcheckError
from bot.workflow import absences, actions, outage, passing, people, rulings
from bot.workflow.incoming import Incoming, Tap
from bot.workflow.policy import Policy
from bot.workflow.sheet import commands
from bot.workflow.verdicts import answers, taps
from handlers.schedule import SWEEPS
from storage.database import Sessions, database_url
from storage.models import Assignment, Claim, Member, Outcome, Verdict
from storage.models.claims import ClaimStatus, Rating
from storage.models.people import Role
from storage.models.work import AssignmentState, VerdictKind
from tests.builders import MONDAY, a_claim, a_member, an_article
from tests.conftest import NewDatabase
from tests.workflow.reviewing import QUOTES

POLICY = Policy(reviewers_per_claim=2)
REVIEWERS = ("Olha", "Ira", "Marko", "Nadia")
SPANS = st.sampled_from([timedelta(minutes=2), timedelta(hours=3), timedelta(hours=14)])
SHEET = st.sampled_from(
    ["send now", "send 1,2 now", "send 3", "drop 1", "drop 2", "keep 1", "undo"]
)
WORDS = st.sampled_from(
    [
        "True. https://a.example/1",
        "False. https://a.example/2",
        "False",
        "who says so?",
        "Opinion. No",
    ]
)
DECISIONS = st.sampled_from(
    ["False. The report says so.", "True. It does.", "fixed", "cut", "override it is satire"]
)
REVIEWER = st.integers(0, len(REVIEWERS) - 1)
PICK = st.integers(0, 11)

Step = Callable[[AsyncSession], Awaitable[Any]]


class AnyDay(RuleBasedStateMachine):
    """One article with three claims; every rule is something that a person or the clock does."""

    def __init__(self, new_database: NewDatabase) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = new_database()
        self.sessions = Sessions(database_url(self.database.__enter__()))
        self.now = MONDAY
        self.said: list[tuple[int, int]] = []  # (chat, message) that a verdict stands for
        self.messages = 100
        self.runner.run(self._begin())

    def teardown(self) -> None:
        self.runner.run(self.sessions.close())
        self.runner.close()
        self.database.__exit__(None, None, None)

    async def _begin(self) -> None:
        async with self.sessions.begin() as session:
            editor = await a_member(session, "Eda", Role.ADMIN, Role.EDITOR)
            self.editor_id, self.editor_chat = editor.id, editor.tg_user_id or 0
            members = [await a_member(session, name, Role.REVIEWER) for name in REVIEWERS]
            self.reviewers = [(one.id, one.tg_user_id or 0) for one in members]
            article, version = await an_article(session, editor)
            self.article_id = article.id
            made = [
                await a_claim(session, version, words, number=n)
                for n, words in enumerate(QUOTES, 1)
            ]
            self.claim_ids = [claim.id for claim in made]
            sent = self._message(self.editor_id, self.editor_chat, "send 1-3 now")
            await commands.command(session, sent, article.id, policy=POLICY, now=MONDAY)

    # What can be done

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        self.runner.run(self._pass_time(self.now + span))

    @rule(words=SHEET)
    def the_editor_changes_the_sheet(self, words: str) -> None:
        self._do(
            lambda session: commands.command(
                session,
                self._message(self.editor_id, self.editor_chat, words),
                self.article_id,
                policy=POLICY,
                now=self.now,
            )
        )

    @rule(pick=PICK, words=WORDS)
    def a_holder_answers(self, pick: int, words: str) -> None:
        if held := self._held(pick):
            assignment_id, member_id, chat_id = held
            self._reply(member_id, chat_id, assignment_id, words)

    @rule(answered=st.lists(WORDS, min_size=2, max_size=6))
    def several_answer_and_the_undo_time_ends(self, answered: list[str]) -> None:
        for pick, words in enumerate(answered):
            if held := self._held(pick):
                assignment_id, member_id, chat_id = held
                self._reply(member_id, chat_id, assignment_id, words)
        self.time_passes(timedelta(minutes=2))

    @rule(reviewer=REVIEWER, pick=PICK, words=WORDS)
    def anybody_replies_to_anything(self, reviewer: int, pick: int, words: str) -> None:
        self._reply(*self.reviewers[reviewer], pick + 1, words)

    @rule(reviewer=REVIEWER, words=WORDS)
    def a_reviewer_edits_the_last_answer(self, reviewer: int, words: str) -> None:
        member_id, chat_id = self.reviewers[reviewer]
        mine = [message for chat, message in self.said if chat == chat_id]
        if mine:
            edit = self._message(member_id, chat_id, words, message_id=mine[-1], is_edit=True)
            self._do(
                lambda session: answers.edited_message(session, edit, policy=POLICY, now=self.now)
            )

    @rule(pick=PICK, rating=st.sampled_from([Rating.TRUE, Rating.FALSE]))
    def a_holder_taps_a_verdict(self, pick: int, rating: Rating) -> None:
        self._tapped(pick, lambda *tapped, **when: taps.rate(*tapped, rating, **when))

    @rule(pick=PICK)
    def a_holder_taps_protected_source(self, pick: int) -> None:
        shown = taps.Shown.PROTECTED
        self._tapped(pick, lambda *tapped, **when: taps.show(*tapped, shown, **when))

    @rule(pick=PICK)
    def a_holder_takes_it_back(self, pick: int) -> None:
        self._tapped(pick, taps.undo)

    @rule(pick=PICK)
    def a_holder_passes(self, pick: int) -> None:
        no_time = passing.PassReason.NO_TIME
        self._tapped(pick, lambda *tapped, **when: passing.pass_on(*tapped, no_time, **when))

    @rule(reviewer=REVIEWER, goes=st.booleans())
    def a_reviewer_goes_away_or_comes_back(self, reviewer: int, goes: bool) -> None:
        member_id, _chat = self.reviewers[reviewer]
        if goes:
            self._do(
                lambda session: absences.go_away(
                    session, member_id, until_at=None, policy=POLICY, now=self.now
                )
            )
        else:
            self._do(
                lambda session: absences.come_back(session, member_id, policy=POLICY, now=self.now)
            )

    @rule(reviewer=REVIEWER, gives=st.booleans())
    def a_role_is_taken_or_given(self, reviewer: int, gives: bool) -> None:
        change = people.grant if gives else people.revoke
        member_id, _chat = self.reviewers[reviewer]
        self._do(
            lambda session: change(session, self.editor_id, member_id, Role.REVIEWER, now=self.now)
        )

    @rule(claim=st.integers(0, 2), words=DECISIONS)
    def the_editor_decides(self, claim: int, words: str) -> None:
        said = self._message(self.editor_id, self.editor_chat, words)
        self._do(
            lambda session: rulings.claim_reply(session, said, self.claim_ids[claim], now=self.now)
        )

    @rule(claim=st.integers(0, 2))
    def the_editor_opens_again(self, claim: int) -> None:
        tap = self._tap(self.editor_id, self.editor_chat)
        self._do(
            lambda session: actions.open_again(session, tap, self.claim_ids[claim], now=self.now)
        )

    # What must hold

    @invariant()
    def everything_fits_together(self) -> None:
        self.runner.run(self._check())

    async def _check(self) -> None:
        async with self.sessions.read() as session:
            claims = (await session.exec(select(Claim))).all()
            assignments = (await session.exec(select(Assignment))).all()
            verdicts = (await session.exec(select(Verdict).order_by(col(Verdict.id)))).all()
            outcomes = {one.id: one for one in (await session.exec(select(Outcome))).all()}
            members = {one.id: one for one in (await session.exec(select(Member))).all()}
        newest = {verdict.assignment_id: verdict for verdict in verdicts}
        for claim in claims:
            held = [
                one for one in assignments if one.claim_id == claim.id and one.round == claim.round
            ]
            _check_claim(claim, held, newest, outcomes.get(claim.head_outcome_id or 0))
        kept = {(verdict.chat_id, verdict.message_id) for verdict in verdicts}
        assert set(self.said) <= kept
        holder = {one.id: one.reviewer_id for one in assignments}
        for verdict in verdicts:
            assert verdict.member_id == holder[verdict.assignment_id]
            assert verdict.chat_id in (None, members[verdict.member_id].tg_user_id)

    # How it is done

    def _do(self, step: Step) -> bool:
        """One transaction, as an edge makes it; False when it was refused and rolled back."""
        return self.runner.run(self._transact(step))

    async def _transact(self, step: Step) -> bool:
        try:
            async with self.sessions.begin() as session:
                await step(session)
        except FactcheckError:
            return False
        return True

    async def _pass_time(self, until: datetime) -> None:
        span, self.now = until - self.now, until
        async with self.sessions.begin() as session:  # the clock was slow, the desk never away
            await outage.note_alive(session, policy=POLICY, now=self.now, every=span)
        for sweep in SWEEPS:
            async with self.sessions.begin() as session:
                await sweep(session, policy=POLICY, now=self.now)

    def _reply(self, member_id: int, chat_id: int, assignment_id: int, words: str) -> None:
        said = self._message(member_id, chat_id, words)
        taken = self._do(
            lambda session: answers.answer_prompt(
                session, said, assignment_id, policy=POLICY, now=self.now
            )
        )
        if taken and "https" in words:
            self.said.append((chat_id, said.message_id))

    def _tapped(self, pick: int, what: Callable[..., Awaitable[Any]]) -> None:
        """The holder of the picked assignment presses a button about it."""
        if held := self._held(pick):
            assignment_id, *who = held
            tap = self._tap(*who)
            self._do(lambda session: what(session, tap, assignment_id, policy=POLICY, now=self.now))

    def _held(self, pick: int) -> tuple[int, int, int] | None:
        """An assignment of any state, the newest first, its holder and their chat."""
        return self.runner.run(self._find_held(pick))

    async def _find_held(self, pick: int) -> tuple[int, int, int] | None:
        query = (
            select(Assignment.id, Member.id, Member.tg_user_id)
            .join(Member, col(Member.id) == Assignment.reviewer_id)
            .order_by(col(Assignment.id).desc())
        )
        async with self.sessions.read() as session:
            found = (await session.exec(query)).all()
        if not found:
            return None
        assignment_id, member_id, chat_id = found[pick % len(found)]
        return assignment_id, member_id, chat_id or 0

    def _message(self, member_id: int, chat_id: int, text: str, **fields: Any) -> Incoming:
        self.messages += 1
        own = {"message_id": self.messages, "bot_id": 1, "update_id": self.messages}
        return Incoming(
            actor_id=member_id, chat_id=chat_id, text=text, links=_links(text), **{**own, **fields}
        )

    def _tap(self, member_id: int, chat_id: int) -> Tap:
        return Tap(actor_id=member_id, chat_id=chat_id, message_id=7)


def _links(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split() if word.startswith("https://"))


def _check_claim(
    claim: Claim, held: list[Assignment], newest: dict[int, Verdict], outcome: Outcome | None
) -> None:
    """A claim's status says what its assignments and verdicts in this round amount to."""
    is_open = [one for one in held if one.state is AssignmentState.OPEN]
    given = [
        newest[one.id]
        for one in held
        if one.id in newest and newest[one.id].kind is VerdictKind.GIVEN
    ]
    readers = [
        one.reviewer_id
        for one in held
        if one in is_open or one.id in {v.assignment_id for v in given}
    ]
    assert len(readers) == len(set(readers)), "one person reads a claim once"
    slots = [one.slot for one in is_open]
    assert len(slots) == len(set(slots)), "one open assignment per place"
    waits = claim.settle_at is not None
    match claim.status:
        case ClaimStatus.NEW | ClaimStatus.DROPPED:
            assert not is_open
        case ClaimStatus.KEPT:
            assert len(is_open) + len(given) < claim.readers_needed
        case ClaimStatus.ASSIGNED | ClaimStatus.SECOND_REVIEW:
            assert is_open or waits or len(given) < claim.readers_needed
        case ClaimStatus.DISPUTED:
            assert len({verdict.rating for verdict in given}) > 1 or waits
        case ClaimStatus.DECIDED | ClaimStatus.CLEARED:
            assert claim.verdict is not None
            assert outcome is not None
            assert outcome.rating is claim.verdict
    if claim.status is ClaimStatus.CLEARED and claim.verdict in (Rating.FALSE, Rating.MISLEADING):
        assert claim.action_done is not None


def _play(new_database: NewDatabase, *, days: int, steps: int) -> None:
    run_state_machine_as_test(
        lambda: AnyDay(new_database),
        settings=settings(
            max_examples=days,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.timeout(600)
def test_the_desk_stays_in_order_on_any_day(new_database: NewDatabase) -> None:
    _play(new_database, days=15, steps=30)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_the_desk_stays_in_order_on_many_days(new_database: NewDatabase) -> None:
    _play(new_database, days=300, steps=60)
