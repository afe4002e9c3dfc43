"""The team in its admins' hands."""

from typing import Any

import pytest
from sqlmodel import col, select

from bot.errors import NotPermitted, Refusal
from bot.workflow import people
from bot.workflow.notices import NoticeKind
from storage import assignments, members
from storage.models import Event, Outbox
from storage.models.claims import ClaimStatus
from storage.models.people import MemberState, Role
from storage.models.work import AssignmentState
from tests.builders import MONDAY, a_claim, a_member, an_article, an_assignment


async def test_an_invitation_is_a_deep_link_told_to_the_admin_alone(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)

    await people.invite(session, admin.id, "reviewers", bot_username="desk_bot", now=MONDAY)

    row = (await session.exec(select(Outbox))).one()
    assert (row.chat_id, row.kind) == (admin.tg_user_id, NoticeKind.INVITE)
    assert row.facts["link"].startswith("https://t.me/desk_bot?start=")
    assert row.facts["role"] == "reviewer"


async def test_only_admins_invite(session: Any) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)

    with pytest.raises(NotPermitted):
        await people.invite(session, editor.id, "admin", bot_username="desk_bot", now=MONDAY)


async def test_a_role_that_does_not_exist_is_refused(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)

    with pytest.raises(Refusal, match="unknown_role"):
        await people.invite(session, admin.id, "king", bot_username="desk_bot", now=MONDAY)


async def test_roles_are_given_and_taken_and_each_change_is_on_record(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    member = await a_member(session, "Ira", Role.REVIEWER)

    await people.grant(session, admin.id, member.id, Role.EDITOR, now=MONDAY)
    await people.grant(session, admin.id, member.id, Role.EDITOR, now=MONDAY)
    await people.revoke(session, admin.id, member.id, Role.REVIEWER, now=MONDAY)

    assert await members.roles_of(session, member.id) == {Role.EDITOR}
    record = (await session.exec(select(Event).order_by(col(Event.id)))).all()
    assert [(event.action, event.actor_id, event.subject_id) for event in record] == [
        ("role.granted", admin.id, member.id),
        ("role.revoked", admin.id, member.id),
    ]


async def test_the_last_admin_stays(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    await a_member(session, "Bo", Role.ADMIN, state=MemberState.UNREACHABLE)

    with pytest.raises(Refusal, match="last_admin"):
        await people.revoke(session, admin.id, admin.id, Role.ADMIN, now=MONDAY)
    with pytest.raises(Refusal, match="last_admin"):
        await people.remove(session, admin.id, admin.id, now=MONDAY)

    assert await members.roles_of(session, admin.id) == {Role.ADMIN}


async def test_who_is_removed_holds_no_role_and_no_claim(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    reviewer = await a_member(session, "Ira", Role.REVIEWER)
    _article, version = await an_article(session, admin)
    claim = await a_claim(session, version, "78 complaints", status=ClaimStatus.ASSIGNED)
    held = await an_assignment(session, claim, reviewer)

    await people.remove(session, admin.id, reviewer.id, now=MONDAY)

    await session.refresh(claim)
    assert reviewer.state is MemberState.LEFT
    assert await members.roles_of(session, reviewer.id) == frozenset()
    closed = await assignments.get(session, held.id)
    assert closed is not None
    assert closed.state is AssignmentState.WITHDRAWN
    assert claim.status is ClaimStatus.KEPT
    with pytest.raises(Refusal, match="not_on_team"):
        await people.remove(session, admin.id, reviewer.id, now=MONDAY)


async def test_a_claim_whose_second_reader_stays_does_not_wait_anew(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    one = await a_member(session, "Ira", Role.REVIEWER)
    other = await a_member(session, "Olha", Role.REVIEWER)
    _article, version = await an_article(session, admin)
    claim = await a_claim(
        session, version, "78 complaints", status=ClaimStatus.ASSIGNED, readers_needed=2
    )
    await an_assignment(session, claim, one)
    await an_assignment(session, claim, other, slot=2)

    await people.revoke(session, admin.id, one.id, Role.REVIEWER, now=MONDAY)

    await session.refresh(claim)
    assert claim.status is ClaimStatus.ASSIGNED
    assert [one.reviewer_id for one in await assignments.open_of_claim(session, claim.id)] == [
        other.id
    ]


async def test_only_admins_see_and_change_the_team(session: Any) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    other = await a_member(session, "Ira", Role.REVIEWER)

    with pytest.raises(NotPermitted):
        await people.show_team(session, editor.id, now=MONDAY)
    with pytest.raises(NotPermitted):
        await people.grant(session, editor.id, editor.id, Role.ADMIN, now=MONDAY)
    with pytest.raises(NotPermitted):
        await people.remove(session, editor.id, other.id, now=MONDAY)
