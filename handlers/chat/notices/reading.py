"""Renders what became of something that was sent in, as it stands now."""

from collections.abc import Sequence

from bot.texts import reading as texts
from bot.texts.language import gettext as _
from bot.workflow.notices import NoticeKind
from handlers.chat.outgoing import Button, Outgoing, Scene, data, renders
from storage import articles, outbox, submissions
from storage.models import Submission
from storage.models.intake import SubmissionKind, SubmissionState
from storage.models.talking import OutboxOp

BUTTONS_PER_ROW = 4
_STAGES = {
    SubmissionState.DONE: texts.Stage.READ,
    SubmissionState.KNOWN: texts.Stage.KNOWN,
    SubmissionState.FAILED: texts.Stage.FAILED,
}
_FINAL = frozenset(
    {"scheme", "address", "private", "video", "login", "telegram_post"}
    | {"file_locked", "file_scanned", "file_broken", "old_word", "file_too_long"}
)  # no use to try again


@renders(NoticeKind.READING)
async def reading(scene: Scene) -> Outgoing | None:
    """ "Reading…", with the time of the next try when the site does not answer."""
    submission = await _submission(scene)
    if submission is None:
        return None
    is_retry = submission.state is SubmissionState.QUEUED and submission.attempts > 0
    return Outgoing(
        html=texts.reading(
            _name(submission),
            retry_at=submission.next_try_at if is_retry else None,
            reason=submission.reason,
            is_link=submission.kind is SubmissionKind.LINK,
            zone=scene.zone,
            now=scene.now,
        )
    )


@renders(NoticeKind.EDITED_DRAFT)
async def edited_draft(scene: Scene) -> Outgoing | None:
    """Whether the new words of a draft are to be read."""
    submission = await _submission(scene)
    if submission is None:
        return None
    button = Button(_("Read the new text"), data("newtext", "read"), style="primary")
    return Outgoing(texts.edited_draft(submission.article_id), buttons=((button,),))


@renders(NoticeKind.SUBMISSION_FAILED)
async def submission_failed(scene: Scene) -> Outgoing | None:
    """Why it could not be read, with the ways on; or that its text came meanwhile."""
    submission = await _submission(scene)
    if submission is None:
        return None
    name, article_id = _name(submission), submission.article_id
    if submission.state is SubmissionState.DONE and article_id is not None:
        return Outgoing(
            html=texts.read_from_text(name, article_id), buttons=((_show(article_id),),)
        )
    return Outgoing(
        html=texts.failed(
            name,
            submission.reason or "",
            submission.details,
            is_link=_is_link(submission),
            article_id=article_id,
        ),
        buttons=_ways_on(submission),
    )


@renders(NoticeKind.KNOWN_ARTICLE)
async def known_article(scene: Scene) -> Outgoing | None:
    """The article is here already; show its sheet, or read it again."""
    submission = await _submission(scene)
    if submission is None or submission.article_id is None:
        return None
    version = await articles.head_version(scene.session, submission.article_id)
    if version is None:
        return None
    return Outgoing(
        html=texts.known(
            submission.article_id,
            version.title,
            read_at=version.read_at,
            zone=scene.zone,
            now=scene.now,
        ),
        buttons=(
            (
                Button(
                    _("Show the sheet"),
                    data("known", submission.article_id, "here"),
                    style="primary",
                ),
                Button(_("Read again"), data("again", submission.id)),
            ),
        ),
    )


@renders(NoticeKind.INDEX)
async def index(scene: Scene) -> Outgoing | None:
    """The links of one message and how far each has come; some open by button."""
    is_edit = scene.row.op is OutboxOp.EDIT and scene.row.target_id is not None
    notice_id = scene.row.target_id if is_edit else scene.row.id
    sent = await outbox.get(scene.session, notice_id) if notice_id else None
    listed = await submissions.of_index(scene.session, notice_id) if notice_id else ()
    if sent is None or not listed:
        return None
    pages = -(-len(listed) // texts.INDEX_PAGE)
    page = min(max(int(scene.facts.get("page", 0)), 0), pages - 1)
    html = texts.index(
        [await _line(scene, row) for row in listed],
        left_out=int(sent.facts.get("left_out", 0)),
        page=page,
    )
    return Outgoing(html=html, buttons=_index_buttons(listed, page, pages))


def _index_buttons(
    listed: Sequence[Submission], page: int, pages: int
) -> tuple[tuple[Button, ...], ...]:
    """What failed, what was here already, and the other pages."""
    first = page * texts.INDEX_PAGE
    shown = list(enumerate(listed, 1))[first : first + texts.INDEX_PAGE]
    buttons = [
        Button(f"⚠ {number}", data("failed", row.id))
        for number, row in shown
        if row.state is SubmissionState.FAILED
    ]
    known = [row.article_id for _number, row in shown if row.state is SubmissionState.KNOWN]
    buttons += [
        _show(article_id, is_here=False) for article_id in dict.fromkeys(known) if article_id
    ]
    turns = [
        Button(words, data("index", to))
        for words, to in (("‹", page - 1), ("›", page + 1))
        if 0 <= to < pages
    ]
    rows = [
        tuple(buttons[start : start + BUTTONS_PER_ROW])
        for start in range(0, len(buttons), BUTTONS_PER_ROW)
    ]
    return (*rows, tuple(turns)) if turns else tuple(rows)


async def _submission(scene: Scene) -> Submission | None:
    submission_id = scene.prompt.submission_id if scene.prompt else None
    return await submissions.get(scene.session, submission_id) if submission_id else None


async def _line(scene: Scene, submission: Submission) -> texts.IndexLine:
    article_id = submission.article_id
    version = await articles.head_version(scene.session, article_id) if article_id else None
    return texts.IndexLine(
        stage=_STAGES.get(submission.state, texts.Stage.READING),
        address=_name(submission) or _("your text"),
        article_id=article_id,
        title=version.title if version else None,
        reason=submission.reason,
        is_link=_is_link(submission),
    )


def _ways_on(submission: Submission) -> tuple[tuple[Button, ...], ...]:
    row = []
    if submission.reason not in _FINAL:
        row.append(Button(_("Try again"), data("retry", submission.id)))
    if submission.kind is SubmissionKind.LINK and submission.text:
        row.append(Button(_("Use your message's text"), data("owntext", submission.id)))
    if submission.article_id is not None:
        row.append(_show(submission.article_id))
    return (tuple(row),) if row else ()


def _show(article_id: int, *, is_here: bool = True) -> Button:
    label = _("Show the sheet") if is_here else f"A-{article_id}"
    words = ("new",) if is_here else ()
    return Button(label, data("known", article_id, *words))


def _name(submission: Submission) -> str:
    return submission.url_as_sent or submission.file_name or ""


def _is_link(submission: Submission) -> bool:
    return submission.kind is SubmissionKind.LINK
