"""Which addresses are known to hold no article, and which only look like it."""

import pytest

from bot.articles.sites import is_login_page, site_without_article


@pytest.mark.parametrize(
    "url",
    [
        "https://docs.google.com/document/d/e/2PACX-1v/pub",
        "https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml?gid=0",
        "https://newsroom.tiktok.com/en-us/a-statement",
        "https://vimeo.com/blog/post/a-story",
        "https://www.facebook.com/desk/posts/1",
        "https://example.org/youtube.com/watch",
        "https://notyoutube.com/watch",
        "https://youtube.com.example/watch",
        "https://example.org/",
    ],
)
def test_what_may_hold_an_article_passes(url):
    assert site_without_article(url) is None


@pytest.mark.parametrize(
    "url",
    ["https://accounts.google.com/v3/signin", "https://login.microsoftonline.com/common",
     "https://example.org/wp-login.php?redirect_to=x", "https://example.org/account/Login/"],
)  # fmt: skip
def test_login_pages_are_known_by_their_address(url):
    assert is_login_page(url)


@pytest.mark.parametrize(
    "url",
    ["https://example.org/2024/login-data-of-millions-leaked", "https://accountsofwar.example/a",
     "https://example.org/a?next=/login"],
)  # fmt: skip
def test_articles_about_logins_are_none(url):
    assert not is_login_page(url)
