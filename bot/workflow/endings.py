"""How a reading ends: an article with its sheet, one that is there already, or a reason why not."""

from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.articles.addresses import url_key
from bot.articles.article import Article as ReadArticle
from bot.errors import AddressForbidden, ArticleProblem
from bot.extraction import Extraction
from bot.workflow import notices
from bot.workflow.carrying import carry_claims
from bot.workflow.intake import place_of
from bot.workflow.notices import About, NoticeKind
from bot.workflow.policy import Policy
from bot.workflow.recording import Reading, add_claims, add_version, sha256_of
from bot.workflow.sheet_messages import open_sheet, refresh_sheets
from bot.workflow.sheet_states import restate
from storage import articles, events, submissions
from storage.models import Article, Submission
from storage.models.intake import SubmissionState


async def end_as_read(
    session: AsyncSession,
    submission: Submission,
    extraction: Extraction,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """Keep what was read as a new article, or as a new version if it was to be read again.

    An article that turns out to be at the desk under another address is only shown.
    """
    keys = _keys_of(submission, extraction.article)
    await articles.hold_desk(session, submission.desk_id)
    article = await _article_of(session, submission, keys)
    if article is None and not keys:
        article = await articles.draft_with(
            session, submission.desk_id, sha256_of(extraction.article.text)
        )
    is_wanted = submission.again or submission.parent_id is not None
    if article is not None and not is_wanted:
        await _know_as(session, article, keys)
        await end_as_known(session, submission, article.id, now=now)
        return
    if article is None:
        article = await _first_reading(
            session, submission, extraction, keys=keys, policy=policy, now=now
        )
    else:
        await _next_reading(session, article, submission, extraction, policy=policy, now=now)
    await _know_as(session, article, keys)
    _end(submission, SubmissionState.DONE, now=now)
    submission.article_id = article.id
    await _show_sheet(session, submission, article.id, now=now)
    await _end_parent(session, submission, article.id, now=now)


async def end_as_known(
    session: AsyncSession, submission: Submission, article_id: int, *, now: datetime
) -> None:
    """Say that the article is there already."""
    _end(submission, SubmissionState.KNOWN, now=now)
    submission.article_id = article_id
    await notices.show(
        session,
        submission.notice_id,
        NoticeKind.KNOWN_ARTICLE,
        now=now,
        about=About(submission_id=submission.id, article_id=article_id),
    )
    await refresh_index(session, submission, now=now)


async def end_unread(
    session: AsyncSession, submission: Submission, problem: ArticleProblem, *, now: datetime
) -> None:
    """Say why it could not be read: in its message, or in the index that lists it.

    From the index a button opens a message of its own, to be replied to.
    """
    _end(submission, SubmissionState.FAILED, now=now)
    submission.reason, submission.details = problem.reason, dict(problem.details)
    await events.record(
        session, "reading_failed", "submission", submission.id, at=now, reason=problem.reason
    )
    about = About(submission_id=submission.id, article_id=submission.article_id)
    if submission.notice_id is None and submission.index_notice_id is None:
        submission.notice_id = await notices.tell(
            session,
            place_of(submission),
            NoticeKind.SUBMISSION_FAILED,
            now=now,
            about=about,
        )
    else:
        await notices.show(
            session, submission.notice_id, NoticeKind.SUBMISSION_FAILED, now=now, about=about
        )
    await refresh_index(session, submission, now=now)


async def try_later(
    session: AsyncSession,
    submission: Submission,
    problem: ArticleProblem,
    *,
    at: datetime,
    now: datetime,
) -> None:
    """Put a link that did not answer back on the list; "Reading…" says when the next try is."""
    submission.state, submission.next_try_at = SubmissionState.QUEUED, at
    submission.reason, submission.lease_until = problem.reason, None
    await notices.show(session, submission.notice_id, NoticeKind.READING, now=now)
    await refresh_index(session, submission, now=now)


async def refresh_index(session: AsyncSession, submission: Submission, *, now: datetime) -> None:
    """Bring the index that lists the submission up to date."""
    await notices.show(session, submission.index_notice_id, NoticeKind.INDEX, now=now)


def _end(submission: Submission, state: SubmissionState, *, now: datetime) -> None:
    submission.state, submission.done_at, submission.lease_until = state, now, None
    submission.reason, submission.details = None, {}


def _keys_of(submission: Submission, read: ReadArticle) -> list[str]:
    """What the article may be known as: what the page calls itself, where it led, and as sent.

    Many sites name their front page as every article's own address: that one says nothing.
    """
    keys: list[str] = []
    named = read.canonical_url if urlsplit(read.canonical_url or "").path.strip("/") else None
    for url in (named, read.url):
        try:
            keys += [url_key(url)] if url else []
        except AddressForbidden:
            continue
    as_sent = submission.url_key.partition("#")[0]  # behind it: which version is read again
    keys += [as_sent] if as_sent else []
    return list(dict.fromkeys(keys))


async def _article_of(
    session: AsyncSession, submission: Submission, keys: list[str]
) -> Article | None:
    """The article that is to be read again, or is there under one of `keys`; held."""
    article_id = submission.article_id
    if article_id is None and keys:
        known = await articles.known_as(session, submission.desk_id, keys)
        article_id = known.id if known else None
    return await articles.hold(session, article_id) if article_id is not None else None


async def _know_as(session: AsyncSession, article: Article, keys: list[str]) -> None:
    for key in keys:
        await articles.add_alias(
            session, desk_id=article.desk_id, url_key=key, article_id=article.id
        )


async def _first_reading(
    session: AsyncSession,
    submission: Submission,
    extraction: Extraction,
    *,
    keys: list[str],
    policy: Policy,
    now: datetime,
) -> Article:
    article = await articles.add(
        session,
        Article(
            desk_id=submission.desk_id,
            canonical_key=keys[0] if keys else None,
            is_draft=not keys,
            editor_id=submission.member_id,
            created_at=now,
        ),
    )
    version = await add_version(session, article, extraction, submission, now=now)
    article.head_version_id = version.id
    reading = Reading(article, version, extraction.findings)
    found = extraction.findings.claims
    await add_claims(session, reading, found, most_chosen=policy.max_claims, now=now)
    await events.record(
        session,
        "article_read",
        "article",
        article.id,
        at=now,
        version_id=version.id,
        submission_id=submission.id,
        claims=len(found),
    )
    return article


async def _next_reading(
    session: AsyncSession,
    article: Article,
    submission: Submission,
    extraction: Extraction,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """A further version of the text; the same text again is only put on record as an event."""
    head = await articles.head_version(session, article.id)
    changed = head is None or head.text_sha256 != sha256_of(extraction.article.text)
    if changed:
        head = await add_version(session, article, extraction, submission, now=now)
        reading = Reading(article, head, extraction.findings)
        await carry_claims(session, reading, most_chosen=policy.max_claims, now=now)
        article.head_version_id = head.id
        await session.flush()
        await restate(session, article.id)
    await events.record(
        session,
        "article_read_again",
        "article",
        article.id,
        at=now,
        version_id=head.id if head else None,
        submission_id=submission.id,
        changed=changed,
    )
    await session.flush()
    await refresh_sheets(session, article.id, now=now)


async def _show_sheet(
    session: AsyncSession, submission: Submission, article_id: int, *, now: datetime
) -> None:
    """The sheet in place of "Reading…"; in a message of its own for one link of several."""
    if submission.notice_id is None:
        place = place_of(submission)
        submission.notice_id = await open_sheet(session, article_id, place, now=now)
    else:
        await notices.show(
            session,
            submission.notice_id,
            NoticeKind.SHEET,
            now=now,
            about=About(article_id=article_id),
            page=0,
        )
    await refresh_index(session, submission, now=now)


async def _end_parent(
    session: AsyncSession, submission: Submission, article_id: int, *, now: datetime
) -> None:
    """The link whose text this was is read now too, and its message says so."""
    if submission.parent_id is None:
        return
    parent = await submissions.get(session, submission.parent_id)
    if parent is None or parent.state is not SubmissionState.FAILED:
        return
    parent.state, parent.article_id, parent.done_at = SubmissionState.DONE, article_id, now
    await notices.show(session, parent.notice_id, NoticeKind.SUBMISSION_FAILED, now=now)
    await refresh_index(session, parent, now=now)
