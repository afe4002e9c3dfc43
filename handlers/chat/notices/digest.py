"""Renders the week's digest: its picture with the figures in words below."""

import logging
from collections.abc import Mapping
from typing import Any

from bot.publishing.chart import draw_week
from bot.texts import digest as texts
from bot.texts.fitting import MESSAGE_UNITS
from bot.texts.language import gettext as _
from bot.workflow.may import Deed, may
from bot.workflow.notices import NoticeKind
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import chats, digests, members, outcomes

log = logging.getLogger(__name__)


@renders(NoticeKind.DIGEST)
async def digest(scene: Scene) -> Outgoing | None:
    """A posted week, the running one, or the answer to who had it posted."""
    if "posted_id" in scene.facts:
        return await _posted(scene, int(scene.facts["posted_id"]))
    figures, is_late = scene.facts.get("figures"), False
    buttons = await _posting(scene) if figures is not None else ()
    if figures is None:
        row = await digests.get(scene.session, int(scene.facts["digest_id"]))
        if row is None:
            return None
        figures, is_late = row.figures, row.is_late
    names = await outcomes.names(scene.session, texts.digest_people(figures))
    picture = await _picture(scene, figures)
    limit = MESSAGE_UNITS if picture is None else texts.CAPTION_UNITS
    year = scene.now.astimezone(scene.zone).year
    html = texts.digest(figures, names, year=year, is_late=is_late, limit=limit)
    return Outgoing(html=html, photo=picture, buttons=buttons)


async def _posting(scene: Scene) -> tuple[tuple[Button, ...], ...]:
    """Under the running week: the last one for the team, for those who may post it."""
    if scene.reader is None or await chats.team_chat(scene.session) is None:
        return ()
    if not may(await members.roles_of(scene.session, scene.reader.id), Deed.POST_DIGEST):
        return ()
    return ((Button(_("Post last week's to the team"), data("digest", "post")),),)


async def _posted(scene: Scene, digest_id: int) -> Outgoing | None:
    row = await digests.get(scene.session, digest_id)
    if row is None:
        return None
    chat = await chats.team_chat(scene.session)
    title = chat.title if chat is not None and chat.tg_chat_id == row.chat_id else ""
    return Outgoing(html=texts.posted(str(row.figures["week"]), title))


async def _picture(scene: Scene, figures: Mapping[str, Any]) -> bytes | None:
    """The chart; None when it cannot be drawn, so that the week's figures are told all the same."""
    try:
        return await scene.services.reader.run(draw_week, figures)
    except Exception:
        log.exception("the week's picture failed", extra={"week": figures.get("week")})
        return None
