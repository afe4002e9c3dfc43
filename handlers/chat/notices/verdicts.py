"""Renders what a reviewer reads while answering, as it stands when it is sent."""

from collections.abc import Sequence

from bot.texts import verdicts as texts
from bot.texts.cards import label
from bot.texts.language import gettext as _
from bot.texts.ratings import rating_name
from bot.workflow.notices import NoticeKind
from bot.workflow.verdicts.evidence import draft_from
from bot.workflow.verdicts.held import READING, choices_of, messages_of
from bot.workflow.verdicts.moving import OFFERED, other_claims
from bot.workflow.verdicts.taps import Shown, cited_links
from handlers.chat.notices.answered import (
    answered,
    cited_of,
    claim_in_full_of,
    claim_line_of,
    subject_of,
)
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import assignments, claims, inputs, members, verdicts
from storage.models import Assignment, PendingInput
from storage.models.claims import Rating
from storage.models.talking import InputKind, OutboxOp
from storage.models.work import VerdictKind

Rows = tuple[tuple[Button, ...], ...]
USUAL = (Rating.TRUE, Rating.FALSE, Rating.MISLEADING, Rating.UNVERIFIABLE)
OTHERS = (Rating.MOSTLY_TRUE, Rating.OUTDATED, Rating.OPINION)


@renders(NoticeKind.RECORDED)
async def recorded(scene: Scene) -> Outgoing | None:
    """What is recorded now; a verdict that was taken back meanwhile says so."""
    found = await subject_of(scene)
    if found is None:
        return None
    assignment, claim = found
    verdict = await verdicts.newest(scene.session, assignment.id)
    if verdict is None:
        return None
    if verdict.kind is VerdictKind.WITHDRAWN:
        line = await claim_line_of(scene, claim)
        return Outgoing(html=texts.answer_note("taken_back", line=line))
    shown = await answered(
        scene, verdict, claim, fate=str(scene.facts.get("fate", "in_time")), code=assignment.id
    )
    is_choosing = bool(scene.facts.get("choosing"))
    buttons = _ratings(assignment.id) if is_choosing else await _echo_buttons(scene, assignment)
    if is_choosing:
        buttons = (*buttons, (Button(_("Back"), data("keep", assignment.id)),))
    return Outgoing(html=texts.recorded(shown, is_choosing=is_choosing), buttons=buttons)


@renders(NoticeKind.HALF_ANSWER)
async def half_answer(scene: Scene) -> Outgoing | None:
    """What is missing, while it is missing."""
    pending = await _open_input(scene)
    found = await subject_of(scene)
    if pending is None or found is None or pending.kind is InputKind.RATING:
        return None
    assignment, claim = found
    draft = draft_from(pending.content)
    html = texts.half(
        pending.kind,
        line=await claim_in_full_of(scene, claim, assignment),
        rating=draft.rating,
        words=draft.explanation,
        evidence=draft.exhibits,
    )
    if pending.kind is InputKind.QUESTION:
        return Outgoing(html=html, buttons=((Button(_("Back"), data("unask", pending.id)),),))
    return Outgoing(html=html, buttons=await _evidence_buttons(scene, assignment, pending.kind))


@renders(NoticeKind.ASK_BACK)
async def ask_back(scene: Scene) -> Outgoing | None:
    """Which verdict, which claim, or which use, while that is open."""
    pending = await _open_input(scene)
    if pending is None:
        return None
    if pending.kind is InputKind.RATING:
        return await _ask_rating(scene, pending)
    if "move_from" in pending.content:
        return await _ask_move(scene, pending)
    if READING in pending.content:
        return _ask_reading(pending)
    lines, buttons = await _choices(scene, pending, await choices_of(scene.session, pending))
    buttons = (*buttons, (Button(_("None of these"), data("held", pending.id, "none")),))
    words = "\n".join(message.text for message in messages_of(pending) if message.text)
    if pending.kind is InputKind.WHICH_USE:
        article = Button(_("New article"), data("held", pending.id, "article"))
        return Outgoing(texts.ask_use(lines, words=words), ((article,), *buttons))
    return Outgoing(texts.ask_claim(lines, words=words), buttons)


