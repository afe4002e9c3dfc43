"""The picture above the weekly digest: verdicts of the week, and how the days went."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # matplotlib takes half a second to import; only who draws pays for it
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INCHES, DOTS_PER_INCH = (12.0, 6.75), 100  # 1200 × 675 pixels: 16:9, shown uncut in a chat
BIG, NORMAL, SMALL = 30, 20, 17  # points; smaller cannot be read in a chat's preview on a phone
NAME_CHARS = 12  # of a verdict, that fit beside its bar in the normal size
INK, MUTED, PAPER, FAINT = "#1d2733", "#5b6875", "#ffffff", "#d9dfe5"
DECIDED_INK = "#0072b2"

# Okabe and Ito's colours, told apart with any colour vision; the bars are named as well.
RATING_INKS = {
    "true": "#0072b2",
    "mostly_true": "#56b4e9",
    "misleading": "#e69f00",
    "false": "#d55e00",
    "unverifiable": "#8a949e",
    "outdated": "#aab3bb",
    "opinion": "#c3cad0",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

LABELS: Mapping[str, str] = {
    "title": "Desk week {week}",
    "empty": "No claims decided this week",
    "verdicts": "Claims decided: {count}",
    "days": "Each day",
    "decided": "decided",
    "received": "received",
    "state": "{cleared} cleared · {blocking} blocking · {open} open",
    "hours": "{time} to verdict",
    "hours_before": "{time} to verdict (last week {before})",
    "h": "{n} h",
    "min": "{n} min",
    "true": "True",
    "mostly_true": "Mostly true",
    "misleading": "Misleading",
    "false": "False",
    "unverifiable": "Can't tell",
    "outdated": "Outdated",
    "opinion": "Opinion",
    **{name: name.capitalize() for name in (*WEEKDAYS, *MONTHS)},
}


def draw_week(figures: Mapping[str, Any], labels: Mapping[str, str] = LABELS) -> bytes:
    """A PNG, 1200 × 675, of the week's `figures`, as the digest froze them.

    `figures` holds week ("2026-W47"), from, to (ISO dates), ratings (verdict → count), per_day
    (day, decided, received), cleared, blocking, open, hours_to_verdict and
    hours_to_verdict_last_week; what is missing or None is left out of the picture or counts as
    zero. `labels` replaces single entries of `LABELS`. Costs about 0.1 s of CPU,
    the first picture of a process 0.5 s.
    """
    picture = io.BytesIO()
    # Without the program's name and version the same week always gives the same bytes.
    figure_of(figures, labels).savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def figure_of(figures: Mapping[str, Any], labels: Mapping[str, str] = LABELS) -> "Figure":
    """What `draw_week` makes a picture of."""
    from matplotlib.figure import Figure  # see above

    words = {**LABELS, **labels}
    figure = Figure(figsize=INCHES, dpi=DOTS_PER_INCH, facecolor=PAPER)
    _write_heading(figure, figures, words)
    counts = {name: int(count or 0) for name, count in (figures.get("ratings") or {}).items()}
    days = figures.get("per_day") or ()
    busy = any(day.get("decided") or day.get("received") for day in days)
    if any(counts.values()):
        _draw_ratings(figure.add_axes((0.195, 0.07, 0.33, 0.58)), counts, words)
    else:
        centre = 0.29 if busy else 0.5
        figure.text(centre, 0.36, words["empty"], size=NORMAL, color=MUTED, ha="center")
    if busy:
        _draw_days(figure.add_axes((0.61, 0.235, 0.36, 0.425)), days, words)
    return figure


def _write_heading(figure: "Figure", figures: Mapping[str, Any], words: Mapping[str, str]) -> None:
    week = str(figures.get("week") or "").rpartition("-W")[2].lstrip("0")
    title = words["title"].format(week=week)
    figure.text(0.03, 0.895, title, size=BIG, weight="bold", color=INK)
    figure.text(0.97, 0.895, _span_of_days(figures, words), size=NORMAL, color=MUTED, ha="right")
    state = words["state"].format(
        **{name: int(figures.get(name) or 0) for name in ("cleared", "blocking", "open")}
    )
    figure.text(0.03, 0.815, state, size=NORMAL, color=INK)
    figure.text(0.97, 0.815, _hours(figures, words), size=NORMAL, color=INK, ha="right")


def _span_of_days(figures: Mapping[str, Any], words: Mapping[str, str]) -> str:
    if not figures.get("from") or not figures.get("to"):
        return ""
    first, last = date.fromisoformat(figures["from"]), date.fromisoformat(figures["to"])
    month, end = words[MONTHS[first.month - 1]], f"{last.day} {words[MONTHS[last.month - 1]]}"
    if first.year != last.year:
        return f"{first.day} {month} {first.year} – {end} {last.year}"
    if first.month != last.month:
        return f"{first.day} {month} – {end} {last.year}"
    return f"{first.day}–{end} {last.year}"


def _hours(figures: Mapping[str, Any], words: Mapping[str, str]) -> str:
    hours, before = figures.get("hours_to_verdict"), figures.get("hours_to_verdict_last_week")
    if hours is None:
        return ""
    if before is None:
        return words["hours"].format(time=_time(hours, words))
    return words["hours_before"].format(time=_time(hours, words), before=_time(before, words))


def _time(hours: float, words: Mapping[str, str]) -> str:
    """Minutes under an hour, else hours, with tenths under ten: the half of 1.5 h matters."""
    if hours < 1:
        return words["min"].format(n=int(hours * 60))
    shown = f"{hours:.0f}" if hours >= 10 else f"{hours:.1f}".removesuffix(".0")
    return words["h"].format(n=shown)


def _draw_ratings(axes: "Axes", counts: Mapping[str, int], words: Mapping[str, str]) -> None:
    names = [*RATING_INKS, *(name for name in counts if name not in RATING_INKS)]
    values = [counts.get(name, 0) for name in names]
    title = words["verdicts"].format(count=sum(values))
    axes.figure.text(0.03, 0.695, title, size=NORMAL, weight="bold", color=INK)
    inks = [RATING_INKS.get(name, MUTED) for name in names]
    bars = axes.barh(range(len(names)), values, height=0.72, color=inks)
    axes.bar_label(bars, [f"{value}" for value in values], padding=6, size=NORMAL, color=INK)
    axes.set_xlim(0, max(values) * 1.15)  # room for the number behind the longest bar
    shown = [words.get(name, name) for name in names]
    # Longer words than the English ones grow smaller rather than run out of the picture.
    size = NORMAL * min(1, NAME_CHARS / max(map(len, shown)))
    axes.set_yticks(range(len(names)), shown, size=size)
    axes.invert_yaxis()
    axes.set_xticks([])
    _quieten(axes)


def _draw_days(axes: "Axes", days: Sequence[Mapping[str, Any]], words: Mapping[str, str]) -> None:
    decided = [int(day.get("decided") or 0) for day in days]
    received = [int(day.get("received") or 0) for day in days]
    places = range(len(days))
    axes.bar(
        [place + 0.21 for place in places], received, 0.36, color=FAINT, label=words["received"]
    )
    bars = axes.bar([place - 0.19 for place in places], decided, 0.4, color=DECIDED_INK)
    bars.set_label(words["decided"])
    axes.set_ylim(0, max(*decided, *received))
    dates = [date.fromisoformat(day["day"]) for day in days]
    names = [f"{words[WEEKDAYS[day.weekday()]]}\n{day.day}" for day in dates]
    axes.set_xticks(places, names, size=SMALL)
    axes.set_yticks([])
    # Under the days and not on the bars, where each would run into its neighbour.
    _write_row(axes, decided, y_points=-60, ink=DECIDED_INK)
    _write_row(axes, received, y_points=-84, ink=MUTED)
    _quieten(axes)
    axes.spines["bottom"].set(visible=True, color=FAINT)  # where a day's zero stands
    _write_key(axes, words)


def _write_row(axes: "Axes", counts: Sequence[int], *, y_points: float, ink: str) -> None:
    """A number below each day, `y_points` from where its bars stand."""
    digits = max(len(str(count)) for count in counts)
    size = SMALL if digits < 4 else SMALL * 3 / digits  # else they run into one another
    for place, count in enumerate(counts):
        axes.annotate(
            f"{count}",
            (place, 0),
            xytext=(0, y_points),
            textcoords="offset points",
            size=size,
            color=ink,
            ha="center",
            va="center",
        )


def _write_key(axes: "Axes", words: Mapping[str, str]) -> None:
    """The heading of the days, with the key to their two colours at its end."""
    axes.figure.text(0.61, 0.695, words["days"], size=NORMAL, weight="bold", color=INK)
    received, decided = axes.containers
    axes.figure.legend(
        handles=[decided, received],
        loc="lower right",
        bbox_to_anchor=(0.97, 0.688),
        ncols=2,
        frameon=False,
        fontsize=SMALL,
        labelcolor=MUTED,
        borderpad=0,
        borderaxespad=0,
        handlelength=0.8,
        handletextpad=0.4,
        columnspacing=1.0,
    )


def _quieten(axes: "Axes") -> None:
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, colors=INK)
