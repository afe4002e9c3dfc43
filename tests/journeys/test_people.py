"""Coming to the desk, one's own card and the team, as people live through it."""

from bot.demo.newsroom import newsroom
from bot.sandbox import Chat as ChatOnPhone
from storage import chats
from storage.models import Chat
from tests.journeys.desk import CHANNEL, Desk, last

NEWCOMER, STRANGER = 700, 800
GROUP = -1001000000777


async def team_chat(desk: Desk) -> Chat | None:
    async with desk.room.app.services.sessions.read() as session:
        return await chats.team_chat(session)


async def says_here_unnamed(desk: Desk, group: ChatOnPhone, *, as_chat: int) -> None:
    """`/here` of somebody whom Telegram hides behind a chat."""
    shape = {"id": group.id, "type": "supergroup", "title": group.title}
    update = {
        "message_id": 900,
        "date": int(desk.room.clock.now.timestamp()),
        "chat": shape,
        "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},  # Telegram's stand-in
        "sender_chat": {**shape, "id": as_chat},
        "text": "/here",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    }
    desk.sandbox.world.updates.put("message", update)
    await desk.room.rest()


async def test_somebody_new_joins_by_a_link_and_chooses_their_zone(desk: Desk) -> None:
    await desk.sends(desk.editor, "/invite reviewer")
    link = last(desk.editor, "Invitation").text.split("?start=")[1].split()[0]
    newcomer = desk.sandbox.add_person(NEWCOMER, "Nadia Kern")

    await newcomer.starts(link)
    await desk.room.rest()
    welcome = last(newcomer, "Welcome, Nadia Kern")
    for button in ("Europe", "More ›", "Kyiv"):
        await desk.presses(newcomer, welcome, button)

    assert "What happens next" in last(newcomer).text
    assert len(newcomer.chat.from_bot) == 1  # the welcome was edited, nothing came on top


async def test_an_invitation_used_up_lets_nobody_else_in(desk: Desk) -> None:
    await desk.sends(desk.editor, "/invite reviewer")
    link = last(desk.editor, "Invitation").text.split("?start=")[1].split()[0]
    await desk.sandbox.add_person(NEWCOMER, "Nadia").starts(link)
    late = desk.sandbox.add_person(STRANGER, "Late")

    await late.starts(link)
    await desk.room.rest()

    assert "does not work" in last(late).text


async def test_a_stranger_learns_nothing_and_is_answered_once(desk: Desk) -> None:
    stranger = desk.sandbox.add_person(STRANGER, "Stranger", started=True)

    for words in ("hello", "/members", "/articles", "https://ledger.example"):
        await desk.sends(stranger, words)

    assert [message.text for message in stranger.chat.from_bot] == [last(stranger).text]
    assert "Desk" not in last(stranger).text
    assert last(stranger).labels == []


async def test_the_card_changes_in_place(desk: Desk) -> None:
    olha = desk.reviewers[0]
    await desk.sends(olha, "/me")

    await desk.presses(olha, last(olha), "Away longer…")
    await desk.presses(olha, last(olha), "1 week")
    assert "Away, back on 30 Nov" in last(olha).text
    await desk.presses(olha, last(olha), "I am back")
    await desk.presses(olha, last(olha), "Hours")
    await desk.presses(olha, last(olha), "10:00–19:00")

    assert "10:00–19:00" in last(olha).text
    assert len(olha.chat.from_bot) == 1


async def test_words_do_what_buttons_do(desk: Desk) -> None:
    olha = desk.reviewers[0]

    await desk.sends(olha, "on for 6 h")
    assert "On until today 14:30" in last(olha).text
    await desk.sends(olha, "/me away until Friday")
    assert "Away, back on 27 Nov" in last(olha).text
    await desk.sends(olha, "back", reply_to=last(olha))
    assert "Away, back" not in last(olha).text
    await desk.sends(olha, "/me blah")
    assert "did not understand" in last(olha).text


async def test_an_admin_gives_a_role_and_removes_somebody(desk: Desk) -> None:
    await desk.sends(desk.editor, "/members")
    team = last(desk.editor, "Team")
    number = next(line for line in team.text.splitlines() if "Marko" in line).split()[0]

    await desk.presses(desk.editor, team, number)
    await desk.presses(desk.editor, last(desk.editor), "Editor")
    assert "✓ Editor" in last(desk.editor).labels
    await desk.presses(desk.editor, last(desk.editor), "Remove from the team…")
    await desk.presses(desk.editor, last(desk.editor), "Yes, remove")

    assert "Marko" not in last(desk.editor, "Team").text
    await desk.sends(desk.reviewers[2], "/queue")
    assert "only talk to members" in last(desk.reviewers[2]).text


