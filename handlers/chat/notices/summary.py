"""Renders an article with its verdicts, page by page, what blocks it first."""

from collections.abc import Sequence

from bot.texts import summary as texts
from bot.texts.language import gettext as _
from bot.workflow.notices import NoticeKind
from bot.workflow.sheet_states import DECIDED, live, sent_of
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import claims, outcomes, sheets, verdicts
from storage.models import Article, Claim, Outcome, Ruling, Verdict
from storage.models.claims import ClaimStatus
from storage.models.work import OutcomeHow

PAGE_LINES = 20  # of a phone's 28, beside head and foot
BUTTONS_PER_ROW = 3
_BLOCKING = (ClaimStatus.DISPUTED, ClaimStatus.DECIDED)
_ORDER = (
    ClaimStatus.DISPUTED,
    ClaimStatus.DECIDED,
    ClaimStatus.SECOND_REVIEW,
    ClaimStatus.ASSIGNED,
    ClaimStatus.KEPT,
    ClaimStatus.CLEARED,
)
# How many lines a claim takes at most when its words are shortened.
_LINES = {ClaimStatus.DECIDED: 5, ClaimStatus.DISPUTED: 4, ClaimStatus.CLEARED: 2}
_OPEN_LINES = 3


@renders(NoticeKind.ARTICLE)
async def article(scene: Scene) -> Outgoing | None:
    """One page of the article's sent claims with their verdicts."""
    article_id = scene.prompt.article_id if scene.prompt else None
    found = await sheets.article(scene.session, article_id) if article_id is not None else None
    if found is None:
        return None
    shown, version = found
    on_sheet = live(await claims.of_article(scene.session, shown.id))
    sent = sorted(sent_of(on_sheet), key=lambda one: (_ORDER.index(one.status), one.number))
    pages = _pages(sent)
    page = min(max(int(scene.facts.get("page", 0)), 0), len(pages) - 1)
    here = pages[page]
    decided = sum(1 for one in sent if one.status in DECIDED)
    cleared = sum(1 for one in sent if one.status is ClaimStatus.CLEARED)
    head = texts.SummaryHead(
        article_id=shown.id,
        title=version.title,
        decided=decided,
        cleared=cleared,
        blocking=decided - cleared,
        open=len(sent) - decided,
        unchecked=len(on_sheet) - len(sent),
        is_own=scene.reader is not None and scene.reader.id == shown.editor_id,
        sent_at=max((one.kept_at for one in sent if one.kept_at), default=None),
        read_at=version.read_at,
        page=page,
        pages=len(pages),
    )
    html = texts.summary(head, await _claims(scene, shown, here), zone=scene.zone, now=scene.now)
    has_page = bool(version.url and shown.canonical_key)  # a draft has none to be read again
    return Outgoing(html=html, buttons=_buttons(shown, here, has_page=has_page, head=head))


def _pages(sent: Sequence[Claim]) -> list[list[Claim]]:
    """The claims in screenfuls; one empty page when there are none."""
    pages: list[list[Claim]] = [[]]
    room = PAGE_LINES
    for claim in sent:
        lines = _LINES.get(claim.status, _OPEN_LINES)
        if lines > room:
            pages.append([])
            room = PAGE_LINES
        pages[-1].append(claim)
        room -= lines
    return pages


async def _claims(scene: Scene, shown: Article, here: Sequence[Claim]) -> list[texts.SummaryClaim]:
    ids = [claim.id for claim in here]
    revisions = await claims.head_revisions(scene.session, ids)
    quotes = {revision.claim_id: revision.quote for revision in revisions}
    names: dict[int, list[str]] = {}
    for claim_id, name in await outcomes.readers(scene.session, ids):
        names.setdefault(claim_id, []).append(name)
    for claim_id, name, _due_at in await sheets.holders(scene.session, shown.id):
        names.setdefault(claim_id, []).append(name)
    rows = []
    for claim in here:
        said = await said_of(scene, claim)
        ruler = await _ruler(scene, said)
        rows.append(
            texts.SummaryClaim(
                number=claim.number,
                quote=quotes.get(claim.id, ""),
                status=claim.status,
                verdict=claim.verdict,
                explanation=_words(said),
                names=tuple(names.get(claim.id, ())) if ruler is None else (ruler,),
                is_ruled=ruler is not None,
                source_check=claim.source_check,
                action=claim.action,
                action_done=claim.action_done,
            )
        )
    return rows


def _words(said: Verdict | Ruling | None) -> str:
    """Why the desk holds what it holds, in the words of the reader or of the ruling."""
    if isinstance(said, Ruling):
        return said.reason
    return said.explanation if said else ""


async def _ruler(scene: Scene, said: Verdict | Ruling | None) -> str | None:
    """Whose reason it is, where an editor has ruled: it is not put into the readers' mouths."""
    if not isinstance(said, Ruling):
        return None
    return (await outcomes.names(scene.session, [said.member_id])).get(said.member_id, "")


async def said_of(scene: Scene, claim: Claim) -> Verdict | Ruling | None:
    """The reading or ruling by which the desk holds what it holds; None while it holds nothing."""
    if claim.verdict is None or claim.head_outcome_id is None:
        return None
    outcome = await outcomes.get(scene.session, claim.head_outcome_id)
    return await _source_of(scene, outcome) if outcome else None


async def _source_of(scene: Scene, outcome: Outcome) -> Verdict | Ruling | None:
    if outcome.how is OutcomeHow.RULING and outcome.ruling_id is not None:
        return await outcomes.ruling(scene.session, outcome.ruling_id)
    if outcome.verdict_id is None:
        return None
    first = await verdicts.get(scene.session, outcome.verdict_id)
    # Better words for the same verdict are a later revision of it, and no new outcome.
    return await verdicts.newest(scene.session, first.assignment_id) if first else None


def _buttons(
    shown: Article, here: Sequence[Claim], *, has_page: bool, head: texts.SummaryHead
) -> tuple[tuple[Button, ...], ...]:
    """The claims that block can be opened, or all of them when none does."""
    openers = [
        Button(_("Claim {number}").format(number=claim.number), data("claim", claim.id))
        for claim in [claim for claim in here if claim.status in _BLOCKING] or here
    ]
    if head.blocking:
        openers.append(Button(_("Ask author"), data("author", shown.id)))
    rows = [
        tuple(openers[at : at + BUTTONS_PER_ROW]) for at in range(0, len(openers), BUTTONS_PER_ROW)
    ]
    last = [Button(_("Re-read page"), data("reread", shown.id))] if has_page else []
    last.append(Button(_("Sheet"), data("sheet", shown.id)))
    if head.page > 0:
        last.append(Button(_("‹ Back"), data("verdicts", shown.id, head.page - 1)))
    if head.page + 1 < head.pages:
        last.append(Button(_("More ›"), data("verdicts", shown.id, head.page + 1)))
    return (*rows, tuple(last))
