"""Which handler hears what. One group, so that exactly one handler takes an update."""

from typing import Any

from telegram.ext import Application

from handlers.chat import (
    cards,
    digest,
    intake,
    messages,
    notices,
    people,
    settling,
    sheet,
    unknown,
    verdicts,
)

# Commands and buttons first, each by its own name; then what a message means; last what nobody
# took, so that every press and command gets an answer.
FLOWS = (people, intake, sheet, cards, verdicts, settling, digest, messages, unknown)


def register(application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
    """Add every handler, in the order of `FLOWS`."""
    notices.load()
    for flow in FLOWS:
        application.add_handlers(flow.HANDLERS)
