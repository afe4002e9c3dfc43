"""Joining, the own card, the team and its chat: their commands and buttons."""

from typing import Any, cast

from telegram import Message, Update, User
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.workflow import absences, here, joining, own_words, people
from bot.workflow.hours.parsing import parse_days, parse_hours
from handlers.chat.arrivals import incoming_of, tap_of, thread_of
from handlers.chat.context import Context
from storage.models.people import Role


async def on_start(update: Update, context: Context) -> None:
    """`/start`, with or without an invitation, of somebody who is a member already."""
    user = cast(User, update.effective_user)
    name, language = user.full_name, user.language_code or "en"
    context.change_menus()  # a chat that is only begun now had none
    if context.args:
        await joining.join(
            context.session,
            token=context.args[0],
            tg_user_id=user.id,
            name=name,
            language=language,
            now=context.now,
        )
        return
    await joining.start(
        context.session, context.member.id, name=name, language=language, now=context.now
    )


async def on_help(_update: Update, context: Context) -> None:
    """`/help`: what this person may do now."""
    await absences.show_help(context.session, context.member.id, now=context.now)


async def on_me(_update: Update, context: Context) -> None:
    """`/me`: the card; with words the card changes first."""
    session, actor_id, now = context.session, context.member.id, context.now
    written = " ".join(context.args or [])
    if written:
        policy = context.services.policy
        await own_words.follow(session, actor_id, written, policy=policy, now=now)
    else:
        await absences.open_card(session, actor_id, now=now)


async def on_plain_wish(update: Update, context: Context) -> None:
    """Words such as "on for 6 h", said without the command."""
    incoming = incoming_of(update, context)
    policy = context.services.policy
    await own_words.follow(
        context.session, incoming.actor_id, incoming.text, policy=policy, now=context.now
    )


async def on_card_page(update: Update, context: Context) -> None:
    """Another page of the card: `me:away`, `me:zone:Europe:0`."""
    tap = await tap_of(update, context)
    menu, region = (*tap.words, "")[:2]
    await absences.turn_card(
        context.session,
        tap.actor_id,
        tap.notice_id,
        now=context.now,
        menu="" if menu == "card" else menu,
        region=region,
        page=tap.ids[0] if tap.ids else 0,
    )


async def on_card_help(update: Update, context: Context) -> None:
    """What I may do, in place of the card."""
    tap = await tap_of(update, context)
    await absences.show_help(context.session, tap.actor_id, tap.notice_id, now=context.now)


async def on_presence(update: Update, context: Context) -> None:
    """Away, back, on duty, off again; then the card."""
    tap = await tap_of(update, context)
    session, policy, now = context.session, context.services.policy, context.now
    what, number = tap.words[0], tap.ids[0] if tap.ids else 0
    if what == "back":
        await absences.come_back(session, tap.actor_id, policy=policy, now=now)
    elif what == "off":
        await absences.end_duty(session, tap.actor_id, policy=policy, now=now)
    elif what == "on":
        await absences.go_on_duty(session, tap.actor_id, number, policy=policy, now=now)
    elif number:
        await absences.go_away_days(session, tap.actor_id, number, policy=policy, now=now)
    else:
        await absences.go_away(session, tap.actor_id, until_at=None, policy=policy, now=now)
    await absences.turn_card(session, tap.actor_id, tap.notice_id, now=now)


async def on_hours(update: Update, context: Context) -> None:
    """Working days or hours from the presets; then the card."""
    tap = await tap_of(update, context)
    session, policy, now = context.session, context.services.policy, context.now
    what, preset = (*tap.words, "")[:2]
    if what == "desk":
        await absences.use_desk_hours(session, tap.actor_id, policy=policy, now=now)
    elif what == "days":
        days = parse_days(preset)
        await absences.set_hours(session, tap.actor_id, days=days, policy=policy, now=now)
    else:
        times = parse_hours(f"{preset[:2]}:{preset[2:7]}:{preset[7:]}")
        await absences.set_hours(session, tap.actor_id, times=times, policy=policy, now=now)
    await absences.turn_card(session, tap.actor_id, tap.notice_id, now=now)


async def on_zone(update: Update, context: Context) -> None:
    """A city: the person's time zone from now on."""
    tap = await tap_of(update, context)
    policy, zone = context.services.policy, tap.words[0]
    await absences.choose_zone(context.session, tap.actor_id, zone, policy=policy, now=context.now)
    await absences.turn_card(context.session, tap.actor_id, tap.notice_id, now=context.now)


async def on_invite(_update: Update, context: Context) -> None:
    """`/invite reviewer`: a link; without a role the question."""
    if context.args:
        await _invite(context, context.args[0], None)
    else:
        await people.ask_whom_to_invite(context.session, context.member.id, now=context.now)


async def on_invite_ask(_update: Update, context: Context) -> None:
    """Invite… under the team's list."""
    await people.ask_whom_to_invite(context.session, context.member.id, now=context.now)


async def on_invite_role(update: Update, context: Context) -> None:
    """A role: the link in place of the question."""
    tap = await tap_of(update, context)
    await _invite(context, tap.words[0], tap.notice_id)


async def on_invite_more(update: Update, context: Context) -> None:
    """One more link, in a message of its own: the first may not have been passed on yet."""
    tap = await tap_of(update, context)
    await _invite(context, tap.words[-1], None)


