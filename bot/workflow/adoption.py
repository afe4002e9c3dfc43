"""Which message of ours a reply is to, when we never learned the message's id: its code tells.

Cards show "#C214"; whatever is about an article shows "A-41", about a claim "A-41, claim 3".
"""

import re
from dataclasses import dataclass, field
from typing import NoReturn

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refusal
from bot.workflow.notices import NoticeKind
from bot.workflow.verdicts.wording import assignment_in_reply
from storage import assignments, claims, submissions, unlearned
from storage.models import Prompt

_ARTICLE = re.compile(r"\bA-(\d{1,9})(?:(?:/|, \w+ )(\d{1,4}))?(?!\w)")


@dataclass(frozen=True)
class Codes:
    """What the words of a message say that it is about."""

    assignment_id: int | None = None
    articles: frozenset[int] = frozenset()
    claims: frozenset[tuple[int, int]] = field(default=frozenset())  # article, number
    is_summary: bool = False  # it begins with the article's code

    @property
    def is_list(self) -> bool:
        """Whether several articles are named."""
        return len(self.articles) > 1


def codes_in(text: str) -> Codes:
    """The codes in a message of ours."""
    found = [(int(article), number) for article, number in _ARTICLE.findall(text)]
    return Codes(
        assignment_id=assignment_in_reply(text),
        articles=frozenset(article for article, number in found if not number),
        claims=frozenset((article, int(number)) for article, number in found if number),
        is_summary=bool(_ARTICLE.match(text)),
    )


async def adopt(session: AsyncSession, chat_id: int, message_id: int, text: str) -> Prompt | None:
    """The message of ours that reads `text`, from now on known by its id; None if none fits."""
    codes = codes_in(text)
    fitting = [
        (fit, prompt)
        for prompt in await unlearned.in_chat(session, chat_id)
        if (fit := await _fit(session, prompt, codes))
    ]
    if not fitting:
        return None
    _, prompt = max(fitting, key=lambda pair: (pair[0], pair[1].id))
    await unlearned.adopt(session, prompt, chat_id, message_id)
    return prompt


def may_be(prompt: Prompt, text: str) -> bool:
    """Whether a message that reads `text` can be the one that `prompt` stands for.

    A group that became a supergroup counts its messages anew, so a reply to an old one comes with
    the number of another. In private chats numbers never come twice.
    """
    articles = codes_in(text).articles
    if prompt.chat_id > 0 or prompt.article_id is None or not articles:
        return True
    return prompt.article_id in articles


def refuse_unknown(text: str) -> NoReturn:
    """A command for a message of ours that we know no longer.

    Raises:
        Refusal: always; it names the article if the message does.
    """
    articles = codes_in(text).articles
    raise Refusal("message_unknown", article=min(articles) if len(articles) == 1 else None)


async def _fit(session: AsyncSession, prompt: Prompt, codes: Codes) -> int:
    """How well the message that `prompt` stands for fits the codes; 0: it is another one."""
    if codes.assignment_id is not None:
        return 3 * (prompt.assignment_id == codes.assignment_id)
    if prompt.kind == NoticeKind.INDEX:
        listed = await submissions.of_index(session, prompt.outbox_id)
        is_listed = any(row.article_id in codes.articles for row in listed)
        return (1 + 2 * codes.is_list) if is_listed else 0
    if (claim_id := await _claim_of(session, prompt)) is not None:
        claim = await claims.get(session, claim_id)
        return 3 * (claim is not None and (claim.article_id, claim.number) in codes.claims)
    if prompt.article_id not in codes.articles:
        return 0
    return 2 if codes.is_summary == (prompt.kind == NoticeKind.ARTICLE) else 1


async def _claim_of(session: AsyncSession, prompt: Prompt) -> int | None:
    if prompt.claim_id is None and prompt.assignment_id is not None:
        assignment = await assignments.get(session, prompt.assignment_id)
        return assignment.claim_id if assignment else None
    return prompt.claim_id
