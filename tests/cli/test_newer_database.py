"""A newer program has been at the database: the older one works on where it may."""

import pytest
from sqlalchemy import create_engine, text

from bot.cli import main
from bot.doctor import Health, examine
from bot.settings import load_settings
from storage.database import database_url
from storage.migrate import SCHEMA_NUMBER, current_revision


def written_by_a_newer_program(database: str, *, min_reader: int = SCHEMA_NUMBER) -> None:
    url = database_url(database)
    driver = "sqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg"
    engine = create_engine(url.set(drivername=driver))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text(f"UPDATE schema_info SET min_reader = {min_reader}"))
    engine.dispose()


@pytest.mark.parametrize("command", ["migrate", "members"])
def test_a_newer_database_that_may_be_used_is_used_and_left_as_it_is(
    database: str,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    written_by_a_newer_program(database)
    monkeypatch.setenv("DATABASE_URL", database)

    assert main([command]) == 0

    said = capsys.readouterr()
    assert said.err == ""
    assert ("of a newer program" in said.out) == (command == "migrate")
    assert current_revision(database_url(database)) == "9999"


async def test_the_doctor_sends_nobody_to_migrate_a_newer_database(database: str) -> None:
    written_by_a_newer_program(database)

    finding = await anext(aiter(examine(load_settings(database_url=database))))

    assert (finding.subject, finding.health) == ("database", Health.WARNING)
    assert "may still use it" in finding.words
    assert "migrate" not in finding.words


async def test_the_doctor_names_the_mend_where_the_program_is_too_old(database: str) -> None:
    written_by_a_newer_program(database, min_reader=SCHEMA_NUMBER + 1)

    finding = await anext(aiter(examine(load_settings(database_url=database))))

    assert finding.health is Health.BROKEN
    assert "Install the newer program" in finding.words
