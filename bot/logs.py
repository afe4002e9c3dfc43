"""What the log says: events with figures, as text or JSON, never a token, never article text."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Literal

# Libraries that write whole addresses, the token in them, at these levels and below.
TALKATIVE = ("httpx", "httpcore", "telegram", "aiosqlite", "apscheduler", "alembic")
_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{8,}")
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


def start_logging(level: str, form: Literal["text", "json"]) -> None:
    """Log to standard error from `level` on; tokens are blotted out, in exceptions too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


class TextLines(logging.Formatter):
    """One readable line per event: time, level, event, figures."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line; an exception's traceback follows below it."""
        figures = " ".join(f"{key}={value}" for key, value in _figures(record).items())
        when = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        line = f"{when} {record.levelname:<7} {record.getMessage()} {figures}".rstrip()
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return blotted(line)


class JsonLines(logging.Formatter):
    """One JSON object per event."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as an object; `error` holds an exception's traceback."""
        event = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
            **_figures(record),
        }
        if record.exc_info:
            event["error"] = self.formatException(record.exc_info)
        return blotted(json.dumps(event, default=str, ensure_ascii=False))


def blotted(text: str) -> str:
    """`text` with whatever looks like a bot's token blotted out."""
    return _TOKEN.sub("[token]", text)


def _figures(record: logging.LogRecord) -> dict[str, object]:
    return {key: value for key, value in record.__dict__.items() if key not in _STANDARD}
