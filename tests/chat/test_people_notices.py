"""How the own card, the team, the welcome and invitations look."""

from datetime import timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

import handlers.chat.notices.own_card
import handlers.chat.notices.people
import handlers.chat.notices.running  # noqa: F401 - these three register the renderers
from bot.services import Services
from bot.settings import Settings
from bot.texts.fitting import SCREEN_LINES, screen_lines
from bot.workflow import absences
from bot.workflow.notices import NoticeKind, private, tell
from bot.workflow.policy import Policy
from handlers.chat.outgoing import RENDERERS, Outgoing, Scene
from storage import events, outbox
from storage.feedback import NO_CLAIM
from storage.models import Member
from storage.models.claims import ClaimStatus
from storage.models.intake import ArticleState
from storage.models.people import MemberState, Role
from tests.builders import DAY, HOUR, MONDAY, a_claim, a_member, an_article, an_assignment

POLICY = Policy(zone=ZoneInfo("Europe/Kyiv"))
EVERYTHING = (Role.ADMIN, Role.EDITOR, Role.REVIEWER)


async def seen(
    session: AsyncSession, reader: Member, kind: NoticeKind, **facts: Any
) -> Outgoing | None:
    """What the reader sees of such a notice, at 10:00 UTC on MONDAY."""
    notice_id = await tell(session, private(reader), kind, now=MONDAY, **facts)
    assert notice_id is not None
    row = await outbox.get(session, notice_id)
    assert row is not None
    services = Services(
        settings=Settings(_env_file=None),
        policy=POLICY,
        clock=lambda: MONDAY,
        sessions=cast(Any, None),
        http=cast(Any, None),
        reader=cast(Any, None),
    )
    prompt = await outbox.prompt_of(session, notice_id)
    zone = ZoneInfo(reader.timezone or POLICY.zone.key)
    return await RENDERERS[kind](Scene(session, row, prompt, reader, zone, MONDAY + HOUR, services))


def labels(shown: Outgoing | None) -> list[str]:
    assert shown is not None
    return [button.label for row in shown.buttons for button in row]


async def test_the_card_says_hours_zone_presence_and_work(session: Any) -> None:
    member = await a_member(session, "Olha <B>", Role.REVIEWER, timezone="Europe/London")
    _article, version = await an_article(session, member)
    await an_assignment(session, await a_claim(session, version, "78 complaints"), member)

    shown = await seen(session, member, NoticeKind.ME)

    assert shown is not None
    assert shown.html == (
        "<b>Olha &lt;B&gt;</b> · reviewer\n🟢 At work\n\nHours: Mon–Fri 09:00–18:00 (the desk's)\n"
        "Time zone: Europe/London, now 10:00\n1 claim waits for you · /queue"
    )
    assert labels(shown)[:2] == ["Away today", "Away longer…"]


async def test_the_card_of_somebody_away_offers_to_be_back(session: Any) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER, timezone="UTC")
    await absences.go_away_days(session, member.id, 1, policy=POLICY, now=MONDAY)

    shown = await seen(session, member, NoticeKind.ME)

    assert shown is not None
    assert "<b>Away</b>, back tomorrow" in shown.html
    assert labels(shown)[0] == "I am back"


async def test_the_card_of_somebody_on_duty_says_until_when(session: Any) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER, timezone="UTC")
    await absences.go_on_duty(session, member.id, 12, policy=POLICY, now=MONDAY)

    shown = await seen(session, member, NoticeKind.ME)

    assert shown is not None
    assert "On until <b>today 21:00</b>" in shown.html
    assert "Off again" in labels(shown)


@pytest.mark.parametrize("menu", ["", "away", "hours", "zone"])
async def test_each_page_of_the_card_has_a_way_back(session: Any, menu: str) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)

    shown = await seen(session, member, NoticeKind.ME, menu=menu)

    assert (labels(shown)[-1] == "‹ My card") is bool(menu)


async def test_cities_come_in_pages(session: Any) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)

    first = labels(await seen(session, member, NoticeKind.ME, menu="zone", region="Europe"))
    last = labels(await seen(session, member, NoticeKind.ME, menu="zone", region="Europe", page=9))

    assert "Amsterdam" in first
    assert "More ›" in first
    assert "Zurich" in last
    assert "More ›" not in last


async def test_the_welcome_asks_for_the_zone_and_then_says_what_happens_next(session: Any) -> None:
    member = await a_member(session, "Olha", Role.REVIEWER)

    asked = await seen(session, member, NoticeKind.WELCOME)
    member.timezone = "Europe/Kyiv"
    told = await seen(session, member, NoticeKind.WELCOME)

    assert asked is not None
    assert "Welcome, Olha" in asked.html
    assert labels(asked)[0] == "Kyiv"  # the desk's zone is one tap away
    assert told is not None
    assert "What happens next" in told.html
    assert "Your time: 12:00" in told.html


@pytest.mark.parametrize(
    ("roles", "commands", "others"),
    [
        ((Role.REVIEWER,), ["/queue", "/me"], ["/articles", "/invite"]),
        ((Role.EDITOR,), ["/articles", "/check"], ["/invite"]),
        ((Role.ADMIN,), ["/articles", "/invite", "/here"], []),
    ],
)
async def test_help_says_what_this_person_may_do(
    session: Any, roles: tuple[Role, ...], commands: list[str], others: list[str]
) -> None:
    member = await a_member(session, "Olha", *roles)

    shown = await seen(session, member, NoticeKind.HELP)

    assert shown is not None
    assert [word for word in commands if word not in shown.html] == []
    assert [word for word in others if word in shown.html] == []


