"""What the tables share: choices stored as checked text, public ids, JSON columns, 64-bit ids."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum
from sqlmodel import Field
from uuid_utils import uuid7

# Rows of these tables are never changed or removed: triggers refuse it on both databases.
APPEND_ONLY = (
    "article_version",
    "extraction",
    "claim_revision",
    "citation",
    "verdict",
    "ruling",
    "ruling_basis",
    "evidence",
    "outcome",
    "event",
)


def new_uid() -> str:
    """A time-ordered public id (UUIDv7) for what may leave the house."""
    return str(uuid7())


def choice(kind: type[StrEnum], **field: Any) -> Any:
    """A column that holds one of the values of `kind` as text, checked by the database."""
    stored = Enum(
        kind,
        native_enum=False,  # a native enum would store names and needs ALTER TYPE to grow
        create_constraint=True,
        length=24,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )
    return Field(sa_type=stored, **field)


def json_column(**field: Any) -> Any:
    """A column that holds a JSON value."""
    return Field(sa_type=JSON, **field)


def telegram_id(**field: Any) -> Any:
    """A column for Telegram's ids, which need 64 bits."""
    return Field(sa_type=BigInteger, **field)
