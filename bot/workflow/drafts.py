"""Drafts: pasted and forwarded texts and uploaded files, which have no address to be read at."""

from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.articles.addresses import url_key
from bot.articles.documents.document import PDF_TYPE, WORD_TYPE
from bot.errors import AddressForbidden, Refusal
from bot.workflow import notices
from bot.workflow.incoming import Attachment, Incoming
from bot.workflow.may import Deed, require
from bot.workflow.notices import About, NoticeKind, Place
from bot.workflow.submitting import enter
from storage import articles, members, submissions
from storage.models import Submission
from storage.models.intake import SubmissionKind, SubmissionState
from storage.models.work import EvidenceKind

Format = Literal["text", "html", "markdown", "docx", "pdf"]

LONG_CHARS = 300  # from here on a message is a text to be checked and not a remark
FORWARD_CHARS = 80  # a forward is meant to be read from one sentence on
CUT_CHARS = 2000  # apps cut a paste at a line end in the later half of the 4096 that they may send
COLLECT = timedelta(seconds=3)  # how long a paste waits for its next message
FILE_BYTES = 20 * 1024 * 1024  # Bot API: larger files cannot be downloaded by bots

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".pdf": "pdf",
}
_REFUSED = {
    **dict.fromkeys((".doc", ".odt", ".rtf", ".pages", ".gdoc"), "document_not_read"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic"), "picture_not_read"),
    **dict.fromkeys((".mp4", ".mov", ".avi", ".mkv", ".webm"), "video_not_read"),
    **dict.fromkeys((".mp3", ".ogg", ".oga", ".m4a", ".wav"), "sound_not_read"),
}
_BY_MIME: dict[str, Format] = {PDF_TYPE: "pdf", WORD_TYPE: "docx"}
_REFUSED_MIME = {"image": "picture_not_read", "video": "video_not_read", "audio": "sound_not_read"}


def own_words(incoming: Incoming) -> str:
    """The message without the addresses that stand in it."""
    words = incoming.text
    for link in incoming.links:
        words = words.replace(link, " ")
    return words.strip()


def is_long(text: str) -> bool:
    """Whether a text is long enough to be a draft."""
    return len(text.strip()) >= LONG_CHARS


def format_of(file_name: str | None, mime: str | None = None) -> Format | None:
    """How an uploaded file is read, by its name's ending or else its type; None if it is not."""
    return FORMATS.get(PurePath(file_name or "").suffix.lower()) or _BY_MIME.get(mime or "")


async def submit_draft(
    session: AsyncSession,
    incoming: Incoming,
    *,
    now: datetime,
    parent: Submission | None = None,
    is_wished: bool = False,
) -> None:
    """Put the message's file, else its text, on the reading list.

    With `parent` it is the text of that link, which could not be read. A text waits a moment for
    further messages of the same paste. With `is_wished` somebody asked for it to be read by a
    button, however short it is.

    Raises:
        NotPermitted: the actor is no editor.
        Refusal: sent in a group, or nothing in it can be read.
    """
    await require(session, incoming.actor_id, Deed.SUBMIT)
    if not incoming.is_private:
        raise Refusal("draft_in_group")
    file = _readable_file(incoming)
    if file is None and not is_wished:
        _refuse_short(incoming)
    row = _row(incoming, file, parent, now=now)
    row.desk_id = (await members.the_desk(session)).id
    if parent is None and row.url_key:
        known = await articles.known_as(session, row.desk_id, [row.url_key])
        if known is not None:
            row.state, row.article_id, row.done_at = SubmissionState.KNOWN, known.id, now
    submission_id = await enter(session, row, now=now)
    if submission_id is None:
        return
    await _tell(session, submission_id, now=now)


async def enter_file(
    session: AsyncSession, incoming: Incoming, *, now: datetime
) -> Submission | None:
    """Put the file that came with links on the reading list beside them.

    None when there is none, or it was put there before. One that cannot be read is refused in a
    message of its own, since the links are read all the same.
    """
    file = next(iter(incoming.attachments), None)
    if file is None or file.kind != EvidenceKind.FILE.value or not incoming.is_private:
        return None
    refusal = _refusal_of(file)
    if refusal is not None:
        if not incoming.is_edit:
            place = Place(incoming.chat_id, incoming.thread_id, member_id=incoming.actor_id)
            await notices.refuse(session, place, refusal, now=now, reply_to=incoming.message_id)
        return None
    return await _enter(session, _row(incoming, file, None, now=now), now=now)


async def enter_text(
    session: AsyncSession, incoming: Incoming, *, now: datetime
) -> Submission | None:
    """Put the message's own text on the reading list; None when it was put there before."""
    return await _enter(session, _row(incoming, None, None, now=now), now=now)


async def _enter(session: AsyncSession, row: Submission, *, now: datetime) -> Submission | None:
    row.desk_id = (await members.the_desk(session)).id
    submission_id = await enter(session, row, now=now)
    return await submissions.get(session, submission_id) if submission_id is not None else None


def _refusal_of(file: Attachment) -> Refusal | None:
    """Why an uploaded file cannot be read; None when it can."""
    if not format_of(file.file_name, file.mime):
        return Refusal(_why_not_read(file), file_name=file.file_name)
    if (file.size_bytes or 0) > FILE_BYTES:
        return Refusal("file_too_big", file_name=file.file_name)
    return None


def _readable_file(incoming: Incoming) -> Attachment | None:
    """The file to be read; None when the words beside it are what is meant, or there is none."""
    file = next(iter(incoming.attachments), None)
    if file is None:
        return None
    if file.kind == EvidenceKind.FILE.value and format_of(file.file_name, file.mime):
        if (file.size_bytes or 0) > FILE_BYTES:
            raise Refusal("file_too_big", file_name=file.file_name)
        return file
    if is_long(incoming.text) or (incoming.is_forward and len(incoming.text) >= FORWARD_CHARS):
        return None
    raise Refusal(_why_not_read(file), file_name=file.file_name)


def _why_not_read(file: Attachment) -> str:
    by_kind = {
        EvidenceKind.PHOTO.value: "picture_not_read",
        EvidenceKind.VOICE.value: "sound_not_read",
    }
    by_mime = _REFUSED_MIME.get((file.mime or "").partition("/")[0])
    suffix = PurePath(file.file_name or "").suffix.lower()
    return by_kind.get(file.kind) or _REFUSED.get(suffix) or by_mime or "file_not_read"


def _refuse_short(incoming: Incoming) -> None:
    enough = FORWARD_CHARS if incoming.is_forward else LONG_CHARS
    if len(incoming.text.strip()) < enough:
        raise Refusal("text_too_short", least=enough)


def _row(
    incoming: Incoming, file: Attachment | None, parent: Submission | None, *, now: datetime
) -> Submission:
    origin_url = (incoming.origin or {}).get("url")
    kind = SubmissionKind.FORWARD if incoming.is_forward else SubmissionKind.PASTE
    return Submission(
        desk_id=0,
        member_id=incoming.actor_id,
        chat_id=incoming.chat_id,
        thread_id=incoming.thread_id,
        message_id=incoming.message_id,
        kind=SubmissionKind.FILE if file else kind,
        url_as_sent=parent.url_as_sent if parent else origin_url,
        url_key=parent.url_key if parent else _key_of(origin_url),
        text=None if file else incoming.text,
        file_id=file.file_id if file else None,
        file_name=file.file_name if file else None,
        origin=incoming.origin,
        parent_id=parent.id if parent else None,
        state=SubmissionState.QUEUED if file else SubmissionState.COLLECTING,
        details={} if file else {"last_chars": len(incoming.text)},
        next_try_at=now if file else now + COLLECT,
        created_at=now,
    )


def _key_of(url: str | None) -> str:
    try:
        return url_key(url) if url else ""
    except AddressForbidden:
        return ""


async def _tell(session: AsyncSession, submission_id: int, *, now: datetime) -> None:
    row = await submissions.get(session, submission_id)
    if row is None:
        return
    is_known = row.state is SubmissionState.KNOWN
    row.notice_id = await notices.tell(
        session,
        Place(chat_id=row.chat_id, thread_id=row.thread_id, member_id=row.member_id),
        NoticeKind.KNOWN_ARTICLE if is_known else NoticeKind.READING,
        now=now,
        about=About(submission_id=row.id, article_id=row.article_id),
    )
