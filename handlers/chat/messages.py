"""What a message means: the first that fits decides, the rest is asked by buttons."""

import re
from typing import cast

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.workflow import adoption, intake, misread, own_words, rulings
from bot.workflow.incoming import Incoming
from bot.workflow.may import Deed, may
from bot.workflow.notices import NoticeKind
from bot.workflow.sheet import commands
from bot.workflow.verdicts import answers, held, questions
from bot.workflow.verdicts.wording import code_at_start, read_answer
from handlers.chat.arrivals import incoming_of
from handlers.chat.context import Context
from storage import assignments, inputs, outbox
from storage.models import PendingInput, Prompt
from storage.models.talking import InputKind

# Messages about a claim that editors get: a reply to one is about that claim, not a verdict.
EDITOR_KINDS = frozenset(
    {
        NoticeKind.ALERT,
        NoticeKind.DISPUTE,
        NoticeKind.EXTRA_READING,
        NoticeKind.CHANGED_VERDICT,
        NoticeKind.OVERDUE,
    }
)
OWN_CARD_KINDS = frozenset({NoticeKind.ME, NoticeKind.WELCOME})  # hours, absences, time zone
_LINK = re.compile(r"\S*[^\s.]\.[^\s.]\S*")


async def on_message(update: Update, context: Context) -> None:
    """A private message of a member that is no command."""
    incoming = incoming_of(update, context)
    prompt = await _replied_prompt(update, context)
    if await _by_code(incoming, prompt, context):
        return
    if prompt is not None and await _reply(incoming, prompt, context):
        return
    await _unaddressed(incoming, context)


async def on_edit(update: Update, context: Context) -> None:
    """An edited private message: another verdict, a command, a text; or links that came late."""
    incoming = incoming_of(update, context)
    now, policy = context.now, context.services.policy
    if await answers.edited_message(context.session, incoming, policy=policy, now=now):
        return
    prompt = await _replied_prompt(update, context)
    if await _command_anew(incoming, prompt, context):
        return
    if not may(context.roles, Deed.SUBMIT):
        return
    if not await misread.follow_text(context.session, incoming, now=now) and incoming.links:
        await intake.submit_message(context.session, incoming, now=now)


async def on_group_reply(update: Update, context: Context) -> None:
    """In groups only replies to sheets that begin with a command word count."""
    incoming = incoming_of(update, context)
    if not commands.is_command(incoming.text):
        return
    prompt = await _replied_prompt(update, context)
    if prompt is None and _is_ours(update, context):
        adoption.refuse_unknown(_words_replied_to(update))
    if prompt is None or prompt.article_id is None:
        return
    await commands.command(
        context.session,
        incoming,
        prompt.article_id,
        policy=context.services.policy,
        now=context.now,
    )


async def on_group_edit(update: Update, context: Context) -> None:
    """An edited reply to a sheet in a group: a command that was refused before."""
    incoming = incoming_of(update, context)
    await _command_anew(incoming, await _replied_prompt(update, context), context)


async def _command_anew(incoming: Incoming, prompt: Prompt | None, context: Context) -> bool:
    """Whether it was an edited command to a sheet; a message about one claim takes none."""
    if prompt is None or prompt.article_id is None or not commands.is_command(incoming.text):
        return False
    if prompt.claim_id is not None or prompt.assignment_id is not None:
        return False
    policy, now = context.services.policy, context.now
    await misread.command_anew(context.session, incoming, prompt.article_id, policy=policy, now=now)
    return True


async def _by_code(incoming: Incoming, prompt: Prompt | None, context: Context) -> bool:
    """A reviewer's answer that begins with a claim's code is about that claim, wherever it stands.

    Words to an editor's message, and somebody else's in a forward, name no claim of one's own.
    """
    code = code_at_start(incoming.text)
    if code is None or incoming.is_forward or not may(context.roles, Deed.REVIEW):
        return False
    if prompt is not None and prompt.kind in (*EDITOR_KINDS, NoticeKind.QUESTION):
        return False
    policy = context.services.policy
    await answers.answer_prompt(context.session, incoming, code, policy=policy, now=context.now)
    return True


async def _reply(incoming: Incoming, prompt: Prompt, context: Context) -> bool:
    """A reply to a message of ours; False when that message is about nothing in particular."""
    session, now, policy = context.session, context.now, context.services.policy
    kind = NoticeKind(prompt.kind)
    if kind is NoticeKind.QUESTION and prompt.assignment_id is not None:
        await questions.answer_question(session, incoming, prompt.assignment_id, now=now)
    elif kind in EDITOR_KINDS and prompt.claim_id is not None:
        await rulings.claim_reply(session, incoming, prompt.claim_id, now=now)
    elif kind is NoticeKind.HANDED_OVER and prompt.assignment_id is None:
        await held.hold_for_handed_over(session, incoming, prompt.outbox_id, now=now)
    elif prompt.assignment_id is not None:
        await answers.answer_prompt(session, incoming, prompt.assignment_id, policy=policy, now=now)
    elif kind in (NoticeKind.SUBMISSION_FAILED, NoticeKind.READING):
        if prompt.submission_id is None or _is_only_links(incoming):
            return False
        await intake.attach_text(session, incoming, prompt.submission_id, now=now)
    elif kind in OWN_CARD_KINDS:
        await own_words.follow(session, incoming.actor_id, incoming.text, policy=policy, now=now)
    elif prompt.article_id is not None and not _is_only_links(incoming):
        await commands.command(session, incoming, prompt.article_id, policy=policy, now=now)
    else:
        return False
    return True


