"""What waits for a person, in words: list and reminder, hand-over, claims that nobody can take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.texts.cards import LABEL_QUOTE_CHARS, label
from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened, when
from bot.texts.quoting import quoted

LISTED = 8  # claims of two lines each fill a phone's screen
NAMES_SHOWN = 4
TITLE_CHARS = 70
DUE_NOW = timedelta(hours=1)  # later it is called overdue


@dataclass(frozen=True)
class Waiting:
    """One claim in somebody's list."""

    assignment_id: int
    article_id: int
    number: int
    quote: str
    due_at: datetime
    expires_at: datetime
    half_answer: str | None = None  # what was tapped or sent so far, in words
    is_rated: bool = False  # the half answer has a verdict
    is_due: bool = False  # due by now, or reminded of because half of its time is over


@dataclass(frozen=True)
class Asked:
    """Something that this person said and that counts only when they say what it is for."""

    input_id: int
    words: str = ""
    is_use: bool = False  # a new article, or evidence?
    is_reading: bool = False  # the text itself, or the link in it?
    late_for: str = ""  # half an answer to a claim that they hold no longer: its label


def queue(
    shown: Sequence[Waiting],
    *,
    total: int,
    page: int,
    pages: int,
    zone: ZoneInfo,
    now: datetime,
    asked: Sequence[Asked] = (),
) -> str:
    """One page of a person's list; what was said and does not count yet comes first."""
    if not total:
        return "\n".join(_asked(asked)) or _("Nothing waits for you.")
    head = ngettext("{n} claim waits for you", "{n} claims wait for you", total).format(n=total)
    lines = [f"<b>{head}</b>"]
    if pages > 1:
        lines[0] += " · " + _("page {n} of {all}").format(n=page + 1, all=pages)
    lines += [_line(one, zone, now, has_code=True) for one in shown]
    lines.append(_("Tap one to see it, or reply to its card."))
    return "\n".join([*_asked(asked), *lines])


def _asked(asked: Sequence[Asked]) -> list[str]:
    """The numbers match the buttons."""
    if not asked:
        return []
    lines = [_("<b>Does not count yet</b>")]
    for number, one in enumerate(asked, 1):
        said = quoted(one.words, LABEL_QUOTE_CHARS) if one.words else _("what you sent")
        if one.late_for:
            ask = _("{said} – {claim}, something is missing")
        elif one.is_reading:
            ask = _("{said} – read this text, or the link in it?")
        elif one.is_use:
            ask = _("{said} – a new article, or evidence?")
        else:
            ask = _("{said} – for which claim?")
        lines.append(f"❔ <b>{number}</b> " + ask.format(said=said, claim=one.late_for))
    return lines


def reminder(
    waiting: Sequence[Waiting], *, zone: ZoneInfo, now: datetime, is_passing: bool = False
) -> str:
    """Everything that waits, the pressing ones marked, and what happens otherwise."""
    if not waiting:
        return _("Nothing waits for you any more. Thank you.")
    count = len(waiting)
    head = ngettext("{n} claim waits for you", "{n} claims wait for you", count).format(n=count)
    lines = [f"<b>{head}</b>"]
    lines += [_line(one, zone, now) for one in waiting[:LISTED]]
    if count > LISTED:
        lines.append(_("… and {n} more: /queue").format(n=count - LISTED))
    if is_passing:
        lines.append(_("<b>Which one shall go to somebody else?</b>"))
    else:
        lines.append(_otherwise(waiting, zone, now))
    return "\n".join(line for line in lines if line)


def _line(one: Waiting, zone: ZoneInfo, now: datetime, *, has_code: bool = False) -> str:
    name = label(one.article_id, one.number)
    code = f" · #C{one.assignment_id}" if has_code else ""
    due = f"<b>{_due(one.due_at, zone, now)}</b>"
    if one.half_answer:
        what = f"<b>{safe(one.half_answer)}</b>"
        if one.is_rated:
            said = _("you said {answer}, evidence is missing").format(answer=what)
        else:
            said = _("you sent {answer}, the verdict is missing").format(answer=what)
        return f"⏳ {due} · {name}{code}: {said}"
    mark = "⏰" if one.is_due or one.due_at <= now else "○"
    return f"{mark} {due} · {name}{code} {quoted(one.quote, LABEL_QUOTE_CHARS)}"


