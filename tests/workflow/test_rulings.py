"""An editor rules between differing readings, and says what was done about a decided claim."""

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import NotPermitted, Refusal
from bot.workflow.actions import open_again, open_claim, show_files, take
from bot.workflow.notices import NoticeKind
from bot.workflow.rulings import awaited_reason, back, begin_ruling, claim_reply
from bot.workflow.settling import reconsider
from storage import inputs
from storage.models import Evidence, Outbox, Ruling, RulingBasis
from storage.models.claims import ActionDone, ClaimStatus, Rating
from storage.models.intake import ArticleState
from storage.models.people import Role
from storage.models.talking import InputKind, OutboxOp
from storage.models.work import EvidenceKind
from tests.builders import HOUR, MONDAY, a_member
from tests.workflow.judging import POLICY, Case, a_case


async def a_dispute(session: AsyncSession) -> Case:
    case = await a_case(session, readers=2)
    await case.answers(0, Rating.FALSE)
    await case.answers(1, Rating.TRUE)
    await case.settles()
    return case


async def a_false_claim(session: AsyncSession) -> Case:
    case = await a_case(session)
    await case.answers(0, Rating.FALSE)
    await case.settles()
    return case


async def test_a_ruling_asks_why_before_it_counts(session: AsyncSession) -> None:
    case = await a_dispute(session)
    (dispute,) = await case.told(NoticeKind.DISPUTE)

    await begin_ruling(session, case.tap(dispute), case.claim.id, Rating.FALSE, now=MONDAY + HOUR)

    await session.refresh(case.claim)
    assert case.claim.status is ClaimStatus.DISPUTED
    awaited = await inputs.awaited(session, case.editor.id, case.editor.tg_user_id or 0)
    assert awaited is not None
    assert awaited.kind is InputKind.RULING_REASON
    edits = select(Outbox).where(Outbox.target_id == dispute.id, col(Outbox.op) == OutboxOp.EDIT)
    shown = (await session.exec(edits)).all()[-1]
    assert (shown.kind, shown.facts["input_id"]) == ("dispute", awaited.id)


async def test_the_reason_makes_the_ruling_with_what_it_decides_between(
    session: AsyncSession,
) -> None:
    case = await a_dispute(session)
    (dispute,) = await case.told(NoticeKind.DISPUTE)
    await begin_ruling(session, case.tap(dispute), case.claim.id, Rating.FALSE, now=MONDAY + HOUR)
    awaited = await inputs.awaited(session, case.editor.id, case.editor.tg_user_id or 0)
    assert awaited is not None

    link = "https://register.example/final"
    said = case.says(f"The register was corrected in May, {link}", None, link)
    await awaited_reason(session, said, awaited, now=MONDAY + HOUR)

    await session.refresh(case.claim)
    assert (case.claim.status, case.claim.verdict) == (ClaimStatus.DECIDED, Rating.FALSE)
    assert await case.outcomes() == [(1, Rating.FALSE, "ruling")]
    ruling = (await session.exec(select(Ruling))).one()
    assert ruling.reason.startswith("The register was corrected")
    assert len((await session.exec(select(RulingBasis))).all()) == 2
    evidence = (
        await session.exec(select(Evidence.url).where(Evidence.ruling_id == ruling.id))
    ).all()
    assert evidence == [link]


async def test_a_link_alone_is_no_reason(session: AsyncSession) -> None:
    case = await a_dispute(session)
    (dispute,) = await case.told(NoticeKind.DISPUTE)
    await begin_ruling(session, case.tap(dispute), case.claim.id, Rating.FALSE, now=MONDAY)
    awaited = await inputs.awaited(session, case.editor.id, case.editor.tg_user_id or 0)
    assert awaited is not None

    with pytest.raises(Refusal) as refused:
        await awaited_reason(
            session, case.says("https://register.example/final"), awaited, now=MONDAY
        )

    assert refused.value.what == "reason_in_words"


async def test_who_goes_back_is_not_waited_for(session: AsyncSession) -> None:
    case = await a_dispute(session)
    (dispute,) = await case.told(NoticeKind.DISPUTE)
    await begin_ruling(session, case.tap(dispute), case.claim.id, Rating.TRUE, now=MONDAY)

    await back(session, case.tap(dispute), case.claim.id, now=MONDAY)

    assert await inputs.awaited(session, case.editor.id, case.editor.tg_user_id or 0) is None


async def test_a_reply_may_rule_in_one_go(session: AsyncSession) -> None:
    case = await a_dispute(session)

    said = case.says("True. The second register counts the withdrawn ones as well.")
    await claim_reply(session, said, case.claim.id, now=MONDAY + HOUR)

    await session.refresh(case.claim)
    assert (case.claim.status, case.claim.verdict) == (ClaimStatus.CLEARED, Rating.TRUE)


async def test_a_reviewer_does_not_rule(session: AsyncSession) -> None:
    case = await a_dispute(session)

    with pytest.raises(NotPermitted):
        await claim_reply(
            session, case.says("True, I am sure", case.readers[1]), case.claim.id, now=MONDAY
        )


async def test_a_claim_on_which_readers_agree_is_not_ruled_on(session: AsyncSession) -> None:
    case = await a_false_claim(session)

    with pytest.raises(Refusal) as refused:
        await begin_ruling(session, case.tap(), case.claim.id, Rating.TRUE, now=MONDAY)

    assert refused.value.what == "not_disputed"


