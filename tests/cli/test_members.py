"""The team on the command line."""

from asyncio import to_thread
from pathlib import Path

import pytest

from bot.cli import main
from bot.sandbox import Sandbox


@pytest.fixture(autouse=True)
def own_desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A database of the test's own and no settings of whoever runs it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'desk.db'}")
    monkeypatch.delenv("BOT_TOKEN", raising=False)


def add(*, role: str = "reviewer") -> int:
    return main(["members", "add", "--telegram-id", "77", "--name", "Ira Stasiuk", "--role", role])


def test_an_empty_desk_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["members"]) == 0
    assert "ADMIN_IDS" in capsys.readouterr().out


def test_members_are_listed_with_all_their_roles(capsys: pytest.CaptureFixture[str]) -> None:
    add(role="reviewer")
    add(role="editor")
    capsys.readouterr()

    assert main(["members", "list"]) == 0
    assert capsys.readouterr().out == "77  Ira Stasiuk  editor, reviewer\n"


def test_a_role_held_already_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    add()

    assert add() == 1
    assert "Already reviewer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("telegram_id", "name", "named"),
    [("-5", "Ira", "--telegram-id"), ("0", "Ira", "--telegram-id"), ("77", " ", "--name")],
)
def test_nobody_without_a_number_or_a_name_is_added(
    capsys: pytest.CaptureFixture[str], telegram_id: str, name: str, named: str
) -> None:
    given = [f"--telegram-id={telegram_id}", "--name", name, "--role", "editor"]

    assert main(["members", "add", *given]) == 2
    assert named in capsys.readouterr().err


def test_an_invitation_needs_the_token(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["members", "invite", "--role", "reviewer"]) == 1
    assert "BOT_TOKEN: is missing" in capsys.readouterr().err


async def test_an_invitation_is_a_link_to_this_bot(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Sandbox() as sandbox:
        monkeypatch.setenv("BOT_TOKEN", sandbox.token)
        monkeypatch.setenv("TELEGRAM_API_URL", sandbox.url)

        code = await to_thread(main, ["members", "invite", "--role", "editor"])

    assert code == 0
    assert f"https://t.me/{sandbox.world.me.username}?start=" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["add"], ["invite", "--role", "king"], ["fire"]])
def test_wrong_usage_is_named(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["members", *words])

    assert ended.value.code == 2
    assert "usage: deskcheck members" in capsys.readouterr().err
