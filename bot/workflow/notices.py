"""How the workflow speaks: a notice is written in the transaction of the change it tells of.

It names a kind, ids and frozen figures. The wording is found when it is sent, in the reader's
language, by the renderer of that kind in `handlers.chat.notices`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import FactcheckError
from storage import outbox
from storage.models import Member, Outbox, Prompt
from storage.models.talking import OutboxOp


class NoticeKind(StrEnum):
    """Every message the bot can write. A comment names the facts and what it is about."""

    # articles
    READING = "reading"  # about a submission
    SUBMISSION_FAILED = "submission_failed"  # about a submission
    EDITED_DRAFT = "edited_draft"  # about a submission; {"text"}: read the new words?
    KNOWN_ARTICLE = "known_article"  # about a submission and an article
    INDEX = "index"  # {"submission_ids"}: several links in one message
    SHEET = "sheet"  # about an article; {"page": 0}
    ARTICLES = "articles"  # {"page": 0}
    ARTICLE = "article"  # about an article: one with its verdicts; the summary too
    AUTHOR_QUERY = "author_query"  # about an article; {"claim_ids"}: to be forwarded to its author
    UNTRIAGED = "untriaged"  # {"article_ids"}
    SHEET_REPLY = "sheet_reply"  # {"what", …}: what a sheet command did, with undo
    # reviews
    CARD = "card"  # about an assignment; {"of": 3, "place": 1}
    CARD_CLOSED = "card_closed"  # about an assignment: done, passed, handed over, withdrawn
    RECORDED = "recorded"  # about an assignment; {"verdict_id"}
    HALF_ANSWER = "half_answer"  # about an assignment; {"input_id"}
    ASK_BACK = "ask_back"  # {"input_id"}: verdict, question or note? which claim? which use?
    REMINDER = "reminder"  # to a person
    HANDED_OVER = "handed_over"  # about an assignment that was taken away
    QUEUE = "queue"  # to a person
    WHY_ME = "why_me"  # about an assignment
    ANSWER_NOTE = "answer_note"  # {"what", …}: a short acknowledgement to a reviewer
    # settling, to editors
    ALERT = "alert"  # about a claim: false or misleading
    DISPUTE = "dispute"  # about a claim; {"round"}
    OVERDUE = "overdue"  # {"assignment_ids"}, all of one article
    NOBODY = "nobody"  # about an article: no reviewer for {"claim_ids"}
    EXTRA_READING = "extra_reading"  # about a claim; {"assignment_id"}
    CHANGED_VERDICT = "changed_verdict"  # about a claim; {"outcome_id"}
    QUESTION = "question"  # about an assignment; {"text"}: the reviewer asks the editor
    QUESTION_ANSWER = "question_answer"  # about an assignment; {"text"}: the editor answers
    EVIDENCE_FILE = "evidence_file"  # {"evidence_id"}: a photo or file shown to an editor
    # people
    WELCOME = "welcome"
    HELP = "help"
    ME = "me"
    MEMBERS = "members"
    INVITE = "invite"  # {"link", "role", "expires_at"}
    STRANGER = "stranger"
    REFUSAL = "refusal"  # {"what", …details}: a FactcheckError in words
    HERE = "here"  # {"what", …}: the team's chat was set, or an admin must confirm
    # team
    DIGEST = "digest"  # {"digest_id"} or frozen {"figures"}
    # running
    APOLOGY = "apology"  # {"reference"}: a bug met this person
    DEAD_UPDATE = "dead_update"  # {"reference", "member_id"?}: to admins
    UNKNOWN_POST = "unknown_post"  # {"outbox_id", "what"?}: to admins
    UNREACHABLE = "unreachable"  # {"member_id"}: to admins
    CATCH_UP = "catch_up"  # {"from", "to", "open", "more_s"}: after an outage


@dataclass(frozen=True)
class Place:
    """Where a notice goes; `member_id` is set for a private chat."""

    chat_id: int
    thread_id: int = 0
    member_id: int | None = None


@dataclass(frozen=True)
class About:
    """What a message is about, so that a reply to it finds its subject."""

    submission_id: int | None = None
    article_id: int | None = None
    claim_id: int | None = None
    assignment_id: int | None = None


def private(member: Member) -> Place | None:
    """The member's chat with the bot; None for somebody without a Telegram account."""
    if member.tg_user_id is None:
        return None
    return Place(chat_id=member.tg_user_id, member_id=member.id)


async def tell(  # a message has a place, a kind, a subject and a time
    session: AsyncSession,
    place: Place | None,
    kind: NoticeKind,
    *,
    now: datetime,
    about: About = About(),  # frozen
    key: str | None = None,
    reply_to: int | None = None,
    is_bulk: bool = False,
    due_at: datetime | None = None,
    stale_at: datetime | None = None,
    **facts: Any,
) -> int | None:
    """Write down a new message; its outbox id, or None if `key` was used before or nobody listens.

    `key` makes it happen once ("reminder/7/2026-11-23/0"). `reply_to` is a Telegram message id.
    After `stale_at` it is not worth saying any more.
    """
    if place is None:
        return None
    row = Outbox(
        key=key,
        chat_id=place.chat_id,
        thread_id=place.thread_id,
        op=OutboxOp.SEND,
        kind=kind.value,
        facts=facts,
        reply_to_message_id=reply_to,
        priority=1 if is_bulk else 0,
        due_at=due_at or now,
        expires_at=stale_at,
        created_at=now,
    )
    outbox_id = await outbox.put(session, row)
    if outbox_id is None:
        return None
    session.add(
        Prompt(
            outbox_id=outbox_id,
            kind=kind.value,
            chat_id=place.chat_id,
            member_id=place.member_id,
            submission_id=about.submission_id,
            article_id=about.article_id,
            claim_id=about.claim_id,
            assignment_id=about.assignment_id,
            created_at=now,
        )
    )
    await session.flush()
    return outbox_id


async def show(
    session: AsyncSession,
    notice_id: int | None,
    kind: NoticeKind,
    *,
    now: datetime,
    about: About | None = None,
    **facts: Any,
) -> None:
    """Make a message that was written before show `kind` instead; the latest such wish wins.

    `about` replaces what the message is about; without it the subject stays.
    """
    if notice_id is None:
        return
    sent = await outbox.get(session, notice_id)
    prompt = await outbox.prompt_of(session, notice_id)
    if sent is None or prompt is None:
        return
    prompt.kind = kind.value
    if about is not None:
        prompt.submission_id = about.submission_id or prompt.submission_id
        prompt.article_id = about.article_id or prompt.article_id
        prompt.claim_id = about.claim_id or prompt.claim_id
        prompt.assignment_id = about.assignment_id or prompt.assignment_id
    row = Outbox(
        chat_id=sent.chat_id,
        thread_id=sent.thread_id,
        op=OutboxOp.EDIT,
        target_id=notice_id,
        kind=kind.value,
        facts=facts,
        due_at=now,
        created_at=now,
    )
    await session.flush()
    if not await outbox.replace_edit(session, row):
        await outbox.put(session, row)


async def refuse(
    session: AsyncSession,
    place: Place,
    error: FactcheckError,
    *,
    now: datetime,
    reply_to: int | None,
) -> None:
    """Tell somebody why what they asked for is not possible."""
    what = getattr(error, "what", None) or getattr(error, "reason", type(error).__name__)
    details = dict(getattr(error, "details", {}))
    await tell(
        session,
        place,
        NoticeKind.REFUSAL,
        now=now,
        reply_to=reply_to,
        problem={"what": what, "type": type(error).__name__, **details},
    )
