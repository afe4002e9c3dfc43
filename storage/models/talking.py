"""What the bot says and what it waits for: outbox, prompts, awaited answers."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.base import choice, json_column, telegram_id


class OutboxOp(StrEnum):
    SEND = "send"
    EDIT = "edit"


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # the answer was lost: it may be in the chat
    FAILED = "failed"
    CANCELLED = "cancelled"


class InputKind(StrEnum):
    """What a person's next message is awaited for."""

    EVIDENCE = "evidence"  # a rating was tapped; what shows it?
    RATING = "rating"  # evidence came first; which verdict?
    CALL = "call"  # "I called": who, when?
    OBSERVATION = "observation"
    QUESTION = "question"  # the reviewer's question to the editor
    NOTE = "note"
    WHICH_CLAIM = "which_claim"  # a held answer: for which of the open prompts?
    WHICH_USE = "which_use"  # a held message: new article or evidence, verdict or question …
    RULING_REASON = "ruling_reason"
    OVERRIDE_REASON = "override_reason"
    LINK_TEXT = "link_text"  # the text of a link that could not be read


class Outbox(SQLModel, table=True):
    """Something to say: written with the change it tells of, worded when it is sent."""

    __table_args__ = (
        Index(
            "latest_edit_wins",
            "target_id",
            unique=True,
            sqlite_where=text("op = 'edit' AND state = 'pending'"),
            postgresql_where=text("op = 'edit' AND state = 'pending'"),
        ),
        Index("outbox_by_state", "state", "due_at"),
        Index("outbox_by_chat", "chat_id", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    key: str | None = Field(default=None, unique=True)  # says "once": a second row is refused
    desk_id: int = Field(default=1, foreign_key="desk.id")
    chat_id: int = telegram_id()
    thread_id: int = 0
    op: OutboxOp = choice(OutboxOp, default=OutboxOp.SEND)
    target_id: int | None = Field(default=None, foreign_key="outbox.id")  # the send that is edited
    kind: str  # a NoticeKind
    facts: dict[str, Any] = json_column(default_factory=dict)
    reply_to_message_id: int | None = telegram_id(default=None, nullable=True)
    priority: int = 0  # 0: somebody waits for it; 1: bulk
    due_at: datetime
    expires_at: datetime | None = None
    state: OutboxState = choice(OutboxState, default=OutboxState.PENDING)
    attempts: int = 0
    lease_token: int = 0
    lease_until: datetime | None = None
    error: str | None = None
    created_at: datetime
    sent_at: datetime | None = None


class OutboxPart(SQLModel, table=True):
    """One message of a notice; long ones have several, and a crash between them resumes."""

    __tablename__ = "outbox_part"

    outbox_id: int = Field(foreign_key="outbox.id", primary_key=True)
    part: int = Field(primary_key=True)
    chat_id: int = telegram_id()
    message_id: int = telegram_id()
    has_photo: bool = False


class Prompt(SQLModel, table=True):
    """A message of ours and what it is about, so that a reply to it finds its subject."""

    __table_args__ = (
        UniqueConstraint("chat_id", "message_id"),
        Index("prompt_by_assignment", "assignment_id"),
        Index("prompt_by_article", "article_id", "kind"),
    )

    id: int = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outbox.id", unique=True)
    kind: str  # a NoticeKind: what the message shows now
    chat_id: int = telegram_id()
    message_id: int | None = telegram_id(default=None, nullable=True)  # null: not sent, or unknown
    member_id: int | None = Field(default=None, foreign_key="member.id")
    submission_id: int | None = Field(default=None, foreign_key="submission.id")
    article_id: int | None = Field(default=None, foreign_key="article.id")
    claim_id: int | None = Field(default=None, foreign_key="claim.id")
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id")
    adopted: bool = False  # its message id was learned from a reply
    created_at: datetime


class PendingInput(SQLModel, table=True):
    """An answer that is awaited, or one that is held until we know what it belongs to."""

    __tablename__ = "pending_input"
    __table_args__ = (Index("input_by_member", "member_id", "closed_at"),)

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id")
    chat_id: int = telegram_id()
    kind: InputKind = choice(InputKind)
    submission_id: int | None = Field(default=None, foreign_key="submission.id")
    article_id: int | None = Field(default=None, foreign_key="article.id")
    claim_id: int | None = Field(default=None, foreign_key="claim.id")
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    # {"rating", "explanation", "evidence": [{kind, url, locator, note, file_id, file_name}],
    #  "message_id", …}: what was said so far
    content: dict[str, Any] = json_column(default_factory=dict)
    notice_id: int | None = None  # the outbox row of the message that asks
    since: datetime
    closed_at: datetime | None = None
