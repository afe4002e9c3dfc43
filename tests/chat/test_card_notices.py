"""How a reviewer's cards, list and reminders look."""

from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

import handlers.chat.notices.cards
import handlers.chat.notices.workload  # noqa: F401 - these two register the renderers
from bot.services import Services
from bot.settings import Settings
from bot.texts.fitting import SCREEN_LINES, screen_lines, visible_units
from bot.workflow.cards import show_card
from bot.workflow.notices import About, NoticeKind, private, show, tell
from bot.workflow.policy import Policy
from handlers.chat.outgoing import RENDERERS, Outgoing, Scene
from storage import assignments, outbox
from storage import claims as claim_storage
from storage.models import Assignment, Citation, Claim, Extraction, Member, PendingInput
from storage.models.people import Role
from storage.models.talking import InputKind
from storage.models.work import AssignmentState
from tests.builders import DAY, HOUR, MONDAY, a_claim, a_member, an_article, an_assignment
from tests.workflow.work import said, some_claims

POLICY = Policy()


async def a_card(
    session: AsyncSession, count: int = 1
) -> tuple[Member, list[Claim], list[Assignment]]:
    """A reviewer with so many claims of one article in hand, all given at once."""
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    _, claims = await some_claims(session, editor, count)
    return ada, claims, [await an_assignment(session, claim, ada) for claim in claims]


async def seen(session: AsyncSession, reader: Member, notice_id: int | None) -> Outgoing | None:
    """What the reader sees of a notice, at 10:00 on MONDAY in UTC."""
    assert notice_id is not None
    row = await outbox.get(session, notice_id)
    assert row is not None
    services = Services(
        settings=Settings(_env_file=None),
        policy=POLICY,
        clock=lambda: MONDAY,
        sessions=cast(Any, None),
        http=cast(Any, None),
        reader=cast(Any, None),
        fetch_file=cast(Any, None),
    )
    scene = Scene(
        session=session,
        row=row,
        prompt=await outbox.prompt_of(session, row.target_id or notice_id),
        reader=reader,
        zone=ZoneInfo("UTC"),
        now=MONDAY + HOUR,
        services=services,
    )
    return await RENDERERS[NoticeKind(row.kind)](scene)


async def told(
    session: AsyncSession,
    reader: Member,
    kind: NoticeKind,
    about: About | None = None,
    **facts: Any,
) -> Outgoing:
    notice_id = await tell(
        session, private(reader), kind, now=MONDAY, about=about or About(), **facts
    )
    message = await seen(session, reader, notice_id)
    assert message is not None
    return message


def labels(message: Outgoing | None) -> list[list[str]]:
    return [[button.label for button in row] for row in message.buttons] if message else []


async def test_a_card_in_a_language_we_do_not_know_does_not_call_its_claim_unsourced(session):
    ada, claims, (assignment,) = await a_card(session)
    (revision,) = await claim_storage.head_revisions(session, [claims[0].id])
    session.add(
        Extraction(
            article_version_id=revision.article_version_id,
            extractor_version="1",
            output={"method": "none"},
        )
    )

    message = await seen(session, ada, await show_card(session, assignment, now=MONDAY))

    assert message is not None
    assert "I do not know this language yet" in message.html
    assert "No source given" not in message.html


async def test_a_card_shows_the_claim_in_its_paragraph(session: AsyncSession) -> None:
    ada, claims, held = await a_card(session, 2)
    session.add(
        Citation(
            claim_revision_id=claims[1].head_revision_id or 0,
            as_written="Mira Tolland",
            role="head of the harbour office",
            via="The Ledger",
            links=["https://www.harbour.example/report"],
        )
    )
    await session.flush()

    message = await seen(session, ada, await show_card(session, held[1], now=MONDAY))

    assert message is not None
    assert f"<b>Claim 2 of 2 for you</b> · A-1/2 · #C{held[1].id}" in message.html
    assert "Due <b>today 17:00</b> (your time)" in message.html
    assert (
        "<blockquote><b>“There were 78 complaints at first,”</b> said Mira Tolland," in message.html
    )
    assert "Says: Mira Tolland, head of the harbour office → The Ledger" in message.html
    assert '<a href="https://www.harbour.example/report">harbour.example/report</a>' in message.html
    assert "https://ledger.example/harbour#:~:text=" in message.html
    assert "<b>Is it true</b> – not only: was it said?" in message.html


