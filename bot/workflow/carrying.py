"""Reading an article again: which claims stand in the new text, which are new, which are gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.claims.findings import Claim as FoundClaim
from bot.workflow.recording import Numbered, Reading, add_claims, add_revisions
from storage import claims
from storage.models import Citation, Claim, ClaimRevision
from storage.models.claims import ClaimStatus, revision_fields


@dataclass(frozen=True)
class Carried:
    """A claim whose words stand in the new text at `start` although they were not found anew."""

    claim: Claim
    revision: ClaimRevision
    start: int

    @property
    def span(self) -> tuple[int, int]:
        """Where they stand."""
        return self.start, self.start + len(self.revision.quote)


async def carry_claims(
    session: AsyncSession, reading: Reading, *, most_chosen: int, now: datetime
) -> None:
    """Give the article's claims their place in its new version, and add what is new in it.

    A claim whose words are unchanged keeps its number and gets a revision in the new version.
    One whose words are gone is withdrawn while it is new; work on others goes on where it stands.
    """
    existing = await claims.of_article(session, reading.article.id)
    heads = {
        head.claim_id: head
        for head in await claims.head_revisions(session, [claim.id for claim in existing])
    }
    corrected = await _corrected_by_editors(session, heads)
    unused = list(reading.findings.claims)
    again: list[Numbered] = []
    carried: list[Carried] = []
    for claim in existing:
        head = heads.get(claim.id)
        found = _same_words(head, unused)
        if found is not None:
            unused.remove(found)
        if head is None:
            continue
        if found is not None and claim.id not in corrected:
            again.append(Numbered(claim, found))
        elif (start := _nearest(reading.version.text, head)) is not None:
            carried.append(Carried(claim, head, start))
        elif claim.status is ClaimStatus.NEW:
            await claims.change(session, claim, status=ClaimStatus.WITHDRAWN, chosen=False)
    revisions = await add_revisions(session, reading, again, now=now)
    revisions += [await _carry(session, one, reading, now=now) for one in carried]
    kept_claims = [*(one.claim for one in again), *(one.claim for one in carried)]
    await _set_heads(session, kept_claims, revisions)
    new = [one for one in unused if not any(_overlap(one, kept.span) for kept in carried)]
    await add_claims(session, reading, new, most_chosen=most_chosen, now=now)


def _same_words(head: ClaimRevision | None, found: Sequence[FoundClaim]) -> FoundClaim | None:
    if head is None:
        return None
    return next((one for one in found if one.quote == head.quote), None)


def _nearest(text: str, head: ClaimRevision) -> int | None:
    """Where the words stand in `text`; of several places the one nearest to where they stood."""
    places, at = [], text.find(head.quote)
    while at >= 0:
        places.append(at)
        at = text.find(head.quote, at + 1)
    return min(places, key=lambda place: abs(place - head.start), default=None)


def _overlap(found: FoundClaim, span: tuple[int, int]) -> bool:
    return found.start < span[1] and span[0] < found.end


async def _corrected_by_editors(
    session: AsyncSession, heads: Mapping[int, ClaimRevision]
) -> set[int]:
    """The claims whose source an editor has set: no new reading may take that away."""
    by_revision = {head.id: claim_id for claim_id, head in heads.items()}
    cited = await claims.citations_of(session, list(by_revision))
    return {
        by_revision[citation.claim_revision_id]
        for citation, _ in cited
        if citation.by_id is not None
    }


async def _carry(
    session: AsyncSession, carried: Carried, reading: Reading, *, now: datetime
) -> ClaimRevision:
    """The claim's words and citations once more, in their new place; not yet the head."""
    start, end = carried.span
    revision = ClaimRevision(
        **revision_fields(carried.revision)
        | {"article_version_id": reading.version.id, "start": start, "end": end},
        n=await claims.last_revision_n(session, carried.claim.id) + 1,
        made_at=now,
    )
    await claims.add_all(session, [revision])
    unplaced: dict[str, Any] = {
        "content": [],
        "cue": None,
        "source_span": None,
    }  # these spans were the old text's
    copies = [
        Citation(
            **citation.model_dump(exclude={"id"}) | {"claim_revision_id": revision.id} | unplaced
        )
        for citation, _ in await claims.citations_of(session, [carried.revision.id])
    ]
    await claims.add_all(session, copies)
    return revision


async def _set_heads(
    session: AsyncSession, rows: Sequence[Claim], revisions: Sequence[ClaimRevision]
) -> None:
    for claim, revision in zip(rows, revisions, strict=True):
        is_back = claim.status is ClaimStatus.WITHDRAWN
        status = ClaimStatus.NEW if is_back else claim.status
        if not await claims.change(session, claim, head_revision_id=revision.id, status=status):
            # Somebody changed it meanwhile and it was loaded anew: its state is theirs.
            await claims.change(session, claim, head_revision_id=revision.id)
