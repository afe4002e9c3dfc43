"""The desk, its chats and its people."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.base import choice, json_column, new_uid, telegram_id


class ChatPurpose(StrEnum):
    TEAM = "team"  # gets the weekly digest
    CANDIDATE = "candidate"  # somebody unnamed said /here; an admin must confirm


class MemberState(StrEnum):
    ACTIVE = "active"
    UNREACHABLE = "unreachable"
    LEFT = "left"
    ERASED = "erased"


class Role(StrEnum):
    ADMIN = "admin"  # is also editor
    EDITOR = "editor"
    REVIEWER = "reviewer"


class AbsenceKind(StrEnum):
    AWAY = "away"
    ON_DUTY = "on_duty"  # counts as working time, whatever the hours say


class TokenKind(StrEnum):
    INVITE = "invite"
    FIRST_ADMIN = "first_admin"
    LOGIN = "login"


class Desk(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    name: str
    timezone: str = "UTC"
    policy: dict[str, Any] = json_column(default_factory=dict)
    is_test: bool = False


class Chat(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("tg_chat_id", "thread_id", "purpose"),)

    id: int = Field(default=None, primary_key=True)
    desk_id: int = Field(foreign_key="desk.id")
    tg_chat_id: int = telegram_id()
    thread_id: int = 0  # 0: not a forum topic
    kind: str  # Telegram's: private, group, supergroup, channel
    purpose: ChatPurpose = choice(ChatPurpose)
    title: str = ""
    set_by_id: int | None = Field(default=None, foreign_key="member.id")


class Member(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)
    tg_user_id: int | None = telegram_id(default=None, unique=True, nullable=True)
    name: str
    timezone: str | None = None  # null: not chosen yet, the desk's zone counts
    language: str = "en"
    # {"days": [0, …], "start": "09:00", "end": "18:00"}; null: the desk's hours
    hours: dict[str, Any] | None = json_column(default=None, nullable=True)
    per_day: int | None = None
    state: MemberState = choice(MemberState, default=MemberState.ACTIVE)
    joined_at: datetime


class Membership(SQLModel, table=True):
    __table_args__ = (
        Index(
            "one_open_membership",
            "desk_id",
            "member_id",
            "role",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    desk_id: int = Field(foreign_key="desk.id")
    member_id: int = Field(foreign_key="member.id")
    role: Role = choice(Role)
    granted_at: datetime
    revoked_at: datetime | None = None


class Absence(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    kind: AbsenceKind = choice(AbsenceKind, default=AbsenceKind.AWAY)
    from_at: datetime
    until_at: datetime | None = None  # null: until told


class AccessToken(SQLModel, table=True):
    __tablename__ = "access_token"

    hash: str = Field(primary_key=True)  # SHA-256 of the token; the token itself is never stored
    kind: TokenKind = choice(TokenKind)
    desk_id: int = Field(foreign_key="desk.id")
    role: Role | None = choice(Role, default=None, nullable=True)
    member_id: int | None = Field(default=None, foreign_key="member.id")  # who made or owns it
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None
