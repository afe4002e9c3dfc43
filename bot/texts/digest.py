"""The week in words, to stand under its picture or in a terminal."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.texts.fitting import fitted
from bot.texts.language import calendar_day, day, hours, ngettext, safe, shortened
from bot.texts.language import gettext as _
from bot.texts.quoting import quoted
from bot.texts.ratings import rating_name
from storage.models.claims import ClaimStatus, Rating

CAPTION_UNITS = 1024  # Bot API limit for the text under a picture
QUOTE_CHARS = 30
NAME_CHARS = 20
CROWDED = 0.3  # so little room that each list names one only
ROUND_HOURS = 48  # from here on people count in days
_ALONE = (Rating.TRUE, Rating.MOSTLY_TRUE, Rating.MISLEADING, Rating.FALSE, Rating.UNVERIFIABLE)
_OTHER = (Rating.OUTDATED, Rating.OPINION)
_NOON, _UTC = time(12), ZoneInfo("UTC")


def digest(
    figures: Mapping[str, Any],
    names: Mapping[int, str],
    *,
    year: int,
    is_late: bool = False,
    limit: int = CAPTION_UNITS,
) -> str:
    """The week's figures as HTML that fits under a picture; `names` are people by id.

    `year` is the reader's: a week of another one says which.
    """

    def compose(scale: float) -> str:
        lines = [_title(figures, year=year, is_late=is_late), *_counts(figures), *_ratings(figures)]
        lines += [*_times(figures), *_needs_somebody(figures, names, scale)]
        lines += [*_corrected(figures, scale), *_unsourced(figures)]
        return "\n".join(lines)

    return fitted(compose, limit=limit)


def posted(week: str, title: str) -> str:
    """The answer to who had the digest posted."""
    place = safe(title) or _("the team's chat")
    return _("Posted in {place}: the digest of week {week}.").format(
        place=place, week=_number(week)
    )


def digest_people(figures: Mapping[str, Any]) -> set[int]:
    """The ids of the people whom the digest names."""
    return {member_id for stuck in figures.get("stuck", ()) for member_id in stuck["holder_ids"]}


def _title(figures: Mapping[str, Any], *, year: int, is_late: bool) -> str:
    first, last = _date(figures["from"]), _date(figures["to"])
    start = f"{first.day}" if first.month == last.month else _day(first)
    number = _number(str(figures["week"]))
    end = _day(last) if last.year == year else calendar_day(last)
    line = _("<b>Desk week {number}</b> · {start}–{end}").format(
        number=number, start=start, end=end
    )
    if figures.get("is_running"):
        line += " · " + _("so far")
    if is_late:
        line += "\n" + _("<i>Posted late: the bot was down when it was due.</i>")
    return line


def _counts(figures: Mapping[str, Any]) -> list[str]:
    articles, kept = figures["articles"], figures["kept"]
    first = ngettext("<b>{n}</b> article", "<b>{n}</b> articles", articles).format(n=articles)
    if not kept:
        return [first + " · " + _("no claims were in work")]
    decided = ngettext(
        "<b>{n}</b> claim decided of {kept} kept",
        "<b>{n}</b> claims decided of {kept} kept",
        figures["decided"],
    ).format(n=figures["decided"], kept=kept)
    state = _("✅ {cleared} cleared  ⛔ {blocking} blocking  ⏳ {open} open").format(
        cleared=figures["cleared"], blocking=figures["blocking"], open=figures["open"]
    )
    return [f"{first} · {decided}", state]


def _ratings(figures: Mapping[str, Any]) -> list[str]:
    counts = figures["ratings"]
    parts = [
        f"{rating_name(rating)} {counts[rating.value]}"
        for rating in _ALONE
        if counts.get(rating.value)
    ]
    others = sum(counts.get(rating.value, 0) for rating in _OTHER)
    if others:
        parts.append(_("Other {n}").format(n=others))
    return [" · ".join(parts)] if parts else []


def _times(figures: Mapping[str, Any]) -> list[str]:
    total = figures.get("hours_to_verdict")
    if total is None:
        return []
    line = _("<b>Time to verdict</b> {time}").format(time=_hours(total))
    before = figures.get("hours_to_verdict_last_week")
    if before is not None:
        line += " " + _("(last week {time})").format(time=_hours(before))
    waiting, working = figures["hours_waiting"], figures["hours_working"]
    if working >= 1 and total < ROUND_HOURS:
        waiting = round(total) - round(working)  # rounded parts must add up to the rounded whole
    parts = _("{waiting} waiting, {working} working").format(
        waiting=_hours(waiting), working=_hours(working)
    )
    return [f"{line}:\n   {parts}"]


def _needs_somebody(
    figures: Mapping[str, Any], names: Mapping[int, str], scale: float
) -> list[str]:
    stuck = [_stuck(stuck, names, scale) for stuck in figures["stuck"]]
    blocked = [
        _("• A-{article}/{claim} – blocks since {day}").format(
            article=found["article"], claim=found["claim"], day=_day(_date(found["since"]))
        )
        for found in figures.get("blocked", ())
    ]
    untriaged = [
        _("• A-{article} – untriaged since {day}").format(
            article=found["article"], day=_day(_date(found["since"]))
        )
        for found in figures["untriaged"]
    ]
    lists = (("stuck", stuck), ("blocked", blocked), ("untriaged", untriaged))
    lines = [line for what, named in lists for line in _listed(figures, what, named, scale)]
    return [_("<b>Needs somebody</b>"), *lines] if lines else []


def _listed(figures: Mapping[str, Any], what: str, lines: Sequence[str], scale: float) -> list[str]:
    """What is named of a list, one line where there is little room, and how many are not."""
    shown = list(lines if scale >= CROWDED else lines[:1])
    more = len(lines) - len(shown) + figures.get(f"{what}_more", 0)
    return [*shown, _("  … and {n} more").format(n=more)] if more else shown


def _stuck(stuck: Mapping[str, Any], names: Mapping[int, str], scale: float) -> str:
    days = ngettext("{n} day", "{n} days", stuck["days"]).format(n=stuck["days"])
    width = int(NAME_CHARS * scale) + 4
    holders = [safe(shortened(names.get(one, "?"), width)) for one in stuck["holder_ids"]]
    if stuck["status"] == ClaimStatus.DISPUTED:
        where = _("readers differ, an editor rules")
    elif holders:
        where = _("now with {names}").format(names=", ".join(holders))
    else:
        where = _("nobody has it")
    return f"• A-{stuck['article']}/{stuck['claim']} – {days}, {where}"


def _corrected(figures: Mapping[str, Any], scale: float) -> list[str]:
    lines = [
        _("<b>Corrected</b> A-{article}/{claim} {quote}: {before} → {after} ({day})").format(
            article=found["article"],
            claim=found["claim"],
            quote=quoted(found["quote"], int(QUOTE_CHARS * scale) + 8),
            before=rating_name(Rating(found["before"])),
            after=rating_name(Rating(found["after"])),
            day=_day(_date(found["on"])),
        )
        for found in figures["corrected"]
    ]
    return _listed(figures, "corrected", lines, scale)


def _unsourced(figures: Mapping[str, Any]) -> list[str]:
    count = figures.get("unsourced", 0)
    if not count:
        return []
    words = ngettext("{n} claim had no source given.", "{n} claims had no source given.", count)
    return [words.format(n=count)]


def _hours(amount: float) -> str:
    return hours(timedelta(hours=amount))


def _number(week: str) -> str:
    return week.rpartition("-W")[2].lstrip("0")


def _date(written: str) -> date:
    return date.fromisoformat(written)


def _day(on: date) -> str:
    return day(datetime.combine(on, _NOON, tzinfo=UTC), _UTC)


def _already_posted(details: Mapping[str, Any]) -> str:
    on = details.get("on")
    if not on:
        return _("That week's digest is posted already.")
    return _("The digest of week {week} was already posted on {day}.").format(
        week=_number(str(details.get("week", ""))), day=calendar_day(_date(str(on)))
    )


REFUSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "no_team_chat": lambda _d: _(
        "I do not know the team's chat yet. Add me to the group or channel and let an admin "
        "say /here there."
    ),
    "digest_posted": _already_posted,
    "week_not_over": lambda details: _(
        "Week {week} is not over yet. /digest shows how far it is."
    ).format(week=_number(str(details.get("week", "")))),
    "digest_words": lambda _d: _(
        "/digest shows you the running week. /digest post posts the last complete one."
    ),
}
