"""Coming to the desk in words: invitations, the welcome, what each role may do, the team's chat."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.texts.language import gettext as _
from bot.texts.language import safe, shortened, when
from storage.models.people import Role

TITLE_CHARS = 60
NAME_CHARS = 40


def role_name(role: Role) -> str:
    """The role as people say it: "reviewer"."""
    return {
        Role.ADMIN: _("admin"),
        Role.EDITOR: _("editor"),
        Role.REVIEWER: _("reviewer"),
    }[role]


def role_names(roles: Collection[Role]) -> str:
    """All of somebody's roles, the strongest first: "admin, reviewer"."""
    return ", ".join(role_name(role) for role in Role if role in roles) or _("no role")


def menu(roles: Collection[Role]) -> list[tuple[str, str]]:
    """The commands that are offered to somebody with these roles: at most five are read."""
    if not roles:
        return []
    shared = [("me", _("away, hours, time zone")), ("help", _("what you can do"))]
    queue = ("queue", _("claims that wait for you"))
    digest = ("digest", _("how the week goes"))
    articles = ("articles", _("articles and their claims"))
    if Role.ADMIN in roles:
        return [articles, queue, ("members", _("the team: invite, roles")), *shared]
    if Role.EDITOR in roles:
        return [articles, queue, digest, *shared]
    return [queue, digest, *shared]


def menu_of_strangers() -> list[tuple[str, str]]:
    """What everybody else is offered, also in groups: nothing that tells of the desk."""
    return [("help", _("what you can do"))]


def stranger() -> str:
    """What somebody unknown is told: no name, no newsroom, no purpose."""
    return _(
        "Hello. I only talk to members of a team. "
        "If you belong to it, ask for an invitation link and open it."
    )


def invite_choice() -> str:
    """The question before an invitation."""
    return _("<b>Invite somebody</b>\nWhat shall they be? The link works once, for 7 days.")


