"""Pages of an invented town, written for these tests."""

from pathlib import Path

from bot.articles.page import Page

FOLDER = Path(__file__).parent
HARBOUR = "https://ledger.example/2026/harbour-wall?utm_source=mail"


def a_page(name: str, *, url: str = HARBOUR, http_status: int = 200) -> Page:
    """A page of this folder as the fetch would bring it."""
    body = (FOLDER / f"{name}.html").read_bytes()
    return Page(url, body, "text/html; charset=utf-8", "utf-8", http_status=http_status)


def a_copied_page() -> str:
    """A web page pasted as text, with its menu and comment form."""
    return (FOLDER / "copied_page.txt").read_text("utf-8")
