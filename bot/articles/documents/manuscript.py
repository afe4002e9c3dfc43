"""What a document holds once its format is taken apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.articles.pieces import Pieces


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a file holds: paragraphs in reading order, and what it says about itself.

    `title` is set as one in the text; `declared_title` stands in the file's properties, where it
    often is that of an older file.
    """

    paragraphs: Sequence[Pieces]
    title: str | None = None
    declared_title: str | None = None
    author: str | None = None
    dated_at: datetime | None = None
    confidence: float = 1.0
