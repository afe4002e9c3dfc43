"""What happens to the conversation when Telegram, the network or the bot itself misbehaves."""

from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from bot.sandbox import Fault
from bot.sandbox.phone import button_of
from storage.models import Digest, Member, Submission, UpdateInbox
from storage.models.intake import InboxState
from storage.models.people import MemberState
from tests.journeys.desk import OLHA, Desk, last

NEXT_MONDAY = datetime(2026, 11, 30, 9, 10, tzinfo=UTC)


async def test_an_update_delivered_again_has_one_effect(desk: Desk) -> None:
    await desk.sheet_of("library-brief.html")

    desk.sandbox.redeliver(1)
    await desk.room.rest()

    assert len(await desk.rows(select(Submission))) == 1
    assert len(desk.editor.chat.from_bot) == 1


async def test_updates_are_heard_after_their_ids_started_anew(desk: Desk) -> None:
    await desk.sends(desk.editor, "/help")
    for _ in range(3):
        desk.sandbox.restart_update_ids()
        await desk.sends(desk.editor, "/help")

    assert len([m for m in desk.editor.chat.from_bot if "/articles" in m.text]) == 4


async def test_a_message_whose_receipt_was_lost_is_still_answered_by_its_code(desk: Desk) -> None:
    sheet = await desk.sheet_of("budget.html")
    desk.sandbox.fail_next("sendMessage", Fault.LOST_RESPONSE, times=1)
    await desk.send_claims(sheet, 1)
    assignment = (await desk.open_assignments())[0]
    reviewer = await desk.holder(assignment)
    first = last(reviewer, f"#C{assignment.id}")

    await desk.sends(reviewer, "False, see https://ledger.example/budget", reply_to=first)

    assert [v.rating for v in await desk.verdicts()] == ["false"]


async def test_told_to_wait_the_bot_waits_and_then_speaks(desk: Desk) -> None:
    desk.sandbox.fail_next("sendMessage", Fault.TOO_MANY_REQUESTS, times=1, retry_after_s=7)
    await desk.sends(desk.editor, "/help")
    assert desk.editor.chat.from_bot == []

    await desk.room.advance(timedelta(seconds=8))

    assert last(desk.editor)


async def test_a_broken_update_is_buried_and_the_chat_goes_on(desk: Desk) -> None:
    async with desk.room.app.services.sessions.begin() as session:
        session.add(
            UpdateInbox(
                bot_id=desk.room.app.services.bot_id,
                update_id=7,
                chat_id=desk.editor.id,
                payload={"update_id": 7, "message": {"broken": True}},
                received_at=desk.room.clock.now,
                next_try_at=desk.room.clock.now,
            )
        )
    await desk.room.rest()
    await desk.sends(desk.reviewers[0], "/help")
    assert last(desk.reviewers[0])

    for _ in range(4):
        await desk.room.advance(timedelta(minutes=1))
    await desk.sends(desk.editor, "/help")

    dead = await desk.rows(select(UpdateInbox).where(col(UpdateInbox.state) == InboxState.DEAD))
    assert [row.update_id for row in dead] == [7]
    assert dead[0].error_ref in "".join(m.text for m in desk.editor.chat.from_bot)
    assert last(desk.editor, "/articles")


async def test_somebody_who_blocked_the_bot_is_reported_once_and_comes_back(desk: Desk) -> None:
    olha = desk.people[OLHA]  # ties go to who joined first
    await olha.blocks()
    sheet = await desk.sheet_of("budget.html")
    await desk.send_claims(sheet, 1, 2)

    member = (await desk.rows(select(Member).where(Member.tg_user_id == OLHA)))[0]
    assert member.state == MemberState.UNREACHABLE
    assert len([m for m in desk.editor.chat.from_bot if "cannot be reached" in m.text]) == 1

    await olha.unblocks()
    await desk.sends(olha, "/help")
    member = (await desk.rows(select(Member).where(Member.tg_user_id == OLHA)))[0]
    assert member.state == MemberState.ACTIVE


