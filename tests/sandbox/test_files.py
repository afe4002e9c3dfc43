"""Pictures and files in both directions."""

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.sandbox import Person, Sandbox


async def test_a_picture_from_the_bot_stands_in_the_chat(client: Bot, olha: Person, picture: bytes):
    sent = await client.send_photo(olha.id, picture, caption="<b>Week</b> 47", parse_mode="HTML")

    message = olha.messages[-1]
    assert message.photo is not None
    assert (message.photo.content, message.text) == (picture, "Week 47")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (3, 2)
    again = await client.send_photo(olha.id, sent.photo[-1].file_id)
    assert again.photo[-1].file_id == sent.photo[-1].file_id


@pytest.mark.parametrize("content", [b"not a picture", b"\x89PNG\r\n\x1a\n", b"\xff\xd8"])
async def test_a_photo_must_be_a_picture(client: Bot, olha: Person, content: bytes):
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await client.send_photo(olha.id, content)


async def test_a_caption_holds_1024_units(client: Bot, olha: Person, picture: bytes):
    await client.send_photo(olha.id, picture, caption="x" * 1024)

    with pytest.raises(BadRequest, match="Message caption is too long"):
        await client.send_photo(olha.id, picture, caption="x" * 1025)


async def test_a_document_keeps_its_name(client: Bot, olha: Person):
    await client.send_document(olha.id, b"id,verdict\n", filename="desk.csv", caption="Export")

    document = olha.messages[-1].document
    assert document is not None
    assert (document.name, document.content) == ("desk.csv", b"id,verdict\n")


async def test_the_bot_can_download_what_a_person_sends(client: Bot, olha: Person):
    await olha.sends_document(
        b"%PDF-1.7", "report.pdf", caption="p. 3", mime_type="application/pdf"
    )

    [update] = await client.get_updates()
    assert update.message is not None
    assert update.message.caption == "p. 3"
    assert update.message.document is not None
    file = await update.message.document.get_file()
    assert await file.download_as_bytearray() == b"%PDF-1.7"


async def test_files_over_20_mb_stay_with_telegram(client: Bot, olha: Person):
    message = await olha.sends_document(bytes(20 * 1024 * 1024 + 1), "all.pdf")

    assert message.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await client.get_file(message.document.id)


async def test_an_unknown_file_id_is_wrong(client: Bot, sandbox: Sandbox):
    with pytest.raises(BadRequest, match="Wrong file_id or the file is temporarily unavailable"):
        await client.get_file("nothing")


async def test_a_voice_message_can_be_shown_to_somebody_else(
    client: Bot, olha: Person, sandbox: Sandbox
):
    marko = sandbox.add_person(77, "Marko", started=True)
    voice = await olha.sends_voice(duration_s=3)
    (update,) = await client.get_updates()

    await client.send_voice(marko.id, update.message.voice.file_id, caption="From Olha")

    assert marko.chat.last.voice == voice.voice
    assert marko.chat.last.text == "From Olha"
