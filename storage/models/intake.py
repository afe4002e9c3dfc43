"""What comes in: raw updates, submissions, articles and their versions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.base import choice, json_column, new_uid, telegram_id


class InboxState(StrEnum):
    NEW = "new"
    DONE = "done"
    DEAD = "dead"  # five tries failed; kept for the admin


class SubmissionKind(StrEnum):
    LINK = "link"
    PASTE = "paste"
    FORWARD = "forward"
    FILE = "file"


class SubmissionState(StrEnum):
    COLLECTING = "collecting"  # a paste that may still grow by further messages
    QUEUED = "queued"
    READING = "reading"
    DONE = "done"
    KNOWN = "known"  # the article is there already
    FAILED = "failed"


class ArticleState(StrEnum):
    UNTRIAGED = "untriaged"  # nobody has sent or dropped its claims yet
    OPEN = "open"
    DECIDED = "decided"
    CLEARED = "cleared"
    CLOSED = "closed"  # nothing to check: the editor's choice


class UpdateInbox(SQLModel, table=True):
    """A raw update of Telegram. The payload is emptied when done, the row removed after 3 days."""

    __tablename__ = "update_inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        Index("inbox_by_chat", "chat_id", "id"),
        Index("inbox_by_state", "state", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    chat_id: int = telegram_id(default=0)
    payload: dict[str, Any] | None = json_column(default=None, nullable=True)
    state: InboxState = choice(InboxState, default=InboxState.NEW)
    attempts: int = 0
    next_try_at: datetime
    error_ref: str | None = None
    received_at: datetime
    done_at: datetime | None = None


class Submission(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("chat_id", "message_id", "url_key"),
        Index("submission_by_state", "state", "next_try_at"),
    )

    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    desk_id: int = Field(foreign_key="desk.id")
    member_id: int = Field(foreign_key="member.id")
    chat_id: int = telegram_id()
    thread_id: int = 0
    message_id: int = telegram_id()
    kind: SubmissionKind = choice(SubmissionKind)
    url_as_sent: str | None = None
    url_key: str = ""  # identity of the address; "" for drafts
    text: str | None = None  # a pasted or forwarded draft
    file_id: str | None = None
    file_name: str | None = None
    origin: dict[str, Any] | None = json_column(default=None, nullable=True)  # of a forwarded post
    # the failed link whose text this is, or the link read again
    parent_id: int | None = Field(default=None, foreign_key="submission.id")
    again: bool = False  # read although the article is there
    state: SubmissionState = choice(SubmissionState, default=SubmissionState.QUEUED)
    attempts: int = 0
    next_try_at: datetime
    lease_token: int = 0
    lease_until: datetime | None = None
    reason: str | None = None  # why it failed: the key of an ArticleProblem or an article status
    details: dict[str, Any] = json_column(default_factory=dict)
    article_id: int | None = Field(default=None, foreign_key="article.id")
    notice_id: int | None = None  # the outbox row of its "Reading…"
    index_notice_id: int | None = None  # the outbox row of the index it belongs to
    created_at: datetime
    done_at: datetime | None = None


class Article(SQLModel, table=True):
    """An article under check. People see its id as "A-41"."""

    __table_args__ = (
        Index(
            "one_article_per_address",
            "desk_id",
            "canonical_key",
            unique=True,
            sqlite_where=text("canonical_key IS NOT NULL"),
            postgresql_where=text("canonical_key IS NOT NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    desk_id: int = Field(foreign_key="desk.id")
    canonical_key: str | None = None
    is_draft: bool = False
    state: ArticleState = choice(ArticleState, default=ArticleState.UNTRIAGED)
    editor_id: int = Field(foreign_key="member.id", index=True)  # who submitted it
    due_at: datetime | None = None
    head_version_id: int | None = Field(
        default=None,
        sa_column_kwargs={"comment": "article_version.id; no foreign key, the circle would bite"},
    )
    created_at: datetime
    triage_reminded_at: datetime | None = None


class ArticleAlias(SQLModel, table=True):
    __tablename__ = "article_alias"
    __table_args__ = (UniqueConstraint("desk_id", "url_key"),)

    id: int = Field(default=None, primary_key=True)
    desk_id: int = Field(foreign_key="desk.id")
    url_key: str
    article_id: int = Field(foreign_key="article.id")


class ArticleVersion(SQLModel, table=True):
    """One reading of an article's text. Append-only."""

    __tablename__ = "article_version"
    __table_args__ = (UniqueConstraint("article_id", "n"),)

    id: int = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id")
    n: int
    url: str | None = None
    text: str
    text_sha256: str
    title: str | None = None
    authors: list[str] = json_column(default_factory=list)
    publication: str | None = None
    published_at: str | None = None  # as declared: a date or an instant, ISO 8601
    published_at_source: str | None = None
    language: str | None = None
    paragraphs: list[list[int]] = json_column(default_factory=list)
    links: list[dict[str, Any]] = json_column(default_factory=list)
    status: str = "ok"
    confidence: float = 1.0
    sentence_count: int = 0
    read_at: datetime


class Extraction(SQLModel, table=True):
    """The extraction as it came, kept on record. Append-only."""

    __table_args__ = (UniqueConstraint("article_version_id", "extractor_version"),)

    id: int = Field(default=None, primary_key=True)
    article_version_id: int = Field(foreign_key="article_version.id")
    extractor_version: str
    output: dict[str, Any] = json_column()
