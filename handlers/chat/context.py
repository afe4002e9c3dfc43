"""What a handler gets beside the update: its transaction, the member, the time, the services."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.ext import CallbackContext, ExtBot

from bot.services import Services
from storage.models import Member
from storage.models.people import Role


@dataclass
class Handling:
    """One update in the works; set around `process_update`, which runs handlers in this task."""

    session: AsyncSession
    services: Services
    now: datetime
    member: Member | None
    roles: frozenset[Role]
    update_id: int
    error: Exception | None = None  # brought back from PTB's error handler
    answer: str | None = None  # shown to who pressed the button, after the commit
    is_alert: bool = False
    changes_roles: bool = False  # menus are looked at after the commit
    extra: dict[str, Any] = field(default_factory=dict)


HANDLING: ContextVar[Handling] = ContextVar("handling")


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB's context with the desk's transaction; handlers reach storage through nothing else."""

    @property
    def handling(self) -> Handling:
        """The update in the works."""
        return HANDLING.get()

    @property
    def session(self) -> AsyncSession:
        """The update's one write transaction, opened and committed by the processor."""
        return self.handling.session

    @property
    def now(self) -> datetime:
        """When the update is handled."""
        return self.handling.now

    @property
    def services(self) -> Services:
        """What the running desk has at hand."""
        return self.handling.services

    @property
    def member(self) -> Member:
        """Who sent it; routes make sure that it is a member."""
        member = self.handling.member
        if member is None:
            raise LookupError("a stranger reached a member's handler")
        return member

    @property
    def roles(self) -> frozenset[Role]:
        """The sender's roles at the start of the transaction; workflow asks again."""
        return self.handling.roles

    def say_on_button(self, text: str, *, is_alert: bool = False) -> None:
        """What the pressed button answers, at most 200 characters, after the commit."""
        self.handling.answer, self.handling.is_alert = text[:200], is_alert

    def change_menus(self) -> None:
        """Who may do what is different now: after the commit the menus follow."""
        self.handling.changes_roles = True
