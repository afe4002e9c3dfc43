"""Each person's own card: away and back, hours, duty, time zone."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.hours.wall import local_day, local_instant
from bot.workflow.may import Deed, require
from bot.workflow.notices import NoticeKind, private, show, tell
from bot.workflow.policy import Policy, zone_of
from bot.workflow.retiming import retime
from bot.workflow.zones import zone_named
from storage import events, members, outbox
from storage.models import Absence, Member
from storage.models.people import AbsenceKind

LONGEST_DUTY_H = 24


async def open_card(session: AsyncSession, actor_id: int, *, now: datetime) -> None:
    """Show somebody their own card, as a new message in private."""
    member = await _own(session, actor_id)
    await tell(session, private(member), NoticeKind.ME, now=now)


async def turn_card(  # a page of the card in the message that shows it
    session: AsyncSession,
    actor_id: int,
    notice_id: int | None,
    *,
    now: datetime,
    menu: str = "",
    region: str = "",
    page: int = 0,
) -> None:
    """Show a page of the card: menu "" (the card), "away", "hours" or "zone".

    A welcome stays a welcome, whose only page is the choice of a zone.
    """
    await _own(session, actor_id)
    prompt = await outbox.prompt_of(session, notice_id) if notice_id is not None else None
    is_welcome = prompt is not None and prompt.kind == NoticeKind.WELCOME.value
    kind = NoticeKind.WELCOME if is_welcome else NoticeKind.ME
    await show(session, notice_id, kind, now=now, menu=menu, region=region, page=page)


async def show_help(
    session: AsyncSession, actor_id: int, notice_id: int | None = None, *, now: datetime
) -> None:
    """What this person may do now: in that message, without one in a new private one."""
    member = await _own(session, actor_id)
    if notice_id is None:
        await tell(session, private(member), NoticeKind.HELP, now=now)
    else:
        await show(session, notice_id, NoticeKind.HELP, now=now)


async def go_away(
    session: AsyncSession,
    actor_id: int,
    *,
    until_at: datetime | None,
    policy: Policy,
    now: datetime,
) -> None:
    """Away from now on, until an instant or until told; a running duty ends.

    Their due times stand still; what cannot wait so long is handed over by the next sweep.

    Raises:
        Refusal: `until_at` is over.
    """
    if until_at is not None and until_at <= now:
        raise Refusal("date_is_past")
    await _own(session, actor_id)
    for kind in AbsenceKind:
        await members.end_absences(session, actor_id, kind, now)
    await members.add_absence(
        session,
        Absence(member_id=actor_id, kind=AbsenceKind.AWAY, from_at=now, until_at=until_at),
    )
    until = until_at.isoformat() if until_at else None
    await _changed(session, "member.away", actor_id, policy=policy, now=now, until=until)


async def go_away_days(
    session: AsyncSession, actor_id: int, days: int, *, policy: Policy, now: datetime
) -> None:
    """Away for the rest of this day and the `days` - 1 after it, as the person's zone has them."""
    member = await _own(session, actor_id)
    zone = zone_of(member, policy)
    back_on = local_day(zone, now) + timedelta(days=days)
    until_at = local_instant(zone, back_on, time())
    await go_away(session, actor_id, until_at=until_at, policy=policy, now=now)


async def come_back(session: AsyncSession, actor_id: int, *, policy: Policy, now: datetime) -> None:
    """Here again; announced absences end too."""
    await _own(session, actor_id)
    if await members.end_absences(session, actor_id, AbsenceKind.AWAY, now):
        await _changed(session, "member.back", actor_id, policy=policy, now=now)


async def go_on_duty(
    session: AsyncSession, actor_id: int, hours: float, *, policy: Policy, now: datetime
) -> None:
    """At work for so many hours from now, whatever the usual hours and absences say."""
    await _own(session, actor_id)
    if not 0 < hours <= LONGEST_DUTY_H:
        raise Refusal("unclear_card", written=f"on for {hours:g} h")
    await members.end_absences(session, actor_id, AbsenceKind.ON_DUTY, now)
    until_at = now + timedelta(hours=hours)
    await members.add_absence(
        session,
        Absence(member_id=actor_id, kind=AbsenceKind.ON_DUTY, from_at=now, until_at=until_at),
    )
    await _changed(
        session, "member.on_duty", actor_id, policy=policy, now=now, until=until_at.isoformat()
    )


async def end_duty(session: AsyncSession, actor_id: int, *, policy: Policy, now: datetime) -> None:
    """Off duty before its time."""
    await _own(session, actor_id)
    if await members.end_absences(session, actor_id, AbsenceKind.ON_DUTY, now):
        await _changed(session, "member.off_duty", actor_id, policy=policy, now=now)


async def set_hours(  # days and hours are chosen apart or together
    session: AsyncSession,
    actor_id: int,
    *,
    policy: Policy,
    now: datetime,
    days: Collection[int] | None = None,
    times: tuple[time, time] | None = None,
) -> None:
    """Own working days and hours; what is not given stays as it is."""
    member = await _own(session, actor_id)
    hours = dict(member.hours or {})
    if days is not None:
        hours["days"] = sorted(days)
    if times is not None:
        hours["start"], hours["end"] = (one.isoformat("minutes") for one in times)
    member.hours = hours
    await _changed(session, "member.hours", actor_id, policy=policy, now=now, hours=hours)


async def use_desk_hours(
    session: AsyncSession, actor_id: int, *, policy: Policy, now: datetime
) -> None:
    """The desk's days and hours again."""
    member = await _own(session, actor_id)
    member.hours = None
    await _changed(session, "member.hours", actor_id, policy=policy, now=now, hours=None)


async def choose_zone(
    session: AsyncSession, actor_id: int, written: str, *, policy: Policy, now: datetime
) -> None:
    """The zone in which the person reads times and works.

    Raises:
        Refusal: no zone is called so.
    """
    member = await _own(session, actor_id)
    zone = zone_named(written)
    if zone is None:
        raise Refusal("unknown_zone", written=written)
    member.timezone = zone
    await _changed(session, "member.timezone", actor_id, policy=policy, now=now, timezone=zone)


async def _own(session: AsyncSession, actor_id: int) -> Member:
    await require(session, actor_id, Deed.OWN_CARD)
    member = await members.get(session, actor_id)
    if member is None:
        raise LookupError(f"no member {actor_id} although they may have a card")
    return member


async def _changed(  # whose working time changed, how, and under which rules
    session: AsyncSession,
    action: str,
    member_id: int,
    *,
    policy: Policy,
    now: datetime,
    **facts: object,
) -> None:
    """Put the change on record and count the due times of what they hold anew."""
    await events.record(session, action, "member", member_id, at=now, actor_id=member_id, **facts)
    await session.flush()
    await retime(session, member_id, policy=policy, now=now)