async def test_a_ruling_stands_when_a_reader_thinks_anew_and_the_editor_hears(
    session: AsyncSession,
) -> None:
    case = await a_dispute(session)
    await claim_reply(session, case.says("False, the register says 68"), case.claim.id, now=MONDAY)
    await case.answers(1, Rating.FALSE, at=MONDAY + HOUR)

    await reconsider(session, case.claim.id, policy=POLICY, now=MONDAY + HOUR)

    assert await case.outcomes() == [(1, Rating.FALSE, "ruling")]
    assert len(await case.told(NoticeKind.CHANGED_VERDICT)) == 1


async def test_another_editors_ruling_of_false_reaches_the_articles_editor(
    session: AsyncSession,
) -> None:
    case = await a_dispute(session)
    night_editor = await a_member(session, "Nils", Role.EDITOR)

    said = case.says("False, the register says 68", night_editor)
    await claim_reply(session, said, case.claim.id, now=MONDAY)

    (alert,) = await case.told(NoticeKind.ALERT)
    assert alert.chat_id == case.editor.tg_user_id


async def test_fixed_clears_the_claim_and_its_article(session: AsyncSession) -> None:
    case = await a_false_claim(session)

    assert await take(session, case.tap(), case.claim.id, ActionDone.FIXED, now=MONDAY + HOUR)

    await session.refresh(case.claim)
    assert (case.claim.status, case.claim.action_done) == (ClaimStatus.CLEARED, ActionDone.FIXED)
    assert case.claim.action_by_id == case.editor.id
    await session.refresh(case.article)
    assert case.article.state is ArticleState.CLEARED


@pytest.mark.parametrize("done", [ActionDone.NOTHING_TO_DO, ActionDone.OVERRIDE])
async def test_a_false_claim_stays_only_with_a_written_reason(
    session: AsyncSession, done: ActionDone
) -> None:
    case = await a_false_claim(session)
    alert = (await case.told(NoticeKind.ALERT))[0]

    assert not await take(session, case.tap(alert), case.claim.id, done, now=MONDAY + HOUR)

    awaited = await inputs.awaited(session, case.editor.id, case.editor.tg_user_id or 0)
    assert awaited is not None
    await awaited_reason(session, case.says("It is satire."), awaited, now=MONDAY + HOUR)
    await session.refresh(case.claim)
    assert case.claim.action_done is ActionDone.OVERRIDE
    assert case.claim.action_reason == "It is satire."


async def test_an_unverifiable_claim_may_stay_without_a_reason(session: AsyncSession) -> None:
    case = await a_case(session)
    await case.answers(0, Rating.UNVERIFIABLE)
    await case.settles()

    assert await take(session, case.tap(), case.claim.id, ActionDone.NOTHING_TO_DO, now=MONDAY)


async def test_a_cleared_claim_is_not_cleared_twice(session: AsyncSession) -> None:
    case = await a_false_claim(session)
    await take(session, case.tap(), case.claim.id, ActionDone.FIXED, now=MONDAY)

    with pytest.raises(Refusal) as refused:
        await take(session, case.tap(), case.claim.id, ActionDone.CUT, now=MONDAY)

    assert refused.value.what == "already_cleared"


async def test_what_was_done_can_be_taken_back(session: AsyncSession) -> None:
    case = await a_false_claim(session)
    await take(session, case.tap(), case.claim.id, ActionDone.CUT, now=MONDAY)

    assert await open_again(session, case.tap(), case.claim.id, now=MONDAY)

    await session.refresh(case.claim)
    assert (case.claim.status, case.claim.action_done) == (ClaimStatus.DECIDED, None)


@pytest.mark.parametrize(
    ("words", "done"),
    [
        ("Fixed, thanks", ActionDone.FIXED),
        ("cut", ActionDone.CUT),
        ("Override: it is satire", ActionDone.OVERRIDE),
        ("Nothing to do – it is satire", ActionDone.OVERRIDE),
    ],
)
async def test_an_editor_may_say_what_was_done_in_a_reply(
    session: AsyncSession, words: str, done: ActionDone
) -> None:
    case = await a_false_claim(session)

    await claim_reply(session, case.says(words), case.claim.id, now=MONDAY)

    await session.refresh(case.claim)
    assert case.claim.action_done is done


@pytest.mark.parametrize(
    ("words", "what"),
    [("override", "override_needs_reason"), ("who is Tolland?", "claim_reply_unclear")],
)
async def test_a_reply_that_says_too_little_is_asked_back(
    session: AsyncSession, words: str, what: str
) -> None:
    case = await a_false_claim(session)

    with pytest.raises(Refusal) as refused:
        await claim_reply(session, case.says(words), case.claim.id, now=MONDAY)

    assert refused.value.what == what


async def test_a_claim_opened_from_the_summary_is_shown_in_private(session: AsyncSession) -> None:
    case = await a_false_claim(session)
    before = len(await case.told(NoticeKind.ALERT))

    await open_claim(session, case.tap(), case.claim.id, now=MONDAY)

    assert len(await case.told(NoticeKind.ALERT)) == before + 1


async def test_photos_and_files_are_sent_on_request(session: AsyncSession) -> None:
    case = await a_case(session)
    verdict = await case.answers(0, Rating.FALSE)
    session.add(
        Evidence(verdict_id=verdict.id, kind=EvidenceKind.PHOTO, file_id="photo-1", added_at=MONDAY)
    )
    await case.settles()

    assert await show_files(session, case.tap(), case.claim.id, now=MONDAY) == 1

    assert len(await case.told(NoticeKind.EVIDENCE_FILE)) == 1
