"""Short answers about claim sheets: what an edit did, and why one was not possible."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened
from bot.texts.quoting import quoted

QUOTE_CHARS = 160
NAME_CHARS = 80
SEPARATOR = ", "

HELP_LINES = (
    ("drop 2, 4-6", "not to be checked"),
    ("drop 3 not a claim", "I should not have found it"),
    ("keep 2", "tick it, or bring it back"),
    ('add "exact words"', "a claim I missed"),
    ('trim 2 "exact words"', "less, or a little more"),
    ('says 3 "Name"', "who says it"),
    ("send", "what is ticked; or: send 1, 3"),
    ("send now", "without waiting for the clock"),
    ("undo", "the last change"),
)


def help_text() -> str:
    """The commands that a reply to a sheet may hold."""
    lines = [f"<code>{safe(command)}</code> – {_(meaning)}" for command, meaning in HELP_LINES]
    return "\n".join([_("<b>Reply to a sheet with</b>"), *lines])


def edited(what: str, numbers: Sequence[int], *, quote: str = "", name: str = "") -> str:
    """What one command did."""
    shown = {"numbers": _join(numbers)}
    quote = quoted(quote, QUOTE_CHARS) if quote else ""
    if what == "dropped":
        words = ngettext("Dropped claim {numbers}.", "Dropped claims {numbers}.", len(numbers))
        return words.format(**shown)
    if what == "no_claims":
        words = ngettext(
            "Dropped {numbers}: not a claim. Noted, so that the desk knows how often it is wrong.",
            "Dropped {numbers}: not claims. Noted, so that the desk knows how often it is wrong.",
            len(numbers),
        )
        return words.format(**shown)
    if what == "kept":
        words = ngettext("Ticked claim {numbers}.", "Ticked claims {numbers}.", len(numbers))
        return words.format(**shown)
    if what in ("sent", "sent_now"):
        words = ngettext("Sent claim {numbers}.", "Sent claims {numbers}.", len(numbers))
        return words.format(**shown)
    if what == "handed_out":
        words = ngettext(
            "Handing out claim {numbers}.", "Handing out claims {numbers}.", len(numbers)
        )
        return words.format(**shown)
    if what == "added":
        return _("Added as claim {numbers}: {quote}").format(**shown, quote=quote)
    if what == "says":
        who = safe(shortened(name, NAME_CHARS))
        words = ngettext(
            "Claim {numbers} is now said by {name}.",
            "Claims {numbers} are now said by {name}.",
            len(numbers),
        )
        return words.format(**shown, name=who)
    trimmed = _("Claim {numbers} now reads: {quote}").format(**shown, quote=quote)
    if what == "reopened":
        return trimmed + "\n" + _("Its verdict was on other words: it will be checked again.")
    return trimmed


def going_out(at: str) -> str:
    """When the clock hands out what was sent; `at` as people say it."""
    return _("Handed out {when}. Sooner: <code>send now</code>").format(when=at)


def undone(numbers: Sequence[int], kept: Sequence[int]) -> str:
    """An edit of the claims `numbers` was taken back; newer ones of the claims `kept` stay."""
    words = ngettext(
        "↩ Taken back: the last change of claim {numbers}.",
        "↩ Taken back: the last change of claims {numbers}.",
        len(numbers),
    )
    lines = [words.format(numbers=_join(numbers))]
    if kept:
        words = ngettext(
            "A newer one of claim {numbers} stays: it went on since.",
            "Newer ones of claims {numbers} stay: they went on since.",
            len(kept),
        )
        lines.append(words.format(numbers=_join(kept)))
    return "\n".join(lines)


def sent(count: int) -> str:
    """What the send button answers."""
    return ngettext("Sent {n} claim", "Sent {n} claims", count).format(n=count)


def handed_out(count: int) -> str:
    """What "send now" answers."""
    if not count:
        return _("Nobody can take them now; they wait.")
    return ngettext("{n} reading handed out", "{n} readings handed out", count).format(n=count)


def sheet_changed() -> str:
    """The button promised something that is not so any more."""
    return _("The sheet has changed meanwhile. Nothing was sent: please look again.")


def not_on_offer() -> str:
    """The claim of this button was sent or dropped."""
    return _("This claim was sent or dropped meanwhile.")


def _join(numbers: Sequence[int]) -> str:
    return SEPARATOR.join(str(number) for number in numbers)


def _incomplete(details: Mapping[str, Any]) -> str:
    examples = {line[0].split(" ")[0]: line[0] for line in HELP_LINES}
    example = examples.get(str(details.get("verb")), HELP_LINES[0][0])
    return _("I did not get all of that. Like this: {example}").format(
        example=f"<code>{safe(example)}</code>"
    )


def _no_such_claim(details: Mapping[str, Any]) -> str:
    words = _("There is no claim {number} on this sheet; the numbers go up to {highest}.")
    return words.format(number=details["number"], highest=details["highest"])


def _not_found(details: Mapping[str, Any]) -> str:
    head = _("These words are not in the text, so nothing was changed.")
    if not details.get("nearest"):
        return head + " " + _("Please copy them from the article.")
    passage = safe(shortened(str(details["nearest"]), 2 * QUOTE_CHARS))
    return f"{head} " + _("The nearest passage:") + f"\n<code>{passage}</code>"


def _exists(details: Mapping[str, Any]) -> str:
    number = details["number"]
    if details.get("dropped"):
        return _("Claim {n} has these words; it was dropped. Reply: <code>keep {n}</code>").format(
            n=number
        )
    return _("These words are claim {n} already.").format(n=number)


def _too_late(details: Mapping[str, Any]) -> str:
    if not details.get("number"):
        return _("There is nothing to take back here any more.")
    words = _("Claim {n} was changed since, so this cannot be taken back. Reply with a new edit.")
    return words.format(n=details["number"])


def _drop_judged(details: Mapping[str, Any]) -> str:
    return _(
        "Claim {n} has a verdict, and verdicts are kept. If the passage goes, mark it as cut."
    ).format(n=_join(details["numbers"]))


def _message_unknown(details: Mapping[str, Any]) -> str:
    why = _(
        "I do not know this message any more: when a group grows, Telegram numbers its messages "
        "anew."
    )
    if details.get("article"):
        how = _("Say /article {n}: it comes in our own chat, reply to it there.").format(
            n=details["article"]
        )
    else:
        how = _("Say /articles: they come in our own chat, open one and reply to it there.")
    return f"{why} {how}"


REFUSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "sheet_command_unknown": lambda _details: _("I know these commands.") + "\n" + help_text(),
    "sheet_command_incomplete": _incomplete,
    "sheet_one_number": lambda _details: _("One claim at a time, please."),
    "no_such_claim": _no_such_claim,
    "words_not_found": _not_found,
    "words_too_long": lambda details: _(
        "A claim has at most {n} characters. Please take the sentence that matters."
    ).format(n=details["longest"]),
    "name_too_long": lambda details: _(
        "A name has at most {n} characters here. Please take a shorter one."
    ).format(n=details["longest"]),
    "sheet_command_done": lambda _details: _(
        "This was done as it stood before. Reply to the sheet with a new edit, or with undo."
    ),
    "claim_exists": _exists,
    "trim_elsewhere": lambda details: _(
        "These words stand elsewhere in the text. For a claim of their own reply: "
        '<code>add "…"</code>'
    ).format(n=details["number"]),
    "trim_same": lambda details: _("Claim {n} reads like that already.").format(
        n=details["number"]
    ),
    "claim_dropped": lambda details: _(
        "Claim {n} was dropped. First reply: <code>keep {n}</code>"
    ).format(n=details["number"]),
    "claim_gone": lambda details: _("Claim {n} is not in the text any more.").format(
        n=_join(details["numbers"])
    ),
    "claim_changed_meanwhile": lambda details: _(
        "Somebody changed claim {n} in this very moment. Please look again."
    ).format(n=details["number"]),
    "already_dropped": lambda details: _("Already dropped: {n}.").format(
        n=_join(details["numbers"])
    ),
    "already_kept": lambda details: _("Already ticked or sent: {n}.").format(
        n=_join(details["numbers"])
    ),
    "drop_judged": _drop_judged,
    "nothing_to_send": lambda _details: _(
        "Nothing is ticked that was not sent. Tap numbers, or reply: <code>send 1, 3</code>"
    ),
    "undo_too_late": _too_late,
    "undo_handed_out": lambda details: _(
        "Claim {n} is with reviewers by now, so this cannot be taken back. "
        "To stop them reply: <code>drop {n}</code>"
    ).format(n=details["number"]),
    "undo_alone": lambda _details: _("Please send <code>undo</code> on its own."),
    "sheet_unchanged": lambda _details: _(
        "There is nothing to take back: no change of this sheet is left."
    ),
    "message_unknown": _message_unknown,
    "no_such_article": lambda details: _(
        "There is no article A-{n}. /articles lists them all."
    ).format(n=details["article"]),
    "which_article": lambda _details: _(
        "Which article? Write its number: <code>/article 41</code>. /articles lists them all."
    ),
}
