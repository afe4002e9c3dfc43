"""Claims: spans of one version of the text, their revisions, and who is cited for them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.base import choice, json_column, new_uid


class ClaimStatus(StrEnum):
    NEW = "new"  # on the sheet, nobody chose
    KEPT = "kept"  # chosen, waits for a reviewer
    DROPPED = "dropped"
    ASSIGNED = "assigned"
    SECOND_REVIEW = "second_review"  # one of several readings is in
    DISPUTED = "disputed"
    DECIDED = "decided"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"  # gone from the text


class Rating(StrEnum):
    TRUE = "true"
    MOSTLY_TRUE = "mostly_true"
    MISLEADING = "misleading"
    FALSE = "false"
    UNVERIFIABLE = "unverifiable"
    OUTDATED = "outdated"
    OPINION = "opinion"


class SourceCheck(StrEnum):
    """Does the cited source say so?"""

    SUPPORTS = "supports"
    PARTLY = "partly"
    CONTRADICTS = "contradicts"
    OFF_TOPIC = "off_topic"
    UNREACHABLE = "unreachable"
    NONE_CITED = "none_cited"


class Action(StrEnum):
    """What the text needs."""

    OK = "ok"
    FIX_WORDING = "fix_wording"
    ADD_SOURCE = "add_source"
    CUT = "cut"
    ASK_AUTHOR = "ask_author"


class ActionDone(StrEnum):
    NOTHING_TO_DO = "nothing_to_do"
    FIXED = "fixed"
    CUT = "cut"
    OVERRIDE = "override"  # needs a reason


class ClaimOrigin(StrEnum):
    EXTRACTED = "extracted"
    ADDED = "added"


class Claim(SQLModel, table=True):
    """A claim's work state. People see it as "A-41, claim 3"; numbers are never used again."""

    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        Index("claim_by_status", "status", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    article_id: int = Field(foreign_key="article.id")
    number: int
    origin: ClaimOrigin = choice(ClaimOrigin, default=ClaimOrigin.EXTRACTED)
    added_by_id: int | None = Field(default=None, foreign_key="member.id")
    head_revision_id: int | None = None  # claim_revision.id
    head_outcome_id: int | None = None  # outcome.id
    chosen: bool = False  # ticked on the sheet, not yet sent
    status: ClaimStatus = choice(ClaimStatus, default=ClaimStatus.NEW)
    verdict: Rating | None = choice(Rating, default=None, nullable=True)  # of the head outcome
    source_check: SourceCheck | None = choice(SourceCheck, default=None, nullable=True)
    action: Action | None = choice(Action, default=None, nullable=True)
    action_done: ActionDone | None = choice(ActionDone, default=None, nullable=True)
    action_reason: str | None = None
    action_by_id: int | None = Field(default=None, foreign_key="member.id")
    priority: int = 2
    readers_needed: int = 1
    round: int = 1
    kept_at: datetime | None = None
    settle_at: datetime | None = None  # the undo time of a new verdict ends: settle then
    decided_at: datetime | None = None
    cleared_at: datetime | None = None
    version: int = 1  # changes go by WHERE version = :seen


class ClaimRevision(SQLModel, table=True):
    """The words of a claim in one version of the text: `text[start:end] == quote`. Append-only."""

    __tablename__ = "claim_revision"
    __table_args__ = (
        UniqueConstraint("claim_id", "n"),
        CheckConstraint("span_start < span_end", name="span_not_empty"),
    )

    id: int = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="claim.id")
    n: int
    article_version_id: int = Field(foreign_key="article_version.id")
    start: int = Field(
        sa_column_kwargs={"name": "span_start"}
    )  # code points; END is a reserved word
    end: int = Field(sa_column_kwargs={"name": "span_end"})
    quote: str
    quote_sha256: str
    context: str | None = None  # what a reader must know to check it alone
    kind: str = "other"
    checkability: float | None = None
    checkworthiness: float | None = None
    reasons: list[str] = json_column(default_factory=list)
    unsourced: bool = False
    links: list[str] = json_column(default_factory=list)
    by_id: int | None = Field(default=None, foreign_key="member.id")
    made_at: datetime


class Source(SQLModel, table=True):
    """Who or what is cited, across articles."""

    __table_args__ = (UniqueConstraint("desk_id", "kind", "name_norm"),)

    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    desk_id: int = Field(foreign_key="desk.id")
    kind: str
    name: str
    name_norm: str
    role: str | None = None
    merged_into_id: int | None = Field(default=None, foreign_key="source.id")


class Citation(SQLModel, table=True):
    """Who says the claim, as the text has it. Append-only."""

    id: int = Field(default=None, primary_key=True)
    claim_revision_id: int = Field(foreign_key="claim_revision.id", index=True)
    source_id: int | None = Field(default=None, foreign_key="source.id")
    as_written: str
    role: str | None = None
    via: str | None = None
    direct: bool = False
    inferred: bool = False
    content: list[list[int]] = json_column(default_factory=list)
    cue: list[int] | None = json_column(default=None, nullable=True)
    source_span: list[int] | None = json_column(default=None, nullable=True)
    links: list[str] = json_column(default_factory=list)
    by_id: int | None = Field(default=None, foreign_key="member.id")  # an editor's correction


def source_name_norm(name: str) -> str:
    """The form of a source's name by which it is recognised again."""
    return " ".join(name.casefold().split())


def revision_fields(revision: ClaimRevision) -> dict[str, Any]:
    """What a new revision of the same claim takes over unless it is changed."""
    return revision.model_dump(exclude={"id", "n", "made_at", "by_id"})