async def test_help_opens_by_button_what_the_menu_opens_by_command(desk: Desk) -> None:
    await desk.sheet_of("library-brief.html")
    opened = {
        "Articles": "Articles, newest first",
        "Team": "Team",
        "Invite": "What shall they be?",
        "My card": "Eda Lund",
    }
    for button, words in opened.items():
        await desk.sends(desk.editor, "/help")
        await desk.presses(desk.editor, last(desk.editor), button)
        assert words in last(desk.editor).text

    reviewer = desk.reviewers[0]
    await desk.sends(reviewer, "/help")
    assert last(reviewer).labels == ["My claims", "This week", "My card"]
    await desk.presses(reviewer, last(reviewer), "My claims")
    assert "Nothing waits for you" in last(reviewer).text


async def test_the_running_week_offers_editors_to_post_the_last_one(desk: Desk) -> None:
    await desk.sends(desk.editor, "/here", chat=desk.channel)
    await desk.presses(desk.editor, last(desk.editor, "/here"), "Post the digest there")
    await desk.sends(desk.editor, "/help")
    await desk.presses(desk.editor, last(desk.editor), "This week")
    week = last(desk.editor, "so far")

    await desk.presses(desk.editor, week, "Post last week's")

    assert last(desk.channel, "Desk week 47").photo is not None
    assert "47" in last(desk.editor).text
    await desk.sends(desk.reviewers[0], "/digest")
    assert last(desk.reviewers[0], "so far").labels == []


async def test_who_may_not_is_told_whom_to_ask(desk: Desk) -> None:
    await desk.sends(desk.reviewers[0], "/invite admin")

    assert "Only admins invite" in last(desk.reviewers[0]).text


async def test_here_in_a_group_counts_at_once(desk: Desk) -> None:
    people = [desk.editor, desk.reviewers[0]]
    group = desk.sandbox.add_group(GROUP, "The desk's room", people)

    await desk.sends(desk.editor, "/here", chat=group)

    assert "digest will come here" in last(group).text
    chat = await team_chat(desk)
    assert chat is not None
    assert chat.tg_chat_id == GROUP


async def test_here_in_a_channel_is_confirmed_in_private(desk: Desk) -> None:
    await desk.sends(desk.editor, "/here", chat=desk.channel)
    question = last(desk.editor, "Telegram does not say who")

    await desk.presses(desk.editor, question, "Post the digest there")

    chat = await team_chat(desk)
    assert chat is not None
    assert chat.tg_chat_id == CHANNEL
    assert desk.channel.from_bot == []


async def test_a_public_group_is_refused_where_it_was_asked(desk: Desk) -> None:
    group = desk.sandbox.add_group(GROUP, "Everybody", [desk.editor], username="everybody")

    await desk.sends(desk.editor, "/here", chat=group)

    assert "Everybody can read this chat" in last(group).text
    assert await team_chat(desk) is None


async def test_an_unnamed_admin_of_a_group_is_confirmed_in_private(desk: Desk) -> None:
    group = desk.sandbox.add_group(GROUP, "The desk's room", [desk.editor])

    await says_here_unnamed(desk, group, as_chat=GROUP)

    assert "The desk's room" in last(desk.editor, "Telegram does not say who").text
    assert group.from_bot == []


async def test_a_guest_who_speaks_as_another_channel_changes_nothing(desk: Desk) -> None:
    group = desk.sandbox.add_group(GROUP, "The desk's room", [desk.editor])

    await says_here_unnamed(desk, group, as_chat=CHANNEL)

    assert desk.editor.chat.from_bot == []
    assert group.from_bot == []


async def test_an_admin_of_the_settings_gets_their_name_when_they_speak(database: str) -> None:
    async with newsroom(database, admin_ids=[NEWCOMER]) as room:
        assert room.app.first_admin_code is None
        chief = room.sandbox.add_person(NEWCOMER, "Nadia Kern")

        await chief.starts()
        await room.rest()

        assert "Welcome, Nadia Kern" in chief.chat.last.text


async def test_the_first_to_send_the_printed_code_is_admin(database: str) -> None:
    async with newsroom(database) as room:
        code = room.app.first_admin_code
        assert code is not None
        chief = room.sandbox.add_person(NEWCOMER, "Nadia Kern")

        await chief.starts(code)
        await room.rest()

        assert "You are: admin" in chief.chat.last.text
