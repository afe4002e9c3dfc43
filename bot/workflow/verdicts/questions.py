"""Questions between a reviewer and the article's editor."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow import notices
from bot.workflow.editors import editor_of
from bot.workflow.incoming import Incoming
from bot.workflow.may import Deed, require
from bot.workflow.notices import About, NoticeKind
from bot.workflow.verdicts import halves
from bot.workflow.verdicts.recording import claim_of
from bot.workflow.verdicts.showing import Where, back_to_card, say, where_said
from storage import assignments, events, inputs, members
from storage.models import Assignment, PendingInput
from storage.models.talking import InputKind

QUESTION_CHARS = 1500  # a question and its answer each fit one message with the claim beside it


async def await_question(
    session: AsyncSession, assignment: Assignment, where: Where, *, now: datetime
) -> None:
    """The reviewer wants to ask: their next message is the question."""
    await assignments.begin(session, assignment.id, now)
    pending = await inputs.add(
        session,
        PendingInput(
            member_id=assignment.reviewer_id,
            chat_id=where.place.chat_id,
            kind=InputKind.QUESTION,
            assignment_id=assignment.id,
            since=now,
        ),
    )
    await halves.ask(session, pending, assignment, InputKind.QUESTION, where, now=now)


async def put_question(  # whose claim, what they ask, where they said it
    session: AsyncSession, assignment: Assignment, text: str, where: Where, *, now: datetime
) -> None:
    """Send a question to the article's editor; the claim stays with the reviewer.

    Raises:
        Refusal: there are no words in it or too many, or no editor who could answer.
    """
    if not text.strip():
        raise Refusal("question_empty")
    _refuse_too_long(text)
    claim = await claim_of(session, assignment)
    editor = await editor_of(session, claim.article_id)
    place = notices.private(editor) if editor is not None else None
    if place is None:
        raise Refusal("no_editor")
    await assignments.begin(session, assignment.id, now)
    await notices.tell(
        session,
        place,
        NoticeKind.QUESTION,
        now=now,
        about=About(assignment_id=assignment.id),
        text=text.strip(),
    )
    await events.record(
        session,
        "question.asked",
        "assignment",
        assignment.id,
        at=now,
        actor_id=assignment.reviewer_id,
    )
    await say(
        session,
        where,
        NoticeKind.ANSWER_NOTE,
        now=now,
        assignment_id=assignment.id,
        what="question_sent",
    )


async def awaited_question(
    session: AsyncSession,
    incoming: Incoming,
    pending: PendingInput,
    assignment: Assignment,
    *,
    now: datetime,
) -> None:
    """The question that was awaited; the message that asked for it is the claim's card again."""
    await put_question(session, assignment, incoming.text, where_said(incoming), now=now)
    await inputs.close(session, pending.id, now)
    await back_to_card(session, pending.notice_id, now=now)


async def answer_question(
    session: AsyncSession, incoming: Incoming, assignment_id: int, *, now: datetime
) -> None:
    """An editor's reply goes to the reviewer who asked.

    Raises:
        NotPermitted: who replies is no editor any more.
        Refusal: there are no words in the reply, or the reviewer has left.
    """
    await require(session, incoming.actor_id, Deed.RULE)
    assignment = await assignments.get(session, assignment_id)
    if assignment is None:
        raise Refusal("no_such_assignment", assignment=assignment_id)
    if not incoming.text.strip():
        raise Refusal("question_answer_empty")
    _refuse_too_long(incoming.text)
    reviewer = await members.get(session, assignment.reviewer_id)
    place = notices.private(reviewer) if reviewer is not None else None
    if place is None:
        raise Refusal("reviewer_gone")
    await notices.tell(
        session,
        place,
        NoticeKind.QUESTION_ANSWER,
        now=now,
        about=About(assignment_id=assignment.id),
        text=incoming.text.strip(),
        editor_id=incoming.actor_id,
    )
    await events.record(
        session,
        "question.answered",
        "assignment",
        assignment.id,
        at=now,
        actor_id=incoming.actor_id,
    )
    await notices.tell(
        session,
        where_said(incoming).place,
        NoticeKind.ANSWER_NOTE,
        now=now,
        reply_to=incoming.message_id,
        what="answer_sent",
        member_id=assignment.reviewer_id,
    )


def _refuse_too_long(text: str) -> None:
    if len(text) > QUESTION_CHARS:
        raise Refusal("question_too_long", longest=QUESTION_CHARS)
