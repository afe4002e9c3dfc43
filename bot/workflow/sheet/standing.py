"""Where an article stands, after an edit of its sheet."""

from bot.workflow.sheet_states import restate

__all__ = ["restate"]
