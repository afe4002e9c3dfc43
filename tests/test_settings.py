import re
from pathlib import Path

import pytest

from bot.errors import SettingsProblem
from bot.settings import EXAMPLES, Settings, load_settings

ROOT = Path(__file__).parent.parent
NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_env_example_lists_every_setting_with_one_comment_line() -> None:
    lines = (ROOT / ".env.example").read_text().split("\n\n", 1)[1].strip().splitlines()

    assert [line.split("=")[0] for line in lines[1::2]] == NAMES
    assert all(line.startswith("# ") for line in lines[0::2])


def test_env_example_holds_the_defaults(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text())

    assert load_settings() == Settings(_env_file=None)


def test_the_readme_names_every_setting() -> None:
    readme = (ROOT / "README.md").read_text()

    assert [name for name in NAMES if f"`{name}`" not in readme] == []


def test_every_setting_has_an_example_that_is_accepted() -> None:
    assert list(EXAMPLES) == NAMES
    for name, example in EXAMPLES.items():
        load_settings(**{name.lower(): example})


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("BOT_TOKEN", "my token"),
        ("TELEGRAM_API_URL", "telegram"),
        ("DATABASE_URL", "mysql://desk"),
        ("DATABASE_URL", "sqlite://"),
        ("TEAM_CHAT_ID", "@team"),
        ("TEAM_CHAT_ID", "77"),
        ("ADMIN_IDS", "olha"),
        ("ADMIN_IDS", "501,-5"),
        ("TIMEZONE", "Mars/Base"),
        ("WORKDAYS", "someday"),
        ("WORK_HOURS", "early"),
        ("HOLIDAYS", "XX-nowhere"),
        ("ASSIGN_AT", "25:00"),
        ("DIGEST_AT", "monday"),
        ("REVIEWERS_PER_CLAIM", "0"),
        ("CLAIM_DUE_HOURS", "-1"),
        ("HTTP_PORT", "99999"),
        ("LOG_LEVEL", "LOUD"),
        ("FETCH_ALLOW", "cms"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_wrong_and_an_example(
    monkeypatch: pytest.MonkeyPatch, name: str, wrong: str
) -> None:
    monkeypatch.setenv(name, wrong)

    with pytest.raises(SettingsProblem) as caught:
        load_settings()

    assert caught.value.name == name
    assert caught.value.example
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [
        ("REVIEWERS_PER_CLAIM", "two", "must be a whole number"),
        ("REVIEWERS_PER_CLAIM", "9", "must be 5 or less"),
        ("TEAM_CHAT_ID", "@desk", "must be a whole number"),
        ("TEAM_CHAT_ID", "77", "no person"),
        ("ADMIN_IDS", "@bob", "must be a whole number"),
        ("ADMIN_IDS", "-5", "ids of people"),
        ("SWEEP_SECONDS", "nan", "must be a number"),
        ("CLAIM_DUE_HOURS", "0", "must be more than 0"),
        ("PUBLIC_CHANNEL_OK", "perhaps", "must be yes or no"),
        ("LOG_FORMAT", "xml", "must be text or json"),
        ("DATABASE_URL", "postgresql://h:port/z", "is not a database address"),
    ],
)
def test_what_is_wrong_is_said_in_words_of_the_newsroom(
    monkeypatch: pytest.MonkeyPatch, name: str, wrong: str, words: str
) -> None:
    monkeypatch.setenv(name, wrong)

    with pytest.raises(SettingsProblem) as caught:
        load_settings()

    assert words in caught.value.problem
    assert "input" not in caught.value.problem


@pytest.mark.parametrize("empty", ["", "  "])
@pytest.mark.parametrize("name", NAMES)
def test_an_empty_value_is_an_unset_one(
    monkeypatch: pytest.MonkeyPatch, name: str, empty: str
) -> None:
    monkeypatch.setenv(name, empty)

    assert load_settings() == Settings(_env_file=None)


def test_a_missing_setting_is_asked_for_only_by_the_command_that_needs_it() -> None:
    load_settings()

    with pytest.raises(SettingsProblem, match="BOT_TOKEN: is missing"):
        load_settings("bot_token")


@pytest.mark.parametrize(("written", "ids"), [("1,2", [1, 2]), ("5", [5]), ("", [])])
def test_admin_ids_are_written_as_people_write_them(
    monkeypatch: pytest.MonkeyPatch, written: str, ids: list[int]
) -> None:
    monkeypatch.setenv("ADMIN_IDS", written)

    assert load_settings().admin_ids == ids


def test_no_setting_that_is_secret_shows_in_a_printout() -> None:
    settings = load_settings(
        bot_token="123456:very-secret-token", database_url="postgres://u:hidden@h/d"
    )

    assert not re.search("very-secret|hidden", repr(settings))