@renders(NoticeKind.ANSWER_NOTE)
async def answer_note(scene: Scene) -> Outgoing | None:
    """One line on what became of a message, or a short acknowledgement."""
    found = await subject_of(scene)
    line = await claim_line_of(scene, found[1], code=found[0].id) if found else ""
    name = await _name_of(scene, scene.facts.get("member_id"))
    return Outgoing(html=texts.answer_note(str(scene.facts["what"]), line=line, name=name))


@renders(NoticeKind.QUESTION)
async def question(scene: Scene) -> Outgoing | None:
    """A reviewer's question, to the editor."""
    found = await subject_of(scene)
    if found is None:
        return None
    assignment, claim = found
    name = await _name_of(scene, assignment.reviewer_id)
    line = await claim_line_of(scene, claim, code=assignment.id)
    return Outgoing(html=texts.question(name, line=line, text=str(scene.facts["text"])))


@renders(NoticeKind.QUESTION_ANSWER)
async def question_answer(scene: Scene) -> Outgoing | None:
    """The editor's answer, to the reviewer; the claim is a tap away."""
    found = await subject_of(scene)
    if found is None:
        return None
    assignment, claim = found
    name = await _name_of(scene, scene.facts.get("editor_id"))
    line = await claim_line_of(scene, claim, code=assignment.id)
    card = Button(_("Open the claim"), data("card", assignment.id))
    html = texts.question_answer(name, line=line, text=str(scene.facts["text"]))
    return Outgoing(html=html, buttons=((card,),))


@renders(NoticeKind.EXTRA_READING)
async def extra_reading(scene: Scene) -> Outgoing | None:
    """A late verdict, to the editor; nothing to say when it was taken back before they saw it."""
    assignment = await assignments.get(scene.session, int(scene.facts["assignment_id"]))
    claim = await claims.get(scene.session, assignment.claim_id) if assignment else None
    verdict = await verdicts.newest(scene.session, assignment.id) if assignment else None
    if claim is None or verdict is None:
        return None
    name = await _name_of(scene, verdict.member_id)
    if verdict.kind is VerdictKind.WITHDRAWN:
        line = await claim_line_of(scene, claim)
        html = texts.extra_withdrawn(line=line, name=name)
        return Outgoing(html=html) if scene.row.op is OutboxOp.EDIT else None
    shown = await answered(scene, verdict, claim, fate="extra")
    return Outgoing(html=texts.extra_reading(shown, name=name))


async def _ask_rating(scene: Scene, pending: PendingInput) -> Outgoing | None:
    found = await subject_of(scene)
    if found is None:
        return None
    assignment, claim = found
    draft = draft_from(pending.content)
    html = texts.ask_rating(
        line=await claim_in_full_of(scene, claim, assignment),
        words=draft.explanation,
        evidence=draft.exhibits,
    )
    buttons = _ratings(assignment.id)
    if draft.explanation:
        ask = Button(_("Ask the editor"), data("word", pending.id, "question"))
        buttons = (*buttons, (ask, Button(_("Just a note"), data("word", pending.id, "note"))))
    return Outgoing(html=html, buttons=buttons)


def _ask_reading(pending: PendingInput) -> Outgoing:
    words = "\n".join(message.text for message in messages_of(pending))
    parts = [(_("The text"), "text"), (_("The link"), "link"), (_("Both"), "both")]
    buttons = tuple(Button(label, data("held", pending.id, part)) for label, part in parts)
    neither = Button(_("None of these"), data("held", pending.id, "none"))
    return Outgoing(texts.ask_reading(words=words), (buttons, (neither,)))


async def _ask_move(scene: Scene, pending: PendingInput) -> Outgoing | None:
    wrong = await assignments.get(scene.session, int(pending.content["move_from"]))
    if wrong is None:
        return None
    others = await other_claims(scene.session, wrong, now=scene.now)
    lines, buttons = await _choices(scene, pending, others)
    back = Button(_("It was the right one"), data("held", pending.id, "keep"))
    html = texts.ask_claim(lines, words="", is_moving=True)
    return Outgoing(html=html, buttons=(*buttons, (back,)))