@pytest.mark.parametrize("kind", [NoticeKind.HELP, NoticeKind.WELCOME, NoticeKind.ME])
async def test_one_phone_screen_is_enough(session: Any, kind: NoticeKind) -> None:
    member = await a_member(session, "Olha " * 20, *EVERYTHING, timezone="UTC")

    shown = await seen(session, member, kind, missed="words")

    assert shown is not None
    assert screen_lines(shown.html) + len(shown.buttons) <= SCREEN_LINES


async def test_the_team_shows_roles_work_and_absences(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN, timezone="UTC")
    ira = await a_member(session, "ira", Role.REVIEWER, state=MemberState.UNREACHABLE)
    await a_member(session, "Gone", Role.REVIEWER, state=MemberState.LEFT)
    back_at = MONDAY + DAY + timedelta(hours=3)
    await absences.go_away(session, ira.id, until_at=back_at, policy=POLICY, now=MONDAY)

    shown = await seen(session, admin, NoticeKind.MEMBERS)

    assert shown is not None
    assert shown.html == (
        "<b>Team</b> · 2 people\n\n<b>1</b> Ada · admin\n   0 open\n\n<b>2</b> ira · reviewer\n"
        "   0 open · away, until tomorrow 12:00 · ⚠ cannot be reached"
    )
    assert labels(shown) == ["1", "2", "Invite…"]


async def test_admins_see_how_often_the_findings_were_right(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    _article, version = await an_article(session, admin, state=ArticleState.OPEN)
    await a_claim(session, version, "4.2 million", number=1)
    await a_claim(session, version, "78 complaints", number=2)
    wrong = await a_claim(session, version, "the coast", number=3, status=ClaimStatus.DROPPED)
    await events.record(session, NO_CLAIM, "claim", wrong.id, at=MONDAY, actor_id=admin.id)

    shown = await seen(session, admin, NoticeKind.MEMBERS)

    assert shown is not None
    assert shown.html.endswith(
        "<i>3 claims found so far: 66 % were claims, 0 speakers corrected.</i>"
    )


async def test_a_large_team_is_paged_on_one_screen(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    for number in range(13):
        await a_member(session, f"Reviewer with a long name {number:02}", *EVERYTHING)

    first = await seen(session, admin, NoticeKind.MEMBERS)
    last = await seen(session, admin, NoticeKind.MEMBERS, page=2)

    assert first is not None
    assert screen_lines(first.html) + len(first.buttons) <= SCREEN_LINES
    assert labels(first)[-1] == "More ›"
    assert labels(last) == ["13", "14", "Invite…", "‹ Before"]


async def test_a_colleague_can_be_given_roles_and_removed_after_a_question(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)
    ira = await a_member(session, "Ira", Role.REVIEWER)

    one = await seen(session, admin, NoticeKind.MEMBERS, member_id=ira.id)
    question = await seen(session, admin, NoticeKind.MEMBERS, member_id=ira.id, is_leaving=True)

    assert labels(one) == ["✓ Reviewer", "Editor", "Admin", "Remove from the team…", "‹ Team"]
    assert question is not None
    assert "Remove Ira from the team?" in question.html
    assert labels(question) == ["Yes, remove", "No"]


async def test_an_invitation_shows_its_link_and_its_end(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN, timezone="UTC")
    link = "https://t.me/desk_bot?start=abc_-1"

    asked = await seen(session, admin, NoticeKind.INVITE)
    shown = await seen(
        session,
        admin,
        NoticeKind.INVITE,
        link=link,
        role="reviewer",
        expires_at=(MONDAY + 7 * DAY).isoformat(),
    )

    assert labels(asked) == ["Reviewer", "Editor", "Admin"]
    assert shown is not None
    assert link in shown.html
    assert "30 Nov 09:00" in shown.html


async def test_an_admin_is_asked_whether_the_digest_goes_to_a_channel(session: Any) -> None:
    admin = await a_member(session, "Ada", Role.ADMIN)

    shown = await seen(
        session,
        admin,
        NoticeKind.HERE,
        what="candidate",
        chat_id=-1001234567890,
        thread_id=4,
        title="Desk & more",
    )

    assert shown is not None
    assert "<b>Desk &amp; more</b>" in shown.html
    assert shown.buttons[0][0].data == "here:yes:-1001234567890:4"


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (NoticeKind.STRANGER, {}),
        (NoticeKind.REFUSAL, {"problem": {"what": "last_admin"}}),
        (NoticeKind.APOLOGY, {"reference": "ab12"}),
        (NoticeKind.DEAD_UPDATE, {"reference": "ab12", "member_id": 1}),
        (NoticeKind.UNKNOWN_POST, {"outbox_id": 1}),
        (NoticeKind.UNREACHABLE, {"member_id": 1}),
        (NoticeKind.HERE, {"what": "over"}),
    ],
)
async def test_trouble_is_told_in_words(session: Any, kind: NoticeKind, facts: Any) -> None:
    member = await a_member(session, "Olha", Role.ADMIN)

    shown = await seen(session, member, kind, **facts)

    assert shown is not None
    assert len(shown.html) > 20
