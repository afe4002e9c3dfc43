"""The digest and the export on the command line."""

from pathlib import Path

import pytest

from bot.cli import main


@pytest.fixture(autouse=True)
def own_desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A database of the test's own and no settings of whoever runs it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'desk.db'}")


def test_a_week_is_printed_as_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", "--week", "2023-W47"]) == 0

    assert capsys.readouterr().out == (
        "Desk week 47 · 20–26 Nov 2023\n0 articles · no claims were in work\n"
    )


def test_a_week_that_does_not_exist_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", "--week", "2026-W60"]) == 2

    assert "2026-W60" in capsys.readouterr().err


def test_a_week_that_has_not_begun_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", "--week", "9000-W40"]) == 2

    assert "has not begun" in capsys.readouterr().err


def test_the_team_chat_of_the_settings_gets_the_digest_before_the_first_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEAM_CHAT_ID", "-1001234567890")

    assert main(["digest", "--post"]) == 0

    assert "on its way" in capsys.readouterr().out


def test_without_a_team_chat_nothing_can_be_posted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", "--post"]) == 1

    assert "/here" in capsys.readouterr().err


def test_an_export_says_where_its_files_are(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["export", "--format", "csv", "--out", str(tmp_path / "out")]) == 0

    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.name for path in written] == ["claims.csv", "verdicts.csv"]
    assert all(path.exists() for path in written)


def test_a_folder_that_cannot_be_written_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    in_the_way = tmp_path / "out"
    in_the_way.write_text("a file")

    assert main(["export", "--format", "json", "--out", str(in_the_way)]) == 1

    assert str(in_the_way) in capsys.readouterr().err


def test_help_names_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "--help"])

    assert ended.value.code == 0
    assert "source_check" in capsys.readouterr().out
