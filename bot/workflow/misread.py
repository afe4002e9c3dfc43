"""Messages that were not understood, or were changed afterwards: what an editor can do then."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow import notices
from bot.workflow.drafts import submit_draft
from bot.workflow.incoming import Incoming, Tap, kept, message_from
from bot.workflow.may import Deed, may, require
from bot.workflow.notices import About, NoticeKind, Place
from bot.workflow.policy import Policy
from bot.workflow.rereading import try_again
from bot.workflow.sheet import commands
from storage import members, outbox, submissions
from storage.models import Submission
from storage.models.intake import SubmissionKind, SubmissionState

MESSAGE_CHARS = 4096  # of Telegram: a longer text came in several messages
_TEXTS = (SubmissionKind.PASTE, SubmissionKind.FORWARD)


async def tell_misread(
    session: AsyncSession, incoming: Incoming, missed: str, *, now: datetime
) -> None:
    """Say that `missed` ("words", "verdict", "link") was not understood, and what is possible.

    An editor's words are kept with it: a button reads them as a draft.
    """
    is_editor = may(await members.roles_of(session, incoming.actor_id), Deed.SUBMIT)
    is_text = incoming.is_private and any(char.isalnum() for char in incoming.text)
    facts: dict[str, Any] = {"missed": missed}
    if missed == "words" and is_editor and is_text:
        facts["message"] = kept(incoming)
    await notices.tell(
        session,
        _place(incoming),
        NoticeKind.HELP,
        now=now,
        reply_to=incoming.message_id,
        **facts,
    )


async def read_as_draft(session: AsyncSession, tap: Tap, *, now: datetime) -> bool:
    """Put the words above the button on the reading list; False when they are on it already.

    Raises:
        NotPermitted: the actor is no editor.
    """
    told = await outbox.get(session, tap.notice_id) if tap.notice_id else None
    message = message_from(told.facts["message"]) if told and "message" in told.facts else None
    if message is None:
        return False
    await require(session, tap.actor_id, Deed.SUBMIT)
    if await submissions.of_message(session, message.chat_id, message.message_id):
        return False
    await submit_draft(session, message, is_wished=True, now=now)
    return True


async def command_anew(
    session: AsyncSession, incoming: Incoming, article_id: int, *, policy: Policy, now: datetime
) -> None:
    """A sheet command that was edited: followed if it was refused before, else said to be done.

    Raises:
        Refusal: it was carried out as it stood, or cannot be followed now either.
    """
    answers = await outbox.answers_to(session, incoming.chat_id, incoming.message_id)
    done = [row for row in answers if row.kind == NoticeKind.SHEET_REPLY.value]
    if any(row.facts.get("what") != "help" for row in done):
        raise Refusal("sheet_command_done")
    await commands.command(session, incoming, article_id, policy=policy, now=now)


async def follow_text(session: AsyncSession, incoming: Incoming, *, now: datetime) -> bool:
    """An edited text: a draft that waits takes it, one that was read asks whether to read it.

    A message that was not understood and is long now is a draft. False for any other.

    Raises:
        Refusal: the draft came in several messages.
    """
    sent = await submissions.of_message(session, incoming.chat_id, incoming.message_id)
    draft = next((row for row in sent if row.kind in _TEXTS and row.text), None)
    if draft is not None:
        await _follow_draft(session, incoming, draft, now=now)
        return True
    answers = await outbox.answers_to(session, incoming.chat_id, incoming.message_id)
    was_misread = any(row.kind == NoticeKind.HELP.value for row in answers)
    if sent or incoming.links or not was_misread:
        return False
    await submit_draft(session, incoming, now=now)
    return True


async def read_new_text(session: AsyncSession, tap: Tap, *, now: datetime) -> bool:
    """Read the new words of a draft as its next version; False when that is under way or done.

    Raises:
        NotPermitted: the actor is no editor.
    """
    await require(session, tap.actor_id, Deed.SUBMIT)
    told = await outbox.get(session, tap.notice_id) if tap.notice_id else None
    prompt = await outbox.prompt_of(session, told.id) if told else None
    draft = await submissions.get(session, (prompt and prompt.submission_id) or 0)
    if told is None or draft is None or "text" not in told.facts:
        return False
    text = str(told.facts["text"])
    if draft.article_id is None:
        if draft.state is not SubmissionState.FAILED:
            return False
        draft.text = text
        await session.flush()
        return await try_again(session, tap, draft.id, now=now)
    submission_id = await submissions.add(session, _next_version(draft, text, tap, now=now))
    newest = await submissions.get(session, submission_id) if submission_id else None
    if newest is None:
        return False
    newest.notice_id = told.id
    about = About(submission_id=newest.id, article_id=draft.article_id)
    await notices.show(session, told.id, NoticeKind.READING, now=now, about=about)
    return True


async def _follow_draft(
    session: AsyncSession, incoming: Incoming, draft: Submission, *, now: datetime
) -> None:
    if draft.text == incoming.text:
        return
    if len(draft.text or "") > MESSAGE_CHARS:
        raise Refusal("draft_in_parts")
    if await submissions.reword(session, draft.id, incoming.text):
        return
    await notices.tell(
        session,
        _place(incoming),
        NoticeKind.EDITED_DRAFT,
        now=now,
        about=About(submission_id=draft.id, article_id=draft.article_id),
        reply_to=incoming.message_id,
        text=incoming.text,
    )


def _next_version(draft: Submission, text: str, tap: Tap, *, now: datetime) -> Submission:
    digest = sha256(text.encode()).hexdigest()[:12]
    return Submission(
        desk_id=draft.desk_id,
        member_id=tap.actor_id,
        chat_id=draft.chat_id,
        thread_id=draft.thread_id,
        message_id=draft.message_id,
        kind=draft.kind,
        url_as_sent=draft.url_as_sent,
        url_key=f"{draft.url_key.partition('#')[0]}#{digest}",  # once per message and wording
        text=text,
        origin=draft.origin,
        again=True,
        article_id=draft.article_id,
        next_try_at=now,
        created_at=now,
    )


def _place(incoming: Incoming) -> Place:
    member_id = incoming.actor_id if incoming.is_private else None
    return Place(incoming.chat_id, incoming.thread_id, member_id=member_id)
