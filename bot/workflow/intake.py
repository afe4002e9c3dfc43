"""Putting articles on the reading list: what an editor's message means to the desk's intake."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.articles.addresses import normal_url, url_key
from bot.errors import AddressForbidden, Refusal
from bot.workflow import notices
from bot.workflow.drafts import (
    COLLECT,
    CUT_CHARS,
    enter_file,
    enter_text,
    is_long,
    own_words,
    submit_draft,
)
from bot.workflow.incoming import Incoming
from bot.workflow.may import Deed, require
from bot.workflow.notices import About, NoticeKind, Place
from bot.workflow.submitting import enter
from storage import articles, members, submissions
from storage.models import Submission
from storage.models.intake import SubmissionKind, SubmissionState

LINKS_PER_MESSAGE = 20  # more than a person reads the sheets of
ARTICLE_CHARS = 1500  # a message with so many words of its own is the text, not a pointer to one
PROSE_CHARS = 250  # in paragraphs: a text with a link in it, not a link with a remark
PARAGRAPH_CHARS = 60  # shorter lines are titles of what is linked
CUT_APART = timedelta(seconds=10)  # an app sends the parts of a long paste at once
_SENTENCE_ENDS = tuple('.!?…:"”’»)')


@dataclass(frozen=True)
class Address:
    """A link as it was sent, and the identity of the article behind it."""

    as_sent: str
    key: str


async def submit_message(session: AsyncSession, incoming: Incoming, *, now: datetime) -> None:
    """Read what the message points to: its links and a file beside them, or else its own text.

    A message whose own words are as long as an article is a draft although there are links in it.
    The edit of a message adds what is new in it and nothing else.

    Raises:
        NotPermitted: the actor is no editor.
        Refusal: it holds nothing that can be read.
    """
    await require(session, incoming.actor_id, Deed.SUBMIT)
    if incoming.links and not (incoming.is_private and len(own_words(incoming)) >= ARTICLE_CHARS):
        await submit_links(session, incoming, now=now)
    elif not incoming.is_edit:
        await submit_draft(session, incoming, now=now)


def is_draft(incoming: Incoming) -> bool:
    """Whether a message without links is sent in to be read: a file, a forward, a long text."""
    return bool(incoming.attachments) or incoming.is_forward or is_long(incoming.text)


def may_be_text(incoming: Incoming) -> bool:
    """Whether a message with links is perhaps meant to be read itself: paragraphs of prose."""
    words = own_words(incoming)
    if incoming.attachments or not incoming.links or not incoming.is_private:
        return False
    lines = [line.strip() for line in words.split("\n")]
    paragraphs = [
        line for line in lines if len(line) >= PARAGRAPH_CHARS and line.endswith(_SENTENCE_ENDS)
    ]
    return PROSE_CHARS <= len(words) < ARTICLE_CHARS and len(paragraphs) > 1


async def submit_links(
    session: AsyncSession, incoming: Incoming, *, now: datetime, with_text: bool = False
) -> None:
    """Read the message's links, and a file that has them in its caption.

    `with_text` reads the message's own text too. One of all these gets "Reading…", several an
    index that fills in.

    Raises:
        NotPermitted: the actor is no editor.
        Refusal: none of them is a web address.
    """
    await require(session, incoming.actor_id, Deed.SUBMIT)
    found = web_addresses(incoming.links)
    if not found:
        raise Refusal("not_a_web_address", address=next(iter(incoming.links), ""))
    tried = [await (enter_text if with_text else enter_file)(session, incoming, now=now)]
    for address in found[:LINKS_PER_MESSAGE]:
        tried.append(await _add_link(session, incoming, address, now=now))
    added = [row for row in tried if row is not None]
    if not added:
        return
    before = await submissions.of_message(session, incoming.chat_id, incoming.message_id)
    index_id = next((row.index_notice_id for row in before if row.index_notice_id), None)
    if len(added) == 1 and index_id is None:
        await _tell_one(session, added[0], now=now)
        return
    await _list(session, added, index_id, left_out=len(found) - LINKS_PER_MESSAGE, now=now)


async def attach_text(
    session: AsyncSession, incoming: Incoming, submission_id: int, *, now: datetime
) -> None:
    """Take a text, sent in reply to a link that could not be read, as that link's article.

    A reply that only holds another link puts that one on the list.

    Raises:
        NotPermitted: the actor is no editor.
        Refusal: the link needs no text, or what was sent holds none.
    """
    await require(session, incoming.actor_id, Deed.SUBMIT)
    parent = await submissions.get(session, submission_id)
    is_link = parent is not None and bool(parent.url_key)
    if parent is None or not is_link or (incoming.links and not is_long(own_words(incoming))):
        await submit_message(session, incoming, now=now)
        return
    await submissions.stop_trying(session, parent.id)
    await session.refresh(parent)
    if parent.state is not SubmissionState.FAILED:
        raise Refusal("text_not_awaited", article_id=parent.article_id)
    await submit_draft(session, incoming, now=now, parent=parent)


async def extend_paste(session: AsyncSession, incoming: Incoming, *, now: datetime) -> bool:
    """Whether the message went on with a paste that this person began seconds ago.

    A short message only does when it follows one that the app had to cut.
    """
    if incoming.is_edit or incoming.attachments or not incoming.text.strip():
        return False
    paste = await submissions.collecting(session, incoming.actor_id, incoming.chat_id)
    if paste is None or paste.message_id == incoming.message_id:
        return False
    last_chars = int(paste.details.get("last_chars", 0))
    was_cut = last_chars >= CUT_CHARS
    if not (was_cut or is_long(incoming.text)):
        return False
    if not _is_same_origin(paste.origin, incoming.origin, was_cut=was_cut):
        return False
    last = (paste.text or "")[-last_chars:]
    joined = (" " if was_cut and _goes_on(last, incoming.text) else "\n\n") + incoming.text
    return await submissions.extend(session, paste.id, joined, next_try_at=now + COLLECT)


def web_addresses(links: tuple[str, ...]) -> list[Address]:
    """Those of `links` that lead to the web, one per article, in order."""
    found: dict[str, Address] = {}
    for link in links:
        try:
            address = Address(normal_url(link), url_key(link))
        except AddressForbidden:
            continue
        found.setdefault(address.key, address)
    return list(found.values())


def place_of(submission: Submission) -> Place:
    """Where the answers to a submission go."""
    is_private = submission.chat_id > 0  # Telegram's groups and channels have negative ids
    return Place(
        chat_id=submission.chat_id,
        thread_id=submission.thread_id,
        member_id=submission.member_id if is_private else None,
    )


def _is_same_origin(
    first: dict[str, Any] | None, further: dict[str, Any] | None, *, was_cut: bool
) -> bool:
    """Whether two messages may be one text: both the person's own, or parts of one cut forward.

    A channel's posts are articles of their own, however quickly they are forwarded.
    """
    if first is None or further is None:
        return first is further
    if first.get("name") != further.get("name") or not was_cut:
        return False
    apart = datetime.fromisoformat(further["date"]) - datetime.fromisoformat(first["date"])
    return abs(apart) <= CUT_APART


def _goes_on(last: str, following: str) -> bool:
    """Whether a paste was cut within a sentence: apps prefer the end of a line if there is one."""
    if last.rstrip().endswith(_SENTENCE_ENDS):
        return False
    return following[:1].islower() or "\n" not in last.strip()


async def _add_link(
    session: AsyncSession, incoming: Incoming, address: Address, *, now: datetime
) -> Submission | None:
    """The new submission, ended at once when the article is there; None if it was sent before."""
    desk = await members.the_desk(session)
    known = await articles.known_as(session, desk.id, [address.key])
    words = own_words(incoming)
    row = Submission(
        desk_id=desk.id,
        member_id=incoming.actor_id,
        chat_id=incoming.chat_id,
        thread_id=incoming.thread_id,
        message_id=incoming.message_id,
        kind=SubmissionKind.LINK,
        url_as_sent=address.as_sent,
        url_key=address.key,
        text=words if is_long(words) and incoming.is_private else None,
        origin=incoming.origin,
        state=SubmissionState.KNOWN if known else SubmissionState.QUEUED,
        article_id=known.id if known else None,
        next_try_at=now,
        created_at=now,
        done_at=now if known else None,
    )
    submission_id = await enter(session, row, now=now)
    if submission_id is None:
        return None
    return await submissions.get(session, submission_id)


async def _tell_one(session: AsyncSession, submission: Submission, *, now: datetime) -> None:
    is_known = submission.state is SubmissionState.KNOWN
    place = place_of(submission)
    submission.notice_id = await notices.tell(
        session,
        place,
        NoticeKind.KNOWN_ARTICLE if is_known else NoticeKind.READING,
        now=now,
        about=About(submission_id=submission.id, article_id=submission.article_id),
        reply_to=None if place.member_id else submission.message_id,
    )


async def _list(
    session: AsyncSession,
    added: list[Submission],
    index_id: int | None,
    *,
    left_out: int,
    now: datetime,
) -> None:
    """Put the submissions on the message's index; a new one unless it has one already."""
    place = place_of(added[0])
    is_new = index_id is None
    if index_id is None:
        index_id = await notices.tell(
            session,
            place,
            NoticeKind.INDEX,
            now=now,
            reply_to=None if place.member_id else added[0].message_id,
            left_out=max(0, left_out),
        )
    for row in added:
        row.index_notice_id = index_id
    await session.flush()
    if not is_new:
        await notices.show(session, index_id, NoticeKind.INDEX, now=now)
