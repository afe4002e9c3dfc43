"""Renders a person's own card and the team's list, as they stand now."""

from collections.abc import Collection, Sequence
from datetime import datetime, time

from bot.texts import own_card as texts
from bot.texts import people as people_texts
from bot.texts import team as team_texts
from bot.texts.language import gettext as _
from bot.workflow.choosing import UNTIL_TOLD, away_until
from bot.workflow.hours.working import WorkingHours, is_working
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import hours_of
from handlers.chat.notices.people import Rows, in_rows, zone_buttons
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import assignments, feedback, members
from storage.models import Member
from storage.models.people import MemberState, Role

PEOPLE_PER_PAGE = 6  # three lines each, on one phone screen
DUTY_HOURS = (2, 4, 6)
DAY_PRESETS = ("mon-fri", "mon-sat", "mon-sun")
TIME_PRESETS = ("0800-1700", "0900-1800", "1000-1900", "1200-2000")


@renders(NoticeKind.ME)
async def me(scene: Scene) -> Outgoing | None:
    """The card or one of its pages."""
    member = scene.reader
    if member is None:
        return None
    menu = scene.facts.get("menu", "")
    if menu == "away":
        return Outgoing(texts.away_menu(), buttons=_away_buttons())
    if menu == "hours":
        return Outgoing(texts.hours_menu(), buttons=_hours_buttons())
    if menu == "zone":
        region = str(scene.facts.get("region", ""))
        back = () if region else (_back_to_card(),)
        return Outgoing(texts.zone_menu(region), buttons=(*zone_buttons(scene), *back))
    hours = (await _hours(scene, [member]))[member.id]
    shown = await _card(scene, member, hours)
    html = texts.card(shown, zone=scene.zone, now=scene.now)
    return Outgoing(html, buttons=_card_buttons(shown))


@renders(NoticeKind.MEMBERS)
async def team(scene: Scene) -> Outgoing | None:
    """A page of the team, one of it, or the question whether somebody goes."""
    member_id = scene.facts.get("member_id")
    if member_id is None:
        return await _team_page(scene, int(scene.facts.get("page", 0)))
    to_list = (Button(_("‹ Team"), data("team", "list", 0)),)
    member = await members.get(scene.session, int(member_id))
    if member is None or member.state not in (MemberState.ACTIVE, MemberState.UNREACHABLE):
        return Outgoing(team_texts.gone(), buttons=(to_list,))
    colleague = (await _colleagues(scene, [member]))[0]
    if scene.facts.get("is_leaving"):
        yes = Button(_("Yes, remove"), data("team", "gone", member.id), style="danger")
        no = Button(_("No"), data("team", "one", member.id))
        return Outgoing(team_texts.leaving(colleague), buttons=((yes, no),))
    html = team_texts.person(colleague, zone=scene.zone, now=scene.now)
    return Outgoing(html, buttons=_person_buttons(member.id, colleague.roles, to_list))