async def _choices(
    scene: Scene, pending: PendingInput, offered: Sequence[Assignment]
) -> tuple[list[str], Rows]:
    """A page of the claims to choose from, as lines and as buttons with the same names."""
    lines, buttons = [], []
    pages = max(1, -(-len(offered) // OFFERED))
    page = min(int(scene.facts.get("page", 0)), pages - 1)
    ids = [assignment.id for assignment in offered[page * OFFERED : (page + 1) * OFFERED]]
    subjects = await assignments.with_subject(scene.session, ids)
    for assignment, claim, article in sorted(subjects, key=lambda one: ids.index(one[0].id)):
        lines.append(await claim_line_of(scene, claim))
        words = label(article.id, claim.number)
        buttons.append(Button(words, data("held", pending.id, assignment.id)))
    turns = tuple(
        Button(sign, data("choices", pending.id, to))
        for sign, to in (("‹", page - 1), ("›", page + 1))
        if 0 <= to < pages
    )
    if turns:
        lines.append(_("page {n} of {all}").format(n=page + 1, all=pages))
    return lines, (*_rows(buttons, 3), *((turns,) if turns else ()))


async def _echo_buttons(scene: Scene, assignment: Assignment) -> Rows:
    """The source question while it is open, second thoughts, and the way on."""
    verdict = await verdicts.newest(scene.session, assignment.id)
    rows: Rows = ()
    if verdict is not None and verdict.source_check is None:
        name, is_outlet = await cited_of(scene, verdict)
        answers = texts.source_answers(is_outlet=is_outlet) if name else []
        rows = (
            tuple(Button(word, data("src", assignment.id, check.value)) for check, word in answers),
        )
    seconds = (
        Button(_("Undo"), data("undo", assignment.id)),
        Button(_("Change"), data("change", assignment.id)),
        Button(_("Wrong claim?"), data("wrong", assignment.id)),
    )
    return (*(row for row in rows if row), seconds, *await _next_row(scene, assignment))


async def _next_row(scene: Scene, assignment: Assignment) -> Rows:
    waiting = await assignments.open_of(scene.session, assignment.reviewer_id)
    following = [one for one in waiting if one.id != assignment.id]
    if not following:
        return ()
    claim = await claims.get(scene.session, following[0].claim_id)
    this = await claims.get(scene.session, assignment.claim_id)
    if claim is None or this is None:
        return ()
    if claim.article_id == this.article_id:
        words = _("Next: claim {number} →").format(number=claim.number)
    else:  # a bare number would be taken for one of the article just answered
        words = _("Next: {claim} →").format(claim=label(claim.article_id, claim.number))
    return ((Button(words, data("next", assignment.id)),),)


async def _evidence_buttons(scene: Scene, assignment: Assignment, wish: InputKind) -> Rows:
    key = assignment.id
    back = Button(_("Back"), data("ev", key, Shown.BACK.value))
    if wish is InputKind.NOTE:
        return ((back,),)
    buttons = []
    if await cited_links(scene.session, assignment.claim_id):
        buttons.append(Button(_("Cited link"), data("ev", key, Shown.CITED.value)))
    if wish is not InputKind.CALL:
        buttons.append(Button(_("I called"), data("ev", key, Shown.CALLED.value)))
    if wish is not InputKind.OBSERVATION:
        buttons.append(Button(_("I saw it myself"), data("ev", key, Shown.SAW.value)))
    buttons.append(Button(_("Protected source"), data("ev", key, Shown.PROTECTED.value)))
    return _rows([*buttons, back], 2)


def _ratings(assignment_id: int) -> Rows:
    buttons = [
        Button(rating_name(rating), data("rate", assignment_id, rating.value))
        for rating in (*USUAL, *OTHERS)
    ]
    return (*_rows(buttons[:4], 2), tuple(buttons[4:]))


def _rows(buttons: Sequence[Button], width: int) -> Rows:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


async def _open_input(scene: Scene) -> PendingInput | None:
    pending = await inputs.get(scene.session, int(scene.facts["input_id"]))
    return pending if pending is not None and pending.closed_at is None else None


async def _name_of(scene: Scene, member_id: int | None) -> str:
    member = await members.get(scene.session, member_id) if member_id is not None else None
    return member.name if member else ""
