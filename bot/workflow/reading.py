"""The reading loop's step: one submission, fetched and read under a lease, becomes an article."""

import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import ClientSession
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.articles.article import ArticleStatus
from bot.articles.characters import decoded
from bot.articles.documents.document import Document, document_kind
from bot.articles.fetch import fetch_page
from bot.articles.guard import Allow
from bot.articles.page import Page
from bot.clock import Clock
from bot.errors import ArticleProblem, ArticleUnreachable, ArticleUnreadable
from bot.extraction import Draft, Extraction, extract
from bot.reader import Reader
from bot.workflow.drafts import format_of
from bot.workflow.endings import end_as_known, end_as_read, end_unread, try_later
from bot.workflow.policy import Policy
from storage import articles, submissions
from storage.database import Sessions
from storage.models import Submission
from storage.models.intake import SubmissionKind

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=75)  # fetching may take 20 s, and so may each job before ours
PAUSES = (timedelta(seconds=20), timedelta(minutes=2))  # before the second and the third try
LONGEST_PAUSE = timedelta(minutes=15)  # a busy site may ask for more; an editor would not wait
SAVED_PAGE_CHARS = 200_000  # the head of a saved page holds its style sheets too
SAVED_PAGE = re.compile(
    r"<link[^<>]{0,200}\brel=[\"']?canonical\b|<meta[^<>]{0,200}\bog:url\b", re.IGNORECASE
)
TELEGRAM_POST = re.compile(
    r"https://t\.me/(?:s/|c/)?\w+/\d+"
)  # its page holds a part of it at most
CRASHES = 5  # a submission over which the desk died so often is left alone

FetchFile = Callable[[str], Awaitable[bytes]]


@dataclass(frozen=True)
class Taken:
    """A submission in our hands until its lease ends; `token` says that it is still ours."""

    submission: Submission
    token: int


async def read_next(  # everything that reading needs and the workflow does not hold
    *,
    sessions: Sessions,
    http: ClientSession,
    reader: Reader,
    fetch_file: FetchFile,
    allow: Allow,
    policy: Policy,
    clock: Clock,
) -> bool:
    """Read the submission that has waited longest; False when none is due.

    Fetching and reading happen outside any transaction. What comes of it is written in one that
    first makes sure of the lease: after a crash somebody reads again, and nothing is there twice.
    """
    async with sessions.begin() as session:
        due, taken = await _take(session, now=clock())
    if taken is None:
        return due
    try:
        outcome = await _outcome(
            taken.submission, http=http, reader=reader, fetch_file=fetch_file, allow=allow
        )
    except asyncio.CancelledError:
        # The desk is stopping. Without this its next start would wait for the lease to end.
        async with sessions.begin() as session:
            await submissions.put_back(session, taken.submission.id, taken.token, clock())
        raise
    async with sessions.begin() as session:
        submission = await submissions.in_hand(session, taken.submission.id, taken.token)
        if submission is None:
            return True
        if isinstance(outcome, ArticleProblem):
            await _give_up(session, submission, outcome, now=clock())
        else:
            await end_as_read(session, submission, outcome, policy=policy, now=clock())
    return True


async def _outcome(
    submission: Submission,
    *,
    http: ClientSession,
    reader: Reader,
    fetch_file: FetchFile,
    allow: Allow,
) -> Extraction | ArticleProblem:
    """What was read, or why it could not be."""
    try:
        source = await _source(submission, http=http, fetch_file=fetch_file, allow=allow)
        extraction = await reader.run(extract, source)
    except ArticleProblem as problem:
        return problem
    except Exception:
        # A bug met this text. It is the person's to know and ours to mend; the others go on.
        reference = secrets.token_hex(4)
        log.exception("reading failed", extra={"reference": reference})
        return ArticleUnreadable("", "bug", reference=reference)
    status = extraction.article.status
    if status is not ArticleStatus.OK:
        return ArticleUnreadable(submission.url_as_sent or "", status.value)
    if not extraction.article.text.strip():
        return ArticleUnreadable(submission.url_as_sent or "", "empty")
    return extraction


async def _take(session: AsyncSession, *, now: datetime) -> tuple[bool, Taken | None]:
    """Whether something was due, and that submission unless it could be ended without reading."""
    submission_id = await submissions.next_due(session, now)
    if submission_id is None:
        return False, None
    token = await submissions.lease(session, submission_id, until=now + LEASE)
    submission = await submissions.in_hand(session, submission_id, token)
    if submission is None:
        return True, None
    if submission.attempts > CRASHES:
        await end_unread(session, submission, ArticleUnreadable("", "gave_up"), now=now)
        return True, None
    known = await _known(session, submission)
    if known is not None:
        await end_as_known(session, submission, known, now=now)
        return True, None
    return True, Taken(submission, token)


async def _known(session: AsyncSession, submission: Submission) -> int | None:
    """The article behind the address, if somebody else's submission was read meanwhile."""
    if not submission.url_key or submission.again or submission.kind is not SubmissionKind.LINK:
        return None
    article = await articles.known_as(session, submission.desk_id, [submission.url_key])
    return article.id if article else None


async def _source(
    submission: Submission, *, http: ClientSession, fetch_file: FetchFile, allow: Allow
) -> Page | Draft | Document:
    """What is to be read: the page behind a link, a file of Telegram's, or the text itself."""
    if submission.kind is SubmissionKind.LINK:
        if TELEGRAM_POST.match(submission.url_key):
            raise ArticleUnreadable(submission.url_as_sent or "", "telegram_post")
        return await fetch_page(http, submission.url_as_sent or "", allow=allow)
    if submission.kind is not SubmissionKind.FILE:
        return Draft(submission.text or "")
    return await _file(submission, fetch_file)


async def _file(submission: Submission, fetch_file: FetchFile) -> Page | Draft | Document:
    """An uploaded file: a page that a browser saved is read like the page, all else as a draft.

    What is a document is told by its first bytes: names are often wrong and sometimes missing.
    """
    try:
        body = await fetch_file(submission.file_id or "")
    except Exception as error:  # the chat library's own, whatever it is: the file may come later
        raise ArticleUnreachable(submission.file_name or "", "file") from error
    document = document_kind(body)
    if document is not None:
        return Document(body, document, submission.file_name)
    kind = format_of(submission.file_name) or "text"
    if kind == "docx" or kind == "pdf":
        raise ArticleUnreadable("", "file_broken")
    characters = await asyncio.to_thread(decoded, body)  # guessing a charset takes its time
    if kind == "html" and SAVED_PAGE.search(characters[:SAVED_PAGE_CHARS]):
        return Page(url="", body=characters.encode(), content_type="text/html", charset="utf-8")
    return Draft(characters, kind, submission.file_name)


async def _give_up(
    session: AsyncSession, submission: Submission, problem: ArticleProblem, *, now: datetime
) -> None:
    """Try later what may answer then; tell the editor about everything else."""
    if isinstance(problem, ArticleUnreachable) and submission.attempts <= len(PAUSES):
        pause = max(PAUSES[submission.attempts - 1], _asked_for(problem))
        await try_later(session, submission, problem, at=now + pause, now=now)
    else:
        await end_unread(session, submission, problem, now=now)


def _asked_for(problem: ArticleProblem) -> timedelta:
    seconds = problem.details.get("retry_after") or 0
    return min(timedelta(seconds=seconds), LONGEST_PAUSE)
