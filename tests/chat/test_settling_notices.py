"""What editors read when claims are settled: alerts, disputes, summaries, evidence."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

import handlers.chat.notices.author
import handlers.chat.notices.settling
import handlers.chat.notices.summary  # noqa: F401 - these register the renderers
from bot.services import Services
from bot.settings import Settings
from bot.texts.fitting import SCREEN_LINES, screen_lines
from bot.workflow.actions import open_claim, show_files, take
from bot.workflow.author import write_query
from bot.workflow.notices import NoticeKind, show
from bot.workflow.rulings import awaited_reason, begin_ruling, claim_reply, offer_ruling
from bot.workflow.settling import reconsider
from handlers.chat.outgoing import RENDERERS, Outgoing, Scene
from storage import inputs, outbox, sheets
from storage.models import Evidence, Outbox
from storage.models.claims import ActionDone, ClaimStatus, Rating, SourceCheck
from storage.models.work import EvidenceKind
from tests.builders import HOUR, MONDAY, a_claim
from tests.workflow.judging import OTHER_QUOTE, POLICY, Case, a_case


async def seen(case: Case, row: Outbox) -> Outgoing:
    """What the editor sees of a message as it was last worded."""
    latest = await sheets.last_shown(case.session, row.id)
    assert latest is not None
    services = Services(
        settings=Settings(_env_file=None),
        policy=POLICY,
        clock=lambda: MONDAY,
        sessions=cast(Any, None),
        http=cast(Any, None),
        reader=cast(Any, None),
    )
    scene = Scene(
        session=case.session,
        row=latest,
        prompt=await outbox.prompt_of(case.session, row.id),
        reader=case.editor,
        zone=ZoneInfo("UTC"),
        now=MONDAY + HOUR,
        services=services,
    )
    out = await RENDERERS[NoticeKind(latest.kind)](scene)
    assert out is not None
    assert screen_lines(out.html) <= SCREEN_LINES
    return out


def labels(out: Outgoing) -> list[list[str]]:
    return [[button.label for button in row] for row in out.buttons]


async def a_false_claim(session: AsyncSession) -> Case:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE, explanation="The report says 68.")
    await case.settles()
    return case


async def a_dispute(session: AsyncSession) -> Case:
    case = await a_case(session, readers=2)
    await case.answers(0, Rating.FALSE, explanation="The report <says> 68.")
    await case.answers(1, Rating.TRUE)
    await case.settles()
    return case


async def test_an_alert_says_what_who_why_and_what_to_do(session: AsyncSession) -> None:
    case = await a_false_claim(session)

    out = await seen(case, (await case.told(NoticeKind.ALERT))[0])

    assert f"⛔ <b>A-{case.article.id}, claim 1: False</b>" in out.html
    assert "There were 78 complaints at first" in out.html
    assert "<b>False</b> – Olha\nThe report says 68." in out.html
    assert "register.example/78" in out.html
    assert "Proposed: <b>fix the wording</b>" in out.html
    assert labels(out) == [["Fixed", "Cut"], ["Nothing to do", "Override…"], ["Sheet"]]


async def test_the_alert_shows_what_was_done_and_lets_it_be_taken_back(
    session: AsyncSession,
) -> None:
    case = await a_false_claim(session)
    alert = (await case.told(NoticeKind.ALERT))[0]

    await take(session, case.tap(alert), case.claim.id, ActionDone.FIXED, now=MONDAY)

    out = await seen(case, alert)
    assert out.html.startswith("✅")
    assert "Done: <b>fixed</b>, Eda" in out.html
    assert labels(out) == [["Open again"], ["Sheet"]]


async def test_an_override_asks_for_its_reason_in_place(session: AsyncSession) -> None:
    case = await a_false_claim(session)
    alert = (await case.told(NoticeKind.ALERT))[0]

    await take(session, case.tap(alert), case.claim.id, ActionDone.OVERRIDE, now=MONDAY)

    out = await seen(case, alert)
    assert "Why may it stay as it is?" in out.html
    assert labels(out) == [["Back"]]


async def test_a_dispute_shows_both_readings_and_offers_theirs_first(
    session: AsyncSession,
) -> None:
    case = await a_dispute(session)

    out = await seen(case, (await case.told(NoticeKind.DISPUTE))[0])

    assert "readers differ" in out.html
    assert "<b>False</b> – Olha\nThe report &lt;says&gt; 68." in out.html
    assert "<b>True</b> – Ira" in out.html
    assert labels(out)[0] == ["False", "True"]


async def test_the_dispute_becomes_the_ruling_in_place(session: AsyncSession) -> None:
    case = await a_dispute(session)
    (dispute,) = await case.told(NoticeKind.DISPUTE)
    await begin_ruling(session, case.tap(dispute), case.claim.id, Rating.FALSE, now=MONDAY)
    asking = await seen(case, dispute)
    awaited = await inputs.awaited(session, case.editor.id, case.editor.tg_user_id or 0)
    assert awaited is not None

    await awaited_reason(session, case.says("The newer register counts."), awaited, now=MONDAY)

    ruled = await seen(case, dispute)
    assert "You rule False. Why?" in asking.html
    assert "Ruled by Eda:\nThe newer register counts." in ruled.html
    assert labels(ruled)[-1] == ["Sheet", "Rule again"]


async def test_rule_again_offers_the_ratings(session: AsyncSession) -> None:
    case = await a_dispute(session)
    (dispute,) = await case.told(NoticeKind.DISPUTE)
    await claim_reply(session, case.says("False, the newer register"), case.claim.id, now=MONDAY)

    await offer_ruling(session, case.tap(dispute), case.claim.id, now=MONDAY)

    offered = labels(await seen(case, dispute))
    assert (offered[0], offered[-1]) == (["False", "True"], ["Back"])


async def test_a_changed_verdict_says_what_it_was(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.TRUE)
    await case.settles()
    await case.answers(0, Rating.MISLEADING, at=MONDAY + HOUR)
    await reconsider(session, case.claim.id, policy=POLICY, now=MONDAY + HOUR)

    out = await seen(case, (await case.told(NoticeKind.CHANGED_VERDICT))[0])

    assert "claim 1: Misleading" in out.html
    assert "it was <b>True</b> before" in out.html


async def test_the_summary_tells_what_blocks_first(session: AsyncSession) -> None:
    case = await a_case(session)
    fine = await a_claim(
        session,
        case.version,
        OTHER_QUOTE,
        number=2,
        status=ClaimStatus.CLEARED,
        verdict=Rating.TRUE,
        kept_at=MONDAY,
    )
    await a_claim(session, case.version, "The wall is the longest", number=3)
    await case.answers(0, Rating.FALSE, explanation="Report says 68, p. 3")
    await case.settles()

    out = await seen(case, (await case.told(NoticeKind.ARTICLE))[0])

    assert out.html.split("\n") == [
        f"<b>A-{case.article.id} · not clear yet</b>",
        "The harbour wall",
        "<b>2 decided · 1 cleared · 1 blocking</b>",
        "⛔ <b>1 False</b> “There were 78 complaints at first”",
        "   Report says 68, p. 3 – Olha → fix the wording",
        f"✅ <b>{fine.number} True</b>",
        "1 claim not checked (your choice, today 09:00)",
        "Text read today 09:00",
    ]
    assert labels(out) == [["Claim 1", "Ask author"], ["Sheet"]]


async def test_a_summary_of_a_page_offers_to_read_it_again(session: AsyncSession) -> None:
    case = await a_case(session)
    case.article.canonical_key = "ledger.example/harbour"
    await case.answers(0, Rating.TRUE)
    await case.settles()

    out = await seen(case, (await case.told(NoticeKind.ARTICLE))[0])

    assert labels(out) == [["Claim 1"], ["Re-read page", "Sheet"]]  # nothing blocks, nothing to ask


async def test_what_the_author_is_asked_can_be_forwarded_as_it_is(session: AsyncSession) -> None:
    case = await a_false_claim(session)

    assert await write_query(session, case.tap(), case.article.id, now=MONDAY)

    out = await seen(case, (await case.told(NoticeKind.AUTHOR_QUERY))[0])
    assert out.html.split("\n") == [
        "A question about <b>The harbour wall</b>",
        "",
        "<b>1</b> “There were 78 complaints at first”",
        "We found: The report says 68.",
        "https://register.example/78",
        "→ What is this based on, and how should it read?",
    ]
    assert "Olha" not in out.html  # the author learns nothing of who checked


async def test_the_author_learns_nothing_of_a_protected_source(session: AsyncSession) -> None:
    case = await a_case(session)
    verdict = await case.answers(0, Rating.FALSE, explanation="A clerk of the office told me.")
    session.add(Evidence(verdict_id=verdict.id, kind=EvidenceKind.PROTECTED, added_at=MONDAY))
    await case.settles()
    await write_query(session, case.tap(), case.article.id, now=MONDAY)

    out = await seen(case, (await case.told(NoticeKind.AUTHOR_QUERY))[0])

    assert "clerk" not in out.html
    assert "→ What is this based on" in out.html


async def test_the_author_is_asked_for_a_source_where_one_is_missing(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.UNVERIFIABLE)
    await case.settles()
    await write_query(session, case.tap(), case.article.id, now=MONDAY)

    out = await seen(case, (await case.told(NoticeKind.AUTHOR_QUERY))[0])

    assert "→ What is your source for this?" in out.html


async def test_when_nothing_blocks_there_is_nothing_to_ask(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.TRUE)
    await case.settles()

    assert not await write_query(session, case.tap(), case.article.id, now=MONDAY)


async def test_a_long_summary_is_paged(session: AsyncSession) -> None:
    case = await a_case(session)
    for number in range(2, 9):
        await a_claim(
            session,
            case.version,
            OTHER_QUOTE,
            number=number,
            status=ClaimStatus.KEPT,
            kept_at=MONDAY,
        )
    row = await case.shown(NoticeKind.ARTICLE)

    first = await seen(case, row)
    await show(session, row.id, NoticeKind.ARTICLE, now=MONDAY, page=1)
    second = await seen(case, row)

    assert labels(first)[-1] == ["Sheet", "More ›"]
    assert labels(second)[-1] == ["Sheet", "‹ Back"]
    assert "page 2 of 2" in second.html


async def test_a_photo_is_shown_with_whose_it_is(session: AsyncSession) -> None:
    case = await a_case(session)
    verdict = await case.answers(0, Rating.FALSE)
    session.add(
        Evidence(verdict_id=verdict.id, kind=EvidenceKind.PHOTO, file_id="p1", added_at=MONDAY)
    )
    await case.settles()
    alert = (await case.told(NoticeKind.ALERT))[0]
    await show_files(session, case.tap(alert), case.claim.id, now=MONDAY)

    out = await seen(case, (await case.told(NoticeKind.EVIDENCE_FILE))[0])

    assert (out.file_id, out.file_kind) == ("p1", "photo")
    assert out.html == f"A-{case.article.id}/1 · Olha: False"
    assert ["Show evidence", "Sheet"] in labels(await seen(case, alert))


async def test_a_claim_without_a_verdict_can_be_looked_at(session: AsyncSession) -> None:
    case = await a_case(session)
    await open_claim(session, case.tap(), case.claim.id, now=MONDAY)

    out = await seen(case, (await case.told(NoticeKind.ALERT))[0])

    assert "no verdict yet" in out.html


async def test_the_summary_marks_what_is_wrongly_credited(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.TRUE, source_check=SourceCheck.CONTRADICTS)
    await case.settles()

    out = await seen(case, (await case.told(NoticeKind.ARTICLE))[0])

    assert "⛔ <b>1 True</b> · ⚠ its source says otherwise" in out.html
    assert "1 blocking" in out.html


async def test_the_reason_of_a_ruling_stands_under_the_rulers_name(session: AsyncSession) -> None:
    case = await a_dispute(session)
    said = case.says("False. The newer register counts.")
    await claim_reply(session, said, case.claim.id, now=MONDAY)

    out = await seen(case, (await case.told(NoticeKind.ARTICLE))[0])

    assert "The newer register counts. – Eda (ruled)" in out.html
    assert "Olha" not in out.html


async def test_a_verdict_that_was_taken_back_later_says_by_whom(session: AsyncSession) -> None:
    case = await a_false_claim(session)
    later = MONDAY + HOUR
    await case.answers(0, None, at=later)

    await reconsider(session, case.claim.id, policy=POLICY, now=later)

    out = await seen(case, (await case.told(NoticeKind.CHANGED_VERDICT))[0])
    assert "↩️ Olha took the verdict back: it was <b>False</b> before." in out.html
