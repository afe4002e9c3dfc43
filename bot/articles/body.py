"""The body of a response, collected and decompressed within limits."""

import zlib

PARTS = 16  # a gzip body may be several in a row; real ones are one or two
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS

ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
ACCEPT_ENCODING = "gzip, deflate"


class Body:
    """Takes a body chunk by chunk; memory stays near `max_bytes`, whatever the sender does.

    `encoding` is one of `ENCODINGS`.
    """

    def __init__(self, encoding: str, max_bytes: int) -> None:
        self._encoding, self._max_bytes = encoding, max_bytes
        self._raw_bytes, self._parts = 0, 0
        self._text = bytearray()
        self._inflate: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> None:
        """Add the next bytes from the wire.

        Raises:
            OverflowError: over the limit, as sent or decompressed.
            zlib.error: not what the encoding promises.
        """
        self._raw_bytes += len(chunk)
        if self._raw_bytes > self._max_bytes:
            raise OverflowError
        if self._encoding in ("", "identity"):
            self._text += chunk
        else:
            self._feed_compressed(chunk)

    def finished(self) -> bytes:
        """Everything, after the last chunk.

        Raises:
            zlib.error: the compressed body stops before its end.
        """
        if self._inflate is not None and not self._inflate.eof:
            raise zlib.error("the body stops before its end")
        return bytes(self._text)

    def _feed_compressed(self, chunk: bytes) -> None:
        while chunk:
            if self._inflate is None or self._inflate.eof:
                if self._parts and not chunk.startswith(b"\x1f\x8b"):
                    return  # padding after the last part
                self._inflate = zlib.decompressobj(self._format(chunk))
                self._parts += 1
                if self._parts > PARTS:
                    raise OverflowError
            room = self._max_bytes - len(self._text)
            self._text += self._inflate.decompress(chunk, room + 1)
            if len(self._text) > self._max_bytes:
                raise OverflowError
            chunk = self._inflate.unused_data

    def _format(self, start: bytes) -> int:
        """Servers call both zlib and bare deflate "deflate"; the first byte tells them apart."""
        if self._encoding != "deflate":
            return _GZIP
        return _ZLIB if start[0] & 0x0F == zlib.DEFLATED else _RAW
