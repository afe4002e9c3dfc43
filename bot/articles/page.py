"""A page as it came over the wire."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Page:
    """What the fetch brought back, before anybody has read it.

    `url` is the address after redirects, `charset` the one the server declared (allow-listed
    by the fetch), `body` is decompressed.
    """

    url: str
    body: bytes
    content_type: str
    charset: str | None
    http_status: int = 200
    fetched_at: datetime | None = None
