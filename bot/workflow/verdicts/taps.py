"""The buttons of a reviewer: verdicts, one-tap evidence, undo, change, whose words are what."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.cards import own
from bot.workflow.incoming import Tap
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import Policy
from bot.workflow.verdicts import halves, moving, questions, revising
from bot.workflow.verdicts.evidence import Draft, Exhibit, content_of, draft_from, merged
from bot.workflow.verdicts.held import held_of
from bot.workflow.verdicts.showing import back_to_card, say, where_pressed
from storage import claims, inputs, verdicts
from storage.models.claims import Rating, SourceCheck
from storage.models.talking import InputKind
from storage.models.work import EvidenceKind, VerdictKind

CITED_LINKS = 3  # of one claim; more than that nobody has opened before tapping


class Shown(StrEnum):
    """What one tap says about the evidence."""

    CITED = "cited"  # the link in the article confirms it
    CALLED = "called"
    SAW = "saw"
    PROTECTED = "protected"
    BACK = "back"  # take the tapped verdict back, show the card


async def rate(
    session: AsyncSession,
    tap: Tap,
    assignment_id: int,
    rating: Rating,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """A verdict was tapped: on a card, in answer to our question, or to change a recorded one."""
    assignment = await own(session, tap.actor_id, assignment_id)
    half = await halves.half_draft(session, assignment.id)
    where = where_pressed(tap)
    recorded = await verdicts.newest(session, assignment.id)
    if recorded is not None and recorded.kind is not VerdictKind.WITHDRAWN:
        draft = merged(await revising.draft_as_recorded(session, recorded), half)
        draft = draft.with_rating(rating)
        await revising.revise(session, assignment, recorded, draft, where, policy=policy, now=now)
        return
    draft = half.with_rating(rating)
    await halves.take(session, assignment, draft, where, policy=policy, now=now)


async def show(
    session: AsyncSession,
    tap: Tap,
    assignment_id: int,
    what: Shown,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """One-tap evidence for the verdict that was tapped before.

    Raises:
        Refusal: the question was answered meanwhile, or the claim has no link.
    """
    assignment = await own(session, tap.actor_id, assignment_id)
    half = await inputs.half_answer(session, assignment.id)
    if half is None:
        raise Refusal("question_over")
    draft, where = draft_from(half.content), where_pressed(tap)
    if what is Shown.BACK:
        await _back(session, half.id, draft, tap, now=now)
    elif what in (Shown.CALLED, Shown.SAW):
        wish = InputKind.CALL if what is Shown.CALLED else InputKind.OBSERVATION
        await halves.keep(session, assignment, draft, wish, where, now=now)
    else:
        exhibits = [Exhibit(EvidenceKind.PROTECTED)]
        if what is Shown.CITED:
            links = await cited_links(session, assignment.claim_id)
            if not links:
                raise Refusal("no_cited_link")
            exhibits = [Exhibit(EvidenceKind.CITED_LINK, url=url) for url in links[:CITED_LINKS]]
        draft = draft.with_exhibits(exhibits)
        await halves.take(session, assignment, draft, where, policy=policy, now=now)


async def cited_links(session: AsyncSession, claim_id: int) -> list[str]:
    """The links that the article gives for a claim, in its text or at the name of its source."""
    revision = await claims.head_revision(session, claim_id)
    if revision is None:
        return []
    cited = await claims.citations_of(session, [revision.id])
    links = [*revision.links, *(link for citation, _source in cited for link in citation.links)]
    return list(dict.fromkeys(links))


async def start_note(session: AsyncSession, tap: Tap, assignment_id: int, *, now: datetime) -> None:
    """The reviewer wants to note something for the coming verdict."""
    assignment = await own(session, tap.actor_id, assignment_id)
    draft = await halves.half_draft(session, assignment.id)
    await halves.keep(session, assignment, draft, InputKind.NOTE, where_pressed(tap), now=now)


async def start_question(
    session: AsyncSession, tap: Tap, assignment_id: int, *, now: datetime
) -> None:
    """The reviewer wants to ask the editor."""
    assignment = await own(session, tap.actor_id, assignment_id)
    await questions.await_question(session, assignment, where_pressed(tap), now=now)


async def cancel_question(session: AsyncSession, tap: Tap, input_id: int, *, now: datetime) -> None:
    """No question after all: the card is back."""
    pending = await held_of(session, tap.actor_id, input_id)
    await inputs.close(session, pending.id, now)
    await back_to_card(session, tap.notice_id, now=now)


async def words_are_question(
    session: AsyncSession, tap: Tap, input_id: int, *, now: datetime
) -> None:
    """The words that were asked about are a question to the editor; evidence stays kept."""
    pending = await held_of(session, tap.actor_id, input_id)
    assignment = await own(session, tap.actor_id, pending.assignment_id or 0)
    draft = draft_from(pending.content)
    await questions.put_question(
        session, assignment, draft.explanation, where_pressed(tap), now=now
    )
    rest = replace(draft, explanation="", sure="")
    if rest.exhibits or rest.rating:
        content = content_of(rest)
        await inputs.change(session, pending.id, kind=pending.kind, content=content, now=now)
    else:
        await inputs.close(session, pending.id, now)


async def words_are_note(
    session: AsyncSession, tap: Tap, input_id: int, *, policy: Policy, now: datetime
) -> None:
    """The words that were asked about are a note: kept for the verdict, or put to it."""
    pending = await held_of(session, tap.actor_id, input_id)
    assignment = await own(session, tap.actor_id, pending.assignment_id or 0)
    draft, where = draft_from(pending.content), where_pressed(tap)
    recorded = await verdicts.newest(session, assignment.id)
    if recorded is not None and recorded.kind is not VerdictKind.WITHDRAWN:
        noted = merged(await revising.draft_as_recorded(session, recorded), draft)
        await revising.revise(session, assignment, recorded, noted, where, policy=policy, now=now)
        return
    content = content_of(draft.with_sure_words())
    await inputs.change(session, pending.id, kind=pending.kind, content=content, now=now)
    await say(
        session,
        where,
        NoticeKind.ANSWER_NOTE,
        now=now,
        assignment_id=assignment.id,
        what="note_kept",
    )


async def undo(
    session: AsyncSession, tap: Tap, assignment_id: int, *, policy: Policy, now: datetime
) -> None:
    """Take the verdict back.

    Raises:
        Refusal: it was taken back before.
    """
    assignment = await own(session, tap.actor_id, assignment_id)
    if not await revising.take_back(
        session, assignment, where_pressed(tap), policy=policy, now=now
    ):
        raise Refusal("nothing_to_undo")


async def choose_change(
    session: AsyncSession, tap: Tap, assignment_id: int, *, is_choosing: bool, now: datetime
) -> None:
    """Show the verdicts to change to under the echo, or put its buttons back."""
    assignment = await own(session, tap.actor_id, assignment_id)
    await say(
        session,
        where_pressed(tap),
        NoticeKind.RECORDED,
        now=now,
        assignment_id=assignment.id,
        choosing=is_choosing,
    )


async def wrong_claim(
    session: AsyncSession, tap: Tap, assignment_id: int, *, now: datetime
) -> None:
    """Ask which claim the verdict was meant for."""
    assignment = await own(session, tap.actor_id, assignment_id)
    await moving.ask_right_claim(session, assignment, where_pressed(tap), now=now)


async def keep_claim(session: AsyncSession, tap: Tap, input_id: int, *, now: datetime) -> None:
    """It was the right claim after all: the echo is back."""
    pending = await held_of(session, tap.actor_id, input_id)
    await inputs.close(session, pending.id, now)
    await say(
        session,
        where_pressed(tap),
        NoticeKind.RECORDED,
        now=now,
        assignment_id=pending.assignment_id,
    )


async def source_says(
    session: AsyncSession,
    tap: Tap,
    assignment_id: int,
    answer: SourceCheck,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """Whether the cited source says so; skippable, a matter apart from whether it is true."""
    assignment = await own(session, tap.actor_id, assignment_id)
    where = where_pressed(tap)
    if not await revising.check_source(session, assignment, answer, where, policy=policy, now=now):
        raise Refusal("nothing_recorded")


async def _back(
    session: AsyncSession, input_id: int, draft: Draft, tap: Tap, *, now: datetime
) -> None:
    """The tapped verdict is taken back; evidence and words that were sent stay kept."""
    if draft.exhibits or draft.explanation:
        rest = content_of(replace(draft, rating=None))
        await inputs.change(session, input_id, kind=InputKind.RATING, content=rest, now=now)
    else:
        await inputs.close(session, input_id, now)
    await back_to_card(session, tap.notice_id, now=now)
