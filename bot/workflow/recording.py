"""Keeping what was read: an extraction becomes an article's version with its claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.articles.addresses import normal_url
from bot.claims.contract import to_json
from bot.claims.findings import Attribution, Findings
from bot.claims.findings import Claim as FoundClaim
from bot.claims.findings import Source as FoundSource
from bot.errors import AddressForbidden
from bot.extraction import Extraction
from storage import articles, claims, sources
from storage.models import (
    Article,
    ArticleVersion,
    Citation,
    Claim,
    ClaimRevision,
    Source,
    Submission,
)
from storage.models.claims import source_name_norm
from storage.models.intake import SubmissionKind

SOURCES_AT_ONCE = 500  # a statement takes 32,766 parameters on SQLite, fewer on some
EXTRACTOR = "network-1"  # raised when the same page would give other claims


@dataclass(frozen=True)
class Reading:
    """A version of an article's text and what was found in it."""

    article: Article
    version: ArticleVersion
    findings: Findings


@dataclass(frozen=True)
class Cited:
    """A source as it was found, and the id of the desk's row for it."""

    found: FoundSource
    source_id: int | None


@dataclass(frozen=True)
class Numbered:
    """A found claim and the row of the claim that it is at the desk."""

    claim: Claim
    found: FoundClaim


async def add_version(  # which text, of which article, sent in how
    session: AsyncSession,
    article: Article,
    extraction: Extraction,
    submission: Submission,
    *,
    now: datetime,
) -> ArticleVersion:
    """The article's next version, with the extraction on record beside it; not yet its head."""
    newest = await articles.newest_version(session, article.id)
    read = extraction.article
    published_at, origin = published(extraction, submission)
    return await articles.add_version(
        session,
        ArticleVersion(
            article_id=article.id,
            n=newest.n + 1 if newest else 1,
            url=read.url or address_of(submission) or read.canonical_url,
            text=read.text,
            text_sha256=sha256_of(read.text),
            title=read.title,
            authors=list(read.authors),
            publication=read.publication or (submission.origin or {}).get("name"),
            published_at=published_at,
            published_at_source=origin,
            language=read.language,
            paragraphs=[list(span) for span in read.paragraphs],
            links=[
                {"start": link.start, "end": link.end, "text": link.text, "url": link.url}
                for link in read.links
            ],
            status=read.status.value,
            confidence=read.confidence,
            sentence_count=len(extraction.findings.sentences),
            read_at=now,
        ),
        extractor=EXTRACTOR,
        output=to_json(read, extraction.findings),
    )


async def add_claims(
    session: AsyncSession,
    reading: Reading,
    found: Sequence[FoundClaim],
    *,
    most_chosen: int,
    now: datetime,
) -> None:
    """Add these claims to the article, numbered on in the order of the text.

    Of those worth an hour first, the best `most_chosen` are ticked on the sheet already.
    """
    first = await claims.highest_number(session, reading.article.id) + 1
    best = sorted((one for one in found if one.priority == 1), key=lambda one: -one.checkworthiness)
    ticked = {one.id for one in best[:most_chosen]}
    rows = [
        Claim(
            article_id=reading.article.id,
            number=number,
            chosen=one.id in ticked,
            priority=one.priority,
        )
        for number, one in enumerate(found, start=first)
    ]
    await claims.add_all(session, rows)
    new = [Numbered(row, one) for row, one in zip(rows, found, strict=True)]
    revisions = await add_revisions(session, reading, new, now=now)
    for row, revision in zip(rows, revisions, strict=True):
        row.head_revision_id = revision.id
    await session.flush()


