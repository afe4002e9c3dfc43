"""Editing a claim sheet by reply: every command, its refusals, and its undo."""

from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import NotPermitted, Refusal
from bot.workflow.incoming import Incoming, Tap
from bot.workflow.notices import About, NoticeKind, Place, tell
from bot.workflow.policy import Policy
from bot.workflow.sheet.commands import command
from bot.workflow.sheet.undo import undo
from storage import claims as claim_storage
from storage import feedback
from storage.feedback import Feedback
from storage.models import Article, Assignment, Claim, Event, Member, Outbox, Outcome, Verdict
from storage.models.claims import ClaimStatus, Rating
from storage.models.intake import ArticleState
from storage.models.people import Role
from storage.models.work import AssignmentState, OutcomeHow
from tests.builders import MONDAY, a_claim, a_member, an_article, an_assignment

POLICY = Policy()
TEXT = (
    "The council spent 4.2 million on the harbour wall last year.\n\n"
    "“There were 78 complaints at first,” said Mira Tolland, head of the harbour office. "
    "The council’s own count – 78 – is lower.\n\n"
    "The wall is the longest on the coast, and 78 steps lead to it."
)


class SheetDesk:
    """An editor, an article with three claims, and what the editor replies to its sheet."""

    def __init__(
        self, session: AsyncSession, editor: Member, article: Article, claims: list[Claim]
    ) -> None:
        self.session, self.editor, self.article, self.claims = session, editor, article, claims

    async def replies(self, text: str, *, by: Member | None = None, private: bool = True) -> None:
        person = by or self.editor
        message = Incoming(
            actor_id=person.id,
            chat_id=person.tg_user_id if private else -100,
            message_id=7,
            text=text,
            is_private=private,
        )
        await command(self.session, message, self.article.id, policy=POLICY, now=MONDAY)

    async def undoes(self, *, edit: int = -1) -> None:
        query = select(Event).where(Event.action == "sheet.edit").order_by(col(Event.id))
        event = (await self.session.exec(query)).all()[edit]
        tap = Tap(actor_id=self.editor.id, chat_id=self.editor.tg_user_id, message_id=8)
        await undo(self.session, tap, event.id, now=MONDAY)

    async def claim(self, number: int) -> Claim:
        (claim,) = await claim_storage.numbered(self.session, self.article.id, [number])
        await self.session.refresh(claim)
        return claim

    async def words(self, number: int) -> str:
        head = await claim_storage.head_revision(self.session, (await self.claim(number)).id)
        assert head is not None
        assert TEXT[head.start : head.end] == head.quote
        return head.quote

    async def said_by(self, number: int) -> list[str]:
        claim = await self.claim(number)
        cited = await claim_storage.citations_of(self.session, [claim.head_revision_id])
        return [citation.as_written for citation, _source in cited]

    async def answers(self) -> list[dict[str, Any]]:
        query = select(Outbox).where(Outbox.kind == NoticeKind.SHEET_REPLY, Outbox.op == "send")
        return [row.facts for row in (await self.session.exec(query)).all()]


@pytest.fixture
async def desk(session):
    editor = await a_member(session, "Edda", Role.EDITOR)
    article, version = await an_article(session, editor, text=TEXT)
    quotes = ("4.2 million", "There were 78 complaints at first", "the longest on the coast")
    claims = [
        await a_claim(session, version, quote, number=n, chosen=n == 1)
        for n, quote in enumerate(quotes, start=1)
    ]
    return SheetDesk(session, editor, article, claims)


@pytest.mark.parametrize(
    "written",
    [
        'add "is lower"',
        "Add “is lower”.",
        "ADD: „is lower“",
        "add «is lower»",
        "add is  lower",
        "add ‚is lower’",
        "add 「is lower」",
        "add 『is lower』",
        'add "Is lower',
    ],
)
async def test_words_are_added_whatever_the_quotation_marks(desk, written):
    await desk.replies(written)

    assert await desk.words(4) == "is lower"
    assert (await desk.claim(4)).chosen


async def test_marks_dashes_and_spaces_need_not_be_those_of_the_text(desk):
    await desk.replies('add "The council\'s own  count - 78 - is lower"')

    assert await desk.words(4) == "The council’s own count – 78 – is lower"


async def test_a_quotation_can_be_added_with_its_own_marks(desk):
    await desk.replies("add “There were 78 complaints at first,” said Mira Tolland")

    assert await desk.words(4) == "“There were 78 complaints at first,” said Mira Tolland"


