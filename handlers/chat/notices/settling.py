"""Renders one claim with its verdicts for an editor, and the files that they rest on."""

from collections.abc import Sequence

from bot.texts import settling as texts
from bot.texts.language import gettext as _
from bot.texts.ratings import rating_name
from bot.workflow.notices import NoticeKind
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import articles, claims, inputs, outcomes, verdicts
from storage.models import Claim, Evidence, Outcome, Verdict
from storage.models.claims import ActionDone, ClaimStatus, Rating
from storage.models.talking import InputKind
from storage.models.work import EvidenceKind, OutcomeHow

RATINGS_PER_ROW = 3
_FILE_KINDS = {EvidenceKind.PHOTO: "photo", EvidenceKind.VOICE: "voice"}


@renders(NoticeKind.ALERT, NoticeKind.DISPUTE, NoticeKind.CHANGED_VERDICT)
async def claim_detail(scene: Scene) -> Outgoing | None:
    """The claim as it stands now, with what an editor can do about it."""
    claim_id = scene.prompt.claim_id if scene.prompt else None
    claim = await claims.get(scene.session, claim_id) if claim_id is not None else None
    revision = await claims.head_revision(scene.session, claim.id) if claim else None
    if claim is None or revision is None:
        return None
    readings = await verdicts.counted(scene.session, claim.id, claim.round)
    evidence = await verdicts.evidence_for(scene.session, [reading.id for reading in readings])
    names = await outcomes.names(scene.session, [reading.member_id for reading in readings])
    head = await _head_outcome(scene, claim)
    version = await articles.head_version(scene.session, claim.article_id)
    asks = await _asks(scene)
    decision, more = await _decision(scene, head)
    detail = texts.ClaimDetail(
        article_id=claim.article_id,
        number=claim.number,
        quote=revision.quote,
        status=claim.status,
        title=version.title if version else None,
        verdict=claim.verdict,
        note=head.note if head is not None and claim.verdict is not None else None,
        source_check=claim.source_check,
        action=claim.action,
        action_done=claim.action_done,
        action_reason=claim.action_reason,
        action_by=await _name(scene, claim.action_by_id),
        readings=tuple(
            _reading(reading, names, evidence) for reading in readings if reading.rating
        ),
        decision=decision,
        change=await _change(scene, claim),
        asks=asks,
    )
    has_files = any(row.file_id for row in (*evidence, *more))
    if asks is not None:
        buttons = _back(claim)
    elif scene.facts.get("is_ruling") and claim.verdict is not None:
        buttons = (*_ratings(claim, readings), *_back(claim))
    else:
        buttons = _buttons(claim, head, readings, has_files=has_files)
    return Outgoing(html=texts.claim_detail(detail), buttons=buttons)


@renders(NoticeKind.EVIDENCE_FILE)
async def evidence_file(scene: Scene) -> Outgoing | None:
    """A photo or file that a verdict or ruling rests on."""
    row = await outcomes.evidence(scene.session, int(scene.facts["evidence_id"]))
    claim_id = scene.prompt.claim_id if scene.prompt else None
    claim = await claims.get(scene.session, claim_id) if claim_id is not None else None
    if row is None or claim is None or row.file_id is None:
        return None
    member_id, rating = await _said_by(scene, row)
    caption = texts.evidence_caption(
        article_id=claim.article_id,
        number=claim.number,
        name=await _name(scene, member_id) or "",
        rating=rating,
    )
    kind = _FILE_KINDS.get(row.kind, "document")
    return Outgoing(html=caption, file_id=row.file_id, file_kind=kind)


async def _head_outcome(scene: Scene, claim: Claim) -> Outcome | None:
    if claim.head_outcome_id is None:
        return None
    return await outcomes.get(scene.session, claim.head_outcome_id)


def _reading(
    reading: Verdict, names: dict[int, str], evidence: Sequence[Evidence]
) -> texts.Reading:
    return texts.Reading(
        name=names.get(reading.member_id, ""),
        rating=reading.rating or Rating.UNVERIFIABLE,
        explanation=reading.explanation,
        evidence=[row for row in evidence if row.verdict_id == reading.id],
    )


async def _decision(
    scene: Scene, head: Outcome | None
) -> tuple[texts.Decision | None, Sequence[Evidence]]:
    if head is None or head.ruling_id is None:
        return None, ()
    ruling = await outcomes.ruling(scene.session, head.ruling_id)
    if ruling is None:
        return None, ()
    evidence = await outcomes.evidence_of_rulings(scene.session, [ruling.id])
    name = await _name(scene, ruling.member_id) or ""
    return texts.Decision(name=name, reason=ruling.reason, evidence=evidence), evidence


