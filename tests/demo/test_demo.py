"""The demo as a new user starts it: without a terminal it plays, leaves its results, and ends."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def demo(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "demo", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )


def test_the_demo_plays_a_week_and_leaves_its_results(tmp_path: Path) -> None:
    done = demo(tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    left = {path.name for path in (tmp_path / "deskcheck-demo").iterdir()}
    assert {"digest.png", "digest.html", "claims.csv", "verdicts.csv", "desk.db"} <= left
    for words in ("Recorded: False", "Desk week 47", "Ruled by Eda", "A-1 · clear"):
        assert words in done.stdout


def test_the_own_article_is_read_in_the_demo(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    paragraph = "The mayor said on Monday that 4,200 people had signed the petition in Brackwater. "
    draft.write_text("The petition\n\n" + paragraph * 8)

    done = demo(tmp_path, "--link", "draft.txt")

    assert done.returncode == 0
    assert "4,200 people" in done.stdout


def test_with_a_terminal_it_stays_open_until_ctrl_c(tmp_path: Path) -> None:
    terminal, of_the_demo = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdin=of_the_demo,
        stdout=of_the_demo,
        stderr=of_the_demo,
        start_new_session=True,
    )
    os.close(of_the_demo)
    shown = read_until(terminal, "Ctrl-C ends it")

    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: everybody in it hears
    shown += read_until(terminal, None)

    assert process.wait(60) == 0
    assert "Play on: http://127.0.0.1:" in shown
    assert "Traceback" not in shown


def read_until(terminal: int, words: str | None) -> str:
    """What the terminal shows up to `words`, or up to its end."""
    shown = ""
    while words is None or words not in shown:
        try:
            more = os.read(terminal, 4096)
        except OSError:  # Linux says so when the other side is gone
            return shown
        if not more:
            return shown
        shown += more.decode(errors="replace")
    return shown


@pytest.mark.parametrize("arguments", [["--link", "nowhere.txt"], ["--port", "many"]])
def test_what_cannot_be_followed_is_said_in_a_line(tmp_path: Path, arguments: list[str]) -> None:
    done = demo(tmp_path, *arguments)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
