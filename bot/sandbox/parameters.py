"""The parameters of one call, in any of the forms that Telegram takes them."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.failures import BadRequest


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes
    mime_type: str | None


class Parameters:
    """Fields of a call; everything that came is text, or a file."""

    def __init__(self, fields: dict[str, str], uploads: dict[str, Upload]) -> None:
        self._fields, self._uploads = fields, uploads

    @classmethod
    async def of(cls, request: web.Request) -> "Parameters":
        """From the query, a form with or without files, or a JSON body."""
        fields: dict[str, str] = dict(request.query)
        uploads: dict[str, Upload] = {}
        if request.content_type == "application/json":
            for name, value in (await request.json()).items():
                fields[name] = value if isinstance(value, str) else json.dumps(value)
            return cls(fields, uploads)
        for name, field in (await request.post()).items():
            if isinstance(field, web.FileField):
                with field.file as content:
                    uploads[name] = Upload(field.filename, content.read(), field.content_type)
            else:
                fields[name] = str(field)
        return cls(fields, uploads)

    def text(self, name: str) -> str:
        return self._fields.get(name, "")

    def optional(self, name: str) -> str | None:
        return self._fields.get(name)

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self._fields.get(name) or default)
        except ValueError as error:
            raise BadRequest(f"field {name!r} must be a Number") from error

    def flag(self, name: str) -> bool:
        return self._fields.get(name, "").lower() in {"true", "1", "yes"}

    def parsed(self, name: str) -> Any:
        """What the JSON in this field says; None when the field is missing."""
        if name not in self._fields:
            return None
        try:
            return json.loads(self._fields[name])
        except ValueError as error:
            raise BadRequest(f"can't parse {name} JSON object") from error

    def upload(self, name: str) -> Upload | None:
        return self._uploads.get(name)
