"""What people can be told: a class per decision of the caller; wording lives in `bot.texts`.

FactcheckError
├── ArticleProblem               reading failed: the submission keeps the reason for the editor
│   ├── ArticleUnreachable       no answer, or an answer that says "not now": may be tried again
│   ├── AddressForbidden         an address that this server must not open
│   ├── ArticleUnreadable        an answer came, but it holds no article
│   └── ReaderOverrun            reading took more time or memory than a page may cost
├── Refusal                      what was asked for is not possible; `what` names the sentence
│   └── NotPermitted             this person may not do this
├── SettingsProblem              a setting is missing or wrong; the start stops
└── UsageProblem                 a command line that cannot be followed
"""

from typing import Any


class FactcheckError(Exception):
    """Something the person at the other end can understand and act on."""


class ArticleProblem(FactcheckError):
    """Reading `url` failed for `reason`, a short key such as "timeout" or "paywall"."""

    def __init__(self, url: str, reason: str, **details: Any) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.reason, self.details = url, reason, details


class ArticleUnreachable(ArticleProblem):
    """No answer, or one that says "not now" (timeout, dns, refused, tls, http_5xx, busy)."""


class AddressForbidden(ArticleProblem):
    """The address is private, special, or not a web address at all."""


class ArticleUnreadable(ArticleProblem):
    """An answer came, but it holds no article (too_big, not_text, http_4xx, blocked, empty)."""


class ReaderOverrun(ArticleProblem):
    """The page cost more time or memory than a page may."""


class Refusal(FactcheckError):
    """What was asked for is not possible; `what` names the sentence in `bot.texts.refusals`."""

    def __init__(self, what: str, **details: Any) -> None:
        super().__init__(what)
        self.what, self.details = what, details


class NotPermitted(Refusal):
    """This person may not do this."""


class SettingsProblem(FactcheckError):
    """The setting `name` is missing or wrong: `problem`, and an `example` that would do."""

    def __init__(self, name: str, problem: str, example: str) -> None:
        super().__init__(f"{name}: {problem}; for example {name}={example}")
        self.name, self.problem, self.example = name, problem, example


class UsageProblem(FactcheckError):
    """A command line that cannot be followed."""
