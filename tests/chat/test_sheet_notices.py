"""How a claim sheet, the answers to its commands and the lists of articles look."""

from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

import handlers.chat.notices.articles
import handlers.chat.notices.sheet
import handlers.chat.notices.sheet_replies  # noqa: F401 - these three register the renderers
from bot.claims.reasons import NO_NETWORK
from bot.services import Services
from bot.settings import Settings
from bot.texts.fitting import SCREEN_LINES, screen_lines, visible_units
from bot.workflow.notices import About, NoticeKind, Place, tell
from bot.workflow.policy import Policy
from handlers.chat.outgoing import RENDERERS, Outgoing, Scene
from storage import claims as claim_storage
from storage import outbox
from storage.models import Article, ArticleVersion, Citation, Claim, Extraction, Member
from storage.models.claims import ActionDone, ClaimStatus, Rating
from storage.models.intake import ArticleState
from storage.models.people import Role
from tests.builders import HOUR, MONDAY, a_claim, a_member, an_article, an_assignment


async def test_a_new_sheet_shows_claims_word_for_word_with_who_says_them(session):
    _editor, article, claims = await a_sheet(session)
    await says(session, claims[0], "Mira Tolland", role="head of the harbour office", via="Ledger")

    message = await shown(session, NoticeKind.SHEET, article)

    assert f"A-{article.id} · 3 of 3 sentences worth a check" in message.html
    assert "<b>1 ★</b> “4.2 million”\nMira Tolland, head of the harbour office → Ledger" in (
        message.html
    )
    assert "⚠ <b>no source given</b> · the article's own words" in message.html
    assert "date not given" in message.html


async def test_a_sheet_in_a_language_we_do_not_know_says_that_speakers_were_not_sought(session):
    _editor, article, _claims = await a_sheet(session)
    session.add(
        Extraction(
            article_version_id=article.head_version_id,
            extractor_version="1",
            output={"method": "none"},
        )
    )

    message = await shown(session, NoticeKind.SHEET, article)

    assert "I do not know this language yet" in message.html
    assert "the article's own words" not in message.html


async def test_a_sheet_that_was_ranked_without_the_model_says_so(session):
    _editor, article, _claims = await a_sheet(session)
    output = {"method": "rules", "warnings": [NO_NETWORK]}
    session.add(
        Extraction(article_version_id=article.head_version_id, extractor_version="1", output=output)
    )

    message = await shown(session, NoticeKind.SHEET, article)

    assert f"⚠ {NO_NETWORK}" in message.html


async def test_a_sheet_sets_its_quotations_as_its_language_does(session):
    _editor, article, _claims = await a_sheet(session, language="uk")

    message = await shown(session, NoticeKind.SHEET, article)

    assert "<b>1 ★</b> «4.2 million»" in message.html


async def test_the_numbers_on_the_buttons_are_those_of_the_text(session):
    _editor, article, _claims = await a_sheet(session)

    message = await shown(session, NoticeKind.SHEET, article)

    assert labels(message) == [
        ["1 ✓", "2 ✓", "3"],
        ["Send 2 to check", "Send now"],
        ["Due: no hurry"],
        ["Nothing to check"],
    ]


async def test_after_sending_the_sheet_shows_how_far_each_claim_has_come(session):
    _editor, article, (first, second, third) = await a_sheet(session)
    olha = await a_member(session, "Olha", Role.REVIEWER)
    await an_assignment(session, first, olha)
    first.status, second.status = ClaimStatus.ASSIGNED, ClaimStatus.DECIDED
    second.verdict = Rating.FALSE
    third.status, third.verdict = ClaimStatus.CLEARED, Rating.MISLEADING
    third.action_done = ActionDone.FIXED
    article.state = ArticleState.OPEN
    await session.flush()

    message = await shown(session, NoticeKind.SHEET, article)

    assert "3 claims sent · 2 decided · 1 blocking" in message.html
    assert "👤 with Olha until today 17:00" in message.html
    assert "⛔ <b>False</b>" in message.html
    assert "✅ <b>Misleading</b> · fixed" in message.html
    assert labels(message) == [["Due: no hurry"], ["Verdicts"]]


async def test_waiting_claims_can_be_handed_out_now(session):
    _editor, article, claims = await a_sheet(session)
    claims[0].status, claims[0].chosen, claims[1].chosen = ClaimStatus.KEPT, False, False
    await session.flush()

    message = await shown(session, NoticeKind.SHEET, article)

    assert "⏳ waits for a reviewer" in message.html
    assert "Sent claims go out today 14:00." in message.html
    assert ["Hand out 1 now"] in labels(message)


async def test_a_page_of_an_ordinary_sheet_fits_a_phone_screen(session):
    article = await a_long_sheet(session, words="The council spent 4.2 million on the wall. ")

    message = await shown(session, NoticeKind.SHEET, article)

    assert screen_lines(message.html) <= SCREEN_LINES
    assert ["Due: no hurry", "More ▾ 2/2"] in labels(message)


@pytest.mark.parametrize(
    "words", ["<b>&amp;</b> ", "🌊" * 40, "a" * 400 + " ", "“" * 90, "\u202e\u200bx ", '&<>" ' * 60]
)
async def test_whatever_the_words_a_sheet_fits_telegrams_limit(session, words):
    article = await a_long_sheet(session, words=words, per_page=30)

    message = await shown(session, NoticeKind.SHEET, article, max_claims=30)

    assert 0 < visible_units(message.html) <= 4096


async def test_a_page_that_is_gone_shows_the_last_one(session):
    _editor, article, _claims = await a_sheet(session)

    message = await shown(session, NoticeKind.SHEET, article, page=7)

    assert "4.2 million" in message.html