async def _team_page(scene: Scene, page: int) -> Outgoing:
    everybody = await members.everybody(scene.session)
    pages = max(1, -(-len(everybody) // PEOPLE_PER_PAGE))
    start = min(max(page, 0), pages - 1) * PEOPLE_PER_PAGE
    shown = everybody[start : start + PEOPLE_PER_PAGE]
    html = team_texts.team(
        await _colleagues(scene, shown),
        first_number=start + 1,
        count=len(everybody),
        zone=scene.zone,
        now=scene.now,
    )
    said = await feedback.of_desk(scene.session, (await members.the_desk(scene.session)).id)
    html += team_texts.findings(said.found, said.no_claims, said.speakers_corrected)
    numbers = [
        Button(str(number), data("team", "one", member.id))
        for number, member in enumerate(shown, start + 1)
    ]
    last = [Button(_("Invite…"), data("invite", "ask"), style="primary")]
    if start > 0:
        last.append(Button(_("‹ Before"), data("team", "list", page - 1)))
    if start + PEOPLE_PER_PAGE < len(everybody):
        last.append(Button(_("More ›"), data("team", "list", page + 1)))
    return Outgoing(html, buttons=(*in_rows(numbers, 6), tuple(last)))


async def _hours(scene: Scene, people: Sequence[Member]) -> dict[int, WorkingHours]:
    ids = [person.id for person in people]
    absences = await members.absences_of(scene.session, ids, since=scene.now)
    policy = scene.services.policy
    return {person.id: hours_of(person, absences, policy) for person in people}


async def _card(scene: Scene, member: Member, hours: WorkingHours) -> texts.OwnCard:
    held = await assignments.open_of(scene.session, member.id)
    duties = [end for start, end in hours.on_duty if start <= scene.now < end]
    return texts.OwnCard(
        name=member.name,
        roles=await members.roles_of(scene.session, member.id),
        days=hours.days,
        start=hours.start,
        end=hours.end,
        is_own_hours=bool(member.hours),
        zone_name=scene.zone.key,
        is_working=is_working(hours, scene.now),
        away=_away(hours, scene.now),
        duty_until=max(duties, default=None),
        open_claims=len(held),
    )


async def _colleagues(scene: Scene, people: Sequence[Member]) -> list[team_texts.Colleague]:
    roles = await members.all_roles(scene.session)
    loads = await assignments.open_counts(scene.session)
    hours = await _hours(scene, people)
    return [
        team_texts.Colleague(
            name=person.name,
            roles=roles.get(person.id, frozenset()),
            open_claims=loads.get(person.id, 0),
            away=_away(hours[person.id], scene.now),
            is_reachable=person.state is MemberState.ACTIVE,
            has_account=person.tg_user_id is not None,
        )
        for person in people
    ]


def _away(hours: WorkingHours, now: datetime) -> tuple[datetime | None] | None:
    until = away_until(hours, now)
    if until is None:
        return None
    return (None,) if until == UNTIL_TOLD else (until,)


def _card_buttons(shown: texts.OwnCard) -> Rows:
    if shown.away is not None:
        presence = [Button(_("I am back"), data("me", "back"), style="primary")]
    else:
        presence = [
            Button(_("Away today"), data("me", "gone", 1)),
            Button(_("Away longer…"), data("me", "away")),
        ]
    if shown.duty_until is not None:
        duty = [Button(_("Off again"), data("me", "off"))]
    else:
        duty = [
            Button(_("On for {n} h").format(n=hours), data("me", "on", hours))
            for hours in DUTY_HOURS
        ]
    settings = (
        Button(_("Hours"), data("me", "hours")),
        Button(_("Time zone"), data("me", "zone")),
        Button(_("What I may do"), data("me", "help")),
    )
    return (tuple(presence), tuple(duty), settings)


def _away_buttons() -> Rows:
    spans = {
        _("Today"): 1,
        _("Today and tomorrow"): 2,
        _("3 days"): 3,
        _("1 week"): 7,
        _("2 weeks"): 14,
    }
    choices = [Button(label, data("me", "gone", days)) for label, days in spans.items()]
    choices.append(Button(_("Until I say"), data("me", "gone", "told")))
    return (*in_rows(choices, 2), _back_to_card())


def _hours_buttons() -> Rows:
    days = [
        Button(texts.day_names(_days(preset)), data("me", "days", preset)) for preset in DAY_PRESETS
    ]
    times = [
        Button(f"{_time(preset[:4])}–{_time(preset[5:])}", data("me", "times", preset))
        for preset in TIME_PRESETS
    ]
    desk = (Button(_("The desk's hours"), data("me", "desk")),)
    return (tuple(days), *in_rows(times, 2), desk, _back_to_card())


def _days(preset: str) -> range:
    return range({"mon-fri": 5, "mon-sat": 6, "mon-sun": 7}[preset])


def _time(digits: str) -> str:
    return time(int(digits[:2]), int(digits[2:])).isoformat("minutes")


def _person_buttons(member_id: int, roles: Collection[Role], to_list: tuple[Button, ...]) -> Rows:
    switches = tuple(
        Button(
            ("✓ " if role in roles else "") + people_texts.role_name(role).capitalize(),
            data("team", "take" if role in roles else "give", member_id, role.value),
        )
        for role in (Role.REVIEWER, Role.EDITOR, Role.ADMIN)
    )
    leave = (Button(_("Remove from the team…"), data("team", "leave", member_id)),)
    return (switches, leave, to_list)


def _back_to_card() -> tuple[Button, ...]:
    return (Button(_("‹ My card"), data("me", "card")),)
