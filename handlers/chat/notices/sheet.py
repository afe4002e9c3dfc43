"""Renders the claim sheet as it stands now, with the buttons that fit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.claims.findings import Method
from bot.texts import sheet as texts
from bot.texts.language import gettext as _
from bot.texts.language import when
from bot.workflow.notices import NoticeKind
from bot.workflow.sheet.choosing import next_handing_out
from bot.workflow.sheet.pages import SheetPage, page_of
from bot.workflow.sheet_states import DECIDED, chosen_of, live, sent_of
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import articles, claims, sheets
from storage.articles import DOUBTFUL_BELOW
from storage.models import Article, ArticleVersion, Citation, Claim, ClaimRevision, Source
from storage.models.claims import ClaimStatus
from storage.models.intake import ArticleState

NUMBERS_PER_ROW = 4


@renders(NoticeKind.SHEET)
async def sheet(scene: Scene) -> Outgoing | None:
    """One page of an article's claim sheet."""
    article_id = scene.prompt.article_id if scene.prompt else None
    found = await sheets.article(scene.session, article_id) if article_id else None
    if found is None:
        return None
    article, version = found
    on_sheet = live(await claims.of_article(scene.session, article.id))
    per_page = scene.services.policy.max_claims
    page = page_of(on_sheet, int(scene.facts.get("page", 0)), per_page=per_page)
    sought = await articles.method_of(scene.session, version.id) != Method.NONE
    warnings = await articles.warnings_of(scene.session, version.id)
    head = _head(scene, article, version, on_sheet)
    entries = {
        entry.number: replace(entry, language=version.language, speakers_sought=sought)
        for entry in await _entries(scene, article.id, page)
    }
    return Outgoing(
        html=texts.sheet(
            replace(head, speakers_sought=sought, warnings=tuple(warnings)),
            [entries[claim.number] for claim in page.full],
            [entries[claim.number] for claim in page.brief],
            zone=scene.zone,
            now=scene.now,
        ),
        buttons=_buttons(scene, article, on_sheet, page),
    )


async def _entries(scene: Scene, article_id: int, page: SheetPage) -> list[texts.ClaimEntry]:
    shown = page.claims
    revisions = await claims.head_revisions(scene.session, [claim.id for claim in shown])
    words = {revision.claim_id: revision for revision in revisions}
    cited: dict[int, list[tuple[Citation, Source | None]]] = {}
    for row in await claims.citations_of(scene.session, [revision.id for revision in revisions]):
        cited.setdefault(row[0].claim_revision_id, []).append((row[0], row[1]))
    held: dict[int, list[texts.Held]] = {}
    for claim_id, name, due_at in await sheets.holders(scene.session, article_id):
        held.setdefault(claim_id, []).append(texts.Held(name, due_at))
    return [
        _entry(claim, words[claim.id], cited.get(words[claim.id].id, []), held.get(claim.id, []))
        for claim in shown
    ]


def _entry(
    claim: Claim,
    revision: ClaimRevision,
    cited: Sequence[tuple[Citation, Source | None]],
    held: Sequence[texts.Held],
) -> texts.ClaimEntry:
    links = {*revision.links, *(link for citation, _source in cited for link in citation.links)}
    return texts.ClaimEntry(
        number=claim.number,
        quote=revision.quote,
        is_starred=claim.priority == 1,
        status=claim.status,
        verdict=claim.verdict,
        action_done=claim.action_done,
        source_check=claim.source_check,
        cited=tuple(
            texts.Cited(
                name=source.name if source else citation.as_written,
                role=citation.role or (source.role if source else None),
                via=citation.via,
            )
            for citation, source in cited
        ),
        is_unsourced=revision.unsourced,
        links=len(links),
        reasons=tuple(revision.reasons),
        context=revision.context,
        held=tuple(held),
    )


def _head(
    scene: Scene,
    article: Article,
    version: ArticleVersion,
    on_sheet: Sequence[Claim],
) -> texts.SheetHead:
    sent = sent_of(on_sheet)
    waits = any(claim.status is ClaimStatus.KEPT for claim in sent)
    return texts.SheetHead(
        article_id=article.id,
        title=version.title,
        url=version.url,
        authors=tuple(version.authors),
        published_on=_day(version.published_at),
        is_guessed=version.published_at_source == "guessed",
        is_doubtful=version.confidence < DOUBTFUL_BELOW,
        is_closed=article.state is ArticleState.CLOSED,
        claims=len(on_sheet),
        sentences=version.sentence_count,
        sent=len(sent),
        decided=sum(1 for claim in sent if claim.status in DECIDED),
        blocking=sum(1 for claim in sent if claim.status is ClaimStatus.DECIDED),
        goes_out_at=next_handing_out(scene.services.policy, scene.now) if waits else None,
    )


def _buttons(
    scene: Scene, article: Article, on_sheet: Sequence[Claim], page: SheetPage
) -> tuple[tuple[Button, ...], ...]:
    numbers = [_number(claim) for claim in page.claims if claim.status is ClaimStatus.NEW]
    rows = [
        tuple(numbers[at : at + NUMBERS_PER_ROW]) for at in range(0, len(numbers), NUMBERS_PER_ROW)
    ]
    rows.append(_sending(article, on_sheet))
    rows.append(_turning(scene, article, page))
    if article.state is ArticleState.UNTRIAGED and not sent_of(on_sheet):
        rows.append((Button(_("Nothing to check"), data("shut", article.id)),))
    elif sent_of(on_sheet):
        rows.append((Button(_("Verdicts"), data("article", article.id)),))
    return tuple(row for row in rows if row)


def _number(claim: Claim) -> Button:
    tick, wish = (" ✓", "off") if claim.chosen else ("", "on")
    return Button(f"{claim.number}{tick}", data("pick", claim.id, wish))


def _sending(article: Article, on_sheet: Sequence[Claim]) -> tuple[Button, ...]:
    chosen = len(chosen_of(on_sheet))
    if chosen:
        return (
            Button(
                _("Send {n} to check").format(n=chosen),
                data("send", article.id, chosen),
                style="primary",
            ),
            Button(_("Send now"), data("sendnow", article.id, chosen)),
        )
    waiting = sum(1 for claim in on_sheet if claim.status is ClaimStatus.KEPT)
    if waiting:
        return (Button(_("Hand out {n} now").format(n=waiting), data("handout", article.id)),)
    return ()


def _turning(scene: Scene, article: Article, page: SheetPage) -> tuple[Button, ...]:
    due = when(article.due_at, scene.zone, scene.now) if article.due_at else _("no hurry")
    row = [Button(_("Due: {when}").format(when=due), data("duesheet", article.id))]
    if page.number > 0:
        row.append(
            Button(
                f"{_('Back')} ▴ {page.number}/{page.pages}",
                data("turn", article.id, page.number - 1),
            )
        )
    if page.number + 1 < page.pages:
        row.append(
            Button(
                f"{_('More')} ▾ {page.number + 2}/{page.pages}",
                data("turn", article.id, page.number + 1),
            )
        )
    return tuple(row)


def _day(published_at: str | None) -> date | None:
    if not published_at:
        return None
    try:
        return date.fromisoformat(published_at[:10])
    except ValueError:
        return None
