"""Whatever a stranger sends, reading it ends: with valid spans, or with a clear error.

The quick part reads a few hundred, the long one (`make soak`) ten thousand, all of them in the
reader process, which is still there for the next one.
"""

import pytest

from bot.errors import ArticleUnreadable, ReaderOverrun
from bot.extraction import Draft, extract
from bot.reader import Reader
from tests.articles.hostile import collected, hostile
from tests.claims.test_any_text import every_span_is_a_place_in_the_text
from tests.quality.labelled import folder

QUICK, LONG = 270, 10_000
LIMIT_S, LIMIT_MB = 20.0, 1024
FILE_PROBLEMS = {"file_broken", "file_locked", "file_scanned", "file_too_long", "old_word"}


async def read_all(sources):
    """(how many were read, reasons of files that were not, overruns of the limits)."""
    read, unreadable, overruns = 0, [], []
    async with Reader(timeout_s=LIMIT_S, memory_mb=LIMIT_MB) as reader:
        for number, source in enumerate(sources):
            try:
                every_span_is_a_place_in_the_text(await reader.run(extract, source))
                read += 1
            except ArticleUnreadable as problem:
                unreadable.append(problem.reason)
            except ReaderOverrun as overrun:
                overruns.append((number, overrun.reason))
    return read, unreadable, overruns


@pytest.mark.timeout(400)
async def test_hostile_pages_texts_and_files_are_read_or_refused():
    read, unreadable, overruns = await read_all(map(hostile, range(QUICK)))

    assert overruns == []
    assert set(unreadable) <= FILE_PROBLEMS
    assert read + len(unreadable) == QUICK


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_ten_thousand_hostile_inputs_are_read_or_refused():
    read, unreadable, overruns = await read_all(map(hostile, range(QUICK, QUICK + LONG)))

    assert overruns == []
    assert set(unreadable) <= FILE_PROBLEMS
    assert read + len(unreadable) == LONG


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_what_others_collected_against_parsers_is_read():
    sources = collected(folder("hostile"))

    read, unreadable, overruns = await read_all(sources)

    assert (read, unreadable, overruns) == (len(sources), [], [])


async def test_an_input_over_the_limits_costs_its_own_reading_and_no_other():
    endless = Draft("<p>The wall cost 8.4 million euros, she said.</p>" * 20_000, "html")
    ordinary = Draft("The wall cost 8.4 million euros.")

    async with Reader(timeout_s=LIMIT_S, memory_mb=LIMIT_MB) as reader:
        before = await reader.run(extract, ordinary)
        with pytest.raises(ReaderOverrun):
            await reader.run(extract, endless, timeout_s=1)
        after = await reader.run(extract, ordinary)

    assert before == after
