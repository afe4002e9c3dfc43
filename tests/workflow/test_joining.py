"""How people come to the desk."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlmodel import col, select

from bot.errors import Refusal
from bot.workflow import joining, people
from bot.workflow.notices import NoticeKind
from storage import members
from storage.models import AccessToken, Member, Outbox
from storage.models.people import MemberState, Role
from tests.builders import DAY, MONDAY, a_member

NEWCOMER = 4711


async def arrives(session: Any, token: str, **given: Any) -> None:
    person = {"tg_user_id": NEWCOMER, "name": "Olha B", "language": "uk", "now": MONDAY, **given}
    await joining.join(session, token=token, **person)


async def said(session: Any) -> list[tuple[int, str]]:
    rows = (await session.exec(select(Outbox).order_by(col(Outbox.id)))).all()
    return [(row.chat_id, row.kind) for row in rows]


async def test_an_invitation_makes_one_person_a_member_and_welcomes_them(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    token, _ends_at = await joining.new_invitation(
        session, Role.REVIEWER, by_id=admin.id, now=MONDAY
    )

    await arrives(session, token)

    member = await members.by_telegram_id(session, NEWCOMER)
    assert member is not None
    assert (member.name, member.language) == ("Olha B", "uk")
    assert await members.roles_of(session, member.id) == {Role.REVIEWER}
    assert await said(session) == [(NEWCOMER, NoticeKind.WELCOME)]


async def test_an_invitation_works_once(session: Any) -> None:
    token, _ends_at = await joining.new_invitation(session, Role.REVIEWER, by_id=None, now=MONDAY)
    await arrives(session, token)

    with pytest.raises(Refusal, match="invitation_over"):
        await arrives(session, token, tg_user_id=NEWCOMER + 1)


@pytest.mark.parametrize("token", ["", "nonsense", "a" * 64])
async def test_an_unknown_token_lets_nobody_in(session: Any, token: str) -> None:
    with pytest.raises(Refusal, match="invitation_over"):
        await arrives(session, token)

    assert await members.by_telegram_id(session, NEWCOMER) is None


async def test_an_invitation_ends_after_a_week(session: Any) -> None:
    token, ends_at = await joining.new_invitation(session, Role.REVIEWER, by_id=None, now=MONDAY)

    assert ends_at == MONDAY + 7 * DAY
    with pytest.raises(Refusal, match="invitation_over"):
        await arrives(session, token, now=ends_at)


async def test_an_invitation_ends_with_its_makers_power_to_invite(session: Any) -> None:
    chief = await a_member(session, "Ada", Role.ADMIN)
    admin = await a_member(session, "Bo", Role.ADMIN)
    token, _ends_at = await joining.new_invitation(session, Role.ADMIN, by_id=admin.id, now=MONDAY)
    await people.revoke(session, chief.id, admin.id, Role.ADMIN, now=MONDAY)

    with pytest.raises(Refusal, match="invitation_over"):
        await arrives(session, token)


async def test_the_database_does_not_know_the_token(session: Any) -> None:
    token, _ends_at = await joining.new_invitation(session, Role.REVIEWER, by_id=None, now=MONDAY)

    stored = (await session.exec(select(AccessToken))).one()

    assert stored.hash == sha256(token.encode()).hexdigest()
    assert token not in str(stored.model_dump())
    assert len(token) <= 64


async def test_a_member_gets_a_further_role_but_none_twice(session: Any) -> None:
    member = await a_member(session, "Ira", Role.REVIEWER, tg_user_id=NEWCOMER)
    second, _ = await joining.new_invitation(session, Role.EDITOR, by_id=None, now=MONDAY)
    again, _ = await joining.new_invitation(session, Role.REVIEWER, by_id=None, now=MONDAY)

    await arrives(session, second)

    assert await members.roles_of(session, member.id) == {Role.REVIEWER, Role.EDITOR}
    with pytest.raises(Refusal, match="role_held"):
        await arrives(session, again)


async def test_somebody_who_left_comes_back_by_invitation(session: Any) -> None:
    gone = await a_member(session, "Ira", state=MemberState.LEFT, tg_user_id=NEWCOMER)
    token, _ends_at = await joining.new_invitation(session, Role.REVIEWER, by_id=None, now=MONDAY)

    await arrives(session, token)

    await session.refresh(gone)
    assert gone.state is MemberState.ACTIVE
    assert await members.roles_of(session, gone.id) == {Role.REVIEWER}


async def test_the_first_code_makes_the_first_admin_and_only_the_first(session: Any) -> None:
    code = await joining.first_admin_code(session, now=MONDAY)
    assert code is not None

    await arrives(session, code)

    admin = (await members.with_role(session, Role.ADMIN))[0]
    assert admin.tg_user_id == NEWCOMER
    assert await joining.first_admin_code(session, now=MONDAY) is None


async def test_a_restart_makes_the_code_before_useless(session: Any) -> None:
    old = await joining.first_admin_code(session, now=MONDAY)
    new = await joining.first_admin_code(session, now=MONDAY + timedelta(minutes=1))
    assert old is not None
    assert new is not None

    with pytest.raises(Refusal, match="invitation_over"):
        await arrives(session, old)
    await arrives(session, new)


async def test_the_first_code_dies_when_somebody_else_is_admin_by_then(session: Any) -> None:
    code = await joining.first_admin_code(session, now=MONDAY)
    assert code is not None
    await joining.ensure_admins(session, [99], now=MONDAY)

    with pytest.raises(Refusal, match="invitation_over"):
        await arrives(session, code)


async def test_an_admin_who_blocked_the_bot_does_not_open_the_desk_to_others(
    session: Any,
) -> None:
    await a_member(session, "Ada", Role.ADMIN, state=MemberState.UNREACHABLE)

    assert await joining.first_admin_code(session, now=MONDAY) is None


async def test_the_settings_admins_are_admins_before_they_speak(session: Any) -> None:
    await joining.ensure_admins(session, [NEWCOMER, 99], now=MONDAY)
    await joining.ensure_admins(session, [NEWCOMER, 99], now=MONDAY + DAY)

    admins = await members.with_role(session, Role.ADMIN)
    assert [admin.tg_user_id for admin in admins] == [NEWCOMER, 99]


async def test_a_settings_admin_gets_their_name_and_a_welcome_when_they_speak(
    session: Any,
) -> None:
    await joining.ensure_admins(session, [NEWCOMER], now=MONDAY)
    admin = (await members.with_role(session, Role.ADMIN))[0]

    for _twice in range(2):
        await joining.start(session, admin.id, name="Ada L", language="en", now=MONDAY)

    assert admin.name == "Ada L"
    assert await said(session) == [(NEWCOMER, NoticeKind.WELCOME), (NEWCOMER, NoticeKind.HELP)]


async def test_a_stranger_is_refused_once_a_day(session: Any) -> None:
    for now in (MONDAY, MONDAY, MONDAY + DAY):
        await joining.greet_stranger(session, chat_id=NEWCOMER, tg_user_id=NEWCOMER, now=now)

    assert await said(session) == [(NEWCOMER, NoticeKind.STRANGER)] * 2
    assert (await session.exec(select(Member))).all() == []
