"""The real `deskcheck run`, to be started, killed at any moment and started again."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.demo.site_server import SiteServer
from bot.sandbox import Sandbox

ROOT = Path(__file__).parent.parent.parent


class BotProcess:
    """`deskcheck run` against a sandbox, in a folder of its own; its log is kept there."""

    def __init__(
        self, sandbox: Sandbox, site: SiteServer, database: str, folder: Path, **settings: str
    ) -> None:
        self._folder = folder
        self._environment = {
            "PATH": os.environ["PATH"],
            "BOT_TOKEN": sandbox.token,
            "TELEGRAM_API_URL": sandbox.url,
            "DATABASE_URL": database,
            "FETCH_ALLOW": f"127.0.0.1:{site.port}",
            "HTTP_PORT": "0",
            "SWEEP_SECONDS": "0.5",
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None
        self.log = folder / "bot.log"

    async def start(self) -> None:
        """Start it; it runs, or fails, on its own from here."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=self._folder,
                env={**self._environment, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """`kill -9`: no goodbye."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """SIGTERM, and wait for the drain; the exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), 30)
