"""Renders the answers to sheet commands, each with its undo."""

from bot.texts import sheet_replies as texts
from bot.texts.language import gettext as _
from bot.texts.language import when
from bot.workflow.notices import NoticeKind
from bot.workflow.sheet.choosing import next_handing_out
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import claims, events


@renders(NoticeKind.SHEET_REPLY)
async def sheet_reply(scene: Scene) -> Outgoing | None:
    """What the commands of one reply did."""
    facts, article_id = scene.facts, scene.prompt.article_id if scene.prompt else None
    if facts.get("what") == "help":
        return Outgoing(texts.help_text())
    if article_id is None:
        return None
    if facts.get("what") == "undone":
        html = texts.undone(await _numbers(scene, facts["event_id"]), facts.get("kept", []))
        return Outgoing(html, buttons=((_sheet(article_id),),))
    lines = [
        await _line(scene, article_id, line["what"], line["numbers"]) for line in facts["lines"]
    ]
    if any(line["what"] == "sent" for line in facts["lines"]):
        goes_out_at = next_handing_out(scene.services.policy, scene.row.created_at)
        lines.append(texts.going_out(when(goes_out_at, scene.zone, scene.now)))
    buttons = [_sheet(article_id)]
    if facts["event_id"] is not None:
        buttons.insert(0, Button(_("Undo"), data("unsheet", facts["event_id"])))
    return Outgoing("\n".join(lines), buttons=(tuple(buttons),))


async def _numbers(scene: Scene, event_id: int) -> list[int]:
    """The numbers of the claims that an edit touched."""
    event = await events.get(scene.session, event_id)
    touched = [] if event is None else [one["claim_id"] for one in event.facts["changes"]]
    found = [await claims.get(scene.session, claim_id) for claim_id in touched]
    return sorted(claim.number for claim in found if claim is not None)


async def _line(scene: Scene, article_id: int, what: str, numbers: list[int]) -> str:
    if what not in ("added", "trimmed", "reopened", "says"):
        return texts.edited(what, numbers)
    found = await claims.numbered(scene.session, article_id, numbers[:1])
    heads = await claims.head_revisions(scene.session, [claim.id for claim in found])
    cited = await claims.citations_of(scene.session, [head.id for head in heads])
    name = cited[0][0].as_written if cited else ""
    return texts.edited(what, numbers, quote=heads[0].quote if heads else "", name=name)


def _sheet(article_id: int) -> Button:
    return Button(_("Show the sheet"), data("sheet", article_id))
