"""The other side of `Reader`: what runs inside the worker process."""

import ctypes
import importlib
import os
import pickle
import resource
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

READY = b"ready"
ANSWER, FAILURE, OUT_OF_MEMORY = "answer", "failure", "memory"

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def serve(pipe: int, parent: int, memory_mb: int, warm: Sequence[str]) -> None:
    """Answer one job after the other until the desk closes its end of `pipe` or dies.

    The first message out says that all in `warm` is loaded. A job is a pickled (function,
    arguments); its answer is a pickled (kind, value). Ctrl-C and SIGTERM, which reach the whole
    process group, are left to the desk: it finishes the job in hand and closes the pipe.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _die_with(parent)
    for name in warm:
        with suppress(Exception):  # the job that needs it will say so to somebody who waits for it
            _get_ready(name)
    _limit_memory(memory_mb)
    connection = Connection(pipe)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        connection.send_bytes(READY)
        while True:
            kind, answer = _answer(connection.recv_bytes())
            connection.send_bytes(answer)
            if kind == OUT_OF_MEMORY:
                return  # what is left of this process cannot be trusted with the next page


def _get_ready(name: str) -> None:
    """Import a module, or call a function of it: "bot.extraction:warm_up"."""
    module, _, function = name.partition(":")
    loaded = importlib.import_module(module)
    if function:
        getattr(loaded, function)()


def rebuilt(
    kind: type[BaseException], args: tuple[Any, ...], state: dict[str, Any]
) -> BaseException:
    """The exception without its constructor, which may ask for other arguments than it keeps."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


def _answer(job: bytes) -> tuple[str, bytes]:
    try:
        function, arguments = pickle.loads(job)  # noqa: S301 - written by the desk itself
        return ANSWER, pickle.dumps((ANSWER, function(*arguments)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return OUT_OF_MEMORY, pickle.dumps((OUT_OF_MEMORY, None))
    except Exception as error:
        return FAILURE, _pickled(error)


def _pickled(error: Exception) -> bytes:
    error.__traceback__ = error.__cause__ = error.__context__ = None
    with suppress(Exception):
        answer = pickle.dumps((FAILURE, (type(error), error.args, error.__dict__)))
        rebuilt(*pickle.loads(answer)[1])  # noqa: S301 - written one line above
        return answer
    plain = RuntimeError(f"{type(error).__name__}: {error}")
    return pickle.dumps((FAILURE, (RuntimeError, plain.args, {})))


def _die_with(parent: int) -> None:
    """Have the kernel end this process when the desk is gone, even in the middle of a job.

    Elsewhere than on Linux the closed pipe ends it, after the job in hand.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()


def _limit_memory(memory_mb: int) -> None:
    """Let jobs take `memory_mb` MiB of address space beyond what the imports took."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # no /proc, or a lower limit set from outside
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
