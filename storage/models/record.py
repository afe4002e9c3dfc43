"""The record: events, digests, leases, and what this database expects of the program."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.base import json_column, new_uid, telegram_id


class SchemaInfo(SQLModel, table=True):
    """One row. An older program may run while its number is at least `min_reader`."""

    __tablename__ = "schema_info"

    id: int = Field(default=1, primary_key=True)
    revision: int
    min_reader: int


class Lease(SQLModel, table=True):
    """Who does what for now; rows, not session locks, so that a crash frees them by time."""

    name: str = Field(primary_key=True)
    holder: str
    token: int = 0
    until: datetime
    seen_at: datetime | None = None


class Event(SQLModel, table=True):
    """What happened: ids and hashes, never text. Append-only."""

    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    desk_id: int = Field(default=1, foreign_key="desk.id")
    at: datetime
    actor_id: int | None = Field(default=None, foreign_key="member.id")  # null: the clock
    action: str
    subject: str
    subject_id: int
    facts: dict[str, Any] = json_column(default_factory=dict)


class Digest(SQLModel, table=True):
    """The week's digest in one chat: the unique key, not the clock, prevents a second one."""

    __table_args__ = (UniqueConstraint("chat_id", "iso_year", "iso_week"),)

    id: int = Field(default=None, primary_key=True)
    desk_id: int = Field(foreign_key="desk.id")
    chat_id: int = telegram_id()
    iso_year: int
    iso_week: int
    figures: dict[str, Any] = json_column(default_factory=dict)
    is_late: bool = False
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id")
    made_at: datetime
