"""The team in words, for its admins."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened
from bot.texts.own_card import back
from bot.texts.people import NAME_CHARS, role_names
from storage.models.people import Role


@dataclass(frozen=True)
class Colleague:
    """What an admin sees of somebody on the team."""

    name: str
    roles: Collection[Role]
    open_claims: int = 0
    away: tuple[datetime | None] | None = None  # when an absence ends; (None,): until told
    is_reachable: bool = True
    has_account: bool = True


def team(  # one page, whose numbers go on from the page before
    people: Sequence[Colleague],
    *,
    first_number: int,
    count: int,
    zone: ZoneInfo,
    now: datetime,
) -> str:
    """A page of the team's list; numbers match the buttons."""
    head = ngettext("{n} person", "{n} people", count).format(n=count)
    lines = [_("<b>Team</b> · {count}").format(count=head)]
    for number, colleague in enumerate(people, first_number):
        lines.append(
            f"\n<b>{number}</b> {_name(colleague)} · {role_names(colleague.roles)}"
            f"\n   {_state(colleague, zone, now)}"
        )
    return "\n".join(lines)


def findings(found: int, no_claims: int, speakers_corrected: int) -> str:
    """How good the claims were that the desk found, by what editors said; "" before any."""
    if not found:
        return ""
    counted = ngettext("{n} claim found so far", "{n} claims found so far", found).format(n=found)
    right = _("{share} % were claims").format(share=100 * (found - no_claims) // found)
    wrong = ngettext("{n} speaker corrected", "{n} speakers corrected", speakers_corrected).format(
        n=speakers_corrected
    )
    return "\n\n" + _("<i>{found}: {right}, {wrong}.</i>").format(
        found=counted, right=right, wrong=wrong
    )


def person(colleague: Colleague, *, zone: ZoneInfo, now: datetime) -> str:
    """One of the team, to be given or taken roles."""
    return "\n".join(
        [
            f"<b>{_name(colleague)}</b>",
            role_names(colleague.roles),
            _state(colleague, zone, now),
            "",
            _("Tap a role to give or take it."),
        ]
    )


def leaving(colleague: Colleague) -> str:
    """The question before somebody is removed."""
    text = _("<b>Remove {name} from the team?</b>\nTheir verdicts stay on record.").format(
        name=_name(colleague)
    )
    if colleague.open_claims:
        moved = ngettext(
            "Their {n} open claim goes to somebody else.",
            "Their {n} open claims go to others.",
            colleague.open_claims,
        )
        text += " " + moved.format(n=colleague.open_claims)
    return text


def gone() -> str:
    """Somebody who is not on the team any more."""
    return _("This person is not on the team any more.")


def _state(colleague: Colleague, zone: ZoneInfo, now: datetime) -> str:
    parts = [_("{n} open").format(n=colleague.open_claims)]
    if colleague.away is not None:
        parts.append(_("away, {back}").format(back=back(colleague.away[0], zone, now)))
    if not colleague.is_reachable:
        parts.append(_("⚠ cannot be reached"))
    if not colleague.has_account:
        parts.append(_("not in the chat yet"))
    return " · ".join(parts)


def _name(colleague: Colleague) -> str:
    return safe(shortened(colleague.name, NAME_CHARS))
