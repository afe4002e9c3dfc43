"""The reading loop's step, with real pages on this machine and the real reader process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from sqlmodel import col, select

from bot.articles.documents.document import WORD_TYPE
from bot.articles.fetch import open_http
from bot.reader import Reader
from bot.workflow.incoming import Attachment, Incoming
from bot.workflow.intake import submit_message
from bot.workflow.notices import NoticeKind
from bot.workflow.policy import Policy
from bot.workflow.reading import CRASHES, LEASE, PAUSES, FetchFile, read_next
from storage import submissions
from storage.database import Sessions
from storage.models import Article, ArticleVersion, Claim, ClaimRevision, Prompt, Submission
from storage.models.intake import SubmissionState
from storage.models.people import Role
from tests.articles.files import Print, WordFile, a_pdf
from tests.builders import MONDAY, a_member

SECOND = timedelta(seconds=1)
BODY = (
    "The council spent 4.2 million pounds on the harbour wall last year, the budget report shows.",
    "“There were 78 complaints at first, and we answered every one of them in writing,” said "
    "Mira Tolland, head of the harbour office.",
    "The wall is 1,240 metres long, which makes it the longest on the coast, according to the "
    "county engineer Piet Oakes.",
    "Residents of the lower town have asked for a public hearing, which the council refused twice.",
)
PAGE = (
    "<html><head><title>The harbour wall</title><link rel='canonical' href='/harbour-wall'></head>"
    f"<body><article><h1>The harbour wall</h1>{''.join(f'<p>{line}</p>' for line in BODY)}"
    "</article></body></html>"
)


@dataclass
class Newsroom:
    """A desk with one editor, a small site, and a clock that a test moves."""

    sessions: Sessions
    reader: Reader
    site: str
    http: Any
    answers: dict[str, tuple[int, str]]
    now: datetime = MONDAY
    files: dict[str, bytes] = field(default_factory=dict)
    fetch_file: FetchFile | None = None  # in place of `files`

    async def sends(self, text: str = "", **fields: Any) -> None:
        """The editor sends a message; its words that look like addresses are links."""
        links = tuple(word for word in text.split() if word.startswith("http"))
        incoming = Incoming(
            actor_id=1, chat_id=1001, text=text, links=links, **{"message_id": 10, **fields}
        )
        async with self.sessions.begin() as session:
            await submit_message(session, incoming, now=self.now)

    async def reads(self) -> bool:
        """One step of the reading loop."""
        return await read_next(
            sessions=self.sessions,
            http=self.http,
            reader=self.reader,
            fetch_file=self.fetch_file or self._from_files,
            allow=frozenset(),
            policy=Policy(max_claims=2),
            clock=lambda: self.now,
        )

    async def _from_files(self, file_id: str) -> bytes:
        return self.files[file_id]

    async def rows(self, table: type[Any]) -> list[Any]:
        """All rows of a table, oldest first."""
        async with self.sessions.read() as session:
            return list((await session.exec(select(table).order_by(col(table.id)))).all())

    async def shown(self) -> list[str]:
        """What each message of the bot shows now."""
        return [prompt.kind for prompt in await self.rows(Prompt)]


@pytest.fixture
async def newsroom(sessions: Sessions) -> AsyncIterator[Newsroom]:
    async with sessions.begin() as session:
        await a_member(session, "Ada", Role.EDITOR)
    answers: dict[str, tuple[int, str]] = {"/harbour-wall": (200, PAGE)}
    async with (
        a_site(answers) as (site, http),
        Reader(warm=()) as reader,
    ):
        yield Newsroom(sessions, reader, site, http, answers)


@asynccontextmanager
async def a_site(answers: dict[str, tuple[int, str]]) -> AsyncIterator[tuple[str, Any]]:
    """A server of pages by path, and a session that may open it."""

    async def answer(request: web.Request) -> web.Response:
        status, page = answers.get(request.path, (404, "gone"))
        return web.Response(status=status, text=page, content_type="text/html")

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    async with open_http(frozenset({(host, port)})) as http:
        yield f"http://{host}:{port}", http
    await runner.cleanup()


async def test_a_link_becomes_an_article_with_its_claims_and_a_sheet(newsroom: Newsroom) -> None:
    await newsroom.sends(f"{newsroom.site}/harbour-wall?utm_source=chat")

    assert await newsroom.reads()
    assert not await newsroom.reads()

    [article] = await newsroom.rows(Article)
    [version] = await newsroom.rows(ArticleVersion)
    claims, revisions = await newsroom.rows(Claim), await newsroom.rows(ClaimRevision)
    assert (article.editor_id, article.head_version_id) == (1, version.id)
    assert version.text == "\n\n".join(BODY)
    assert [claim.number for claim in claims] == list(range(1, len(claims) + 1))
    assert all(version.text[row.start : row.end] == row.quote for row in revisions)
    assert 0 < sum(claim.chosen for claim in claims) <= 2  # MAX_CLAIMS
    assert await newsroom.shown() == [NoticeKind.SHEET]


async def test_the_same_article_under_another_address_is_shown(newsroom: Newsroom) -> None:
    newsroom.answers["/print-4711"] = (200, PAGE)  # its canonical address is the first one's
    await newsroom.sends(f"{newsroom.site}/harbour-wall")
    await newsroom.sends(f"{newsroom.site}/print-4711", message_id=11)

    assert await newsroom.reads()
    assert await newsroom.reads()

    assert len(await newsroom.rows(Article)) == 1
    assert await newsroom.shown() == [NoticeKind.SHEET, NoticeKind.KNOWN_ARTICLE]


async def test_two_readers_make_one_article_of_two_addresses(newsroom: Newsroom) -> None:
    newsroom.answers["/print-4711"] = (200, PAGE)
    await newsroom.sends(f"{newsroom.site}/harbour-wall")
    await newsroom.sends(f"{newsroom.site}/print-4711", message_id=11)
    other = Sessions(newsroom.sessions.url)  # a desk beside this one, on the same database

    async with asyncio.TaskGroup() as group:
        group.create_task(newsroom.reads())
        group.create_task(replace(newsroom, sessions=other).reads())
    await other.close()

    assert len(await newsroom.rows(Article)) == 1
    assert sorted(await newsroom.shown()) == [NoticeKind.KNOWN_ARTICLE, NoticeKind.SHEET]


async def test_a_site_that_does_not_answer_is_tried_three_times(newsroom: Newsroom) -> None:
    newsroom.answers["/harbour-wall"] = (502, "bad gateway")
    await newsroom.sends(f"{newsroom.site}/harbour-wall")

    for pause in (timedelta(0), *PAUSES):
        assert await newsroom.shown() == [NoticeKind.READING]
        newsroom.now += pause
        assert await newsroom.reads()
        assert not await newsroom.reads()

    [submission] = await newsroom.rows(Submission)
    assert (submission.state, submission.reason) == (SubmissionState.FAILED, "http_5xx")
    assert await newsroom.shown() == [NoticeKind.SUBMISSION_FAILED]


async def test_what_is_no_article_is_told_apart(newsroom: Newsroom) -> None:
    pages = {
        "http_404": (404, ""),
        "http_403": (403, "no robots"),
        "paywall": (200, "<title>Subscribe</title><p>Subscribe to continue reading.</p>"),
        "blocked": (200, "<title>Just a moment...</title><p>Checking your browser</p>"),
        "script_only": (200, "<script src=a.js></script><noscript>Enable JavaScript</noscript>"),
        "not_an_article": (200, "<title>Shop</title><ul><li>Shoes<li>Hats</ul>"),
    }
    newsroom.answers |= {f"/page-{reason}": answer for reason, answer in pages.items()}
    await newsroom.sends(" ".join(f"{newsroom.site}/page-{reason}" for reason in pages))

    while await newsroom.reads():
        pass

    listed = await newsroom.rows(Submission)
    assert [row.reason for row in listed] == list(pages)
    assert {row.state for row in listed} == {SubmissionState.FAILED}
    assert await newsroom.rows(Article) == []


async def test_of_several_links_each_gets_a_sheet_or_a_line_of_the_index(
    newsroom: Newsroom,
) -> None:
    await newsroom.sends(f"{newsroom.site}/harbour-wall {newsroom.site}/gone-7")

    await newsroom.reads()
    await newsroom.reads()

    assert await newsroom.shown() == [
        NoticeKind.INDEX,
        NoticeKind.SHEET,
    ]


async def test_a_paste_is_read_once_nothing_more_comes(newsroom: Newsroom) -> None:
    await newsroom.sends("\n\n".join(BODY))

    assert not await newsroom.reads()
    newsroom.now += 3 * SECOND
    assert await newsroom.reads()

    [article], [version] = await newsroom.rows(Article), await newsroom.rows(ArticleVersion)
    assert (article.is_draft, version.url) == (True, None)
    assert version.text == "\n\n".join(BODY)


async def test_an_uploaded_file_is_read(newsroom: Newsroom) -> None:
    newsroom.files["F1"] = "# The wall\n\n{}".format("\n\n".join(BODY)).encode("utf-16")
    file = Attachment("file", "F1", file_name="wall.md")
    await newsroom.sends(attachments=(file,))

    await newsroom.reads()

    [version] = await newsroom.rows(ArticleVersion)
    assert (version.title, version.text) == ("The wall", "\n\n".join(BODY))


@pytest.mark.parametrize("name", ["wall.docx", "wall.pdf", "wall.txt", None])
async def test_an_uploaded_word_or_pdf_file_is_read_by_what_it_is(
    newsroom: Newsroom, name: str | None
) -> None:
    word = WordFile().says("The wall", style="Title")
    for paragraph in BODY:
        word.says(paragraph)
    newsroom.files["F1"] = word.saved()
    await newsroom.sends(attachments=(Attachment("file", "F1", file_name=name, mime=WORD_TYPE),))

    await newsroom.reads()

    [version] = await newsroom.rows(ArticleVersion)
    assert (version.title, version.text) == ("The wall", "\n\n".join(BODY))


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("scan.pdf", a_pdf([]), "file_scanned"),
        ("locked.pdf", a_pdf([Print("The wall leaks.")], locked=True), "file_locked"),
        ("text.pdf", b"The wall leaks.", "file_broken"),
        ("draft.docx", b"PK\x03\x04", "file_broken"),
    ],
)
async def test_a_file_that_cannot_be_read_is_told_with_its_reason(
    newsroom: Newsroom, name: str, body: bytes, reason: str
) -> None:
    newsroom.files["F1"] = body
    await newsroom.sends(attachments=(Attachment("file", "F1", file_name=name),))

    await newsroom.reads()

    [submission] = await newsroom.rows(Submission)
    assert (submission.state, submission.reason) == (SubmissionState.FAILED, reason)


async def test_a_page_that_a_browser_saved_is_the_article_of_its_address(
    newsroom: Newsroom,
) -> None:
    saved = PAGE.replace("'/harbour-wall'>", "'https://ledger.example/harbour-wall'>")
    menu = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
    newsroom.files["F1"] = saved.replace("<body>", f"<body>{menu}").encode()
    file = Attachment("file", "F1", file_name="The harbour wall.html")
    await newsroom.sends(attachments=(file,))

    await newsroom.reads()

    [article], [version] = await newsroom.rows(Article), await newsroom.rows(ArticleVersion)
    assert article.canonical_key == version.url == "https://ledger.example/harbour-wall"
    assert version.text == "\n\n".join(BODY)


async def test_a_link_to_a_telegram_post_asks_for_the_post(newsroom: Newsroom) -> None:
    await newsroom.sends("https://t.me/harbour_news/1204?single")

    await newsroom.reads()

    [submission] = await newsroom.rows(Submission)
    assert submission.reason == "telegram_post"


async def test_a_file_that_telegram_does_not_give_is_tried_again(newsroom: Newsroom) -> None:
    file = Attachment("file", "F1", file_name="wall.md")
    await newsroom.sends(attachments=(file,))

    await newsroom.reads()

    [submission] = await newsroom.rows(Submission)
    assert (submission.state, submission.reason) == (SubmissionState.QUEUED, "file")


async def test_a_reading_whose_reader_died_is_done_again_and_once(newsroom: Newsroom) -> None:
    await newsroom.sends(f"{newsroom.site}/harbour-wall")
    async with newsroom.sessions.begin() as session:  # taken by a desk that is no more
        submission_id = await submissions.next_due(session, newsroom.now)
        assert submission_id is not None
        token = await submissions.lease(session, submission_id, until=newsroom.now + LEASE)

    assert not await newsroom.reads()
    newsroom.now += LEASE + SECOND
    assert await newsroom.reads()

    async with newsroom.sessions.begin() as session:  # and should it live after all
        assert await submissions.in_hand(session, submission_id, token) is None
    assert len(await newsroom.rows(Article)) == 1


async def test_a_desk_that_stops_leaves_what_it_reads_to_the_next_start(
    newsroom: Newsroom,
) -> None:
    reached = asyncio.Event()

    async def hang(file_id: str) -> bytes:
        reached.set()
        await asyncio.sleep(3600)
        return file_id.encode()

    newsroom.fetch_file = hang
    await newsroom.sends(attachments=(Attachment("file", "F1", file_name="wall.txt"),))
    step = asyncio.create_task(newsroom.reads())
    await reached.wait()

    step.cancel()
    await asyncio.wait([step])

    [submission] = await newsroom.rows(Submission)
    assert (submission.state, submission.attempts) == (SubmissionState.QUEUED, 0)


async def test_a_bug_is_told_with_a_reference_and_stops_nobody(newsroom: Newsroom) -> None:
    newsroom.reader = Reader()  # never opened
    await newsroom.sends(f"{newsroom.site}/harbour-wall")

    assert await newsroom.reads()

    [submission] = await newsroom.rows(Submission)
    assert (submission.state, submission.reason) == (SubmissionState.FAILED, "bug")
    assert submission.details["reference"]


async def test_what_the_desk_died_over_too_often_is_left_alone(newsroom: Newsroom) -> None:
    await newsroom.sends(f"{newsroom.site}/harbour-wall")
    for _ in range(CRASHES):
        async with newsroom.sessions.begin() as session:
            submission_id = await submissions.next_due(session, newsroom.now)
            assert submission_id is not None
            await submissions.lease(session, submission_id, until=newsroom.now + LEASE)
        newsroom.now += LEASE + SECOND

    assert await newsroom.reads()

    [submission] = await newsroom.rows(Submission)
    assert (submission.state, submission.reason) == (SubmissionState.FAILED, "gave_up")
