"""Renders what people are told when the bot itself has trouble."""

from bot.texts import running as texts
from bot.texts.language import gettext as _
from bot.workflow.notices import NoticeKind
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import assignments, chats, members, outbox
from storage.models import Outbox
from storage.models.people import ChatPurpose
from storage.models.talking import OutboxState


@renders(NoticeKind.APOLOGY)
async def apology(scene: Scene) -> Outgoing | None:
    """What they sent failed for good."""
    return Outgoing(texts.apology(str(scene.facts.get("reference", ""))))


@renders(NoticeKind.DEAD_UPDATE)
async def dead_update(scene: Scene) -> Outgoing | None:
    """The same for an admin."""
    member_id = scene.facts.get("member_id")
    sender = await members.get(scene.session, int(member_id)) if member_id else None
    reference = str(scene.facts.get("reference", ""))
    return Outgoing(texts.dead_update(reference, sender.name if sender else None))


@renders(NoticeKind.UNKNOWN_POST)
async def unknown_post(scene: Scene) -> Outgoing | None:
    """A message to a group or channel that may or may not be there."""
    row = await outbox.get(scene.session, int(scene.facts["outbox_id"]))
    if row is None:
        return None
    title = await _title(scene, row)
    if what := scene.facts.get("what"):
        return Outgoing(texts.settled_post(str(what), title))
    again = Button(_("Post it again"), data("post", "again", row.id))
    if row.state is OutboxState.FAILED:
        return Outgoing(texts.failed_post(title, row.error), buttons=((again,),))
    there = Button(_("It is there"), data("post", "there", row.id), style="primary")
    return Outgoing(texts.unknown_post(title, row.error), buttons=((there, again),))


@renders(NoticeKind.UNREACHABLE)
async def unreachable(scene: Scene) -> Outgoing | None:
    """A member has blocked the bot."""
    member = await members.get(scene.session, int(scene.facts["member_id"]))
    if member is None:
        return None
    held = await assignments.open_of(scene.session, member.id)
    return Outgoing(texts.unreachable(member.name, len(held)))


async def _title(scene: Scene, row: Outbox) -> str:
    """What people call the chat that the row goes to."""
    chat = await chats.at(scene.session, row.chat_id, row.thread_id, ChatPurpose.TEAM)
    if chat is not None and chat.title:
        return chat.title
    member = await members.by_telegram_id(scene.session, row.chat_id)
    return member.name if member else _("the chat {id}").format(id=row.chat_id)
