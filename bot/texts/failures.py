"""Why a page or text could not be read, and what an editor can do about it."""

from collections.abc import Mapping
from typing import Any

from bot.texts.language import gettext as _


def _marked(sentence: str) -> str:
    """`sentence` itself, seen by the tool that collects what is to be translated."""
    return sentence


_HAPPENED = {
    "timeout": _marked("The site did not answer in time"),
    "dns": _marked("No site has this name"),
    "refused": _marked("The site refuses connections"),
    "connection": _marked("The connection broke"),
    "tls": _marked("The site's certificate is not in order"),
    "http_5xx": _marked("The site has an error"),
    "busy": _marked("The site asks me to come later"),
    "file": _marked("Telegram did not give me the file"),
    "private": _marked("This address is inside a private network"),
    "scheme": _marked("This is no web address"),
    "address": _marked("This is no web address"),
    "http_401": _marked("The page needs a login"),
    "login": _marked("The document needs a login"),
    "http_402": _marked("The page is behind a paywall"),
    "paywall": _marked("The page is behind a paywall"),
    "http_403": _marked("The site blocks robots"),
    "blocked": _marked("The site blocks robots"),
    "http_404": _marked("There is no such page"),
    "http_410": _marked("The page was taken down"),
    "not_found": _marked("There is no such page"),
    "http_4xx": _marked("The site refuses the page"),
    "consent": _marked("The page asks for consent first"),
    "script_only": _marked("The page is empty without JavaScript"),
    "not_an_article": _marked("I found no article on the page"),
    "empty": _marked("The page is empty"),
    "file_locked": _marked("The file is locked with a password"),
    "file_scanned": _marked("The file holds pictures of text and no text"),
    "file_broken": _marked("The file is damaged"),
    "old_word": _marked("This is a Word file of the old kind"),
    "file_too_long": _marked("The file has too many pages"),
    "video": _marked("This is a video"),
    "telegram_post": _marked("This is a post in Telegram"),
    "not_text": _marked("This is not a page of text"),
    "too_big": _marked("The page is too big"),
    "too_many_redirects": _marked("The address leads on and on"),
    "redirect_loop": _marked("The address leads in a circle"),
    "time": _marked("The page takes too long to read"),
    "memory": _marked("The page is too big to read"),
    "crash": _marked("The page cannot be read"),
    "gave_up": _marked("The page cannot be read"),
    "bug": _marked("Something went wrong here"),
}
_HAPPENED_TO_TEXTS = {
    "too_big": _marked("The file is too big"),
    "not_an_article": _marked("I found no running text in it"),
    "empty": _marked("There is no text in it"),
    "time": _marked("The text takes too long to read"),
    "memory": _marked("The text is too big to read"),
    "crash": _marked("The text cannot be read"),
    "gave_up": _marked("The text cannot be read"),
}
_STEPS = {
    "dns": _marked("Check the spelling of the address."),
    "not_found": _marked("Check the address; the article may have moved."),
    "http_404": _marked("Check the address; the article may have moved."),
    "http_410": _marked("An archive may still have it."),
    "private": _marked("An admin can allow it with FETCH_ALLOW."),
    "paywall": _marked("If you can open it, copy the article."),
    "http_402": _marked("If you can open it, copy the article."),
    "blocked": _marked("Your browser can open what I cannot."),
    "http_403": _marked("Your browser can open what I cannot."),
    "http_401": _marked("If you can open it, copy the article."),
    "login": _marked("If you can open it, copy the text; I have no login."),
    "consent": _marked("Your browser can get past it."),
    "script_only": _marked("Your browser can show what I cannot."),
    "not_an_article": _marked("Is this a front page, or a list? Send the article's own address."),
    "video": _marked("I cannot watch it. Is there a transcript?"),
    "timeout": _marked("I tried several times."),
    "refused": _marked("I tried several times."),
    "connection": _marked("I tried several times."),
    "http_5xx": _marked("I tried several times."),
    "busy": _marked("I tried several times."),
    "tls": _marked("I tried several times."),
}
_FILE_STEPS = {
    "file_locked": _marked("Save a copy without the password and send that."),
    "file_scanned": _marked("Run it through text recognition and send that, or type what matters."),
    "file_broken": _marked("Open it, save it again and send that, or paste its text."),
    "old_word": _marked("Save it as .docx and send that."),
    "file_too_long": _marked("Send a copy with the pages that matter, {most} at most."),
}


def what_happened(reason: str, *, is_link: bool) -> str:
    """The failure in a few words; `reason` is a key of an ArticleProblem or an article's status."""
    of_text = None if is_link else _HAPPENED_TO_TEXTS.get(reason)
    return _(of_text or _HAPPENED.get(reason) or _marked("It could not be read"))


def next_step(reason: str, details: Mapping[str, Any], *, is_link: bool) -> str:
    """What the editor can do now, in one or two sentences."""
    if reason == "bug":
        reference = details.get("reference", "")
        sorry = _("Sorry. The reference is <code>{reference}</code>; an admin can look it up.")
        return f"{sorry.format(reference=reference)} {_paste(is_link=is_link)}"
    if reason in _FILE_STEPS:
        step = _(_FILE_STEPS[reason]).format(most=details.get("most", ""))
        return f"{step} {_paste(is_link=True)}" if is_link else step
    if not is_link:
        return _text_step(reason)
    if reason == "telegram_post":
        return _("Forward the post itself to me, and I will read that.")
    first = _STEPS.get(reason)
    paste = _paste(is_link=True)
    return f"{_(first)} {paste}" if first else paste


def _text_step(reason: str) -> str:
    if reason in ("time", "memory", "crash", "gave_up", "too_big"):
        return _("Send it in smaller pieces.")
    if reason == "file":
        return _("Send the file again, or paste its text.")
    return _("Send the text of the article, at least a few sentences.")


def _paste(*, is_link: bool) -> str:
    if not is_link:
        return _("You can send the text again.")
    return _("<b>Reply to this message with the article's text</b>, and I will read that.")
