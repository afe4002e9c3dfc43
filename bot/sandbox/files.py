"""Uploaded files: kept in memory, found by id, as Telegram would hand them out."""

import struct
from dataclasses import dataclass
from typing import Any

from bot.sandbox.failures import BadRequest

DOWNLOAD_BYTES = 20 * 1024 * 1024  # Bot API limit for what a bot may download
PHOTO_BYTES = 10 * 1024 * 1024  # Bot API limit for sendPhoto
PHOTO_SIDES = 10_000  # width and height together, in pixels
PHOTO_RATIO = 20  # the longer side to the shorter


@dataclass(frozen=True)
class StoredFile:
    """`kind` is photo, document or voice; `path` what getFile answers with."""

    id: str
    kind: str
    path: str
    content: bytes
    name: str | None = None
    mime_type: str | None = None
    width: int = 0
    height: int = 0
    duration_s: int = 0

    def as_json(self) -> dict[str, Any]:
        shape: dict[str, Any] = {
            "file_id": self.id,
            "file_unique_id": f"u{self.id}",
            "file_size": len(self.content),
        }
        if self.kind == "photo":
            return shape | {"width": self.width, "height": self.height}
        if self.kind == "voice":
            return shape | {"duration": self.duration_s, "mime_type": "audio/ogg"}
        return shape | {"file_name": self.name, "mime_type": self.mime_type}


class FileStore:
    """All files that passed through the chats."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def photo(self, content: bytes) -> StoredFile:
        """A picture that Telegram accepts.

        Raises:
            BadRequest: not a PNG, JPEG, GIF or WebP, too many bytes, or an impossible shape.
        """
        if len(content) > PHOTO_BYTES:
            raise BadRequest(f"file of size {len(content)} bytes is too big for a photo")
        width, height = _picture_size(content)
        if width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
            raise BadRequest("PHOTO_INVALID_DIMENSIONS")
        return self._keep("photo", "photos", "jpg", content, width=width, height=height)

    def document(self, content: bytes, name: str, mime_type: str | None = None) -> StoredFile:
        if not content:
            raise BadRequest("file must be non-empty")
        ending = name.rpartition(".")[2] if "." in name else "bin"
        return self._keep("document", "documents", ending, content, name=name, mime_type=mime_type)

    def voice(self, content: bytes, duration_s: int) -> StoredFile:
        return self._keep("voice", "voice", "oga", content, duration_s=duration_s)

    def by_id(self, file_id: str) -> StoredFile:
        """The file with this id.

        Raises:
            BadRequest: nobody has sent such a file.
        """
        if file_id not in self._files:
            raise BadRequest("wrong file_id or the file is temporarily unavailable")
        return self._files[file_id]

    def by_path(self, path: str) -> StoredFile | None:
        """The file that a bot may download at `path`."""
        for stored in self._files.values():
            if stored.path == path and len(stored.content) <= DOWNLOAD_BYTES:
                return stored
        return None

    def _keep(self, kind: str, folder: str, ending: str, content: bytes, **more: Any) -> StoredFile:
        number = len(self._files)
        path = f"{folder}/file_{number}.{ending}"
        stored = StoredFile(f"AgAD{kind}{number:06}", kind, path, content, **more)
        self._files[stored.id] = stored
        return stored


def _picture_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels, read from the head of the file."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return struct.unpack(">II", content[16:24])
        if content.startswith((b"GIF87a", b"GIF89a")):
            return struct.unpack("<HH", content[6:10])
        if content.startswith(b"\xff\xd8"):
            return _jpeg_size(content)
    except (struct.error, IndexError) as error:
        raise BadRequest("IMAGE_PROCESS_FAILED") from error
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return 512, 512  # nobody here asks for the size of a WebP
    raise BadRequest("IMAGE_PROCESS_FAILED")


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at] == 0xFF:
        marker, size = struct.unpack(">BH", content[at + 1 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # start of frame
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + size
    raise BadRequest("IMAGE_PROCESS_FAILED")