async def _unaddressed(incoming: Incoming, context: Context) -> None:
    """A private message that is no reply, in the order in which people mean things."""
    session, now, policy = context.session, context.now, context.services.policy
    if await intake.extend_paste(session, incoming, now=now):
        return
    awaited = await inputs.awaited(session, incoming.actor_id, incoming.chat_id)
    if awaited is not None and await _awaited(incoming, awaited, context):
        return
    may_submit = may(context.roles, Deed.SUBMIT)
    if incoming.links and may_submit:
        if await _may_mean_claim(incoming, context):
            await held.hold_for_use(session, incoming, now=now)
        elif intake.may_be_text(incoming):
            await held.hold_for_reading(session, incoming, now=now)
        else:
            await intake.submit_message(session, incoming, now=now)
        return
    if await answers.answer_unaddressed(session, incoming, policy=policy, now=now):
        return
    if may_submit and intake.is_draft(incoming):
        await intake.submit_message(session, incoming, now=now)
        return
    await misread.tell_misread(session, incoming, _missed(incoming), now=now)


async def _may_mean_claim(incoming: Incoming, context: Context) -> bool:
    """Whether an editor's links may be evidence: for an open claim, or a late verdict's."""
    if await assignments.open_of(context.session, incoming.actor_id):
        return True
    gone = await held.handed_over_lately(context.session, incoming.actor_id, now=context.now)
    return bool(gone) and read_answer(incoming.text).rating is not None


def _missed(incoming: Incoming) -> str:
    """What it was that nothing could be done with."""
    if read_answer(incoming.text).rating is not None:
        return "verdict"
    return "link" if incoming.links else "words"


async def _awaited(incoming: Incoming, awaited: PendingInput, context: Context) -> bool:
    """What was asked for has come; False when the kind of answer is given by button only."""
    session, now, policy = context.session, context.now, context.services.policy
    if awaited.kind in (InputKind.RULING_REASON, InputKind.OVERRIDE_REASON):
        await rulings.awaited_reason(session, incoming, awaited, now=now)
    elif awaited.kind is InputKind.LINK_TEXT and awaited.submission_id is not None:
        await intake.attach_text(session, incoming, awaited.submission_id, now=now)
    elif awaited.kind in (InputKind.WHICH_CLAIM, InputKind.WHICH_USE):
        return False
    else:
        await answers.awaited_answer(session, incoming, awaited, policy=policy, now=now)
    return True


async def _replied_prompt(update: Update, context: Context) -> Prompt | None:
    """What the message of ours that was replied to is about.

    A message whose id we never learned, because Telegram's answer was lost, is adopted by the
    code it carries.
    """
    message = cast(Message, update.effective_message)
    replied = message.reply_to_message
    if replied is None:
        return None
    words = _words_replied_to(update)
    prompt = await outbox.prompt_at(context.session, message.chat_id, replied.message_id)
    if prompt is not None and adoption.may_be(prompt, words):
        return prompt
    if prompt is not None or not _is_ours(update, context):
        return None
    return await adoption.adopt(context.session, message.chat_id, replied.message_id, words)


def _is_ours(update: Update, context: Context) -> bool:
    """Whether the message that was replied to is one of ours."""
    replied = cast(Message, update.effective_message).reply_to_message
    author = replied.from_user if replied is not None else None
    return author is not None and author.id == context.services.bot_id


def _words_replied_to(update: Update) -> str:
    replied = cast(Message, update.effective_message).reply_to_message
    return (replied.text or replied.caption or "") if replied is not None else ""


def _is_only_links(incoming: Incoming) -> bool:
    return bool(incoming.links) and not _LINK.sub("", incoming.text).strip()


HANDLERS = [
    MessageHandler(
        filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE & ~filters.COMMAND, on_edit
    ),
    MessageHandler(
        filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.COMMAND, on_message
    ),
    MessageHandler(
        filters.UpdateType.MESSAGE & filters.ChatType.GROUPS & filters.REPLY & ~filters.COMMAND,
        on_group_reply,
    ),
    MessageHandler(
        filters.UpdateType.EDITED_MESSAGE
        & filters.ChatType.GROUPS
        & filters.REPLY
        & ~filters.COMMAND,
        on_group_edit,
    ),
]
