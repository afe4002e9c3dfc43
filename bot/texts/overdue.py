"""What editors read of claims that ran over their time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts.fitting import SCREEN_LINES, screen_lines
from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened, when

LISTED = 8
NAME_CHARS = 40


@dataclass(frozen=True)
class Overdue:
    """A claim that ran over its time: who has yet to answer, who lost it, who still has it."""

    line: str  # its claim_line()
    assignment_id: int
    awaited: tuple[str, ...] = ()
    hands_over_at: datetime | None = None  # when somebody else is asked instead of them
    moved_from: tuple[str, ...] = ()
    kept_by: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()


def overdue(claims: Sequence[Overdue], *, zone: ZoneInfo, now: datetime) -> str:
    """To the editor: claims that ran over their time, and where they are now; on one screen."""
    for listed in range(min(len(claims), LISTED), 0, -1):
        html = _overdue(claims, listed, zone, now)
        if screen_lines(html) <= SCREEN_LINES:
            break
    return html


def _overdue(claims: Sequence[Overdue], listed: int, zone: ZoneInfo, now: datetime) -> str:
    count = len(claims)
    lines = [
        ngettext("⏰ <b>Overdue</b>", "⏰ <b>{n} claims are overdue</b>", count).format(n=count)
    ]
    if count == 1:
        lines[0] += f" · #C{claims[0].assignment_id}"
    alike: dict[tuple[tuple[str, ...], ...], list[Overdue]] = {}
    for claim in claims[:listed]:
        fate = (claim.awaited, claim.moved_from, claim.kept_by, claim.answered_by)
        alike.setdefault(fate, []).append(claim)
    for group in alike.values():
        lines += [claim.line for claim in group]
        lines += _fate(group, zone, now)
    if count > listed:
        lines.append(_("… and {n} more").format(n=count - listed))
    if any(claim.kept_by for claim in claims):
        lines.append(_("/invite reviewer brings in somebody new."))
    return "\n".join(lines)


def _fate(group: Sequence[Overdue], zone: ZoneInfo, now: datetime) -> list[str]:
    """What became of claims that have the same people."""
    first, lines = group[0], []
    moments = [claim.hands_over_at for claim in group if claim.hands_over_at is not None]
    if first.awaited and moments:
        words = _("{names}: no answer yet. Somebody else is asked {when}.")
        names = _names(first.awaited)
        lines.append(words.format(names=names, when=when(min(moments), zone, now)))
    if first.moved_from:
        words = ngettext(
            "{names} did not get to it in time. Somebody else has it now.",
            "{names} did not get to them in time. Somebody else has them now.",
            len(group),
        )
        lines.append(words.format(names=_names(first.moved_from)))
    if first.kept_by:
        words = ngettext(
            "{names}: no answer yet, and nobody else is free, so it stays there.",
            "{names}: no answer yet, and nobody else is free, so they stay there.",
            len(group),
        )
        lines.append(words.format(names=_names(first.kept_by)))
    if first.answered_by:
        lines.append(_("{names} answered meanwhile.").format(names=_names(first.answered_by)))
    return lines


def _names(names: Sequence[str]) -> str:
    return ", ".join(safe(shortened(name, NAME_CHARS)) for name in names)
