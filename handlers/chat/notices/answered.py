"""A recorded answer and its claim, gathered for wording."""

from bot.texts import verdicts as texts
from bot.texts.language import gettext as _
from bot.texts.language import shortened
from bot.texts.ratings import rating_name
from bot.texts.verdicts import Answered
from handlers.chat.outgoing import Scene
from storage import assignments, claims, verdicts
from storage.models import Assignment, Claim, PendingInput, Verdict
from storage.models.claims import ClaimStatus, Rating
from storage.models.work import VerdictKind

HALF_CHARS = 30  # of words that were sent without a verdict
_SETTLED = (ClaimStatus.DISPUTED, ClaimStatus.DECIDED, ClaimStatus.CLEARED)


async def subject_of(scene: Scene) -> tuple[Assignment, Claim] | None:
    """The assignment that the message is about, and its claim."""
    assignment_id = scene.prompt.assignment_id if scene.prompt else None
    assignment = (
        await assignments.get(scene.session, assignment_id) if assignment_id is not None else None
    )
    claim = await claims.get(scene.session, assignment.claim_id) if assignment else None
    return (assignment, claim) if assignment is not None and claim is not None else None


async def claim_line_of(scene: Scene, claim: Claim, *, code: int | None = None) -> str:
    """The claim in one line; with its code where a reply may be adopted by it."""
    revision = await claims.head_revision(scene.session, claim.id)
    quote = revision.quote if revision else ""
    return texts.line_of(claim.article_id, claim.number, quote, code)


async def claim_in_full_of(scene: Scene, claim: Claim, assignment: Assignment) -> str:
    """The claim with its words and the code of the assignment."""
    revision = await claims.head_revision(scene.session, claim.id)
    quote = revision.quote if revision else ""
    return texts.claim_in_full(claim.article_id, claim.number, quote, assignment.id)


async def answered(
    scene: Scene, verdict: Verdict, claim: Claim, *, fate: str, code: int | None = None
) -> Answered:
    """The answer as it is recorded, with its evidence and who the article cites."""
    cited, is_outlet = await cited_of(scene, verdict)
    is_over = claim.settle_at is not None and claim.settle_at <= scene.now
    readings = await verdicts.counted(scene.session, claim.id, claim.round)
    return Answered(
        line=await claim_line_of(scene, claim, code=code),
        rating=verdict.rating or Rating.UNVERIFIABLE,
        explanation=verdict.explanation,
        evidence=await verdicts.evidence_for(scene.session, [verdict.id]),
        cited=cited,
        is_outlet=is_outlet,
        source_check=verdict.source_check,
        fate=fate,
        is_extra=verdict.kind is VerdictKind.EXTRA,
        is_settled=claim.status in _SETTLED or is_over,
        readers_missing=max(0, claim.readers_needed - len(readings)),
    )


async def cited_of(scene: Scene, verdict: Verdict) -> tuple[str | None, bool]:
    """Who is said to have said it, and whether that is an outlet; an editor's word comes first."""
    cited = await claims.citations_of(scene.session, [verdict.claim_revision_id])
    if not cited:
        return None, False
    corrected = [pair for pair in cited if pair[0].by_id is not None]
    citation, source = (corrected or list(cited))[-1 if corrected else 0]
    if citation.via:
        return citation.via, _is_name(citation.via)
    name = source.name if source else citation.as_written
    return name, source is not None and source.kind == "outlet" and _is_name(name)


def said_so_far(pending: PendingInput | None) -> str | None:
    """What was said so far: the verdict, or the words of an answer without one."""
    if pending is None:
        return None
    if (rating := rating_so_far(pending)) is not None:
        return rating_name(rating)
    words = shortened(str(pending.content.get("explanation", "")), HALF_CHARS)
    return f"“{words}”" if words else _("evidence")


def rating_so_far(pending: PendingInput | None) -> Rating | None:
    """The verdict that was tapped or written without what shows it."""
    rating = pending.content.get("rating") if pending is not None else None
    return Rating(rating) if rating in set(Rating) else None


def _is_name(words: str) -> bool:
    """Whether an outlet has a name, and is no "written report", which reports nothing."""
    return words[:1] != words[:1].lower() or not words[:1].isalpha()