async def test_a_claim_without_a_source_says_so(session: AsyncSession) -> None:
    ada, _, [held] = await a_card(session)

    message = await seen(session, ada, await show_card(session, held, now=MONDAY))

    assert message is not None
    assert "A claim for you" in message.html
    assert "No source given" in message.html
    assert "Link in the article: <b>none</b>" in message.html


async def test_the_buttons_are_the_usual_answers_and_the_tools(session: AsyncSession) -> None:
    ada, _, held = await a_card(session, 2)

    plain = await seen(session, ada, await show_card(session, held[0], now=MONDAY))
    more = await seen(session, ada, await show_card(session, held[0], now=MONDAY, view="more"))
    passing = await seen(session, ada, await show_card(session, held[0], now=MONDAY, view="pass"))

    assert labels(plain) == [
        ["True", "False"],
        ["Misleading", "Can't tell"],
        ["More…", "Pass", "Why me?"],
        ["Next →"],
    ]
    assert labels(more) == [
        ["Mostly true", "Outdated"],
        ["Opinion", "Ask the editor"],
        ["Leave a note", "Back"],
    ]
    assert labels(passing) == [
        ["No time", "Conflict of interest"],
        ["Language", "Unclear"],
        ["Back"],
    ]


async def test_foreign_words_are_escaped_and_a_card_stays_on_a_screen(
    session: AsyncSession,
) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    quote = "<b>Costs</b> & " + "rose by a very large amount " * 60
    text = "Before it. " * 60 + quote + "and after it. " * 60
    _, version = await an_article(session, editor, text=text)
    held = await an_assignment(session, await a_claim(session, version, quote), ada)

    message = await seen(session, ada, await show_card(session, held, now=MONDAY))

    assert message is not None
    assert "&lt;b&gt;Costs&lt;/b&gt; &amp; rose" in message.html
    assert visible_units(message.html) <= 4096
    assert screen_lines(message.html) <= SCREEN_LINES


async def test_a_card_of_closed_work_says_how_it_ended(session: AsyncSession) -> None:
    ada, _, [held] = await a_card(session)
    notice_id = await show_card(session, held, now=MONDAY)
    await show(session, notice_id, NoticeKind.CARD, now=MONDAY)
    await assignments.end(
        session, held.id, AssignmentState.PASSED, now=MONDAY, pass_reason="no_time"
    )
    [edit] = await said(session, NoticeKind.CARD, op="edit")

    message = await seen(session, ada, edit.id)

    assert await seen(session, ada, notice_id) is None
    assert message is not None
    assert "Passed on: no time" in message.html
    assert "A-1, claim 1 “The council spent 4.2" in message.html
    assert labels(message) == []


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ({"why": "least", "load": 1, "among": 3, "how": "slot"}, "of the 3 people who could"),
        ({"why": "article", "among": 2, "how": "slot"}, "you work on A-1 already"),
        ({"why": "only", "among": 1, "how": "passed"}, "A colleague passed it on, and you were"),
    ],
)
async def test_why_me_is_one_sentence(
    session: AsyncSession, reason: dict[str, Any], words: str
) -> None:
    ada, _, [held] = await a_card(session)
    held.reason = reason
    await session.flush()

    message = await told(session, ada, NoticeKind.WHY_ME, About(assignment_id=held.id))

    assert words in message.html
    assert message.html.count(".") == 1


async def test_a_reminder_lists_everything_with_half_answers(session: AsyncSession) -> None:
    ada, _, held = await a_card(session, 3)
    held[0].half_reminded_at = MONDAY
    held[2].due_at = MONDAY + DAY
    session.add(
        PendingInput(
            member_id=ada.id,
            chat_id=ada.tg_user_id or 0,
            kind=InputKind.EVIDENCE,
            assignment_id=held[1].id,
            content={"rating": "false"},
            since=MONDAY,
        )
    )
    await session.flush()

    message = await told(session, ada, NoticeKind.REMINDER)

    assert message.html.splitlines() == [
        "<b>3 claims wait for you</b>",
        "⏰ <b>today 17:00</b> · A-1/1 “The council spent 4.2 million on the…”",
        "⏳ <b>today 17:00</b> · A-1/2: you said <b>False</b>, evidence is missing",
        "○ <b>tomorrow 09:00</b> · A-1/3 “The wall is the longest on the coast.”",
        "Not done by today 21:00, it goes to somebody else. Tap Pass and it happens now.",
    ]
    assert labels(message) == [
        ["Open A-1/1", "Open A-1/2"],
        ["Open A-1/3"],
        ["Need 2 h more", "Pass…", "Away today"],
    ]