async def _change(scene: Scene, claim: Claim) -> texts.Change | None:
    """What a message about a change says of the time before it."""
    outcome_id = scene.facts.get("outcome_id")
    outcome = await outcomes.get(scene.session, int(outcome_id)) if outcome_id else None
    if outcome is None:
        return None
    if outcome.how is OutcomeHow.RULING:
        return texts.Change(is_ruling_kept=True)
    history = await outcomes.of_claim(scene.session, claim.id)
    before = [one.rating for one in history if one.n < outcome.n and one.rating is not None]
    name = await _withdrawn_by(scene, outcome) if outcome.rating is None else None
    return texts.Change(before=before[-1] if before else None, taken_back_by=name)


async def _withdrawn_by(scene: Scene, outcome: Outcome) -> str | None:
    """Who took a verdict back, where that is why the desk held nothing any more."""
    last = await verdicts.last_withdrawn(
        scene.session, outcome.claim_id, outcome.round, by=outcome.decided_at
    )
    is_cause = last is not None and last.recorded_at == outcome.decided_at
    return await _name(scene, last.member_id) if last is not None and is_cause else None


async def _asks(scene: Scene) -> Rating | ActionDone | None:
    """What reason is awaited under this message from the person who reads it."""
    input_id = scene.facts.get("input_id")
    pending = await inputs.get(scene.session, int(input_id)) if input_id else None
    if pending is None or pending.closed_at is not None:
        return None
    if pending.kind is InputKind.RULING_REASON:
        return Rating(pending.content["rating"])
    return ActionDone.OVERRIDE


def _buttons(
    claim: Claim,
    head: Outcome | None,
    readings: Sequence[Verdict],
    *,
    has_files: bool,
) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    if claim.status is ClaimStatus.DISPUTED:
        rows += _ratings(claim, readings)
    elif claim.status is ClaimStatus.DECIDED:
        rows += _actions(claim)
    elif claim.status is ClaimStatus.CLEARED and claim.action_by_id is not None:
        rows.append((Button(_("Open again"), data("unact", claim.id)),))
    last = [Button(_("Sheet"), data("sheet", claim.article_id))]
    if has_files:
        last.insert(0, Button(_("Show evidence"), data("files", claim.id)))
    is_ruled = head is not None and head.how is OutcomeHow.RULING and claim.verdict is not None
    if is_ruled:
        last.append(Button(_("Rule again"), data("rule", claim.id)))
    return (*rows, tuple(last))


def _back(claim: Claim) -> tuple[tuple[Button, ...], ...]:
    return ((Button(_("Back"), data("norule", claim.id)),),)


def _ratings(claim: Claim, readings: Sequence[Verdict]) -> list[tuple[Button, ...]]:
    """What readers said stands first; an editor may rule otherwise."""
    given = list(dict.fromkeys(reading.rating for reading in readings if reading.rating))
    others = [rating for rating in Rating if rating not in given]
    buttons = [_rating(claim, rating, style="primary") for rating in given]
    buttons += [_rating(claim, rating) for rating in others]
    first, rest = buttons[: len(given)], buttons[len(given) :]
    rows = [tuple(first)] if first else []
    return rows + [
        tuple(rest[at : at + RATINGS_PER_ROW]) for at in range(0, len(rest), RATINGS_PER_ROW)
    ]


def _rating(claim: Claim, rating: Rating, style: str | None = None) -> Button:
    return Button(rating_name(rating), data("rule", claim.id, rating.value), style=style)


def _actions(claim: Claim) -> list[tuple[Button, ...]]:
    def button(label: str, done: ActionDone) -> Button:
        return Button(label, data("act", claim.id, done.value))

    return [
        (button(_("Fixed"), ActionDone.FIXED), button(_("Cut"), ActionDone.CUT)),
        (
            button(_("Nothing to do"), ActionDone.NOTHING_TO_DO),
            button(_("Override…"), ActionDone.OVERRIDE),
        ),
    ]


async def _said_by(scene: Scene, row: Evidence) -> tuple[int | None, Rating | None]:
    if row.verdict_id is not None:
        verdict = await verdicts.get(scene.session, row.verdict_id)
        return (verdict.member_id, verdict.rating) if verdict else (None, None)
    ruling = await outcomes.ruling(scene.session, row.ruling_id) if row.ruling_id else None
    return (ruling.member_id, ruling.rating) if ruling else (None, None)


async def _name(scene: Scene, member_id: int | None) -> str | None:
    if member_id is None:
        return None
    return (await outcomes.names(scene.session, [member_id])).get(member_id)
