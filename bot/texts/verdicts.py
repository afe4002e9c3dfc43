"""What a reviewer reads while answering: the echo, what is missing, what was meant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.texts.cards import claim_line
from bot.texts.evidence import Shown, evidence_lines
from bot.texts.fitting import fitted
from bot.texts.language import gettext as _
from bot.texts.language import ngettext, safe, shortened
from bot.texts.ratings import rating_name
from storage.models.claims import Rating, SourceCheck
from storage.models.talking import InputKind
from storage.models.work import EvidenceKind

WORDS_CHARS = 500  # of an explanation or of held words; the whole is kept
QUOTE_CHARS = 360  # of a claim that is being answered
NAME_CHARS = 40
REASON_RATINGS = (Rating.UNVERIFIABLE, Rating.OPINION)


@dataclass(frozen=True)
class Answered:
    """A recorded answer; `cited` is who the article names as source, None without one."""

    line: str  # the claim, by bot.texts.cards.claim_line
    rating: Rating
    explanation: str = ""
    evidence: Sequence[Shown] = ()
    cited: str | None = None
    is_outlet: bool = False
    source_check: SourceCheck | None = None
    fate: str = "in_time"
    is_extra: bool = False
    is_settled: bool = False
    readers_missing: int = 0  # who are still to answer before the editor hears


def recorded(shown: Answered, *, is_choosing: bool = False) -> str:
    """The echo of a verdict: what is recorded for which claim, and what happens next."""

    def compose(scale: float) -> str:
        lines = [
            _("✅ Recorded: <b>{rating}</b>").format(rating=rating_name(shown.rating)),
            shown.line,
        ]
        if shown.explanation:
            lines.append(_quote(shown.explanation, scale))
        lines += evidence_lines(shown.evidence)
        if shown.cited is not None:
            lines.append(_source_question(shown))
        lines.append(_("<b>Change it to?</b>") if is_choosing else _next_step(shown))
        return "\n".join(lines)

    return fitted(compose)


def half(  # what is wished, what is there
    wish: InputKind,
    *,
    line: str,
    rating: Rating | None,
    words: str = "",
    evidence: Sequence[Shown] = (),
    editor: str = "",
) -> str:
    """The claim and what is still missing; nothing counts before that is said."""
    ask = {
        InputKind.EVIDENCE: _what_shows_it(rating, evidence),
        InputKind.CALL: _(
            "<b>Whom did you call, and when?</b>\n<i>Press office of the port, today 10:15</i>\n"
            "If you promised not to name them, tap Protected source and never type the name here."
        ),
        InputKind.OBSERVATION: _(
            "<b>What did you see, where and when?</b>\n<i>Counted the boats, harbour, 8:40</i>"
        ),
        InputKind.NOTE: _("<b>Your note?</b> It is kept for your verdict."),
        InputKind.QUESTION: _(
            "<b>Your question to {editor}?</b>\nYour next message goes there. "
            "The claim stays with you."
        ).format(editor=safe(shortened(editor, NAME_CHARS)) or _("the editor")),
    }[wish]
    return "\n\n".join(filter(None, (line, _kept(words, evidence), ask)))


def ask_rating(*, line: str, words: str, evidence: Sequence[Shown]) -> str:
    """Which verdict is it, or is it none: a question, a note?"""
    if words:
        ask = _("<b>How is it meant?</b> Tap a verdict, or what else it is.")
    else:
        ask = _("<b>Which verdict does it show?</b>")
    return "\n\n".join(filter(None, (line, _kept(words, evidence), ask)))


def ask_claim(lines: Sequence[str], *, words: str, is_moving: bool = False) -> str:
    """For which of these claims is it?"""
    if is_moving:
        ask = _("<b>Which claim did you mean?</b> Answer and evidence go there.")
    else:
        ask = _("<b>For which claim is it?</b> It counts when you tap one.")
    return "\n\n".join(filter(None, (_said(words), ask, "\n".join(lines))))


def ask_use(lines: Sequence[str], *, words: str) -> str:
    """A new article, or evidence for one of these claims?"""
    ask = _("<b>A new article, or evidence?</b>")
    return "\n\n".join(filter(None, (_said(words), ask, "\n".join(lines))))


def ask_reading(*, words: str) -> str:
    """The text itself, the page that it links to, or both?"""
    ask = _("<b>What shall I read?</b> This text, the link in it, or both.")
    return "\n\n".join(filter(None, (_said(words), ask)))


def question(name: str, *, line: str, text: str) -> str:
    """A reviewer's question, as the editor reads it."""
    head = _("<b>{name} asks</b> about {claim}").format(name=safe(name), claim=line)
    return f"{head}\n\n{_whole(text)}\n\n{_('Reply to this message to answer.')}"


