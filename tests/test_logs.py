import json
import logging

import pytest

from bot.logs import JsonLines, TextLines

TOKEN = "123456789:AAH-a_very_secret_token_of_ours"


def a_record(message: str, **figures: object) -> logging.LogRecord:
    record = logging.makeLogRecord({"msg": message, "levelname": "INFO", "name": "desk"})
    record.__dict__.update(figures)
    return record


@pytest.mark.parametrize("form", [TextLines(), JsonLines()])
def test_a_token_never_reaches_the_log(form: logging.Formatter) -> None:
    try:
        raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except RuntimeError as error:
        record = a_record(f"failed with {TOKEN}", url=f"bot{TOKEN}")
        record.exc_info = (type(error), error, error.__traceback__)

    line = form.format(record)

    assert "very_secret" not in line
    assert line.count("[token]") == 3


def test_json_has_one_object_a_line_with_its_figures() -> None:
    line = JsonLines().format(a_record("swept", count=3))

    assert json.loads(line)["event"] == "swept"
    assert json.loads(line)["count"] == 3
    assert "\n" not in line


def test_text_names_the_figures_behind_the_event() -> None:
    assert TextLines().format(a_record("swept", count=3)).endswith("swept count=3")
