"""The digest as it is sent: a picture with the figures below, or the figures alone."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

import handlers.chat.notices.digest  # noqa: F401 - registers the renderer
from bot.reader import Reader
from bot.services import Services
from bot.settings import Settings
from bot.workflow import figures
from bot.workflow.notices import NoticeKind, private, tell
from bot.workflow.policy import Policy
from handlers.chat.outgoing import RENDERERS, Outgoing, Scene
from storage import outbox
from storage.models.people import Role
from tests.builders import MONDAY, a_member, an_article

PNG = b"\x89PNG"
UTC_ZONE = ZoneInfo("UTC")


async def running_week(session: AsyncSession, reader: Reader) -> Outgoing:
    """The running week as an editor gets it from `/digest`."""
    editor = await a_member(session, "Eda", Role.EDITOR)
    await an_article(session, editor)
    week = await figures.week(session, zone=UTC_ZONE, iso_year=2026, iso_week=48, now=MONDAY)
    place = private(editor)
    notice_id = await tell(session, place, NoticeKind.DIGEST, now=MONDAY, figures=week)
    assert notice_id is not None
    row = await outbox.get(session, notice_id)
    assert row is not None
    services = Services(
        settings=Settings(_env_file=None),
        policy=Policy(),
        clock=lambda: MONDAY,
        sessions=cast(Any, None),
        http=cast(Any, None),
        reader=reader,
    )
    prompt = await outbox.prompt_of(session, notice_id)
    scene = Scene(session, row, prompt, editor, UTC_ZONE, MONDAY, services)
    out = await RENDERERS[NoticeKind.DIGEST](scene)
    assert out is not None
    return out


async def test_the_week_comes_as_a_picture_with_its_figures_below(session: AsyncSession) -> None:
    async with Reader(warm=()) as reader:
        out = await running_week(session, reader)

    assert (out.photo or b"").startswith(PNG)
    assert out.html.startswith("<b>Desk week 48</b> · 23–29 Nov · so far")


async def test_without_a_picture_the_figures_come_all_the_same(session: AsyncSession) -> None:
    out = await running_week(session, Reader(warm=()))  # its process was never started

    assert out.photo is None
    assert "<b>Desk week 48</b>" in out.html
