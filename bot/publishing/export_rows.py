"""The rows of an export: what each column holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import claims, exports, outcomes, verdicts
from storage.models import (
    Article,
    ArticleVersion,
    Assignment,
    Citation,
    Claim,
    ClaimRevision,
    Evidence,
    Ruling,
    Source,
    Verdict,
)
from storage.models.work import EvidenceKind, VerdictKind

# Column → what it holds. Several values in one CSV cell stand with " | " between them.
CLAIM_COLUMNS = {
    "article": 'the desk\'s number of the article, "A-41"',
    "title": "the article's title",
    "url": "the address that was read; empty for drafts",
    "claim": "the claim's number in its article",
    "quote": "the words of the article, as they stand on the sheet",
    "says": "who says it, as the article names them",
    "via": "through whom or what it was said",
    "source": "the sources' names as the desk keeps them",
    "article_links": "the links that the article gives at the claim",
    "status": "new (nobody sent it), kept, assigned, second_review, disputed, decided, cleared, "
    "dropped, withdrawn",
    "verdict": "true, mostly_true, misleading, false, unverifiable, outdated, opinion",
    "source_check": "whether the cited source says so",
    "action": "what the text was proposed to need",
    "action_done": "what was done: nothing_to_do, fixed, cut, override",
    "action_reason": "why it stays as it is, after an override",
    "readers_needed": "how many readings the claim needs",
    "reviewers": "the names of those whose verdicts count",
    "ratings": "their verdicts, in the same order",
    "explanations": "their explanations, in the same order",
    "evidence": "what the verdicts and the ruling rest on: addresses, or the kind in a word",
    "ruled_by": "the editor who ruled, if readers differed",
    "ruling_reason": "that editor's reason",
    "sent_at": "when it was sent to check, UTC",
    "decided_at": "when its verdict was in, UTC",
    "cleared_at": "when nothing was left to do, UTC",
}
VERDICT_COLUMNS = {
    "verdict_id": "the revision's own id, the same in every export",
    "article": 'the desk\'s number of the article, "A-41"',
    "claim": "the claim's number in its article",
    "code": 'the reviewer\'s card, "C214"',
    "round": "1, or more after the claim's words changed",
    "reviewer": "who gave it",
    "revision": "1 for the first answer, then rising; the last one counts",
    "kind": "given, withdrawn, or extra (late, not counted)",
    "rating": "as for claims; empty when withdrawn",
    "explanation": "in the reviewer's words",
    "source_check": "whether the cited source says so",
    "evidence": "what it rests on: addresses, or the kind in a word",
    "judged_quote": "the words that were judged",
    "recorded_at": "when it was recorded, UTC",
}
# Nobody reads from an export who a protected source is, whatever was written with it.
_PROTECTED = "protected source"

Row = dict[str, Any]


@dataclass
class _Page:
    """All that belongs to the claims of one page, by claim, verdict, revision and member id."""

    given: dict[int, list[tuple[Verdict, Assignment, str]]] = field(default_factory=dict)
    evidence: dict[int, list[Evidence]] = field(default_factory=dict)
    cited: dict[int, list[tuple[Citation, Source | None]]] = field(default_factory=dict)
    rulings: dict[int, Ruling] = field(default_factory=dict)
    ruling_evidence: dict[int, list[Evidence]] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)


async def rows_of(session: AsyncSession, page: exports.Page) -> tuple[list[Row], list[Row]]:
    """The rows of these claims and those of their verdicts."""
    found = await _load(session, page)
    claim_rows, verdict_rows = [], []
    for claim, revision, article, version in page:
        claim_rows.append(_claim_row(found, claim, revision, article, version))
        verdict_rows += [
            _verdict_row(found, claim, verdict, assignment, quote)
            for verdict, assignment, quote in found.given.get(claim.id, [])
        ]
    return claim_rows, verdict_rows


def evidence_words(evidence: Sequence[Evidence]) -> list[str]:
    """What a verdict rests on, in a few words each: an address with its place, or the kind."""
    return [_words(row) for row in evidence]


async def _load(session: AsyncSession, page: exports.Page) -> _Page:
    claim_ids = [claim.id for claim, *_ in page]
    found = _Page()
    given = await exports.verdicts_of(session, claim_ids)
    for row in given:
        found.given.setdefault(row[1].claim_id, []).append(row)
    for rests_on in await verdicts.evidence_for(session, [verdict.id for verdict, *_ in given]):
        found.evidence.setdefault(rests_on.verdict_id or 0, []).append(rests_on)
    for pair in await claims.citations_of(session, [revision.id for _, revision, *_ in page]):
        found.cited.setdefault(pair[0].claim_revision_id, []).append(pair)
    found.rulings = dict(await exports.rulings_that_stand(session, claim_ids))
    ruling_ids = [ruling.id for ruling in found.rulings.values()]
    for rests_on in await outcomes.evidence_of_rulings(session, ruling_ids):
        found.ruling_evidence.setdefault(rests_on.ruling_id or 0, []).append(rests_on)
    people = {verdict.member_id for verdict, *_ in given}
    people |= {ruling.member_id for ruling in found.rulings.values()}
    found.names = await outcomes.names(session, people)
    return found


def _claim_row(
    found: _Page, claim: Claim, revision: ClaimRevision, article: Article, version: ArticleVersion
) -> Row:
    cited = found.cited.get(revision.id, [])
    counted = _counted(found, claim)
    ruling = found.rulings.get(claim.id)
    evidence = [row for verdict in counted for row in found.evidence.get(verdict.id, [])]
    if ruling is not None:
        evidence += found.ruling_evidence.get(ruling.id, [])
    links = [*revision.links, *(link for citation, _ in cited for link in citation.links)]
    return {
        "article": f"A-{article.id}",
        "title": version.title,
        "url": version.url,
        "claim": claim.number,
        "quote": revision.quote,
        "says": [citation.as_written for citation, _ in cited],
        "via": [citation.via for citation, _ in cited if citation.via],
        "source": [source.name for _, source in cited if source is not None],
        "article_links": list(dict.fromkeys(links)),
        "status": claim.status.value,
        "verdict": claim.verdict.value if claim.verdict else None,
        "source_check": claim.source_check.value if claim.source_check else None,
        "action": claim.action.value if claim.action else None,
        "action_done": claim.action_done.value if claim.action_done else None,
        "action_reason": claim.action_reason,
        "readers_needed": claim.readers_needed,
        "reviewers": [found.names.get(verdict.member_id, "") for verdict in counted],
        "ratings": [verdict.rating.value for verdict in counted if verdict.rating],
        "explanations": [verdict.explanation for verdict in counted],
        "evidence": evidence_words(evidence),
        "ruled_by": found.names.get(ruling.member_id) if ruling else None,
        "ruling_reason": ruling.reason if ruling else None,
        "sent_at": claim.kept_at,
        "decided_at": claim.decided_at,
        "cleared_at": claim.cleared_at,
    }


def _counted(found: _Page, claim: Claim) -> list[Verdict]:
    """The newest revision of each reading of the present round, if it stands."""
    newest: dict[int, Verdict] = {}
    for verdict, assignment, _quote in found.given.get(claim.id, []):
        if assignment.round == claim.round:
            newest[assignment.id] = verdict
    return [verdict for verdict in newest.values() if verdict.kind is VerdictKind.GIVEN]


def _verdict_row(
    found: _Page, claim: Claim, verdict: Verdict, assignment: Assignment, quote: str
) -> Row:
    return {
        "verdict_id": verdict.uid,
        "article": f"A-{claim.article_id}",
        "claim": claim.number,
        "code": f"C{assignment.id}",
        "round": assignment.round,
        "reviewer": found.names.get(verdict.member_id, ""),
        "revision": verdict.revision,
        "kind": verdict.kind.value,
        "rating": verdict.rating.value if verdict.rating else None,
        "explanation": verdict.explanation,
        "source_check": verdict.source_check.value if verdict.source_check else None,
        "evidence": evidence_words(found.evidence.get(verdict.id, [])),
        "judged_quote": quote,
        "recorded_at": verdict.recorded_at,
    }


def _words(row: Evidence) -> str:
    if row.kind is EvidenceKind.PROTECTED:
        return _PROTECTED
    if row.url:
        return f"{row.url} ({row.locator})" if row.locator else row.url
    said = row.note or row.file_name
    return f"{row.kind.value}: {said}" if said else row.kind.value
