"""One-use tokens; the database knows only their hashes."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import AccessToken
from storage.models.people import TokenKind


async def add(session: AsyncSession, token: AccessToken) -> None:
    """Keep a token's hash."""
    session.add(token)
    await session.flush()


async def use(session: AsyncSession, token_hash: str, now: datetime) -> AccessToken | None:
    """Use a token up; None when it is unknown, used, revoked or too old."""
    result = await session.exec(
        update(AccessToken)
        .where(
            col(AccessToken.hash) == token_hash,
            col(AccessToken.used_at).is_(None),
            col(AccessToken.revoked_at).is_(None),
            col(AccessToken.expires_at) > now,
        )
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", result).rowcount != 1:
        return None
    return await session.get(AccessToken, token_hash, populate_existing=True)


async def revoke_unused(session: AsyncSession, kind: TokenKind, now: datetime) -> int:
    """Make every open token of this kind useless; how many there were."""
    result = await session.exec(
        update(AccessToken)
        .where(
            col(AccessToken.kind) == kind,
            col(AccessToken.used_at).is_(None),
            col(AccessToken.revoked_at).is_(None),
        )
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", result).rowcount
