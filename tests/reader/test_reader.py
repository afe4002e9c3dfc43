"""The reader survives whatever a page does to its worker."""

import asyncio
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import ArticleUnreadable, ReaderOverrun
from bot.extraction import WARM
from bot.reader import Reader
from tests.reader import jobs

SHORT_S = 0.3
PARENT = """
import asyncio, pathlib, sys
from bot.reader import Reader
from tests.reader import jobs

async def main():
    async with Reader(warm=()) as reader:
        await reader.run(jobs.note_and_loop, pathlib.Path(sys.argv[1]))

asyncio.run(main())
"""


@pytest.fixture
async def reader():
    async with Reader(memory_mb=256, warm=()) as reader:
        yield reader


async def test_a_job_gives_what_its_function_gives(reader):
    assert await reader.run(jobs.double, 21) == 42


async def test_the_worker_stays_warm_between_jobs(reader):
    assert await reader.run(os.getpid) == await reader.run(os.getpid) != os.getpid()


async def test_jobs_are_done_one_at_a_time_in_the_order_asked(reader, tmp_path):
    notes = tmp_path / "notes"

    answers = await asyncio.gather(*(reader.run(jobs.append, notes, str(n)) for n in range(20)))

    assert answers == [str(n) for n in range(20)]
    assert notes.read_text().split("\n")[:-1] == [
        f"{step} {n}" for n in range(20) for step in ("begin", "end")
    ]


async def test_a_job_over_its_time_is_killed_and_the_next_one_works(reader):
    before = await reader.run(os.getpid)

    with pytest.raises(ReaderOverrun) as overrun:
        await reader.run(jobs.loop_for_ever, timeout_s=SHORT_S)

    assert overrun.value.reason == "time"
    assert await reader.run(jobs.double, 2) == 4
    assert is_gone(before)


async def test_the_limit_of_the_reader_holds_where_none_is_given():
    async with Reader(timeout_s=SHORT_S, warm=()) as reader:
        with pytest.raises(ReaderOverrun):
            await reader.run(jobs.loop_for_ever)


async def test_a_job_over_its_memory_is_stopped_and_the_next_one_works(reader):
    assert await reader.run(jobs.swell, 100) == 100 * 1024 * 1024

    with pytest.raises(ReaderOverrun) as overrun:
        await reader.run(jobs.swell, 400)

    assert overrun.value.reason == "memory"
    assert await reader.run(jobs.double, 2) == 4


async def test_an_answer_that_would_swell_the_desk_is_not_taken():
    async with Reader(memory_mb=1024, warm=()) as reader:
        with pytest.raises(ReaderOverrun):
            await reader.run(jobs.give_much, 65)

        assert await reader.run(jobs.double, 2) == 4


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
async def test_a_crash_is_told_and_the_next_job_works(reader, number):
    with pytest.raises(ReaderOverrun) as overrun:
        await reader.run(jobs.die, number)

    assert overrun.value.reason == "crash"
    assert await reader.run(jobs.double, 2) == 4


async def test_a_function_that_leaves_the_process_is_a_crash(reader):
    with pytest.raises(ReaderOverrun) as overrun:
        await reader.run(jobs.leave)

    assert overrun.value.reason == "crash"


async def test_a_worker_that_dies_while_idle_is_replaced_unnoticed(reader):
    pid = await reader.run(os.getpid)
    os.kill(pid, signal.SIGKILL)
    await until_gone(pid)

    assert await reader.run(jobs.double, 2) == 4


async def test_ctrl_c_and_a_stop_leave_the_job_in_hand_alone(reader):
    assert await reader.run(jobs.interrupted) == "finished"


async def test_errors_of_the_function_come_back_as_they_are(reader):
    with pytest.raises(ArticleUnreadable) as unreadable:
        await reader.run(jobs.refuse)

    error = unreadable.value
    assert (error.url, error.reason, error.details) == (
        "https://example.org/a",
        "paywall",
        {"price": 3},
    )
    assert str(error) == "https://example.org/a: paywall"
    with pytest.raises(ZeroDivisionError):
        await reader.run(divmod, 1, 0)
    with pytest.raises(UnicodeDecodeError):
        await reader.run(bytes.decode, b"\xff")


