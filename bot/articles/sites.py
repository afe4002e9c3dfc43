"""Addresses that hold no article a program can read, known before anybody opens them."""

import re

from yarl import URL

_VIDEO_SITES = re.compile(
    r"(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com/|youtu\.be/"
    r"|(?:www\.|player\.)?vimeo\.com/(?:.*/)?\d+"
    r"|(?:www\.|m\.|vm\.|vt\.)?tiktok\.com/"
    r"|(?:www\.)?dailymotion\.com/(?:embed/)?video/|dai\.ly/"
    r"|(?:www\.|m\.|clips\.)?twitch\.tv/|fb\.watch/"
    r"|(?:www\.|m\.)?facebook\.com/(?:watch\b|reel/|.*/videos/)"
    r"|(?:www\.)?instagram\.com/(?:.*/)?(?:reels?|tv)/"
    r"|(?:www\.|m\.)?(?:vk\.com|ok\.ru|rutube\.ru|bilibili\.com)/(?:video|clip|shorts)|vkvideo\.ru/"
    r"|rumble\.com/(?:embed/)?v|odysee\.com/@|(?:www\.)?bitchute\.com/(?:video|embed)/|streamable\.com/",
    re.IGNORECASE,
)
_DOCUMENT_SERVICES = re.compile(
    r"docs\.google\.com/(?!.*/(?:pub|pubhtml)$)|drive\.google\.com/|mail\.google\.com/"
    r"|(?:www\.)?dropbox\.com/|paper\.dropbox\.com/"
    r"|[\w-]+\.sharepoint\.com/|onedrive\.live\.com/|1drv\.ms/"
    r"|(?:[\w-]+\.)*(?:office\.com|office365\.com|officeapps\.live\.com)/|teams\.microsoft\.com/"
    r"|(?:www\.)?notion\.so/(?!$)|(?:www\.)?icloud\.com/(?:pages|iclouddrive|attachment)"
    r"|(?:[\w-]+\.)?quip\.com/|coda\.io/d/|(?:[\w-]+\.)?app\.box\.com/|www\.overleaf\.com/project"
    r"|(?:www\.)?evernote\.com/shard/|[\w-]+\.atlassian\.net/wiki/|docs\.zoho\.\w+/",
    re.IGNORECASE,
)
_LOGIN_HOSTS = re.compile(r"(?:accounts|login|signin|sso)\..+", re.IGNORECASE)
_LOGIN_SEGMENTS = frozenset(
    {"login", "log-in", "signin", "sign-in", "sign_in", "servicelogin", "wp-login.php"}
)


def site_without_article(url: str) -> str | None:
    """Why this normal address cannot hold a readable article: "video", "login", or None.

    "login" stands for document services, which show a program nothing of what they hold; what is
    published there for everybody may pass.
    """
    found = URL(url, encoded=True)
    place = f"{found.raw_host}{found.raw_path}"
    if _VIDEO_SITES.match(place):
        return "video"
    return "login" if _DOCUMENT_SERVICES.match(place) else None


def is_login_page(url: str) -> bool:
    """Whether a normal address, reached by redirect, asks who you are instead of showing a text."""
    found = URL(url, encoded=True)
    segments = found.raw_path.lower().split("/")
    return bool(_LOGIN_HOSTS.fullmatch(found.raw_host or "")) or not _LOGIN_SEGMENTS.isdisjoint(
        segments
    )
