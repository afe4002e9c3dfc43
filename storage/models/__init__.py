"""The tables, by aggregate. Importing this package registers them with SQLModel's metadata."""

from storage.models.base import APPEND_ONLY
from storage.models.claims import Citation, Claim, ClaimRevision, Source
from storage.models.intake import (
    Article,
    ArticleAlias,
    ArticleVersion,
    Extraction,
    Submission,
    UpdateInbox,
)
from storage.models.people import Absence, AccessToken, Chat, Desk, Member, Membership
from storage.models.record import Digest, Event, Lease, SchemaInfo
from storage.models.talking import Outbox, OutboxPart, PendingInput, Prompt
from storage.models.work import Assignment, Evidence, Outcome, Ruling, RulingBasis, Verdict

__all__ = [
    "APPEND_ONLY",
    "Absence",
    "AccessToken",
    "Article",
    "ArticleAlias",
    "ArticleVersion",
    "Assignment",
    "Chat",
    "Citation",
    "Claim",
    "ClaimRevision",
    "Desk",
    "Digest",
    "Event",
    "Evidence",
    "Extraction",
    "Lease",
    "Member",
    "Membership",
    "Outbox",
    "OutboxPart",
    "Outcome",
    "PendingInput",
    "Prompt",
    "Ruling",
    "RulingBasis",
    "SchemaInfo",
    "Source",
    "Submission",
    "UpdateInbox",
    "Verdict",
]
