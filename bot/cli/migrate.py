"""`deskcheck migrate`: bring the database to this program's schema; `run` does it by itself."""

import argparse

from bot.settings import load_settings
from storage.database import database_url
from storage.migrate import current_revision, is_newer, migrate


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Everything it needs comes from the settings."""


def run(_arguments: argparse.Namespace) -> int:
    """Migrate and say what was done."""
    url = database_url(load_settings().database_url)
    done = migrate(url)
    shown = url.render_as_string(hide_password=True)
    if done:
        print(f"{shown}: migrated to {done[-1]} ({len(done)} step{'s' if len(done) > 1 else ''})")
    elif is_newer(url):
        print(f"{shown}: left as it is, at {current_revision(url)} of a newer program")
    else:
        print(f"{shown}: nothing to do, stands at {current_revision(url)}")
    return 0
