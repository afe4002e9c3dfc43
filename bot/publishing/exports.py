"""The desk's claims and verdicts as files that spreadsheets and scripts read.

Two files: `claims`, a row for each claim, sent to check or not, and `verdicts`, a row for each
revision of each verdict. Columns keep their names and order; new ones come at the end.
"""

import csv
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TextIO

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.publishing.export_rows import CLAIM_COLUMNS, VERDICT_COLUMNS, rows_of
from storage import exports

CLAIMS_AT_ONCE = 200  # so that a desk of many years needs no more memory than one of a week
JOINED_BY = " | "  # several readers, explanations or links in one cell
# A cell that begins like this is run as a formula by spreadsheets; an apostrophe makes it text.
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
_BOM = "utf-8-sig"  # without the mark Excel takes UTF-8 for the machine's old code page


class _Writer(Protocol):
    def row(self, row: Mapping[str, Any]) -> None: ...
    def end(self) -> None: ...


async def write_export(
    session: AsyncSession,
    folder: Path,
    form: str,
    *,
    on_claims: Callable[[int], object] = lambda _count: None,
) -> list[Path]:
    """Write `claims` and `verdicts` as `form` ("csv" or "json") into `folder`; where they are.

    Files of an earlier export are replaced once the new ones are whole. `on_claims` hears after
    each page how many claims it had.

    Raises:
        OSError: the folder cannot be written to.
    """
    with _files(folder, form) as (writers, finished):
        await _write_pages(session, writers, on_claims)
    return finished


@contextmanager
def _files(folder: Path, form: str) -> Iterator[tuple[tuple[_Writer, _Writer], list[Path]]]:
    """Writers of the two files, and where these are once the block has ended well."""
    folder.mkdir(parents=True, exist_ok=True)
    finished = [folder / f"{name}.{form}" for name in ("claims", "verdicts")]
    parts = [path.with_name(f".{path.name}.part") for path in finished]
    encoding = _BOM if form == "csv" else "utf-8"
    try:
        with (
            parts[0].open("w", encoding=encoding, newline="") as claims_file,
            parts[1].open("w", encoding=encoding, newline="") as verdicts_file,
        ):
            claims = _writer(form, claims_file, CLAIM_COLUMNS)
            yield (claims, _writer(form, verdicts_file, VERDICT_COLUMNS)), finished
        for part, path in zip(parts, finished, strict=True):
            part.replace(path)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


async def _write_pages(
    session: AsyncSession, writers: tuple[_Writer, _Writer], on_claims: Callable[[int], object]
) -> None:
    last_id = 0
    while page := await exports.claims_after(session, last_id, limit=CLAIMS_AT_ONCE):
        last_id = page[-1][0].id
        for writer, rows in zip(writers, await rows_of(session, page), strict=True):
            for row in rows:
                writer.row(row)
        on_claims(len(page))
    for writer in writers:
        writer.end()


def _writer(form: str, file: TextIO, columns: Collection[str]) -> _Writer:
    return _Csv(file, columns) if form == "csv" else _Json(file)


class _Csv:
    def __init__(self, file: TextIO, columns: Collection[str]) -> None:
        self._rows, self._columns = csv.writer(file), columns
        self._rows.writerow(columns)

    def row(self, row: Mapping[str, Any]) -> None:
        self._rows.writerow([_cell(row[column]) for column in self._columns])

    def end(self) -> None:
        """Nothing closes a CSV file."""


class _Json:
    def __init__(self, file: TextIO) -> None:
        self._file, self._is_first = file, True
        file.write("[")

    def row(self, row: Mapping[str, Any]) -> None:
        self._file.write("\n" if self._is_first else ",\n")
        self._is_first = False
        json.dump(row, self._file, ensure_ascii=False, default=_instant)

    def end(self) -> None:
        self._file.write("\n]\n")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _instant(value)
    words = JOINED_BY.join(value) if isinstance(value, list) else str(value)
    return f"'{words}" if words.startswith(_FORMULA_STARTS) else words


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
