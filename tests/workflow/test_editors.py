"""Who answers for an article."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.workflow.editors import editor_of, editors_of
from storage import members
from storage.models.people import MemberState, Role
from tests.builders import MONDAY, a_member, an_article


async def test_its_own_editor_answers_while_they_can(session: AsyncSession) -> None:
    await a_member(session, "Ada", Role.ADMIN)
    editor = await a_member(session, "Eda", Role.EDITOR)
    article, _ = await an_article(session, editor)

    assert list(await editors_of(session, article)) == [editor]
    assert await editor_of(session, article.id) is editor


async def test_when_they_cannot_be_reached_the_admins_do(session: AsyncSession) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    await a_member(session, "Ina", Role.EDITOR)
    editor = await a_member(session, "Eda", Role.EDITOR, state=MemberState.UNREACHABLE)
    article, _ = await an_article(session, editor)

    assert list(await editors_of(session, article)) == [admin]


async def test_who_is_no_editor_any_more_answers_for_nothing(session: AsyncSession) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    editor = await a_member(session, "Eda", Role.EDITOR, Role.REVIEWER)
    article, _ = await an_article(session, editor)
    await members.revoke(session, editor.id, role=Role.EDITOR, now=MONDAY)

    assert await editor_of(session, article.id) is admin


async def test_without_an_admin_another_editor_does(session: AsyncSession) -> None:
    colleague = await a_member(session, "Ina", Role.EDITOR)
    editor = await a_member(session, "Eda", Role.EDITOR, state=MemberState.LEFT)
    article, _ = await an_article(session, editor)

    assert await editor_of(session, article.id) is colleague


async def test_without_anybody_nobody_does(session: AsyncSession) -> None:
    editor = await a_member(session, "Eda", Role.EDITOR, state=MemberState.LEFT)
    article, _ = await an_article(session, editor)

    assert await editor_of(session, article.id) is None