async def test_a_reminder_says_what_is_due_now_and_what_is_overdue(session: AsyncSession) -> None:
    ada, _, held = await a_card(session, 2)
    held[0].due_at, held[1].due_at = MONDAY + HOUR / 2, MONDAY - 2 * HOUR
    await session.flush()

    message = await told(session, ada, NoticeKind.REMINDER)

    assert "⏰ <b>due now</b> · A-1/1" in message.html
    assert "⏰ <b>overdue since today 07:00</b> · A-1/2" in message.html


async def test_nothing_is_reminded_of_when_nothing_waits_any_more(session: AsyncSession) -> None:
    ada = await a_member(session, "Ada", Role.REVIEWER)
    notice_id = await tell(session, private(ada), NoticeKind.REMINDER, now=MONDAY)

    assert await seen(session, ada, notice_id) is None


async def test_the_list_is_paged(session: AsyncSession) -> None:
    editor = await a_member(session, "Ed", Role.EDITOR)
    ada = await a_member(session, "Ada", Role.REVIEWER)
    for _ in range(2):
        _, claims = await some_claims(session, editor, 4)
        for claim in claims:
            await an_assignment(session, claim, ada)

    first = await told(session, ada, NoticeKind.QUEUE, page=0)
    second = await told(session, ada, NoticeKind.QUEUE, page=9)

    assert "<b>8 claims wait for you</b> · page 1 of 2" in first.html
    assert labels(first)[-1] == ["›"]
    assert labels(second) == [["A-2/3", "A-2/4"], ["‹"]]


async def test_an_empty_list_says_so(session: AsyncSession) -> None:
    ada = await a_member(session, "Ada", Role.REVIEWER)

    assert (await told(session, ada, NoticeKind.QUEUE)).html == "Nothing waits for you."


async def test_an_editor_reads_what_would_help(session: AsyncSession) -> None:
    ada, claims, _ = await a_card(session, 2)
    message = await told(
        session,
        ada,
        NoticeKind.NOBODY,
        About(article_id=claims[0].article_id),
        claim_ids=[claim.id for claim in claims],
        away=[[ada.id, (MONDAY + 3 * DAY).isoformat()]],
        full=[ada.id],
        had=[],
        reviewers=2,
    )

    assert "<b>Nobody can take claims 1, 2</b> · A-1" in message.html
    assert "They wait for the next slot." in message.html
    assert "• Ada is away until Thu 09:00" in message.html
    assert "• Ada has full hands" in message.html
    assert "/invite reviewer" in message.html


async def test_the_working_time_that_was_given_back_is_told(session: AsyncSession) -> None:
    ada = await a_member(session, "Ada", Role.REVIEWER)
    gap = {"from": (MONDAY - 5 * HOUR).isoformat(), "to": MONDAY.isoformat()}

    several = await told(session, ada, NoticeKind.CATCH_UP, **gap, open=4, more_s=61 * 3600)
    one = await told(session, ada, NoticeKind.CATCH_UP, **gap, open=1, more_s=25 * 60)

    assert "Your 4 claims have up to 61 h of working time more" in several.html
    assert "Your claim has 25 min of working time more" in one.html


async def test_hours_that_are_missing_are_named(session: AsyncSession) -> None:
    ada = await a_member(session, "Ada", Role.ADMIN)

    message = await told(
        session,
        ada,
        NoticeKind.CATCH_UP,
        **{"from": (MONDAY - 2 * DAY).isoformat(), "to": MONDAY.isoformat(), "open": 0},
    )

    assert "between <b>21 Nov 09:00</b> and <b>yesterday 09:00</b> (24 h) never reached" in (
        message.html
    )
