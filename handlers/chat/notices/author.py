"""Renders what an editor forwards to an article's author."""

from bot.texts import author as texts
from bot.workflow.notices import NoticeKind
from handlers.chat.notices.summary import said_of
from handlers.chat.outgoing import Outgoing, Scene, renders
from storage import articles, claims, outcomes, verdicts
from storage.models import Claim, Evidence, Ruling, Verdict
from storage.models.work import EvidenceKind

AT_ONCE = 8  # more questions than an author answers in one go
# Only what anybody can open: calls, notes and files may name people who were promised silence.
_OPEN = (EvidenceKind.LINK, EvidenceKind.CITED_LINK)


@renders(NoticeKind.AUTHOR_QUERY)
async def author_query(scene: Scene) -> Outgoing | None:
    """The claims that blocked the article when this was asked for, each with its question."""
    article_id = scene.prompt.article_id if scene.prompt else None
    version = await articles.head_version(scene.session, article_id) if article_id else None
    wanted = list(scene.facts["claim_ids"])
    queries = [
        await _query(scene, claim)
        for claim_id in wanted[:AT_ONCE]
        if (claim := await claims.get(scene.session, claim_id)) is not None
    ]
    if version is None or not queries:
        return None
    left_out = max(0, len(wanted) - AT_ONCE)
    return Outgoing(html=texts.query(version.title, queries, left_out=left_out))


async def _query(scene: Scene, claim: Claim) -> texts.Query:
    revision = await claims.head_revision(scene.session, claim.id)
    said = await said_of(scene, claim)
    evidence = await _evidence(scene, said)
    is_protected = any(row.kind is EvidenceKind.PROTECTED for row in evidence)
    words = said.reason if isinstance(said, Ruling) else said.explanation if said else ""
    return texts.Query(
        number=claim.number,
        quote=revision.quote if revision else "",
        rating=claim.verdict,
        action=claim.action,
        found="" if is_protected else words,
        links=tuple(row.url for row in evidence if row.kind in _OPEN and row.url),
    )


async def _evidence(scene: Scene, said: Verdict | Ruling | None) -> list[Evidence]:
    if said is None:
        return []
    if isinstance(said, Ruling):
        return list(await outcomes.evidence_of_rulings(scene.session, [said.id]))
    return list(await verdicts.evidence_for(scene.session, [said.id]))