async def test_a_doubtful_reading_is_said(session):
    _editor, article, _claims = await a_sheet(session, confidence=0.3)

    assert "Perhaps not the whole article" in (await shown(session, NoticeKind.SHEET, article)).html


async def test_an_answer_shows_the_words_as_they_are_now_and_offers_undo(session):
    _editor, article, _claims = await a_sheet(session)
    lines = [{"what": "added", "numbers": [2]}, {"what": "dropped", "numbers": [1, 3]}]

    message = await shown(
        session, NoticeKind.SHEET_REPLY, article, what="edited", lines=lines, event_id=5
    )

    assert message.html == "Added as claim 2: “78 complaints”\nDropped claims 1, 3."
    assert labels(message) == [["Undo", "Show the sheet"]]


async def test_the_list_shows_where_each_article_stands(session):
    editor, article, claims = await a_sheet(session)
    other, _version = await an_article(session, editor)
    article.state = ArticleState.OPEN
    claims[0].status, claims[0].verdict = ClaimStatus.DECIDED, Rating.FALSE
    claims[1].status = ClaimStatus.ASSIGNED
    await session.flush()

    message = await shown(session, NoticeKind.ARTICLES, article)

    assert f"<b>A-{article.id}</b> The harbour wall\n<i>1 decided · ⛔ 1 blocking · 1 open</i>" in (
        message.html
    )
    assert labels(message) == [[f"A-{other.id}", f"A-{article.id}"]]


async def test_a_reminder_of_untouched_sheets_leaves_out_what_was_sent_meanwhile(session):
    editor, article, _claims = await a_sheet(session)
    other, _version = await an_article(session, editor, state=ArticleState.OPEN)
    ids = [article.id, other.id]

    message = await shown(session, NoticeKind.UNTRIAGED, article, article_ids=ids)
    article.state = ArticleState.CLOSED
    await session.flush()

    assert "<b>1 claim sheet waits for your choice</b>" in message.html
    row = await render(session, NoticeKind.UNTRIAGED, article, article_ids=ids)
    assert row is None


async def a_sheet(
    session: AsyncSession, **version_fields: Any
) -> tuple[Member, Article, tuple[Claim, ...]]:
    """An editor's article with three starred claims, the first two ticked, the third unsourced."""
    editor = await a_member(session, "Edda", Role.EDITOR)
    article, version = await an_article(session, editor)
    if version_fields:
        await another_reading(session, article, version, **version_fields)
    found = []
    for n, quote in enumerate(("4.2 million", "78 complaints", "the longest on the coast"), 1):
        claim = await a_claim(session, version, quote, number=n, priority=1, chosen=n < 3)
        found.append(claim)
    await unsourced(session, found[2])
    return editor, article, tuple(found)


async def a_long_sheet(session: AsyncSession, *, words: str, per_page: int = 8) -> Article:
    """An article of many claims, a few of them starred, with talkative sources."""
    editor = await a_member(session, "Edda", Role.EDITOR)
    text = "\n\n".join(f"{n} {words}" for n in range(1, per_page + 9))
    article, version = await an_article(session, editor, text=text)
    title = {"title": words * 9, "authors": [words * 3]}
    await another_reading(session, article, version, **title)
    for n, quote in enumerate(text.split("\n\n"), 1):
        claim = await a_claim(session, version, quote, number=n, priority=1 if n < 5 else 2)
        await says(session, claim, words, role=words, via=words)
    return article


async def another_reading(
    session: AsyncSession, article: Article, version: ArticleVersion, **fields: Any
) -> None:
    again = version.model_dump(exclude={"id"}) | {"n": 2} | fields
    row = ArticleVersion(**again)
    session.add(row)
    await session.flush()
    article.head_version_id = row.id
    await session.flush()


async def says(session: AsyncSession, claim: Claim, name: str, **fields: Any) -> None:
    assert claim.head_revision_id is not None
    await claim_storage.add(
        session, Citation(claim_revision_id=claim.head_revision_id, as_written=name, **fields)
    )


async def unsourced(session: AsyncSession, claim: Claim) -> None:
    head = await claim_storage.head_revision(session, claim.id)
    assert head is not None
    again = head.model_dump(exclude={"id"}) | {"n": 2, "unsourced": True}
    row = type(head)(**again)
    await claim_storage.add(session, row)
    claim.head_revision_id = row.id
    await session.flush()


async def shown(
    session: AsyncSession, kind: NoticeKind, article: Article, **facts: Any
) -> Outgoing:
    message = await render(session, kind, article, **facts)
    assert message is not None
    return message


async def render(
    session: AsyncSession, kind: NoticeKind, article: Article, *, max_claims: int = 8, **facts: Any
) -> Outgoing | None:
    """What an editor sees of a notice, at 10:00 on MONDAY in UTC."""
    place, about = Place(chat_id=77), About(article_id=article.id)
    notice_id = await tell(session, place, kind, now=MONDAY, about=about, **facts)
    assert notice_id is not None
    row = await outbox.get(session, notice_id)
    assert row is not None
    services = Services(
        settings=Settings(_env_file=None),
        policy=Policy(max_claims=max_claims),
        clock=lambda: MONDAY,
        sessions=cast(Any, None),
        http=cast(Any, None),
        reader=cast(Any, None),
        fetch_file=cast(Any, None),
    )
    scene = Scene(
        session=session,
        row=row,
        prompt=await outbox.prompt_of(session, notice_id),
        reader=None,
        zone=ZoneInfo("UTC"),
        now=MONDAY + HOUR,
        services=services,
    )
    return await RENDERERS[kind](scene)


def labels(message: Outgoing) -> list[list[str]]:
    return [[button.label for button in row] for row in message.buttons]
