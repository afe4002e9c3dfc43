"""What stands in exported files."""

import csv
import json
from pathlib import Path
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.publishing.export_rows import CLAIM_COLUMNS, VERDICT_COLUMNS
from bot.publishing.exports import write_export
from bot.workflow.rulings import claim_reply
from storage.models import Citation, Evidence
from storage.models.claims import Rating
from storage.models.work import EvidenceKind
from tests.builders import HOUR, MONDAY, a_claim
from tests.workflow.judging import OTHER_QUOTE, Case, a_case


async def exported(session: AsyncSession, folder: Path) -> tuple[list[Any], list[Any]]:
    """The rows of the two JSON files."""
    claims, verdicts = await write_export(session, folder, "json")
    return json.loads(claims.read_text("utf-8")), json.loads(verdicts.read_text("utf-8"))


def csv_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


async def a_decided_case(session: AsyncSession) -> Case:
    case = await a_case(session)
    session.add(
        Citation(
            claim_revision_id=case.claim.head_revision_id, as_written="Mira Tolland", via="a letter"
        )
    )
    await case.answers(0, Rating.FALSE, explanation="The register says 68.")
    await case.settles()
    return case


async def test_a_claim_is_one_row_with_its_verdict_and_who_gave_it(
    session: AsyncSession, tmp_path: Path
) -> None:
    case = await a_decided_case(session)

    (claim,), (verdict,) = await exported(session, tmp_path)

    assert list(claim) == list(CLAIM_COLUMNS)
    assert list(verdict) == list(VERDICT_COLUMNS)
    assert (claim["article"], claim["claim"]) == (f"A-{case.article.id}", 1)
    assert (claim["says"], claim["via"]) == (["Mira Tolland"], ["a letter"])
    assert (claim["verdict"], claim["reviewers"]) == ("false", ["Olha"])
    assert claim["evidence"] == ["https://register.example/78"]
    assert claim["sent_at"] == "2026-11-23T09:00:00Z"
    assert verdict["judged_quote"] == claim["quote"]


async def test_every_revision_is_a_row_and_the_last_one_counts(
    session: AsyncSession, tmp_path: Path
) -> None:
    case = await a_decided_case(session)
    await case.answers(0, Rating.MISLEADING, at=MONDAY + HOUR)

    (claim,), revisions = await exported(session, tmp_path)

    assert [(row["revision"], row["rating"]) for row in revisions] == [
        (1, "false"),
        (2, "misleading"),
    ]
    assert claim["ratings"] == ["misleading"]


async def test_a_ruling_stands_with_its_reason(session: AsyncSession, tmp_path: Path) -> None:
    case = await a_case(session, readers=2)
    await case.answers(0, Rating.FALSE)
    await case.answers(1, Rating.TRUE)
    await case.settles()
    await claim_reply(session, case.says("False. The newer register."), case.claim.id, now=MONDAY)

    (claim,), _verdicts = await exported(session, tmp_path)

    assert (claim["ruled_by"], claim["ruling_reason"]) == ("Eda", "The newer register.")
    assert claim["ratings"] == ["false", "true"]


async def test_claims_that_nobody_sent_are_on_record_too(
    session: AsyncSession, tmp_path: Path
) -> None:
    case = await a_case(session)
    await a_claim(session, case.version, OTHER_QUOTE, number=2)

    claims, _verdicts = await exported(session, tmp_path)

    assert [row["status"] for row in claims] == ["assigned", "new"]


async def test_a_protected_source_is_a_word_and_nothing_more(
    session: AsyncSession, tmp_path: Path
) -> None:
    case = await a_case(session)
    verdict = await case.answers(0, Rating.FALSE)
    session.add(
        Evidence(verdict_id=verdict.id, kind=EvidenceKind.PROTECTED, note="M. T.", added_at=MONDAY)
    )
    await session.flush()

    await write_export(session, tmp_path, "csv")

    written = (tmp_path / "claims.csv").read_text("utf-8") + (tmp_path / "verdicts.csv").read_text(
        "utf-8"
    )
    assert "protected source" in written
    assert "M. T." not in written


async def test_words_never_become_formulas_in_a_spreadsheet(
    session: AsyncSession, tmp_path: Path
) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE, explanation='=HYPERLINK("https://evil.example")')

    await write_export(session, tmp_path, "csv")

    rows = csv_rows(tmp_path / "verdicts.csv")
    cell = rows[1][rows[0].index("explanation")]
    assert cell == '\'=HYPERLINK("https://evil.example")'


async def test_spreadsheets_are_told_that_it_is_utf_8(
    session: AsyncSession, tmp_path: Path
) -> None:
    await a_decided_case(session)

    await write_export(session, tmp_path, "csv")

    assert (tmp_path / "claims.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert csv_rows(tmp_path / "claims.csv")[0] == list(CLAIM_COLUMNS)


async def test_an_empty_desk_gives_empty_files_and_no_leftovers(
    session: AsyncSession, tmp_path: Path
) -> None:
    assert await exported(session, tmp_path / "new" / "folder") == ([], [])
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == [
        "claims.json",
        "verdicts.json",
    ]
