"""`deskcheck export`: write the desk's claims and verdicts to files."""

import argparse
import asyncio
import sys
from pathlib import Path

from tqdm import tqdm

from bot.errors import FactcheckError
from bot.publishing.export_rows import CLAIM_COLUMNS, VERDICT_COLUMNS
from bot.publishing.exports import write_export
from bot.settings import load_settings
from storage import exports
from storage.database import Sessions, database_url
from storage.migrate import migrate

FOLDER = "deskcheck-export"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `deskcheck export`."""
    parser.add_argument("--format", choices=("csv", "json"), required=True)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(FOLDER),
        metavar="FOLDER",
        help=f"where the two files go, made if it is not there (default: {FOLDER})",
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "\n\n".join(
        f"columns of {name}:\n" + "\n".join(f"  {column:<16} {about}" for column, about in of)
        for name, of in (
            ("claims", CLAIM_COLUMNS.items()),
            ("verdicts", VERDICT_COLUMNS.items()),
        )
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the files and say where they are."""
    url = database_url(load_settings().database_url)
    migrate(url)
    try:
        written = asyncio.run(_write(Sessions(url), arguments.out, arguments.format))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FactcheckError(f"cannot write to {arguments.out}: {reason}") from error
    for path in written:
        print(path)
    return 0


async def _write(sessions: Sessions, folder: Path, form: str) -> list[Path]:
    try:
        async with sessions.read() as session:
            total = await exports.claim_count(session)
            is_seen = sys.stderr.isatty()
            with tqdm(total=total, unit=" claims", file=sys.stderr, disable=not is_seen) as bar:
                return await write_export(session, folder, form, on_claims=bar.update)
    finally:
        await sessions.close()