async def test_a_stranger_learns_nothing(desk: Desk) -> None:
    stranger = desk.sandbox.add_person(999, "Nobody")
    await desk.sends(stranger, "/start")
    await desk.sends(stranger, desk.room.site.url("budget.html"))

    assert len(stranger.chat.from_bot) == 1
    assert await desk.rows(select(Submission)) == []


async def test_a_group_that_becomes_a_supergroup_is_followed(desk: Desk) -> None:
    group = desk.sandbox.add_group(-77, "The desk", admins=[desk.editor])
    await desk.sends(desk.editor, "/here", chat=group)
    link = desk.room.site.url("library-brief.html")
    await desk.sends(desk.editor, f"/check {link}", chat=group)
    await desk.presses(desk.editor, last(group, "A-1"), "Send now")
    await desk.room.advance_to(NEXT_MONDAY)
    assert last(group, "Desk week 48")

    moved = desk.sandbox.migrate(group, -1_001_000_000_077)
    await _answer_one(desk)  # the sheet in the group should show it
    await desk.room.tick()
    await desk.sends(desk.editor, f"/check {desk.room.site.url('rents.html')}", chat=moved)

    assert last(moved, "A-1")
    assert last(moved, "A-2")
    assert [digest.chat_id for digest in await desk.rows(select(Digest))] == [moved.id]
    assert moved.find("Desk week") is None


async def test_a_reply_to_a_message_from_before_the_group_moved_is_answered(desk: Desk) -> None:
    group = desk.sandbox.add_group(-77, "The desk", admins=[desk.editor])
    link = desk.room.site.url("library-brief.html")
    await desk.sends(desk.editor, f"/check {link}", chat=group)
    old_sheet = last(group, "A-1")
    moved = desk.sandbox.migrate(group, -1_001_000_000_077)

    await desk.sends(desk.editor, "drop 2", reply_to=old_sheet, chat=moved)
    answer = last(moved, "do not know this message")
    assert "/article 1" in answer.text
    await desk.sends(desk.editor, "/article 1", chat=moved)
    await desk.sends(desk.editor, "drop 2", reply_to=last(desk.editor))

    assert last(desk.editor, "Dropped")


async def _answer_one(desk: Desk) -> None:
    assignment = (await desk.open_assignments())[0]
    reviewer = await desk.holder(assignment)
    card = last(reviewer, f"#C{assignment.id}")
    await desk.sends(reviewer, "True, see https://ledger.example/library", reply_to=card)
    await desk.room.advance(timedelta(minutes=2))


async def test_a_digest_of_unknown_fate_is_posted_again_when_an_admin_misses_it(
    desk: Desk,
) -> None:
    await _a_lost_digest(desk, Fault.BAD_GATEWAY)
    question = last(desk.editor, "Please look into The desk")
    desk.sandbox.fail_next("sendPhoto", Fault.BAD_GATEWAY, times=1)
    await desk.presses(desk.editor, question, "Post it again")
    assert desk.channel.from_bot == []
    assert "once more" in question.text

    question = last(desk.editor, "Please look into The desk")
    await desk.presses(desk.editor, question, "Post it again")

    assert last(desk.channel, "Desk week 48").photo is not None
    assert "once more" in question.text
    assert question.labels == []


async def test_a_digest_that_arrived_although_its_receipt_was_lost_stays_single(
    desk: Desk,
) -> None:
    await _a_lost_digest(desk, Fault.LOST_RESPONSE)
    question = last(desk.editor, "Please look into The desk")

    again = button_of(question, "Post it again").data
    await desk.presses(desk.editor, question, "It is there")
    assert "is in The desk" in question.text
    desk.editor.forges(question, again or "")  # pressed on a phone that was offline
    await desk.room.rest()

    assert len(desk.channel.from_bot) == 1
    assert "settled already" in question.text


async def _a_lost_digest(desk: Desk, fault: Fault) -> None:
    await desk.sends(desk.editor, "/here", chat=desk.channel)
    await desk.presses(desk.editor, last(desk.editor, "/here"), "Post the digest there")
    await desk.sheet_of("library-brief.html")
    desk.sandbox.fail_next("sendPhoto", fault, times=1)
    await desk.room.advance_to(NEXT_MONDAY)
