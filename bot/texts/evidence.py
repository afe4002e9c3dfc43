"""Evidence in a line each: what it is, where it is, where in it to look."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Protocol
from urllib.parse import urlsplit

from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened
from storage.models.work import EvidenceKind

LINK_CHARS = 44  # one line of a phone, with the mark before it
NOTE_CHARS = 120


class Shown(Protocol):
    """Evidence, recorded or not yet."""

    @property
    def kind(self) -> EvidenceKind: ...
    @property
    def url(self) -> str | None: ...
    @property
    def locator(self) -> str | None: ...
    @property
    def note(self) -> str | None: ...
    @property
    def file_name(self) -> str | None: ...


def evidence_lines(items: Sequence[Shown], *, limit: int = 6) -> list[str]:
    """At most `limit` lines of HTML; pictures and voice messages are counted in one line each."""
    lines = [line for item in items if (line := _line(item)) is not None]
    counted = Counter(item.kind for item in items)
    if photos := counted[EvidenceKind.PHOTO]:
        lines.append(ngettext("🖼 {n} photo", "🖼 {n} photos", photos).format(n=photos))
    if voices := counted[EvidenceKind.VOICE]:
        words = ngettext("🎤 {n} voice message", "🎤 {n} voice messages", voices)
        lines.append(words.format(n=voices))
    if len(lines) > limit:
        more = len(lines) - limit + 1
        lines = [*lines[: limit - 1], ngettext("and {n} more", "and {n} more", more).format(n=more)]
    return lines


def short_link(url: str) -> str:
    """An address as people recognise it, leading there."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].removeprefix("www.")
    shown = safe(shortened(host + parts.path.rstrip("/"), LINK_CHARS) or shortened(url, LINK_CHARS))
    if parts.scheme not in ("http", "https"):
        return shown
    return f'<a href="{escape(url)}">{shown}</a>'


def _line(item: Shown) -> str | None:
    note = safe(shortened(item.note or "", NOTE_CHARS))
    name = safe(shortened(item.file_name or _("file"), LINK_CHARS))
    link = short_link(item.url) if item.url else ""
    place = f", {safe(item.locator)}" if item.locator else ""
    lines = {
        EvidenceKind.LINK: f"📎 {link}{place}",
        EvidenceKind.CITED_LINK: _("🔗 the article's own link: {link}").format(link=link),
        EvidenceKind.DOCUMENT: f"📄 {name}{place}",
        EvidenceKind.FILE: f"📄 {name}{place}",
        EvidenceKind.FORWARD: _("↪️ forwarded: {note}").format(note=note or link),
        EvidenceKind.CALL: _("☎️ called: {note}").format(note=note),
        EvidenceKind.OBSERVATION: _("👁 seen: {note}").format(note=note),
        EvidenceKind.NOTE: f"📝 {note}",
        EvidenceKind.PROTECTED: _("🔒 protected source"),
    }
    return lines.get(item.kind)
