"""A body is the same however it is packed and cut, and never larger than allowed."""

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.body import Body

PACKINGS = {
    "": bytes,
    "gzip": gzip.compress,
    "deflate": lambda text: zlib.compress(text, wbits=-15),
}


def read(packed: bytes, encoding: str, *, max_bytes: int, chunk_bytes: int) -> bytes:
    body = Body(encoding, max_bytes)
    for start in range(0, len(packed), chunk_bytes):
        body.feed(packed[start : start + chunk_bytes])
    return body.finished()


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(PACKINGS)), st.integers(1, 400))
def test_packing_and_chunks_make_no_difference(text, encoding, chunk_bytes):
    packed = PACKINGS[encoding](text)

    assert read(packed, encoding, max_bytes=1000, chunk_bytes=chunk_bytes) == text


@settings(deadline=None)
@given(st.sampled_from(sorted(PACKINGS)), st.integers(1, 400))
def test_exactly_the_limit_is_allowed_and_a_byte_more_is_not(encoding, chunk_bytes):
    fits, too_big = (PACKINGS[encoding](b"a" * size) for size in (500, 501))

    assert len(read(fits, encoding, max_bytes=500, chunk_bytes=chunk_bytes)) == 500
    with pytest.raises(OverflowError):
        read(too_big, encoding, max_bytes=500, chunk_bytes=chunk_bytes)


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=200), st.sampled_from(["gzip", "deflate"]))
def test_any_bytes_are_read_or_refused(noise, encoding):
    body = Body(encoding, 1000)
    try:
        body.feed(noise)
        body.finished()
    except (zlib.error, OverflowError):
        return