def invitation(link: str, role: Role, expires_at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """An invitation to pass on."""
    return _(
        "<b>Invitation</b> · {role}\n"
        "Send this link to one person. Whoever opens it first joins; it ends {when}.\n\n{link}"
    ).format(role=role_name(role), when=when(expires_at, zone, now), link=safe(link))


def welcome_ask(name: str, roles: Collection[Role], zone_name: str) -> str:
    """The welcome, with the question for the time zone."""
    return _(
        "<b>Welcome, {name}</b>\nYou are: {roles}\n\n"
        "Where do you work? I show times in your time zone and stay silent outside your hours. "
        "Until you choose, it is {zone}."
    ).format(name=_name(name), roles=role_names(roles), zone=safe(zone_name))


def welcome_done(name: str, roles: Collection[Role], local_time: str) -> str:
    """The welcome after that: what happens next."""
    head = _("<b>Welcome, {name}</b>\nYou are: {roles}. Your time: {time}").format(
        name=_name(name), roles=role_names(roles), time=local_time
    )
    return "\n\n".join([head, _("<b>What happens next</b>"), *_next_steps(roles)])


def _next_steps(roles: Collection[Role]) -> list[str]:
    steps = []
    if _edits(roles):
        steps.append(
            _("Send me a link to an article. I answer with the claims in it, and you choose.")
        )
    if Role.REVIEWER in roles:
        steps.append(
            _(
                "When there is a claim for you I send it here. "
                "Reply with your verdict and what shows it. You need not do anything until then."
            )
        )
    if Role.ADMIN in roles:
        steps.append(
            _("/invite brings the others. Say /here in the team's group to get the digest there.")
        )
    steps.append(_("Away or other hours? /me"))
    return steps


def help_page(name: str, roles: Collection[Role], *, missed: str | None = None) -> str:
    """What this person may do now, on one screen.

    `missed` says what was not understood before: a "verdict" or "link" of somebody for whom no
    claim is open, or "words".
    """
    parts = []
    if missed == "verdict":
        parts.append(_("No claim waits for you, so I cannot tell which one you mean."))
    elif missed == "link":
        parts.append(_("Only editors send in articles, and no claim of yours waits for evidence."))
    elif missed is not None:
        parts.append(_("I did not understand that."))
    if missed is None:
        who = _("<b>{name}</b>, you are: {roles}")
    else:
        who = _("What you can do as {roles}:")
    parts.append(who.format(name=_name(name), roles=role_names(roles)))
    if Role.REVIEWER in roles:
        parts.append(
            _(
                "<b>Check</b>\nReply to a claim: <i>False. Report says 68, https://…</i>\n"
                "A photo, file or forward counts too.\n/queue – what waits for you"
            )
        )
    if _edits(roles):
        parts.append(
            _(
                "<b>Edit</b>\nSend a link, a text or a file.\n"
                "Reply to a sheet: <i>drop 2 · add “words”</i>\n"
                "/articles – all of them · /article 41\n/check https://… – in a group\n"
                "/digest – the week so far · /digest post"
            )
        )
    if Role.ADMIN in roles:
        parts.append(
            _(
                "<b>Run the desk</b>\n/invite · /members – team and roles\n"
                "/here – in the chat of the digest"
            )
        )
    elif not _edits(roles):
        parts.append(_("/digest – how the week goes"))
    parts.append(_("/me – away, hours, time zone"))
    return "\n\n".join(parts)


def here_set(title: str) -> str:
    """The team's chat is set."""
    return _("The weekly digest will come to <b>{title}</b>.").format(title=_title(title))


def here_set_here() -> str:
    """The same, said in that chat."""
    return _("The weekly digest will come here.")


def here_ask(title: str) -> str:
    """Somebody unnamed asked for the digest; an admin decides."""
    return _(
        "Somebody said /here in <b>{title}</b>. Telegram does not say who.\n"
        "Shall the weekly digest go there?"
    ).format(title=_title(title))


def here_declined(title: str) -> str:
    """An admin said no."""
    return _("The digest does not go to <b>{title}</b>.").format(title=_title(title))


def here_public(title: str) -> str:
    """A public chat cannot be used."""
    return _(
        "Somebody said /here in <b>{title}</b>, but everybody can read that chat. "
        "The digest names open work and people, so it goes to closed chats only. "
        "If you do want it there, whoever runs the bot sets PUBLIC_CHANNEL_OK=yes."
    ).format(title=_title(title))


def here_over() -> str:
    """The question has been answered already."""
    return _("This was decided already. /here in a chat asks again.")


def _edits(roles: Collection[Role]) -> bool:
    return Role.EDITOR in roles or Role.ADMIN in roles


def _name(name: str) -> str:
    return safe(shortened(name, NAME_CHARS))


def _title(title: str) -> str:
    return safe(shortened(title, TITLE_CHARS)) or _("a chat without a title")


def _role_held(details: Mapping[str, Any]) -> str:
    held = str(details.get("role", ""))
    name = role_name(Role(held)) if held in set(Role) else held
    said = _("Already {role}: nothing has changed.").format(role=name)
    if details.get("invited"):
        said += " " + _("The invitation is still good for somebody else.")
    return said


REFUSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "invitation_over": lambda _details: _(
        "This invitation does not work: it was used, is too old, or is not complete. "
        "Ask whoever sent it for a new one."
    ),
    "role_held": _role_held,
    "unknown_role": lambda _details: _(
        "Say what they shall be: /invite reviewer, /invite editor or /invite admin."
    ),
    "last_admin": lambda _details: _(
        "This is the last admin. Make somebody else admin first: /members"
    ),
    "not_on_team": lambda _details: _("This person is not on the team any more. /members"),
    "here_in_private": lambda _details: _(
        "Say /here in the group or channel that shall get the weekly digest. "
        "I must be a member there; in a channel, an admin."
    ),
    "public_chat": lambda _details: _(
        "Everybody can read this chat, and the digest names open work and people. "
        "Use a closed group or channel. If you do want it here, whoever runs the bot "
        "sets PUBLIC_CHANNEL_OK=yes."
    ),
    "unknown_zone": lambda details: _(
        "I know no time zone “{written}”. Write it like Europe/Kyiv, or name a large city."
    ).format(written=safe(shortened(str(details.get("written", "")), NAME_CHARS))),
    "unclear_card": lambda details: _(
        "I did not understand “{written}”. Write for example\n"
        "<code>/me away until 27 Nov</code>\n<code>/me on for 6 h</code>\n"
        "<code>/me mon-fri 10:00-16:00</code>\n<code>/me Europe/Kyiv</code>\n<code>/me back</code>"
    ).format(written=safe(shortened(str(details.get("written", "")), NAME_CHARS))),
    "token_unknown": lambda _details: _(
        "Telegram does not know this BOT_TOKEN. @BotFather shows the right one."
    ),
    "telegram_silent": lambda details: _(
        "Telegram did not answer ({why}). Is the network there, and TELEGRAM_API_URL right?"
    ).format(why=safe(str(details.get("why", "")))),
    "date_is_past": lambda _details: _(
        "That day is over. Write a day to come: <code>/me away until 27 Nov</code>"
    ),
}