def question_answer(name: str, *, line: str, text: str) -> str:
    """The editor's answer, as the reviewer reads it."""
    head = _("<b>{name} answers</b> about {claim}").format(name=safe(name), claim=line)
    return f"{head}\n\n{_whole(text)}"


def extra_reading(shown: Answered, *, name: str) -> str:
    """A late verdict that is not counted, as the editor reads it."""
    head = _("<b>An extra reading by {name}</b>, late and not counted").format(name=safe(name))
    verdict = _("Says: <b>{rating}</b>").format(rating=rating_name(shown.rating))
    lines = [head, shown.line, verdict]
    if shown.explanation:
        lines.append(_quote(shown.explanation))
    return "\n".join([*lines, *evidence_lines(shown.evidence)])


def extra_withdrawn(*, line: str, name: str) -> str:
    """The editor had seen a late verdict that is taken back now."""
    said = _("↩️ {name} took an extra reading back.").format(name=safe(name))
    return f"{said}\n{line}"


def answer_note(what: str, *, line: str, name: str = "") -> str:
    """A message that has shrunk to what became of it, or a short acknowledgement."""
    notes = {
        "answered": _("☑️ Answered."),
        "asked_below": _("☑️ See below."),
        "replaced": _("☑️ Changed since, see below."),
        "taken_back": _("↩️ Taken back. The claim is open again with you."),
        "taken_back_closed": _("↩️ Taken back. The claim has gone on meanwhile, nothing to do."),
        "moved": _("↩️ Moved to another claim. This one is open again with you."),
        "edit_kept": _(
            "✏️ Your edit does not begin with a verdict, or has nothing that shows it, "
            "so what was recorded stays. To change it, reply with the new verdict."
        ),
        "edit_superseded": _("✏️ A later answer of yours counts, so this edit changes nothing."),
        "note_kept": _("📝 Note kept for your verdict."),
        "question_sent": _("❓ Sent to the editor. The claim stays with you."),
        "answer_sent": _("Sent to {name}.").format(name=safe(name) or _("the reviewer")),
        "unused": _("☑️ Not used. Reply to a claim if it was meant for one."),
        "as_article": _("☑️ Put on the reading list."),
    }
    said = notes.get(what, _("☑️ Done."))
    return f"{said}\n{line}" if line else said


def source_answers(*, is_outlet: bool) -> list[tuple[SourceCheck, str]]:
    """The second, skippable question's buttons."""
    if is_outlet:
        yes, no = _("They reported it"), _("They did not")
    else:
        yes, no = _("Source says so"), _("It does not")
    return [
        (SourceCheck.SUPPORTS, yes),
        (SourceCheck.CONTRADICTS, no),
        (SourceCheck.UNREACHABLE, _("Couldn't open")),
    ]


def claim_in_full(article_id: int, number: int, quote: str, assignment_id: int) -> str:
    """The claim with its words, for somebody who is about to say what shows it."""
    head = _("A-{article}, claim {number}").format(article=article_id, number=number)
    words = safe(shortened(quote, QUOTE_CHARS))
    return f"{head} · #C{assignment_id}\n<blockquote>{words}</blockquote>"


def line_of(article_id: int, number: int, quote: str, assignment_id: int | None = None) -> str:
    """The claim in one line; with its code where a reply to the message may be adopted by it."""
    line = claim_line(article_id, number, quote)
    return f"{line} · #C{assignment_id}" if assignment_id is not None else line


