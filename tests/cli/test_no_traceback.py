"""A user's mistake, or a full disk, ends in one line that says what to mend."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FULL = Path("/dev/full")  # every write to it fails as on a full disk


def deskcheck(
    folder: Path, *arguments: str, out: Path | None = None, given: str = "", **settings: str
) -> tuple[int, str]:
    """Exit code, and what is said on standard error."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    with (out or Path(os.devnull)).open("wb") as written:
        ended = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=folder,
            env=environment,
            input=given.encode(),
            stdout=written,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    return ended.returncode, ended.stderr.decode()


@pytest.mark.parametrize("command", [["migrate"], ["members"], ["digest"]])
def test_a_file_that_is_no_database_is_named(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "bad.db").write_text("hello, I am a letter\n" * 50)

    code, errors = deskcheck(tmp_path, *command, DATABASE_URL="sqlite:///bad.db")

    assert code == 1
    assert "file is not a database" in errors
    assert "DATABASE_URL" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_settings_that_are_not_utf_8_are_named(tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".env").write_bytes("# Für die Redaktion\nTIMEZONE=UTC\n".encode(encoding))

    code, errors = deskcheck(tmp_path, "migrate")

    assert (code, errors) == (2, "deskcheck: .env: is not UTF-8 text; save it anew as UTF-8\n")


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (["extract", "-"], "The wall cost 4.2 million, the mayor said."),
        (["extract", "--jsonl", "-"], '{"id": 1, "text": "The wall cost 4.2 million."}\n'),
        (["members"], ""),
    ],
)
@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_named(tmp_path: Path, arguments: list[str], given: str) -> None:
    code, errors = deskcheck(tmp_path, *arguments, out=FULL, given=given)

    assert (code, errors) == (1, "deskcheck: cannot write: No space left on device\n")


def test_fetch_allow_is_read_from_the_settings_file_alone(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FETCH_ALLOW=127.0.0.1:1\nTIMEZONE=Mars/Base\n")

    code, errors = deskcheck(tmp_path, "extract", "http://127.0.0.1:1/page.html")

    assert code == 1
    assert "private network" not in errors  # allowed, and nobody answers there
    assert "http://127.0.0.1:1/page.html: " in errors


def test_a_wrong_fetch_allow_is_named(tmp_path: Path) -> None:
    code, errors = deskcheck(tmp_path, "extract", "http://127.0.0.1:1/", FETCH_ALLOW="cms")

    assert code == 1
    assert errors.startswith("deskcheck: FETCH_ALLOW: ")
