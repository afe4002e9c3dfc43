"""The desk's work: assignments, verdicts, rulings, evidence, outcomes."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.base import choice, json_column, new_uid, telegram_id
from storage.models.claims import Action, Rating, SourceCheck


class AssignmentState(StrEnum):
    OPEN = "open"
    DONE = "done"
    PASSED = "passed"
    EXPIRED = "expired"  # overdue, handed to somebody else
    WITHDRAWN = "withdrawn"  # not needed any more


class VerdictKind(StrEnum):
    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    EXTRA = "extra"  # a late reading, kept for the editor, not counted


class EvidenceKind(StrEnum):
    LINK = "link"
    DOCUMENT = "document"
    PHOTO = "photo"
    FILE = "file"
    VOICE = "voice"
    FORWARD = "forward"
    CALL = "call"
    OBSERVATION = "observation"
    NOTE = "note"
    CITED_LINK = "cited_link"
    PROTECTED = "protected"


class OutcomeHow(StrEnum):
    AGREEMENT = "agreement"
    RULING = "ruling"
    REOPENED = "reopened"  # the rating is null: the outcome before no longer stands


class Assignment(SQLModel, table=True):
    """A claim in one reviewer's hands. The prompt shows its id as "#C214"."""

    __table_args__ = (
        UniqueConstraint("id", "reviewer_id"),
        Index(
            "one_open_assignment",
            "claim_id",
            "round",
            "task",
            "slot",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("assignment_by_reviewer", "reviewer_id", "state"),
        Index("assignment_by_state", "state", "due_at"),
    )

    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    claim_id: int = Field(foreign_key="claim.id")
    round: int = 1
    task: str = "verdict"
    slot: int = 1
    reviewer_id: int = Field(foreign_key="member.id")  # never updated: verdicts refer to it
    reason: dict[str, Any] = json_column(default_factory=dict)  # answers "why me?"
    state: AssignmentState = choice(AssignmentState, default=AssignmentState.OPEN)
    pass_reason: str | None = None
    opened_at: datetime
    half_at: datetime  # instants on the reviewer's working clock
    due_at: datetime
    expires_at: datetime  # due and grace: from here on somebody else may have it
    half_reminded_at: datetime | None = None
    due_reminded_at: datetime | None = None
    begun_at: datetime | None = None  # first tap, question or half answer
    closed_at: datetime | None = None
    previous_id: int | None = Field(default=None, foreign_key="assignment.id")


class Verdict(SQLModel, table=True):
    """One revision of a reviewer's answer. Append-only; the newest revision counts."""

    __table_args__ = (
        UniqueConstraint("assignment_id", "revision"),
        UniqueConstraint("bot_id", "update_id", "assignment_id"),
        ForeignKeyConstraint(
            ["assignment_id", "member_id"], ["assignment.id", "assignment.reviewer_id"]
        ),
        Index("verdict_by_message", "chat_id", "message_id"),
    )

    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    assignment_id: int
    member_id: int  # the database itself refuses another person's verdict
    revision: int
    claim_revision_id: int = Field(foreign_key="claim_revision.id")
    kind: VerdictKind = choice(VerdictKind, default=VerdictKind.GIVEN)
    rating: Rating | None = choice(Rating, default=None, nullable=True)
    explanation: str = ""
    source_check: SourceCheck | None = choice(SourceCheck, default=None, nullable=True)
    action: Action | None = choice(Action, default=None, nullable=True)
    bot_id: int | None = telegram_id(default=None, nullable=True)
    update_id: int | None = telegram_id(default=None, nullable=True)
    chat_id: int | None = telegram_id(default=None, nullable=True)  # the message it was said in:
    message_id: int | None = telegram_id(default=None, nullable=True)  # editing it makes a revision
    recorded_at: datetime


class Ruling(SQLModel, table=True):
    """An editor's decision over differing verdicts. Append-only."""

    __table_args__ = (UniqueConstraint("claim_id", "round", "revision"),)

    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    claim_id: int = Field(foreign_key="claim.id")
    round: int
    revision: int = 1
    member_id: int = Field(foreign_key="member.id")
    rating: Rating = choice(Rating)
    reason: str
    ruled_at: datetime


class RulingBasis(SQLModel, table=True):
    __tablename__ = "ruling_basis"

    ruling_id: int = Field(foreign_key="ruling.id", primary_key=True)
    verdict_id: int = Field(foreign_key="verdict.id", primary_key=True)


class Evidence(SQLModel, table=True):
    """What a verdict or ruling rests on. Append-only."""

    __table_args__ = (
        CheckConstraint("(verdict_id IS NULL) <> (ruling_id IS NULL)", name="verdict_or_ruling"),
    )

    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    verdict_id: int | None = Field(default=None, foreign_key="verdict.id", index=True)
    ruling_id: int | None = Field(default=None, foreign_key="ruling.id")
    kind: EvidenceKind = choice(EvidenceKind)
    url: str | None = None
    locator: str | None = None  # "p. 3", "12:34"
    note: str | None = None
    file_id: str | None = None  # Telegram's
    file_name: str | None = None
    snapshot_sha256: str | None = None
    added_at: datetime


class Outcome(SQLModel, table=True):
    """What the desk holds of a claim, in the order in which it came to hold it. Append-only."""

    __table_args__ = (UniqueConstraint("claim_id", "n"),)

    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    claim_id: int = Field(foreign_key="claim.id")
    n: int
    round: int
    rating: Rating | None = choice(Rating, default=None, nullable=True)
    how: OutcomeHow = choice(OutcomeHow)
    verdict_id: int | None = Field(default=None, foreign_key="verdict.id")
    ruling_id: int | None = Field(default=None, foreign_key="ruling.id")
    note: str | None = None  # "readers said true and mostly true"
    decided_at: datetime