def _what_shows_it(rating: Rating | None, evidence: Sequence[Shown]) -> str:
    name = rating_name(rating) if rating is not None else _("Your verdict")
    if rating in REASON_RATINGS:
        ask = _("<b>{rating}</b> – why?").format(rating=name)
        how = _("One sentence is enough.")
    else:
        ask = _("<b>{rating}</b> – what shows it?").format(rating=name)
        how = _("Send a link, photo, PDF, forward or a few words, or tap. It counts then.")
    if any(one.kind is EvidenceKind.VOICE for one in evidence):
        how += " " + _("A voice message is kept, but as a note.")
    return f"{ask}\n{how}"


def _kept(words: str, evidence: Sequence[Shown]) -> str:
    return "\n".join(filter(None, (_said(words), *evidence_lines(evidence))))


def _said(words: str) -> str:
    return _("You wrote: {words}").format(words=_quote(words)) if words else ""


def _quote(words: str, scale: float = 1.0) -> str:
    return f"“{safe(shortened(words, int(WORDS_CHARS * scale) + 20))}”"


def _whole(words: str) -> str:
    """All the words, folded where they would fill the screen."""
    how = " expandable" if len(words) > WORDS_CHARS else ""
    return f"<blockquote{how}>{safe(words)}</blockquote>"


def _source_question(shown: Answered) -> str:
    cited = safe(shortened(shown.cited or "", NAME_CHARS))
    ask = _("Did {cited} report it?") if shown.is_outlet else _("Did the source say so ({cited})?")
    said = {
        None: _("not answered"),
        SourceCheck.SUPPORTS: _("yes"),
        SourceCheck.PARTLY: _("partly"),
        SourceCheck.CONTRADICTS: _("no"),
        SourceCheck.OFF_TOPIC: _("no, off topic"),
        SourceCheck.UNREACHABLE: _("could not be opened"),
        SourceCheck.NONE_CITED: _("none cited"),
    }[shown.source_check]
    return f"{ask.format(cited=cited)} <b>{said}</b>"


def _next_step(shown: Answered) -> str:
    if shown.fate == "not_needed":
        return _("The editor had dropped this claim. Your answer is kept all the same, thank you.")
    if shown.is_extra:
        return _(
            "Somebody else is at this claim by now, so yours goes to the editor "
            "as an extra reading and is not counted. Thank you."
        )
    late = _("You were late, but nobody had begun: the claim is yours again.")
    when = _when_editor_hears(shown)
    return f"{late}\n{when}" if shown.fate == "came_back" else when


def _when_editor_hears(shown: Answered) -> str:
    if shown.readers_missing:
        words = ngettext(
            "One more reader is still to answer. Then it goes to the editor, with your name.",
            "{n} more readers are still to answer. Then it goes to the editor, with your name.",
            shown.readers_missing,
        )
        return words.format(n=shown.readers_missing)
    if shown.is_settled:
        return _("The editor has it, with your name.")
    return _("Goes to the editor in 1 min, with your name.")


REFUSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "answer_empty": lambda _details: _(
        "I cannot use this as an answer. Reply with a verdict and what shows it: "
        "a link, a photo, a file, a forward or words."
    ),
    "question_over": lambda _details: _(
        "This question was answered meanwhile. /queue shows what is open."
    ),
    "no_cited_link": lambda _details: _(
        "The article gives no link for this claim. Send a link, photo, file or a few words."
    ),
    "nothing_to_undo": lambda _details: _("It was taken back already. /queue shows what is open."),
    "nothing_recorded": lambda _details: _(
        "No verdict is recorded here any more. /queue shows what is open."
    ),
    "nothing_to_move": lambda _details: _(
        "The answer was taken back already, so nothing can be moved."
    ),
    "no_other_claim": lambda _details: _(
        "You hold no other claim that it could belong to. Tap Undo to take it back."
    ),
    "question_empty": lambda _details: _("Your question needs words. Write it as one message."),
    "question_too_long": lambda details: _(
        "That is too long for one question: at most {n} characters. Please shorten it."
    ).format(n=details["longest"]),
    "question_answer_empty": lambda _details: _(
        "Your answer needs words. Reply to the question once more."
    ),
    "no_editor": lambda _details: _(
        "No editor can be reached at the moment. Ask in the team chat."
    ),
    "reviewer_gone": lambda _details: _("Who asked has left the desk, so nobody gets this answer."),
}
