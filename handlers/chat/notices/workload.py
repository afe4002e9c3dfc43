"""Renders lists and reminders, what is told after a hand-over, and the catch-up after an outage."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.texts import outage
from bot.texts import overdue as overdue_texts
from bot.texts import workload as texts
from bot.texts.cards import label
from bot.texts.language import gettext as _
from bot.workflow.notices import NoticeKind
from bot.workflow.verdicts.held import READING, messages_of
from handlers.chat.notices.answered import rating_so_far, said_so_far
from handlers.chat.notices.cards import line_of
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import assignments, claims, inputs, members, sheets
from storage.models import Assignment, Claim, Member, PendingInput
from storage.models.claims import ClaimStatus
from storage.models.talking import InputKind, OutboxOp
from storage.models.work import AssignmentState

PER_PAGE = 6
ASKED_SHOWN = 4  # above the claims; answered ones make room for the next
OPENED_FROM_REMINDER = 4
PER_ROW = 2
PASSED_FROM_REMINDER = 8


@renders(NoticeKind.QUEUE)
async def queue(scene: Scene) -> Outgoing | None:
    """What waits for the reader, a page at a time."""
    if scene.reader is None:
        return None
    waiting = await _waiting(scene, scene.reader)
    pages = max(1, -(-len(waiting) // PER_PAGE))
    page = min(int(scene.facts.get("page", 0)), pages - 1)
    shown = waiting[page * PER_PAGE : (page + 1) * PER_PAGE]
    turns = [
        Button(words, data("queue", to))
        for words, to in (("‹", page - 1), ("›", page + 1))
        if 0 <= to < pages
    ]
    asked = await _asked(scene, scene.reader) if page == 0 else []
    html = texts.queue(
        shown,
        total=len(waiting),
        page=page,
        pages=pages,
        zone=scene.zone,
        now=scene.now,
        asked=asked,
    )
    questions = _rows(
        [
            Button(_("Answer {n}").format(n=f"❔ {n}"), data("asked", one.input_id))
            for n, one in enumerate(asked, 1)
        ]
    )
    return Outgoing(
        html=html,
        buttons=(*questions, *_opening(shown), *((tuple(turns),) if turns else ())),
    )


@renders(NoticeKind.REMINDER)
async def reminder(scene: Scene) -> Outgoing | None:
    """Everything that waits for the reader; nothing is said when nothing waits any more."""
    if scene.reader is None:
        return None
    waiting = await _waiting(scene, scene.reader)
    if not waiting:
        is_shown = scene.row.target_id is not None
        html = texts.reminder((), zone=scene.zone, now=scene.now)
        return Outgoing(html=html) if is_shown else None
    is_passing = scene.facts.get("view") == "pass"
    html = texts.reminder(waiting, zone=scene.zone, now=scene.now, is_passing=is_passing)
    return Outgoing(html=html, buttons=_passing(waiting) if is_passing else _reminding(waiting))


@renders(NoticeKind.HANDED_OVER)
async def handed_over(scene: Scene) -> Outgoing | None:
    """What was handed over, and that an answer still counts; of several each can be opened."""
    ids = [int(one) for one in scene.facts.get("assignment_ids", [])]
    found = await assignments.with_subject(scene.session, ids)
    lines = [await line_of(scene, claim) for _assignment, claim, _article in found]
    if not lines:
        return None
    opening = [
        Button(
            _("Open {claim}").format(claim=label(article.id, claim.number)),
            data("card", assignment.id),
        )
        for assignment, claim, article in found[: texts.LISTED]
    ]
    html = texts.handed_over(lines, how=str(scene.facts.get("how", "")))
    return Outgoing(html=html, buttons=_rows(opening) if len(lines) > 1 else ())


@renders(NoticeKind.OVERDUE)
async def overdue(scene: Scene) -> Outgoing | None:
    """To an editor: the claims of an article that are overdue, and where they are now."""
    ids = [int(one) for one in scene.facts.get("assignment_ids", [])]
    found: dict[int, list[Assignment]] = {}
    of_claim: dict[int, Claim] = {}
    for assignment, claim, _article in await assignments.with_subject(scene.session, ids):
        found.setdefault(claim.id, []).append(assignment)
        of_claim[claim.id] = claim
    shown = [
        await _overdue(scene, of_claim[claim_id], late) for claim_id, late in sorted(found.items())
    ]
    if not shown or (scene.row.op is OutboxOp.SEND and not any(_is_news(one) for one in shown)):
        return None
    article_id = next(iter(of_claim.values())).article_id
    html = overdue_texts.overdue(shown, zone=scene.zone, now=scene.now)
    return Outgoing(html=html, buttons=((_sheet_button(article_id),),))


async def _overdue(scene: Scene, claim: Claim, late: Sequence[Assignment]) -> overdue_texts.Overdue:
    """A claim, and where its readings that were late are by now."""
    is_open = [one for one in late if one.state is AssignmentState.OPEN]
    awaited = [one for one in is_open if one.expires_at > scene.now]
    return overdue_texts.Overdue(
        line=await line_of(scene, claim),
        assignment_id=late[0].id,
        awaited=await _holders(scene, awaited),
        hands_over_at=min((one.expires_at for one in awaited), default=None),
        moved_from=await _holders(scene, _in_state(late, AssignmentState.EXPIRED)),
        kept_by=await _holders(scene, [one for one in is_open if one not in awaited]),
        answered_by=await _holders(scene, _in_state(late, AssignmentState.DONE)),
    )


def _in_state(late: Sequence[Assignment], state: AssignmentState) -> list[Assignment]:
    return [one for one in late if one.state is state]


def _is_news(claim: overdue_texts.Overdue) -> bool:
    """Whether an editor has to know: it was neither answered nor passed on meanwhile."""
    return bool(claim.awaited or claim.moved_from or claim.kept_by)


async def _holders(scene: Scene, late: Sequence[Assignment]) -> tuple[str, ...]:
    found = [await members.get(scene.session, one.reviewer_id) for one in late]
    return tuple(member.name for member in found if member)


@renders(NoticeKind.NOBODY)
async def nobody(scene: Scene) -> Outgoing | None:
    """To an editor: claims that nobody can take; nothing when they found somebody meanwhile."""
    article_id = scene.prompt.article_id if scene.prompt else None
    found = await sheets.article(scene.session, article_id) if article_id else None
    if found is None:
        return None
    article, version = found
    wanted = set(scene.facts.get("claim_ids", []))
    on_sheet = await claims.of_article(scene.session, article.id)
    open_states = (ClaimStatus.KEPT, ClaimStatus.ASSIGNED, ClaimStatus.SECOND_REVIEW)
    waiting = [one for one in on_sheet if one.id in wanted and one.status in open_states]
    if not waiting:
        return None
    away = [
        (await _name(scene, member_id), datetime.fromisoformat(until) if until else None)
        for member_id, until in scene.facts.get("away", [])
    ]
    html = texts.nobody(
        (version.title if version else None) or "",
        article_id=article.id,
        numbers=[one.number for one in waiting],
        away=away,
        full=[await _name(scene, one) for one in scene.facts.get("full", [])],
        had=[await _name(scene, one) for one in scene.facts.get("had", [])],
        reviewers=int(scene.facts.get("reviewers", 0)),
        others_free=bool(scene.facts.get("others_free")),
        zone=scene.zone,
        now=scene.now,
    )
    return Outgoing(html=html, buttons=((_sheet_button(article.id),),))


@renders(NoticeKind.CATCH_UP)
async def catch_up(scene: Scene) -> Outgoing | None:
    """The desk was down: time given back, and hours that are missing."""
    facts = scene.facts
    html = outage.catch_up(
        datetime.fromisoformat(facts["from"]),
        datetime.fromisoformat(facts["to"]),
        claims=int(facts.get("open", 0)),
        more=timedelta(seconds=int(facts.get("more_s", 0))),
        zone=scene.zone,
        now=scene.now,
    )
    return Outgoing(html=html)


async def _waiting(scene: Scene, reader: Member) -> list[texts.Waiting]:
    held = await assignments.open_ones(scene.session, member_ids=[reader.id])
    revisions = await claims.head_revisions(scene.session, [claim.id for _one, claim, _a in held])
    words = {revision.claim_id: revision.quote for revision in revisions}
    halves: dict[int, PendingInput] = {}
    for half in await inputs.half_answers(scene.session, [one.id for one, _claim, _a in held]):
        halves.setdefault(half.assignment_id or 0, half)
    return [
        texts.Waiting(
            assignment_id=assignment.id,
            article_id=article.id,
            number=claim.number,
            quote=words.get(claim.id, ""),
            due_at=assignment.due_at,
            expires_at=assignment.expires_at,
            half_answer=said_so_far(halves.get(assignment.id)),
            is_rated=rating_so_far(halves.get(assignment.id)) is not None,
            is_due=assignment.half_reminded_at is not None,
        )
        for assignment, claim, article in held
    ]


async def _asked(scene: Scene, reader: Member) -> list[texts.Asked]:
    """The oldest of what the reader said and that does not count yet."""
    found = []
    for pending in (await inputs.asked_of(scene.session, reader.id))[:ASKED_SHOWN]:
        words = "\n".join(message.text for message in messages_of(pending) if message.text)
        found.append(
            texts.Asked(
                input_id=pending.id,
                words=words or str(pending.content.get("explanation", "")),
                is_use=pending.kind is InputKind.WHICH_USE,
                is_reading=READING in pending.content,
                late_for=await _late_for(scene, pending),
            )
        )
    return found


async def _late_for(scene: Scene, pending: PendingInput) -> str:
    if pending.assignment_id is None:
        return ""
    found = await assignments.with_subject(scene.session, [pending.assignment_id])
    return label(found[0][2].id, found[0][1].number) if found else ""


def _opening(shown: Sequence[texts.Waiting]) -> tuple[tuple[Button, ...], ...]:
    buttons = [
        Button(label(one.article_id, one.number), data("card", one.assignment_id)) for one in shown
    ]
    return _rows(buttons)


def _reminding(waiting: Sequence[texts.Waiting]) -> tuple[tuple[Button, ...], ...]:
    opening = [
        Button(
            _("Open {claim}").format(claim=label(one.article_id, one.number)),
            data("card", one.assignment_id),
        )
        for one in waiting[:OPENED_FROM_REMINDER]
    ]
    tools = (
        Button(_("Need 2 h more"), data("later", "all")),
        Button(_("Pass…"), data("remind", "pass")),
        Button(_("Away today"), data("awaytoday", "now")),
    )
    return (*_rows(opening), tools)


def _passing(waiting: Sequence[texts.Waiting]) -> tuple[tuple[Button, ...], ...]:
    buttons = [
        Button(
            _("Pass {claim}").format(claim=label(one.article_id, one.number)),
            data("passlist", one.assignment_id),
        )
        for one in waiting[:PASSED_FROM_REMINDER]
    ]
    return (*_rows(buttons), (Button(_("Back"), data("remind", "list")),))


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + PER_ROW]) for at in range(0, len(buttons), PER_ROW))


def _sheet_button(article_id: int) -> Button:
    return Button(_("Open the sheet"), data("sheet", article_id))


async def _name(scene: Scene, member_id: int) -> str:
    member = await members.get(scene.session, member_id)
    return member.name if member else _("somebody who left")
