"""The sandbox's page in a real browser: people type, press, reply, upload and see pictures."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect
from sqlmodel import select

from storage.models import Evidence
from storage.models.claims import Rating
from tests.journeys.desk import Desk, last
from tests.journeys.test_answering import PICTURE

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A phone-sized part of the newsroom's wall, in Chromium; whatever it complains of fails."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt install chromium")
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        shown = await browser.new_page(viewport={"width": 1600, "height": 1000})
        shown.on("pageerror", lambda error: complaints.append(str(error)))
        yield shown
        await browser.close()
    assert complaints == []


async def test_a_claim_goes_from_link_to_verdict_on_the_page(desk: Desk, page: Page) -> None:
    await page.goto(desk.sandbox.url)
    editor = _column(page, desk.editor.id)

    await _write(editor, desk.room.site.url("budget.html"))
    await expect(editor.locator(".message").last).to_contain_text("worth a check")
    await _reply(editor, "send 1 now")
    await expect(editor.get_by_text("#C1")).to_have_count(0)  # codes are the reviewers'
    await desk.room.rest()
    held = (await desk.open_assignments())[0]
    reviewer = await desk.holder(held)

    column = _column(page, reviewer.id)
    await expect(column.locator(".message").last).to_contain_text("Is it true")
    await column.get_by_role("button", name="False", exact=True).click()
    await expect(column.locator(".message").last).to_contain_text("what shows it?")
    await column.locator(".message").last.get_by_role("button", name="reply").click()
    await column.locator("input[type=file]").set_input_files(
        {"name": "page.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    await _write(column, "The report says 68")

    await expect(column.get_by_text("Recorded")).to_be_visible()
    await expect(column.locator(".bubble img")).to_have_count(1)
    [verdict] = await desk.verdicts()
    assert (verdict.rating, verdict.explanation) == (Rating.FALSE, "The report says 68")
    assert [one.kind for one in await desk.rows(select(Evidence))] == ["photo"]


async def test_an_edit_and_a_refusal_are_seen_on_the_page(desk: Desk, page: Page) -> None:
    await page.goto(desk.sandbox.url)
    editor = _column(page, desk.editor.id)
    await _write(editor, "/help")
    await expect(editor.locator(".message").last).to_contain_text("/articles")

    await editor.locator(".message.own").last.get_by_role("button", name="edit").click()
    await _write(editor, "/articles")
    await expect(editor.locator(".message.own").last).to_contain_text("edited")

    channel = page.locator(f"#chat{desk.channel.id}")
    await expect(channel).to_contain_text("channel")
    await channel.get_by_label("Write as").select_option(str(desk.editor.id))
    await channel.get_by_placeholder("Message").fill("/here")
    await channel.get_by_role("button", name="Send", exact=True).click()
    await expect(editor.locator(".message").last).to_contain_text("Post the digest there")
    await desk.room.rest()
    assert last(desk.editor, "/here")


async def _write(column: Locator, words: str) -> None:
    """Type into a column's field and press Enter."""
    field = column.get_by_placeholder("Message")
    await field.fill(words)
    await field.press("Enter")
    await expect(field).to_have_value("")


async def _reply(column: Locator, words: str) -> None:
    """The same as a reply to the last message."""
    await column.locator(".message").last.get_by_role("button", name="reply").click()
    await _write(column, words)


def _column(page: Page, chat_id: int) -> Locator:
    return page.locator(f"#chat{chat_id}")
