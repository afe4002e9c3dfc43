"""The page of chats and the control API behind it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, FormData
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox import Chat, Person, Sandbox


@pytest.fixture
async def browser(sandbox: Sandbox) -> AsyncIterator[ClientSession]:
    async with ClientSession(sandbox.url) as browser:
        yield browser


async def act(browser: ClientSession, **fields: Any) -> dict[str, Any]:
    form = FormData({name: str(value) for name, value in fields.items()})
    async with browser.post("/control/act", data=form) as answer:
        result: dict[str, Any] = await answer.json()
        return result


async def test_the_page_needs_nothing_from_outside(browser: ClientSession):
    async with browser.get("/") as answer:
        page = await answer.text()

    assert "http://" not in page
    assert "https://" not in page


async def test_the_chats_are_shown_side_by_side(
    browser: ClientSession, client: Bot, olha: Person, newsroom: Chat, channel: Chat
):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Stop", callback_data="stop")]])
    await client.send_message(olha.id, "<b>Reading…</b>", parse_mode="HTML", reply_markup=keyboard)

    async with browser.get("/control/chats") as answer:
        view = await answer.json()

    assert [chat["title"] for chat in view["chats"]] == ["Olha", "Marko", "Newsroom", "Desk week"]
    [message] = view["chats"][0]["messages"]
    assert message["html"] == "<b>Reading…</b>"
    assert message["buttons"] == [[{"text": "Stop", "callback_data": "stop"}]]


async def test_what_is_typed_is_said(browser: ClientSession, olha: Person, newsroom: Chat):
    await act(browser, action="send", person=olha.id, text="https://a.example/")
    await act(browser, action="send", person=olha.id, chat=newsroom.id, text="/check x")
    await act(browser, action="edit", person=olha.id, message=1, text="https://b.example/")

    assert [message.text for message in olha.messages] == ["https://b.example/"]
    assert newsroom.last.text == "/check x"


async def test_a_file_is_uploaded_with_its_words(
    browser: ClientSession, olha: Person, picture: bytes
):
    form = FormData({"action": "send", "person": str(olha.id), "text": "False"})
    form.add_field("file", picture, filename="page3.png", content_type="image/png")
    async with browser.post("/control/act", data=form) as answer:
        assert answer.status == 200

    photo = olha.chat.last.photo
    assert photo is not None
    assert olha.chat.last.text == "False"
    async with browser.get(f"/control/files/{photo.id}") as answer:
        assert await answer.read() == picture


async def test_what_a_phone_would_not_offer_is_a_problem(browser: ClientSession, olha: Person):
    await olha.starts()

    answer = await act(browser, action="press", person=olha.id, message=1, button="Send")

    assert answer == {"problem": "no button 'Send' among []"}


async def test_another_site_cannot_speak_as_people(browser: ClientSession, olha: Person):
    fields = {"action": "send", "person": str(olha.id), "text": "False"}
    origin = {"Origin": "http://evil.example"}
    async with browser.post("/control/act", data=fields, headers=origin) as answer:
        assert answer.status == 403
    async with browser.get("/control/chats", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403

    assert olha.messages == []