async def test_of_several_places_the_first_that_is_no_claim_yet_is_added(desk):
    await desk.replies('add "78"')
    await desk.replies('add "78"')

    first = await claim_storage.head_revision(desk.session, (await desk.claim(4)).id)
    second = await claim_storage.head_revision(desk.session, (await desk.claim(5)).id)
    assert (first.start, second.start) == (TEXT.index("78"), TEXT.index("78 –"))


async def test_words_that_are_not_there_are_refused_with_the_nearest_passage(desk):
    with pytest.raises(Refusal) as refusal:
        await desk.replies('add "the wall is the tallest on our coast"')

    assert refusal.value.what == "words_not_found"
    assert refusal.value.details["nearest"].startswith("The wall is the longest on the coast")


async def test_a_claim_is_not_added_twice(desk):
    with pytest.raises(Refusal) as refusal:
        await desk.replies('add "4.2 million"')

    assert refusal.value.details == {"number": 1, "dropped": False}


async def test_numbers_of_dropped_claims_are_not_used_again(desk):
    await desk.replies("drop 3")
    await desk.replies('add "is lower"')

    assert await desk.words(4) == "is lower"
    assert (await desk.claim(3)).status is ClaimStatus.DROPPED


async def test_a_range_is_dropped_and_the_undo_brings_it_back(desk):
    await desk.replies("drop 1, 2-3")
    dropped = [(await desk.claim(n)).status for n in (1, 2, 3)]
    await desk.undoes()

    assert dropped == [ClaimStatus.DROPPED] * 3
    assert [(await desk.claim(n)).status for n in (1, 2, 3)] == [ClaimStatus.NEW] * 3
    assert [(await desk.claim(n)).chosen for n in (1, 2, 3)] == [True, False, False]


async def test_a_sheet_whose_claims_are_all_dropped_is_closed(desk):
    await desk.replies("drop 1-3")

    await desk.session.refresh(desk.article)
    assert desk.article.state is ArticleState.CLOSED


async def test_an_unknown_number_changes_nothing(desk):
    with pytest.raises(Refusal) as refusal:
        await desk.replies("drop 2, 9")

    assert refusal.value.details == {"number": 9, "highest": 3}


async def test_undo_in_words_takes_back_one_change_after_the_other(desk):
    await desk.replies("drop 1")
    await desk.replies("drop 2")

    await desk.replies("undo")
    assert [(await desk.claim(n)).status for n in (1, 2)] == [ClaimStatus.DROPPED, ClaimStatus.NEW]
    await desk.replies("undo")
    assert (await desk.claim(1)).status is ClaimStatus.NEW

    with pytest.raises(Refusal) as refused:
        await desk.replies("undo")
    assert refused.value.what == "sheet_unchanged"


async def test_dropping_a_sent_claim_takes_it_from_the_reviewer_and_undo_gives_it_back(desk):
    assignment, card = await held_by_olha(desk, 2)

    await desk.replies("drop 2")
    await desk.session.refresh(assignment)
    after_drop = assignment.state, await shown_by(desk.session, card)
    await desk.undoes()
    await desk.session.refresh(assignment)

    assert after_drop == (AssignmentState.WITHDRAWN, NoticeKind.CARD_CLOSED)
    assert assignment.state is AssignmentState.OPEN
    assert await shown_by(desk.session, card) == NoticeKind.CARD
    assert (await desk.claim(2)).status is ClaimStatus.ASSIGNED


async def held_by_olha(desk: SheetDesk, number: int) -> tuple[Assignment, int]:
    """The claim is in Olha's hands; her assignment and the message that shows her card."""
    claim = desk.claims[number - 1]
    olha = await a_member(desk.session, "Olha", Role.REVIEWER)
    claim.status = ClaimStatus.ASSIGNED
    assignment = await an_assignment(desk.session, claim, olha)
    card = await tell(
        desk.session,
        Place(olha.tg_user_id, member_id=olha.id),
        NoticeKind.CARD,
        now=MONDAY,
        about=About(assignment_id=assignment.id),
    )
    return assignment, card


async def shown_by(session: AsyncSession, notice_id: int) -> str:
    query = select(Outbox).where(Outbox.target_id == notice_id).order_by(col(Outbox.id).desc())
    return (await session.exec(query)).first().kind


async def test_a_claim_with_a_verdict_is_not_dropped(desk):
    desk.claims[1].status = ClaimStatus.DECIDED
    await desk.session.flush()

    with pytest.raises(Refusal, match="drop_judged"):
        await desk.replies("drop 2")


