"""What people are told when the bot itself has trouble."""

from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened

ERROR_CHARS = 120
NAME_CHARS = 40


def old_button() -> str:
    """A button that no handler knows any more was pressed."""
    return _("This button is from an older message. /help shows what you can do now.")


def first_code(bot_name: str, code: str) -> str:
    """Printed where the bot was started, as long as nobody is admin."""
    return _("Nobody is admin yet. Send this to https://t.me/{bot} :\n/start {code}").format(
        bot=bot_name, code=code
    )


def apology(reference: str) -> str:
    """A bug met this person."""
    return _(
        "Something went wrong here, and what you sent did not take effect. I am sorry. "
        "Please try it once more. An admin knows of it: <code>{reference}</code>"
    ).format(reference=safe(reference))


def dead_update(reference: str, sender: str | None) -> str:
    """The same for an admin, who can find it in the log."""
    who = _("a message of {name}").format(name=_name(sender)) if sender else _("a message")
    return _(
        "<b>Something failed five times</b>\nI gave up on {who}. "
        "The log has the details under <code>{reference}</code>. Everything else goes on."
    ).format(who=who, reference=safe(reference))


def unknown_post(title: str, error: str | None) -> str:
    """A message to a group or channel of which nobody knows whether it is there."""
    text = _(
        "<b>Please look into {title}</b>\nI wrote there, and Telegram's answer got lost. "
        "Is the message there? I do not send it twice by myself."
    ).format(title=_name(title))
    return _with_error(text, error)


def settled_post(what: str, title: str) -> str:
    """The same message once somebody has looked: `what` is "there", "again" or "over"."""
    words = {
        "there": _("✅ The message is in {title}. Thank you for looking."),
        "again": _("🔁 I write to {title} once more."),
    }.get(what, _("✅ That message to {title} is settled already."))
    return words.format(title=_name(title))


def failed_post(title: str, error: str | None) -> str:
    """A message that Telegram refused."""
    text = _(
        "<b>I could not write to {title}</b>\n"
        "Am I still a member there, and may I write? In a channel I must be an admin."
    ).format(title=_name(title))
    return _with_error(text, error)


def unreachable(name: str, open_claims: int) -> str:
    """Somebody has blocked the bot or deleted their account."""
    text = _(
        "<b>{name} cannot be reached</b>\nTelegram says that they blocked me. "
        "Ask them to open the chat with me and press Start."
    ).format(name=_name(name))
    if open_claims:
        held = ngettext(
            "They hold {n} open claim; new ones go to others.",
            "They hold {n} open claims; new ones go to others.",
            open_claims,
        )
        text += "\n" + held.format(n=open_claims)
    return text


def _with_error(text: str, error: str | None) -> str:
    if not error:
        return text
    return f"{text}\n<code>{safe(shortened(error, ERROR_CHARS))}</code>"


def _name(name: str) -> str:
    return safe(shortened(name, NAME_CHARS))