def _due(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    if at > now:
        return when(at, zone, now)
    if now - at < DUE_NOW:
        return _("due now")
    return _("overdue since {when}").format(when=when(at, zone, now))


def _otherwise(waiting: Sequence[Waiting], zone: ZoneInfo, now: datetime) -> str:
    """From when somebody else may have the pressing ones."""
    pressing = [one for one in waiting if one.is_due or one.due_at <= now]
    if not pressing:
        return ""
    at = min(one.expires_at for one in pressing)
    if at <= now:
        words = _("What is overdue goes to somebody else as soon as a colleague is free.")
    elif len(pressing) == 1:
        words = _("Not done by {when}, it goes to somebody else.").format(when=when(at, zone, now))
    else:
        words = _("From {when} on, what is not done goes to somebody else.").format(
            when=when(at, zone, now)
        )
    return words + " " + _("Tap Pass and it happens now.")


def extended(count: int) -> str:
    """What the button answers after two more hours."""
    words = ngettext(
        "Two working hours more for {n} claim.", "Two working hours more for {n} claims.", count
    )
    return words.format(n=count)


def away_today() -> str:
    """What the button answers to "away today"."""
    return _(
        "Noted. What cannot wait goes to somebody else; the rest waits for you. /me undoes it."
    )


def handed_over(lines: Sequence[str], *, how: str) -> str:
    """To the one who had the claims; `lines` are their claim_line()s."""
    count = len(lines)
    if how == "away":
        head = ngettext(
            "You are away, so this claim is with somebody else now:",
            "You are away, so these claims are with somebody else now:",
            count,
        )
    else:
        head = ngettext(
            "This claim has waited long, so somebody else has it now:",
            "These claims have waited long, so somebody else has them now:",
            count,
        )
    shown = list(lines[:LISTED])
    if count > LISTED:
        shown.append(_("… and {n} more").format(n=count - LISTED))
    if count == 1:
        end = _("No harm done. If you know the answer after all, reply here: it still counts.")
    else:
        end = _(
            "No harm done. If you know an answer after all, reply here and I ask for which claim, "
            "or open it and reply there: it still counts."
        )
    return "\n".join((f"🤝 {head}", *shown, end))


def nobody(
    title: str,
    *,
    article_id: int,
    numbers: Sequence[int],
    away: Sequence[tuple[str, datetime | None]],
    full: Sequence[str],
    had: Sequence[str],
    reviewers: int,
    others_free: bool = False,
    zone: ZoneInfo,
    now: datetime,
) -> str:
    """To the editor whose claims nobody can take: why, and what would help."""
    head = ngettext(
        "Nobody can take claim {numbers}", "Nobody can take claims {numbers}", len(numbers)
    )
    shown = ", ".join(str(number) for number in numbers[:LISTED])
    if len(numbers) > LISTED:
        shown += " …"
    lines = [
        f"<b>{head.format(numbers=shown)}</b> · A-{article_id}",
        safe(shortened(title, TITLE_CHARS)),
    ]
    lines += [_away(name, until, zone, now) for name, until in away[:NAMES_SHOWN]]
    lines += [_("• {name} has full hands").format(name=safe(name)) for name in full[:NAMES_SHOWN]]
    lines += [_("• {name} had it already").format(name=safe(name)) for name in had[:NAMES_SHOWN]]
    if not reviewers:
        lines.append(_("There is no reviewer yet."))
    elif not (away or full or had):
        lines.append(_("Nobody checks an article of their own, and there is nobody else."))
    waits = ngettext("It waits for the next slot.", "They wait for the next slot.", len(numbers))
    if others_free:
        lines.append(_("Others are free, but an article stays with one or two people."))
        lines.append(waits)
    else:
        lines.append(waits + " " + _("What helps now: /invite reviewer"))
    return "\n".join(lines)


def _away(name: str, until: datetime | None, zone: ZoneInfo, now: datetime) -> str:
    if until is None:
        return _("• {name} is away until further notice").format(name=safe(name))
    return _("• {name} is away until {when}").format(name=safe(name), when=when(until, zone, now))
