"""Renders a reviewer's cards as they stand now, and what is said about them."""

from collections.abc import Sequence

from bot.articles.addresses import sentence_link
from bot.claims.findings import Method
from bot.texts import cards as texts
from bot.texts.language import gettext as _
from bot.texts.ratings import rating_name
from bot.workflow.notices import NoticeKind
from bot.workflow.passing import PassReason
from handlers.chat.notices.answered import said_so_far
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import articles, assignments, claims, inputs
from storage.models import Article, Assignment, Citation, Claim, ClaimRevision, Source
from storage.models.claims import ClaimStatus, Rating
from storage.models.talking import OutboxOp
from storage.models.work import AssignmentState

Subject = tuple[Assignment, Claim, Article]


@renders(NoticeKind.CARD)
async def card(scene: Scene) -> Outgoing | None:
    """One claim with its buttons; when it ended meanwhile, an edit says so."""
    subject = await subject_of(scene)
    if subject is None:
        return None
    if subject[0].state is not AssignmentState.OPEN:
        return await card_closed(scene) if scene.row.op is OutboxOp.EDIT else None
    view = str(scene.facts.get("view", "plain"))
    shown = await _card(scene, subject)
    return Outgoing(
        html=texts.card(shown, zone=scene.zone, now=scene.now, is_passing=view == "pass"),
        buttons=await _buttons(scene, subject[0], view),
    )


@renders(NoticeKind.CARD_CLOSED)
async def card_closed(scene: Scene) -> Outgoing | None:
    """How the assignment ended, with its code for a late answer; the way to the next one."""
    subject = await subject_of(scene)
    if subject is None:
        return None
    assignment, claim, _article = subject
    state = assignment.state.value
    decided = (ClaimStatus.DECIDED, ClaimStatus.CLEARED)
    if assignment.state is AssignmentState.EXPIRED and claim.status in decided:
        state = "decided"
    line = f"{await line_of(scene, claim)} · #C{assignment.id}"
    kept = said_so_far(await inputs.half_answer(scene.session, assignment.id)) or ""
    html = texts.closed(state, line=line, pass_reason=assignment.pass_reason, kept=kept)
    is_over = assignment.state is not AssignmentState.OPEN
    return Outgoing(html=html, buttons=await _next_row(scene, assignment) if is_over else ())


@renders(NoticeKind.WHY_ME)
async def why_me(scene: Scene) -> Outgoing | None:
    """Why this person has the claim."""
    subject = await subject_of(scene)
    if subject is None:
        return None
    assignment, _claim, article = subject
    html = texts.why_me(assignment.reason, article_id=article.id)
    return Outgoing(html=f"#C{assignment.id}: {html}")


async def subject_of(scene: Scene) -> Subject | None:
    """The assignment that the message is about, with its claim and article."""
    assignment_id = scene.prompt.assignment_id if scene.prompt else None
    if assignment_id is None:
        return None
    found = await assignments.with_subject(scene.session, [assignment_id])
    return found[0] if found else None


async def line_of(scene: Scene, claim: Claim) -> str:
    """The claim in one line."""
    revision = await claims.head_revision(scene.session, claim.id)
    return texts.claim_line(claim.article_id, claim.number, revision.quote if revision else "")


async def _card(scene: Scene, subject: Subject) -> texts.Card:
    assignment, claim, article = subject
    revision = await claims.head_revision(scene.session, claim.id)
    if revision is None:
        return texts.Card(assignment.id, article.id, claim.number, "", assignment.due_at)
    version = await articles.version(scene.session, revision.article_version_id)
    cited = await claims.citations_of(scene.session, [revision.id])
    batch = await assignments.batch_of(scene.session, assignment)
    before, after = _around(revision, version.text, version.paragraphs) if version else ("", "")
    url = version.url if version else None
    return texts.Card(
        assignment_id=assignment.id,
        article_id=article.id,
        number=claim.number,
        quote=revision.quote,
        due_at=assignment.due_at,
        title=version.title if version else None,
        before=before,
        after=after,
        context=revision.context,
        speakers=_speakers(cited),
        speakers_sought=await articles.method_of(scene.session, revision.article_version_id)
        != Method.NONE,
        links=_links(revision, cited),
        sentence_url=sentence_link(url, revision.quote) if url else None,
        place=batch.index(assignment.id) + 1,
        of=len(batch),
    )


def _around(
    revision: ClaimRevision, text: str, paragraphs: Sequence[Sequence[int]]
) -> tuple[str, str]:
    """The rest of the paragraphs in which the claim stands, before and after it."""
    starts = [start for start, end in paragraphs if start <= revision.start < end]
    ends = [end for start, end in paragraphs if start < revision.end <= end]
    start, end = min(starts, default=revision.start), max(ends, default=revision.end)
    return text[start : revision.start], text[revision.end : end]


def _speakers(cited: Sequence[tuple[Citation, Source | None]]) -> tuple[texts.Speaker, ...]:
    """Who is cited; an editor's correction replaces what was found in the text."""
    corrected = [pair for pair in cited if pair[0].by_id is not None]
    return tuple(
        texts.Speaker(
            name=source.name if source else citation.as_written,
            role=citation.role or (source.role if source else None),
            via=citation.via,
            is_inferred=citation.inferred,
        )
        for citation, source in (corrected[-1:] or cited)
    )


def _links(
    revision: ClaimRevision, cited: Sequence[tuple[Citation, Source | None]]
) -> tuple[str, ...]:
    links = [*revision.links, *(link for citation, _source in cited for link in citation.links)]
    return tuple(dict.fromkeys(links))


async def _buttons(
    scene: Scene, assignment: Assignment, view: str
) -> tuple[tuple[Button, ...], ...]:
    key = assignment.id
    if view == "pass":
        words = texts.pass_reasons()
        reasons = [
            Button(words[reason.value], data("passed", key, reason.value)) for reason in PassReason
        ]
        return (*_pairs(reasons), (Button(_("Back"), data("less", key)),))
    if view == "more":
        more = [_rate(key, rating) for rating in (Rating.MOSTLY_TRUE, Rating.OUTDATED)]
        more += [_rate(key, Rating.OPINION), Button(_("Ask the editor"), data("ask", key))]
        more += [Button(_("Leave a note"), data("note", key)), Button(_("Back"), data("less", key))]
        return _pairs(more)
    rows = _pairs(
        [
            _rate(key, rating)
            for rating in (Rating.TRUE, Rating.FALSE, Rating.MISLEADING, Rating.UNVERIFIABLE)
        ]
    )
    tools = (
        Button(_("More…"), data("more", key)),
        Button(_("Pass"), data("pass", key)),
        Button(_("Why me?"), data("why", key)),
    )
    return (*rows, tools, *await _next_row(scene, assignment))


async def _next_row(scene: Scene, assignment: Assignment) -> tuple[tuple[Button, ...], ...]:
    """The way to the next claim, if there is one."""
    waiting = await assignments.open_of(scene.session, assignment.reviewer_id)
    if all(one.id == assignment.id for one in waiting):
        return ()
    return ((Button(_("Next →"), data("next", assignment.id)),),)


def _rate(assignment_id: int, rating: Rating) -> Button:
    return Button(rating_name(rating), data("rate", assignment_id, rating.value))


def _pairs(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
