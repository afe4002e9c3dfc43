"""One warm process for everything that may hang, swell or crash over a stranger's page."""

import asyncio
import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Pipe
from typing import Any, Self, TypeVar, TypeVarTuple

from bot.errors import ReaderOverrun
from bot.reader.worker import ANSWER, FAILURE, READY, rebuilt

THREADS = 4  # one talks to the worker, the others bury earlier ones
START_S = 60.0  # for the imports of a worker; several seconds on a busy machine
ANSWER_BYTES = (
    64 * 1024 * 1024
)  # far above any extraction; a larger one would swell the desk itself

_COMMAND = """\
import json, sys
pipe, parent, memory_mb, warm, sys.path[:] = json.loads(sys.argv[1])
from bot.reader.worker import serve
serve(pipe, parent, memory_mb, warm)
"""

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")


class Reader:
    """Runs functions one at a time in a worker process that is killed when it costs too much.

    Not built on `pebble.ProcessPool`, which was tried first: there a worker that dies while it has
    nothing to do, or an exception that does not unpickle (those with a constructor of their own),
    breaks the pool for good. Here the worker can be replaced at any moment.

    On Linux the worker dies with the thread that entered the `async with`, so enter it where the
    event loop of the whole run lives.
    """

    def __init__(
        self,
        *,
        timeout_s: float = 20,
        memory_mb: int = 1024,
        warm: Sequence[str] = (),
    ) -> None:
        self._timeout_s, self._memory_mb, self._warm = timeout_s, memory_mb, tuple(warm)
        self._turn = asyncio.Lock()
        # Threads of its own: the shared ones may all be waiting for name servers.
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="reader")
        self._worker: _Worker | None = None
        self._ending: set[asyncio.Future[Any]] = set()

    async def __aenter__(self) -> Self:
        self._worker = self._started()
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the worker at once, a job in hand included; not even a zombie is left behind."""
        worker, self._worker = self._worker, None
        if worker is not None:
            self._end(worker)
        async with self._turn:  # a job in hand learns of it first
            await asyncio.gather(*self._ending, return_exceptions=True)
        self._threads.shutdown()

    async def run(
        self,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        timeout_s: float | None = None,
    ) -> Result:
        """What `function(*args)` gives in the worker; both must be picklable, the function by name.

        Jobs are done in the order in which they were asked for. The time limit counts from the
        moment the worker begins, not while it waits its turn or still imports. Cancelling the wait
        kills the work.

        Raises:
            ReaderOverrun: over the limit of "time" or "memory", or the process died ("crash").
            Exception: whatever the function raised.
        """
        job = pickle.dumps((function, args), pickle.HIGHEST_PROTOCOL)
        async with self._turn:
            if self._worker is None:
                raise RuntimeError("the reader is not open")
            if self._worker.is_dead():
                self._replace(self._worker)
            await self._step(self._worker, self._worker.wait_until_ready, START_S)
            limit_s = self._timeout_s if timeout_s is None else timeout_s
            kind, value = await self._step(self._worker, self._worker.ask, limit_s, job)
            if kind == ANSWER:
                return value  # type: ignore[no-any-return] # what the function gave, over a pipe
            if kind == FAILURE:
                raise rebuilt(*value)
            self._replace(self._worker)
            raise ReaderOverrun("", kind)

    async def _step(
        self,
        worker: "_Worker",
        action: Callable[[*Arguments], Result],
        limit_s: float,
        *args: *Arguments,
    ) -> Result:
        """One exchange with the worker, in a thread that ends when the worker does."""
        exchange = asyncio.get_running_loop().run_in_executor(self._threads, action, *args)
        try:
            await asyncio.wait((exchange,), timeout=limit_s)
        finally:
            if not exchange.done():
                self._keep(exchange)
                self._replace(worker)
        if not exchange.done():
            raise ReaderOverrun("", "time")
        try:
            return exchange.result()
        except (EOFError, OSError) as error:
            self._replace(worker)
            raise ReaderOverrun("", "crash") from error

    def _started(self) -> "_Worker":
        return _Worker(self._memory_mb, self._warm)

    def _replace(self, worker: "_Worker") -> None:
        self._end(worker)
        if self._worker is worker:
            self._worker = self._started()

    def _end(self, worker: "_Worker") -> None:
        worker.kill()
        self._keep(asyncio.get_running_loop().run_in_executor(self._threads, worker.bury))

    def _keep(self, future: asyncio.Future[Any]) -> None:
        """Remember what is still ending: closing waits for it."""
        self._ending.add(future)
        future.add_done_callback(self._forget)

    def _forget(self, future: asyncio.Future[Any]) -> None:
        self._ending.discard(future)
        if not future.cancelled():
            future.exception()


class _Worker:
    """One process and our end of its pipe."""

    def __init__(self, memory_mb: int, warm: Sequence[str]) -> None:
        self._pipe, theirs = Pipe()
        with theirs:
            setting = json.dumps([theirs.fileno(), os.getpid(), memory_mb, warm, sys.path])
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-c", _COMMAND, setting],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # ours may be somebody's JSON
            )
        self._is_ready = False
        self._in_use = threading.Lock()

    def is_dead(self) -> bool:
        return self._process.poll() is not None

    def wait_until_ready(self) -> None:
        """Wait for the imports. Raises EOFError when the worker dies over them."""
        with self._in_use:
            if not self._is_ready:
                self._pipe.recv_bytes(len(READY))
                self._is_ready = True

    def ask(self, job: bytes) -> tuple[str, Any]:
        """The answer to a job. Raises EOFError or OSError when the worker dies over it."""
        with self._in_use:
            self._pipe.send_bytes(job)
            answer = self._pipe.recv_bytes(ANSWER_BYTES)
        kind, value = pickle.loads(answer)  # noqa: S301 - written by our own worker
        return kind, value

    def kill(self) -> None:
        self._process.kill()

    def bury(self) -> None:
        """Collect the exit status of a killed worker, lest a zombie stays, and close the pipe.

        Not while a thread reads from it: the number of a closed pipe may be given out again.
        """
        self._process.wait()
        with self._in_use:
            self._pipe.close()
