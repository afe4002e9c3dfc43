"""Renders what people are told on joining, about what they may do, and why something is refused."""

from collections.abc import Collection, Sequence
from datetime import datetime
from urllib.parse import quote

from bot.texts import own_card as card_texts
from bot.texts import people as texts
from bot.texts.language import clock_time
from bot.texts.language import gettext as _
from bot.texts.refusals import refusal_in_words
from bot.workflow.may import Deed, may
from bot.workflow.notices import NoticeKind
from bot.workflow.zones import USUAL, city_of, zones_in
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import members
from storage.models.people import Role

Rows = tuple[tuple[Button, ...], ...]
CITIES_PER_PAGE = 12
SHARE = "https://t.me/share/url?url="


@renders(NoticeKind.STRANGER)
async def stranger(_scene: Scene) -> Outgoing | None:
    """A polite refusal."""
    return Outgoing(texts.stranger())


@renders(NoticeKind.REFUSAL)
async def refusal(scene: Scene) -> Outgoing | None:
    """Why what they asked for is not possible."""
    return Outgoing(refusal_in_words(scene.facts.get("problem", {})))


@renders(NoticeKind.WELCOME)
async def welcome(scene: Scene) -> Outgoing | None:
    """The question for the time zone; once that is known, what happens next."""
    member = scene.reader
    if member is None:
        return None
    roles = await members.roles_of(scene.session, member.id)
    if member.timezone is not None:
        time = clock_time(scene.now, scene.zone)
        return Outgoing(texts.welcome_done(member.name, roles, time), buttons=(_card_button(),))
    region = str(scene.facts.get("region", ""))
    if region:
        return Outgoing(card_texts.zone_menu(region), buttons=zone_buttons(scene))
    html = texts.welcome_ask(member.name, roles, scene.zone.key)
    return Outgoing(html, buttons=zone_buttons(scene))


@renders(NoticeKind.HELP)
async def help_page(scene: Scene) -> Outgoing | None:
    """What this person may do now."""
    if scene.reader is None:
        return None
    roles = await members.roles_of(scene.session, scene.reader.id)
    html = texts.help_page(scene.reader.name, roles, missed=scene.facts.get("missed"))
    as_draft = Button(_("Read it as a draft"), data("draft", "read"))
    above = ((as_draft,),) if "message" in scene.facts else ()
    return Outgoing(html, buttons=(*above, *_doors(roles)))


@renders(NoticeKind.INVITE)
async def invite(scene: Scene) -> Outgoing | None:
    """The choice of a role, or the link."""
    link = scene.facts.get("link")
    if not link:
        choice = tuple(
            Button(texts.role_name(role).capitalize(), data("invite", role.value))
            for role in (Role.REVIEWER, Role.EDITOR, Role.ADMIN)
        )
        return Outgoing(texts.invite_choice(), buttons=(choice,))
    role = Role(scene.facts["role"])
    ends_at = datetime.fromisoformat(scene.facts["expires_at"])
    return Outgoing(
        texts.invitation(str(link), role, ends_at, scene.zone, scene.now),
        buttons=(
            (Button(_("Send it to somebody"), url=SHARE + quote(str(link), safe="")),),
            (
                Button(
                    _("One more for: {role}").format(role=texts.role_name(role)),
                    data("invite", "more", role.value),
                ),
            ),
        ),
    )


@renders(NoticeKind.HERE)
async def here(scene: Scene) -> Outgoing | None:
    """The team's chat was set, or an admin must say whether it is to be."""
    facts = scene.facts
    title, what = str(facts.get("title", "")), facts.get("what")
    if what == "candidate":
        place = (int(facts["chat_id"]), int(facts.get("thread_id", 0)))
        yes = Button(_("Post the digest there"), data("here", "yes", *place), style="primary")
        return Outgoing(
            texts.here_ask(title), buttons=((yes, Button(_("No"), data("here", "no", *place))),)
        )
    words = {
        "set_here": texts.here_set_here(),
        "set": texts.here_set(title),
        "declined": texts.here_declined(title),
        "public": texts.here_public(title),
    }
    return Outgoing(words.get(str(what), texts.here_over()))


def zone_buttons(scene: Scene) -> Rows:
    """Regions, or one region's cities in pages; the desk's zone is one tap away."""
    region = str(scene.facts.get("region", ""))
    if not region:
        desk_zone = scene.services.policy.zone.key
        known = (Button(city_of(desk_zone), data("zone", desk_zone), style="primary"),)
        regions = [Button(_(name), data("me", "zone", name, 0)) for name in USUAL]
        return (known, *in_rows(regions, 2))
    zones = zones_in(region)
    pages = max(1, -(-len(zones) // CITIES_PER_PAGE))
    page = min(max(int(scene.facts.get("page", 0)), 0), pages - 1)
    shown = zones[page * CITIES_PER_PAGE : (page + 1) * CITIES_PER_PAGE]
    cities = [Button(city_of(zone), data("zone", zone)) for zone in shown]
    turning = [Button(_("‹ Regions"), data("me", "zone"))]
    if page > 0:
        turning.append(Button(_("‹ Before"), data("me", "zone", region, page - 1)))
    if page + 1 < pages:
        turning.append(Button(_("More ›"), data("me", "zone", region, page + 1)))
    return (*in_rows(cities, 2), tuple(turning))


def in_rows(buttons: Sequence[Button], width: int) -> Rows:
    """The buttons in rows of `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def _doors(roles: Collection[Role]) -> Rows:
    """What the menu's commands open, by button."""
    work, people = [], []
    if Role.REVIEWER in roles:
        work.append(Button(_("My claims"), data("queue", 0)))
    if may(roles, Deed.READ_ARTICLES):
        work.append(Button(_("Articles"), data("articles", 0)))
    work.append(Button(_("This week"), data("digest", "show")))
    if may(roles, Deed.MANAGE_PEOPLE):
        people.append(Button(_("Team"), data("team", "list", 0)))
        people.append(Button(_("Invite…"), data("invite", "ask")))
    people.append(Button(_("My card"), data("me", "card")))
    return tuple(work), tuple(people)


def _card_button() -> tuple[Button, ...]:
    return (Button(_("My card: away, hours"), data("me", "card")),)