async def on_members(_update: Update, context: Context) -> None:
    """`/members`: the team."""
    await people.show_team(context.session, context.member.id, now=context.now)


async def on_team(update: Update, context: Context) -> None:
    """A page of the list, one person, or the question whether they go."""
    tap = await tap_of(update, context)
    number, is_list = tap.ids[0], tap.words[0] == "list"
    await people.show_team(
        context.session,
        tap.actor_id,
        tap.notice_id,
        now=context.now,
        page=number if is_list else 0,
        member_id=None if is_list else number,
        is_leaving=tap.words[0] == "leave",
    )


async def on_role(update: Update, context: Context) -> None:
    """Give or take a role; then the person."""
    tap = await tap_of(update, context)
    what, role = tap.words
    change = people.grant if what == "give" else people.revoke
    member_id = tap.ids[0]
    context.change_menus()
    await change(context.session, tap.actor_id, member_id, Role(role), now=context.now)
    if member_id == tap.actor_id and role == Role.ADMIN.value and what == "take":
        await absences.turn_card(context.session, tap.actor_id, tap.notice_id, now=context.now)
        return
    await people.show_team(
        context.session, tap.actor_id, tap.notice_id, now=context.now, member_id=member_id
    )


async def on_remove(update: Update, context: Context) -> None:
    """Yes, remove; then the list."""
    tap = await tap_of(update, context)
    context.change_menus()
    await people.remove(context.session, tap.actor_id, tap.ids[0], now=context.now)
    if tap.ids[0] != tap.actor_id:
        await people.show_team(context.session, tap.actor_id, tap.notice_id, now=context.now)


async def on_here(update: Update, context: Context) -> None:
    """`/here` in the chat that shall get the digest; there Telegram may not say who speaks."""
    message = cast(Message, update.effective_message)
    chat = message.chat
    public_ok = context.services.settings.public_channel_ok
    room = here.Room(
        chat_id=chat.id,
        kind=chat.type,
        title=chat.title or "",
        thread_id=thread_of(message),
        username=chat.username,
    )
    if message.sender_chat is None:
        await here.say_here(
            context.session,
            room,
            actor_id=context.member.id,
            message_id=message.message_id,
            public_ok=public_ok,
            now=context.now,
        )
    elif message.sender_chat.id == chat.id:  # not a guest who speaks in another channel's name
        await here.say_here_unnamed(context.session, room, public_ok=public_ok, now=context.now)


async def on_here_answer(update: Update, context: Context) -> None:
    """Post the digest there, or not."""
    tap = await tap_of(update, context)
    chat_id, thread_id = tap.ids
    await here.decide(
        context.session,
        tap.actor_id,
        tap.notice_id,
        chat_id=chat_id,
        thread_id=thread_id,
        is_wanted=tap.words[0] == "yes",
        now=context.now,
    )


async def _invite(context: Context, role: str, notice_id: int | None) -> None:
    await people.invite(
        context.session,
        context.member.id,
        role,
        bot_username=context.services.bot_username,
        notice_id=notice_id,
        now=context.now,
    )


class _PlainWish(filters.MessageFilter):
    """Words that can only be meant for the own card."""

    def filter(self, message: Message) -> bool:
        return own_words.is_plain_wish(message.text or "")


_SAID = filters.UpdateType.MESSAGE
HANDLERS: list[BaseHandler[Any, Any, Any]] = [
    CommandHandler("start", on_start, filters=_SAID & filters.ChatType.PRIVATE),
    CommandHandler("help", on_help, filters=_SAID),
    CommandHandler("me", on_me, filters=_SAID),
    CommandHandler("invite", on_invite, filters=_SAID),
    CommandHandler("members", on_members, filters=_SAID),
    CommandHandler("here", on_here, filters=_SAID | filters.UpdateType.CHANNEL_POST),
    CallbackQueryHandler(on_card_help, pattern=r"^me:help$"),
    CallbackQueryHandler(on_presence, pattern=r"^me:(gone:(\d{1,3}|told)|back|on:\d{1,2}|off)$"),
    CallbackQueryHandler(on_hours, pattern=r"^me:(desk|days:[a-z-]+|times:\d{4}-\d{4})$"),
    CallbackQueryHandler(on_card_page, pattern=r"^me:(card|away|hours|zone(:\w+:\d+)?)$"),
    CallbackQueryHandler(on_zone, pattern=r"^zone:[\w/+-]+$"),
    CallbackQueryHandler(on_invite_ask, pattern=r"^invite:ask$"),
    CallbackQueryHandler(on_invite_role, pattern=r"^invite:(admin|editor|reviewer)$"),
    CallbackQueryHandler(on_invite_more, pattern=r"^invite:more:(admin|editor|reviewer)$"),
    CallbackQueryHandler(on_team, pattern=r"^team:(list|one|leave):\d+$"),
    CallbackQueryHandler(on_role, pattern=r"^team:(give|take):\d+:(admin|editor|reviewer)$"),
    CallbackQueryHandler(on_remove, pattern=r"^team:gone:\d+$"),
    CallbackQueryHandler(on_here_answer, pattern=r"^here:(yes|no):-?\d+:\d+$"),
    MessageHandler(
        _SAID & filters.ChatType.PRIVATE & filters.TEXT & ~filters.REPLY & _PlainWish(),
        on_plain_wish,
    ),
]
