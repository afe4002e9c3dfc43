"""A reviewer's cards: one message per claim, shown one at a time, closed when nothing is to do."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import NotPermitted, Refusal
from bot.workflow.incoming import Tap
from bot.workflow.may import Deed, require
from bot.workflow.notices import About, NoticeKind, Place, private, show, tell
from storage import assignments, members, outbox
from storage.models import Assignment
from storage.models.work import AssignmentState

PRESSED_TWICE = timedelta(seconds=10)  # a second press of "next" so soon asks for nothing new
OPEN_CARDS = (NoticeKind.CARD, NoticeKind.HALF_ANSWER)
_GONE_ON = (AssignmentState.EXPIRED, AssignmentState.PASSED)  # a late answer still counts


async def show_first(session: AsyncSession, opened: Sequence[Assignment], *, now: datetime) -> None:
    """Show each person the first of the claims just given to them; the rest come by "next"."""
    first: dict[int, Assignment] = {}
    for assignment in opened:
        first.setdefault(assignment.reviewer_id, assignment)
    for assignment in first.values():
        await show_card(session, assignment, now=now, key=f"card/{assignment.id}")


async def show_card(
    session: AsyncSession,
    assignment: Assignment,
    *,
    now: datetime,
    key: str | None = None,
    view: str = "plain",
) -> int | None:
    """Show the claim to its holder in a new message; its outbox id, None if `key` was used."""
    holder = await members.get(session, assignment.reviewer_id)
    return await tell(
        session,
        private(holder) if holder else None,
        NoticeKind.CARD,
        now=now,
        about=About(assignment_id=assignment.id),
        key=key,
        view=view,
    )


async def show_next(
    session: AsyncSession, member_id: int, *, now: datetime, after: int | None
) -> int | None:
    """Show this person the open claim that follows the assignment `after`, soonest due first.

    After the last comes the first. None when nothing else is open.

    Raises:
        Refusal: that very card was shown a moment ago, so it is there already.
    """
    waiting = await assignments.open_of(session, member_id)
    ids = [one.id for one in waiting]
    start = ids.index(after) + 1 if after in ids else 0
    following = [one for one in (*waiting[start:], *waiting[:start]) if one.id != after]
    if not following:
        return None
    shown = await outbox.prompts_for(session, NoticeKind.CARD, assignment_id=following[0].id)
    if any(now - PRESSED_TWICE < prompt.created_at <= now for prompt in shown if after):
        raise Refusal("just_shown", assignment=following[0].id)
    return await show_card(session, following[0], now=now)


async def open_card(
    session: AsyncSession,
    tap: Tap,
    assignment_id: int,
    *,
    now: datetime,
    view: str = "plain",
) -> None:
    """Show the claim at the end of the chat; one that went to somebody else as it is, to reply to.

    Raises:
        Refusal: it is answered, or not needed any more.
    """
    assignment = await own(session, tap.actor_id, assignment_id)
    if assignment.state in _GONE_ON:
        place = Place(tap.chat_id, tap.thread_id, member_id=tap.actor_id)
        about = About(assignment_id=assignment_id)
        await tell(session, place, NoticeKind.CARD_CLOSED, now=now, about=about)
        return
    assignment = await open_of_actor(session, tap.actor_id, assignment_id)
    await show_card(session, assignment, now=now, view=view)


async def turn_card(
    session: AsyncSession, tap: Tap, assignment_id: int, *, view: str, now: datetime
) -> None:
    """Show other buttons under the card: "plain", "more" or "pass"."""
    await open_of_actor(session, tap.actor_id, assignment_id)
    await show(session, tap.notice_id, NoticeKind.CARD, now=now, view=view)


async def tell_why(session: AsyncSession, tap: Tap, assignment_id: int, *, now: datetime) -> bool:
    """Answer "why me?" once under each card; False when the answer is there already."""
    await own(session, tap.actor_id, assignment_id)
    holder = await members.get(session, tap.actor_id)
    told = await tell(
        session,
        private(holder) if holder else None,
        NoticeKind.WHY_ME,
        now=now,
        about=About(assignment_id=assignment_id),
        key=f"why/{assignment_id}/{tap.message_id}",
        reply_to=tap.message_id or None,
    )
    return told is not None


async def close_cards(session: AsyncSession, assignment_id: int, *, now: datetime) -> None:
    """Let every card about this assignment say how it ended; the buttons go."""
    for kind in OPEN_CARDS:
        for prompt in await outbox.prompts_for(session, kind, assignment_id=assignment_id):
            await show(session, prompt.outbox_id, NoticeKind.CARD_CLOSED, now=now)


async def refresh_cards(session: AsyncSession, assignment_id: int, *, now: datetime) -> None:
    """Bring every open card about this assignment up to date."""
    for prompt in await outbox.prompts_for(session, NoticeKind.CARD, assignment_id=assignment_id):
        await show(session, prompt.outbox_id, NoticeKind.CARD, now=now, view="plain")


async def own(session: AsyncSession, actor_id: int, assignment_id: int) -> Assignment:
    """The assignment, if it is the actor's, open or closed.

    Raises:
        NotPermitted: it is somebody else's, or the actor may not review.
        Refusal: there is no such assignment.
    """
    await require(session, actor_id, Deed.REVIEW)
    assignment = await assignments.get(session, assignment_id)
    if assignment is None:
        raise Refusal("no_such_assignment", assignment=assignment_id)
    if assignment.reviewer_id != actor_id:
        raise NotPermitted("not_your_claim", assignment=assignment_id)
    return assignment


async def open_of_actor(session: AsyncSession, actor_id: int, assignment_id: int) -> Assignment:
    """The assignment, if it is the actor's and open.

    Raises:
        Refusal: it is not open any more; `state` tells how it ended.
    """
    assignment = await own(session, actor_id, assignment_id)
    if assignment.state is not AssignmentState.OPEN:
        raise Refusal("not_open", assignment=assignment_id, state=assignment.state.value)
    return assignment
