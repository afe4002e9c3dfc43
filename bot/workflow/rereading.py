"""Once more: trying a link again that failed, reading an article again that is there."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow import notices
from bot.workflow.endings import refresh_index
from bot.workflow.incoming import Tap
from bot.workflow.may import Deed, require
from bot.workflow.notices import About, NoticeKind
from bot.workflow.sheet_messages import open_sheet, place_of
from storage import articles, events, submissions
from storage.models import Article, ArticleVersion, Submission
from storage.models.intake import SubmissionKind, SubmissionState


async def try_again(session: AsyncSession, tap: Tap, submission_id: int, *, now: datetime) -> bool:
    """Put a submission that failed on the list again; False when that was done already.

    Raises:
        NotPermitted: the actor is no editor.
    """
    return await _queue_again(session, tap, submission_id, now=now)


async def use_own_text(
    session: AsyncSession, tap: Tap, submission_id: int, *, now: datetime
) -> bool:
    """Read a link that failed from the text that was sent with it; False when it cannot be.

    Raises:
        NotPermitted: the actor is no editor.
    """
    submission = await submissions.get(session, submission_id)
    if submission is None or not submission.text:
        return False
    return await _queue_again(session, tap, submission_id, now=now, kind=SubmissionKind.PASTE)


async def read_again(session: AsyncSession, tap: Tap, submission_id: int, *, now: datetime) -> bool:
    """Read a link anew although its article is there; False when that is under way.

    Raises:
        NotPermitted: the actor is no editor.
    """
    was = SubmissionState.KNOWN
    return await _queue_again(session, tap, submission_id, now=now, was=was, again=True)


async def read_article_again(
    session: AsyncSession, tap: Tap, article_id: int, *, now: datetime
) -> int | None:
    """Read an article's page anew, from any message that shows it; the notice that tells of it.

    None when this was asked for by the same message before.

    Raises:
        NotPermitted: the actor is no editor.
        Refusal: a draft has no page; its new text is to be sent.
    """
    await require(session, tap.actor_id, Deed.SUBMIT)
    article = await articles.get(session, article_id)
    head = await articles.head_version(session, article_id)
    if article is None or head is None or head.url is None or article.canonical_key is None:
        raise Refusal("draft_has_no_page", article_id=article_id)
    submission_id = await submissions.add(session, _row(tap, article, head, now=now))
    if submission_id is None:
        return None
    about = About(submission_id=submission_id, article_id=article_id)
    notice_id = await notices.tell(session, place_of(tap), NoticeKind.READING, now=now, about=about)
    submission = await submissions.get(session, submission_id)
    if submission is not None:
        submission.notice_id = notice_id
    return notice_id


async def show_known(session: AsyncSession, tap: Tap, article_id: int, *, now: datetime) -> None:
    """The sheet of an article that was there already, in place of the message that said so.

    Under an index, which stays, it comes as a new message.

    Raises:
        NotPermitted: the actor is no editor.
    """
    await require(session, tap.actor_id, Deed.READ_ARTICLES)
    if await articles.get(session, article_id) is None:
        raise Refusal("no_such_article", article=article_id)
    if "here" not in tap.words or tap.notice_id is None:
        await open_sheet(session, article_id, place_of(tap), now=now)
        return
    about = About(article_id=article_id)
    await notices.show(session, tap.notice_id, NoticeKind.SHEET, now=now, about=about, page=0)


async def turn_index(session: AsyncSession, tap: Tap, page: int, *, now: datetime) -> None:
    """Show another page of the index whose button was pressed."""
    await require(session, tap.actor_id, Deed.SUBMIT)
    await notices.show(session, tap.notice_id, NoticeKind.INDEX, now=now, page=page)


async def show_failed(
    session: AsyncSession, tap: Tap, submission_id: int, *, now: datetime
) -> bool:
    """Why a link of an index failed and what helps, to be replied to; False if it did not fail.

    Raises:
        NotPermitted: the actor is no editor.
    """
    await require(session, tap.actor_id, Deed.SUBMIT)
    submission = await submissions.get(session, submission_id)
    if submission is None or submission.state is not SubmissionState.FAILED:
        return False
    submission.notice_id = await notices.tell(
        session,
        place_of(tap),
        NoticeKind.SUBMISSION_FAILED,
        now=now,
        about=About(submission_id=submission.id, article_id=submission.article_id),
    )
    return True


def _row(tap: Tap, article: Article, head: ArticleVersion, *, now: datetime) -> Submission:
    return Submission(
        desk_id=article.desk_id,
        member_id=tap.actor_id,
        chat_id=tap.chat_id,
        thread_id=tap.thread_id,
        message_id=tap.message_id,
        kind=SubmissionKind.LINK,
        url_as_sent=head.url,
        url_key=f"{article.canonical_key}#v{head.n}",  # once per message and version
        again=True,
        article_id=article.id,
        next_try_at=now,
        created_at=now,
    )


async def _queue_again(
    session: AsyncSession,
    tap: Tap,
    submission_id: int,
    *,
    now: datetime,
    was: SubmissionState = SubmissionState.FAILED,
    again: bool | None = None,
    kind: SubmissionKind | None = None,
) -> bool:
    await require(session, tap.actor_id, Deed.SUBMIT)
    if not await submissions.queue_again(
        session, submission_id, was=was, now=now, again=again, kind=kind
    ):
        return False
    submission = await submissions.get(session, submission_id)
    if submission is None:
        return False
    await session.refresh(submission)
    await events.record(
        session, "queued_again", "submission", submission_id, at=now, actor_id=tap.actor_id
    )
    await notices.show(session, submission.notice_id, NoticeKind.READING, now=now)
    await refresh_index(session, submission, now=now)
    return True