async def test_keep_ticks_a_claim_and_brings_a_dropped_one_back(desk):
    await desk.replies("drop 3")
    await desk.replies("undrop 2, 3")

    assert [(await desk.claim(n)).chosen for n in (2, 3)] == [True, True]
    assert (await desk.claim(3)).status is ClaimStatus.NEW


async def test_trim_makes_a_revision_and_undo_makes_another(desk):
    await desk.replies('trim 2 "78 complaints"')
    trimmed = await desk.words(2)
    await desk.undoes()

    assert trimmed == "78 complaints"
    assert await desk.words(2) == "There were 78 complaints at first"
    assert await claim_storage.last_revision_n(desk.session, (await desk.claim(2)).id) == 3


async def test_trim_takes_the_words_that_are_nearest_to_the_claim(desk):
    await desk.replies('trim 3 "78"')

    head = await claim_storage.head_revision(desk.session, desk.claims[2].id)
    assert head.start == TEXT.rindex("78")


async def test_trim_to_another_claims_words_is_refused(desk):
    with pytest.raises(Refusal, match="claim_exists"):
        await desk.replies('trim 2 "4.2 million"')


async def test_a_trim_changes_the_card_of_whoever_holds_the_claim(desk):
    _assignment, card = await held_by_olha(desk, 2)

    await desk.replies('trim 2 "78 complaints"')

    assert await shown_by(desk.session, card) == NoticeKind.CARD
    assert (await desk.claim(2)).status is ClaimStatus.ASSIGNED


async def test_a_trim_between_two_readings_starts_both_anew(desk):
    assignment, card = await held_by_olha(desk, 2)
    await read_by(desk, 2, "Ira", slot=2)
    desk.claims[1].status = ClaimStatus.SECOND_REVIEW
    await desk.session.flush()

    await desk.replies('trim 2 "78 complaints"')

    await desk.session.refresh(assignment)
    claim = await desk.claim(2)
    assert (claim.status, claim.round) == (ClaimStatus.KEPT, 2)
    assert assignment.state is AssignmentState.WITHDRAWN
    assert await shown_by(desk.session, card) == NoticeKind.CARD_CLOSED


async def test_trim_after_a_verdict_opens_the_claim_again(desk):
    await decided(desk, 2)

    await desk.replies('trim 2 "78 complaints"')

    claim = await desk.claim(2)
    assert (claim.status, claim.round, claim.verdict) == (ClaimStatus.KEPT, 2, None)
    outcomes = (await desk.session.exec(select(Outcome).order_by(col(Outcome.n)))).all()
    assert [outcome.how for outcome in outcomes] == [OutcomeHow.AGREEMENT, OutcomeHow.REOPENED]


async def test_undoing_such_a_trim_makes_the_verdict_stand_again(desk):
    await decided(desk, 2)
    await desk.replies('trim 2 "78 complaints"')

    await desk.undoes()

    claim = await desk.claim(2)
    assert (claim.status, claim.round, claim.verdict) == (ClaimStatus.DECIDED, 1, Rating.FALSE)
    outcome = await claim_storage.last_outcome(desk.session, claim.id)
    assert (outcome.n, outcome.rating, claim.head_outcome_id) == (3, Rating.FALSE, outcome.id)


async def test_the_articles_editor_hears_when_another_editors_trim_takes_a_verdict_away(desk):
    other = await a_member(desk.session, "Otto", Role.EDITOR)
    await decided(desk, 2)

    await desk.replies('trim 2 "78 complaints"', by=other)

    query = select(Outbox).where(Outbox.kind == NoticeKind.CHANGED_VERDICT, Outbox.op == "send")
    (notice,) = (await desk.session.exec(query)).all()
    assert notice.chat_id == desk.editor.tg_user_id


async def decided(desk: SheetDesk, number: int) -> None:
    """The claim was read by Olha and found false."""
    claim = desk.claims[number - 1]
    verdict = await read_by(desk, number, "Olha")
    outcome = Outcome(
        claim_id=claim.id,
        n=1,
        round=1,
        rating=Rating.FALSE,
        how=OutcomeHow.AGREEMENT,
        verdict_id=verdict.id,
        decided_at=MONDAY,
    )
    desk.session.add(outcome)
    await desk.session.flush()
    claim.status, claim.verdict = ClaimStatus.DECIDED, Rating.FALSE
    claim.head_outcome_id, claim.decided_at = outcome.id, MONDAY
    await desk.session.flush()