async def test_what_cannot_travel_is_told_in_words(reader):
    with pytest.raises(RuntimeError, match="Stubborn: stubborn"):
        await reader.run(jobs.be_stubborn)
    with pytest.raises(Exception, match="lambda"):
        await reader.run(jobs.give_a_lambda)
    with pytest.raises((AttributeError, pickle.PicklingError)):
        await reader.run(lambda: None)

    assert await reader.run(jobs.double, 2) == 4


async def test_cancelling_the_wait_kills_the_work(reader, tmp_path):
    note = tmp_path / "pid"
    waiting = asyncio.ensure_future(reader.run(jobs.note_and_loop, note))
    pid = await noted_pid(note)

    waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    await until_gone(pid)
    assert await reader.run(jobs.double, 2) == 4


async def test_a_job_cancelled_in_the_queue_is_never_begun(reader, tmp_path):
    notes = tmp_path / "notes"
    first = asyncio.ensure_future(reader.run(jobs.append, notes, "first"))
    second = asyncio.ensure_future(reader.run(jobs.append, notes, "second"))
    await asyncio.sleep(0)

    second.cancel()

    assert await first == "first"
    assert await reader.run(jobs.append, notes, "third") == "third"
    assert "second" not in notes.read_text()


async def test_closing_leaves_no_process_and_no_zombie():
    async with Reader(warm=()) as reader:
        pids = [await reader.run(os.getpid)]
        with pytest.raises(ReaderOverrun):
            await reader.run(jobs.loop_for_ever, timeout_s=SHORT_S)
        pids.append(await reader.run(os.getpid))

    assert not any(is_listed(pid) for pid in pids)


async def test_closing_ends_the_job_in_hand(tmp_path):
    note = tmp_path / "pid"
    async with Reader(warm=()) as reader:
        working = asyncio.ensure_future(reader.run(jobs.note_and_loop, note))
        pid = await noted_pid(note)

    with pytest.raises(ReaderOverrun):
        await working
    assert not is_listed(pid)
    with pytest.raises(RuntimeError, match="not open"):
        await reader.run(jobs.double, 2)


async def test_the_worker_dies_with_a_desk_that_is_killed(tmp_path):
    note = tmp_path / "pid"
    desk = started_desk(note)
    pid = await noted_pid(note)

    desk.kill()
    desk.wait()

    await until_gone(pid)


async def test_what_a_library_prints_stays_out_of_our_output(reader, capfd):
    await reader.run(jobs.shout, "hello")

    assert capfd.readouterr().out == ""


async def test_imports_are_done_before_the_clock_of_the_first_job_runs():
    async with Reader(warm=("matplotlib.figure", "no.such.module")) as reader:
        assert await reader.run(jobs.is_imported, "matplotlib.figure")


async def test_a_reader_of_articles_has_its_models_before_the_first_job():
    async with Reader(warm=WARM) as reader:
        assert await reader.run(jobs.is_imported, "onnxruntime")


def started_desk(note: Path) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(sys.path)
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, str(note)], env={**os.environ, "PYTHONPATH": path}
    )


async def noted_pid(note: Path) -> int:
    while not (text := noted(note)):  # noqa: ASYNC110 - another process raises no event here
        await asyncio.sleep(0.02)
    return int(text)


def noted(note: Path) -> str:
    return note.read_text() if note.exists() else ""


def is_listed(pid: int) -> bool:
    """Whether the system still knows the process, be it as a zombie."""
    return Path(f"/proc/{pid}").exists()


def is_gone(pid: int) -> bool:
    """Whether the process has ended; an orphan may stay a zombie where nobody collects it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


async def until_gone(pid: int) -> None:
    while not is_gone(pid):  # noqa: ASYNC110 - another process raises no event here
        await asyncio.sleep(0.02)