async def add_revisions(
    session: AsyncSession, reading: Reading, numbered: Sequence[Numbered], *, now: datetime
) -> list[ClaimRevision]:
    """Add the words and citations of claims as they were found; not yet their heads."""
    revisions = [
        ClaimRevision(
            claim_id=one.claim.id,
            n=await claims.last_revision_n(session, one.claim.id) + 1
            if one.claim.head_revision_id
            else 1,
            article_version_id=reading.version.id,
            start=one.found.start,
            end=one.found.end,
            quote=one.found.quote,
            quote_sha256=sha256_of(one.found.quote),
            context=one.found.context,
            kind=one.found.kind.value,
            checkability=one.found.checkability,
            checkworthiness=one.found.checkworthiness,
            reasons=list(one.found.reasons),
            unsourced=one.found.unsourced,
            links=list(one.found.links),
            made_at=now,
        )
        for one in numbered
    ]
    await claims.add_all(session, revisions)
    cited = await _sources(session, reading) if numbered else {}
    rows = [
        row
        for one, revision in zip(numbered, revisions, strict=True)
        for row in _citations(one.found, reading, cited, revision.id)
    ]
    await claims.add_all(session, rows)
    return revisions


def published(extraction: Extraction, submission: Submission) -> tuple[str | None, str | None]:
    """When the text was published and how that is known; of a forward, the date of the post."""
    read = extraction.article
    if read.published_at and read.published_at_source:
        return read.published_at.isoformat(), read.published_at_source.value
    posted_at = (submission.origin or {}).get("date")
    if posted_at and submission.kind is SubmissionKind.FORWARD:
        return str(posted_at), "declared"
    return None, None


def address_of(submission: Submission) -> str | None:
    """The address that was sent in, ready to be opened; None for a draft."""
    try:
        return normal_url(submission.url_as_sent) if submission.url_as_sent else None
    except AddressForbidden:
        return None


def sha256_of(text: str) -> str:
    """By which a text is recognised without being kept."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


async def _sources(session: AsyncSession, reading: Reading) -> dict[str, Cited]:
    """What was found to be cited, by its id in the findings, with the desk's row for it."""
    found = reading.findings.sources
    ids: dict[tuple[str, str], int] = {}
    for start in range(0, len(found), SOURCES_AT_ONCE):
        rows = [
            Source(
                desk_id=reading.article.desk_id,
                kind=one.kind.value,
                name=one.name,
                name_norm=source_name_norm(one.name),
                role=one.role,
            )
            for one in found[start : start + SOURCES_AT_ONCE]
        ]
        await sources.add_new(session, rows)
        names = {row.name_norm for row in rows}
        for row in await sources.named(session, reading.article.desk_id, names):
            ids[row.kind, row.name_norm] = row.id
    return {
        one.id: Cited(one, ids.get((one.kind.value, source_name_norm(one.name)))) for one in found
    }


def _citations(
    found: FoundClaim, reading: Reading, cited: Mapping[str, Cited], revision_id: int
) -> list[Citation]:
    """Who says the claim: its attributions, then sources that are named without one."""
    said = [one for one in reading.findings.attributions if one.id in found.attributions]
    rows = [
        _said_by(one, cited.get(one.source_id or ""), reading.version.text, revision_id)
        for one in said
    ]
    speakers = {one.source_id for one in said}
    for source_id in found.sources:
        if source_id in cited and source_id not in speakers:
            rows.append(_named(cited[source_id], revision_id))
    return rows


def _said_by(said: Attribution, who: Cited | None, text: str, revision_id: int) -> Citation:
    row = _named(who, revision_id) if who else _nobody(revision_id)
    if said.source:
        row.as_written = text[said.source[0] : said.source[1]]
        row.source_span = list(said.source)
    row.via, row.direct, row.inferred = said.via, said.direct, said.inferred
    row.content = [list(span) for span in said.content]
    row.cue = list(said.cue) if said.cue else None
    return row


def _named(who: Cited, revision_id: int) -> Citation:
    return Citation(
        claim_revision_id=revision_id,
        source_id=who.source_id,
        as_written=who.found.name,
        role=who.found.role,
        links=list(who.found.links),
    )


def _nobody(revision_id: int) -> Citation:
    return Citation(claim_revision_id=revision_id, as_written="")