async def read_by(desk: SheetDesk, number: int, name: str, *, slot: int = 1) -> Verdict:
    """Somebody found the claim false."""
    claim = desk.claims[number - 1]
    reviewer = await a_member(desk.session, name, Role.REVIEWER)
    done = AssignmentState.DONE
    assignment = await an_assignment(desk.session, claim, reviewer, state=done, slot=slot)
    verdict = Verdict(
        assignment_id=assignment.id,
        member_id=reviewer.id,
        revision=1,
        claim_revision_id=claim.head_revision_id,
        rating=Rating.FALSE,
        recorded_at=MONDAY,
    )
    desk.session.add(verdict)
    await desk.session.flush()
    return verdict


async def test_says_corrects_who_is_cited_and_undo_restores_it(desk):
    await desk.replies('says 2 "Mira Tolland"')
    await desk.replies("says 2 “Otto Brandt”")
    corrected = await desk.said_by(2)
    await desk.undoes()

    assert corrected == ["Otto Brandt"]
    assert await desk.said_by(2) == ["Mira Tolland"]


@pytest.mark.parametrize(
    "written", ['says 2,3 "Otto"', "says 2 and 3 Otto", "says 2-3: 「Otto」", "says #2, #3 Otto"]
)
async def test_says_takes_several_numbers_and_one_undo(desk, written):
    await desk.replies(written)
    corrected = [await desk.said_by(number) for number in (2, 3)]
    await desk.undoes()

    assert corrected == [["Otto"], ["Otto"]]
    assert [await desk.said_by(number) for number in (2, 3)] == [[], []]


async def test_a_name_that_begins_with_a_number_is_no_further_claim(desk):
    await desk.replies("says 2 50 Harbour Road residents")

    assert await desk.said_by(2) == ["50 Harbour Road residents"]


async def test_a_name_that_is_too_long_is_called_that(desk):
    with pytest.raises(Refusal, match="name_too_long"):
        await desk.replies(f'says 2 "{"Otto " * 60}"')


async def test_a_source_is_known_again_however_it_is_capitalised(desk):
    await desk.replies('says 1 "Mira Tolland"')
    await desk.replies('says 2 "mira  tolland"')

    heads = [(await desk.claim(n)).head_revision_id for n in (1, 2)]
    cited = await claim_storage.citations_of(desk.session, heads)
    assert len({source.id for _citation, source in cited}) == 1


async def test_send_sends_what_is_ticked_and_undo_takes_it_back(desk):
    await desk.replies("send")
    sent = (await desk.claim(1)).status
    await desk.undoes()

    assert sent is ClaimStatus.KEPT
    assert (await desk.claim(1)).status is ClaimStatus.NEW
    await desk.session.refresh(desk.article)
    assert desk.article.state is ArticleState.UNTRIAGED


async def test_send_with_numbers_sends_just_those(desk):
    await desk.replies("send 2,3")

    assert [(await desk.claim(n)).status for n in (1, 2, 3)] == ["new", "kept", "kept"]


async def test_send_now_hands_out_at_once(desk):
    await a_member(desk.session, "Olha", Role.REVIEWER)
    await desk.replies("send 2 now")

    assert (await desk.claim(2)).status is ClaimStatus.ASSIGNED


async def test_send_now_hands_out_what_was_sent_before(desk):
    await a_member(desk.session, "Olha", Role.REVIEWER)
    await desk.replies("send")
    await desk.replies("send now")

    assert (await desk.claim(1)).status is ClaimStatus.ASSIGNED
    assert (await desk.answers())[-1]["event_id"] is None


async def test_dropping_the_last_open_claim_sums_the_article_up(desk):
    await decided(desk, 2)
    desk.claims[0].status = ClaimStatus.KEPT
    await desk.session.flush()

    await desk.replies("drop 1")

    await desk.session.refresh(desk.article)
    assert desk.article.state is ArticleState.DECIDED
    query = select(Outbox).where(Outbox.kind == NoticeKind.ARTICLE)
    assert [notice.chat_id for notice in (await desk.session.exec(query)).all()] == [
        desk.editor.tg_user_id
    ]


async def test_what_the_clock_handed_out_is_not_taken_back_by_undo(desk):
    await desk.replies("send")
    await claim_storage.change(desk.session, await desk.claim(1), status=ClaimStatus.ASSIGNED)

    with pytest.raises(Refusal, match="undo_handed_out"):
        await desk.undoes()


async def test_undo_walks_back_over_several_edits_of_one_claim(desk):
    await desk.replies('says 2 "Mira Tolland"')
    await desk.replies('trim 2 "78 complaints"')
    await desk.replies('says 2 "Somebody Else"')

    await desk.replies("undo")
    assert await desk.said_by(2) == ["Mira Tolland"]
    await desk.replies("undo")
    assert await desk.words(2) != "78 complaints"
    await desk.replies("undo")
    assert await desk.said_by(2) == []


async def test_an_added_claim_goes_after_what_was_said_of_it(desk):
    await desk.replies('add "is lower"')
    await desk.replies('says 4 "Mira Tolland"')

    await desk.replies("undo")
    await desk.replies("undo")

    assert (await desk.claim(4)).status is ClaimStatus.DROPPED


async def test_a_change_that_went_on_keeps_no_older_one_from_being_undone(desk):
    await desk.replies("drop 3")
    await desk.replies("send 1")
    await claim_storage.change(desk.session, await desk.claim(1), status=ClaimStatus.ASSIGNED)

    await desk.replies("undo")

    assert (await desk.claim(3)).status is ClaimStatus.NEW
    assert (await desk.answers())[-1]["kept"] == [1]


async def test_an_edit_is_not_undone_over_a_newer_one(desk):
    await desk.replies('trim 2 "78 complaints"')
    await desk.replies('says 2 "Mira Tolland"')

    with pytest.raises(Refusal) as refusal:
        await desk.undoes(edit=0)

    assert refusal.value.details == {"number": 2}


async def test_an_edit_is_undone_once(desk):
    await desk.replies('add "is lower"')
    await desk.undoes()

    with pytest.raises(Refusal, match="undo_too_late"):
        await desk.undoes()


async def test_several_lines_are_several_commands_with_one_answer(desk):
    await desk.replies('drop 3\nadd "is lower"\nsays 2 "Mira Tolland"')

    (answer,) = await desk.answers()
    assert [line["what"] for line in answer["lines"]] == ["dropped", "added", "says"]


async def test_an_unknown_command_is_refused_in_private_and_ignored_in_a_group(desk):
    await desk.replies("looks fine to me", private=False)

    with pytest.raises(Refusal, match="sheet_command_unknown"):
        await desk.replies("looks fine to me")


async def test_a_reviewer_may_not_edit(desk):
    reviewer = await a_member(desk.session, "Olha", Role.REVIEWER)

    with pytest.raises(NotPermitted):
        await desk.replies("drop 2", by=reviewer)


@pytest.mark.parametrize("written", ["drop", "trim 2", "says 3", "add", "drop two", "send all"])
async def test_a_command_that_lacks_something_is_asked_back(desk, written):
    with pytest.raises(Refusal, match="sheet_command_incomplete"):
        await desk.replies(written)


@pytest.mark.parametrize("words", ["not a claim", "no claim", "– isn't a claim.", "is not a claim"])
async def test_what_is_not_a_claim_is_dropped_and_counted_as_a_fault(desk, words):
    await desk.replies(f"drop 3 {words}")

    assert (await desk.claim(3)).status is ClaimStatus.DROPPED
    assert (await desk.answers())[-1]["lines"] == [{"what": "no_claims", "numbers": [3]}]
    desk.article.state = ArticleState.OPEN
    assert await feedback.of_desk(desk.session, 1) == Feedback(3, 1, 0)


async def test_a_claim_that_only_is_not_to_be_checked_was_found_rightly(desk):
    await desk.replies("drop 3")
    desk.article.state = ArticleState.OPEN

    assert await feedback.of_desk(desk.session, 1) == Feedback(3, 0, 0)


async def test_a_fault_that_is_taken_back_is_none(desk):
    await desk.replies("drop 3 not a claim")
    await desk.replies('says 2 "Omar Larsen"')
    desk.article.state = ArticleState.OPEN
    assert await feedback.of_desk(desk.session, 1) == Feedback(3, 1, 1)

    await desk.undoes()
    await desk.replies("keep 3")
    desk.article.state = ArticleState.OPEN

    assert await feedback.of_desk(desk.session, 1) == Feedback(3, 0, 0)


async def test_a_sheet_that_nobody_went_through_says_nothing_of_the_findings(desk):
    assert await feedback.of_desk(desk.session, 1) == Feedback(0, 0, 0)


async def test_what_comes_after_the_numbers_of_a_drop_must_be_understood(desk):
    with pytest.raises(Refusal, match="sheet_command_incomplete"):
        await desk.replies("drop 3 because I say so")
