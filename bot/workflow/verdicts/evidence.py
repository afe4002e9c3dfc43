"""What a verdict rests on, before it is recorded: exhibits, and what was said so far."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from bot.workflow.incoming import Attachment, Incoming
from bot.workflow.verdicts.wording import Wording, read_answer
from storage.models import Evidence, Verdict
from storage.models.claims import Rating
from storage.models.work import EvidenceKind

LEAST_SIGNS = 3  # letters or digits; "ok" shows nothing and is no reason
NOTE_CHARS = 1000  # of a forwarded post, enough to know it again
# A reason is enough for these: there is nothing that could show them.
REASON_IS_ENOUGH = frozenset({Rating.UNVERIFIABLE, Rating.OPINION})


@dataclass(frozen=True)
class Exhibit:
    """One piece of evidence as it was sent or tapped."""

    kind: EvidenceKind
    url: str | None = None
    locator: str | None = None
    note: str | None = None
    file_id: str | None = None
    file_name: str | None = None

    @property
    def shows_it(self) -> bool:
        """Whether a verdict may rest on it; a voice message is kept, but as a note."""
        return self.kind is not EvidenceKind.VOICE


@dataclass(frozen=True)
class Draft:
    """An answer so far; `chat_id` and `message_id` say in which message it was (last) given."""

    rating: Rating | None = None
    explanation: str = ""
    # of the explanation, what stands whatever comes: said with a verdict, or chosen as a note; all
    # else was only asked back about
    sure: str = ""
    exhibits: tuple[Exhibit, ...] = ()
    chat_id: int | None = None
    message_id: int | None = None
    bot_id: int | None = None
    update_id: int | None = None
    album: str | None = None
    earlier_ids: tuple[int, ...] = ()  # messages before that one, of the same answer

    @property
    def message_ids(self) -> tuple[int, ...]:
        """Every message that the answer came in, oldest first."""
        last = () if self.message_id is None else (self.message_id,)
        return tuple(dict.fromkeys((*self.earlier_ids, *last)))

    @property
    def is_complete(self) -> bool:
        """Whether it may be recorded: a verdict, and what shows it or why nothing can."""
        if self.rating is None:
            return False
        if self.rating in REASON_IS_ENOUGH and says_something(self.explanation):
            return True
        return any(exhibit.shows_it for exhibit in self.exhibits)

    def with_rating(self, rating: Rating) -> "Draft":
        """The same answer with another verdict; what was asked back about explains it."""
        return replace(self, rating=rating).with_sure_words()

    def with_sure_words(self) -> "Draft":
        """The same answer, and all its words stay whatever comes."""
        return replace(self, sure=self.explanation)

    def before_verdict(self, said: "Draft") -> "Draft":
        """What of this half answer goes with the verdict in `said`.

        Words that were only asked back about do not: they may contradict it. A bare verdict
        answers for them, as a tap does, unless they ask something or take a verdict back.
        """
        if said.rating is None:
            return self
        is_bare = not (said.explanation or said.exhibits)
        if is_bare and not any(read_answer(line).is_doubtful for line in self._lines()):
            return self
        return replace(self, explanation=self.sure)

    def _lines(self) -> list[str]:
        return self.explanation.splitlines()

    def with_exhibits(self, exhibits: Sequence[Exhibit]) -> "Draft":
        """The same answer with further evidence; what is there already stays once."""
        return replace(self, exhibits=tuple(dict.fromkeys((*self.exhibits, *exhibits))))

    def with_words(self, words: str) -> "Draft":
        """The same answer with further words of explanation."""
        joined = "\n".join(part for part in (self.explanation, words.strip()) if part)
        return replace(self, explanation=joined)


def says_something(words: str) -> bool:
    """Whether words are more than a nod."""
    return sum(character.isalnum() for character in words) >= LEAST_SIGNS


def reading_of(incoming: Incoming) -> Wording:
    """How the words of a message read; somebody else's words in a forward are no verdict."""
    wording = read_answer(incoming.text, incoming.links)
    if incoming.is_forward:
        return Wording(None, "", wording.links)  # its words are kept with the forward
    return wording


def draft_of(incoming: Incoming, wording: Wording) -> Draft:
    """What one message says towards a verdict."""
    return Draft(
        rating=wording.rating,
        explanation=wording.explanation if wording.rating else "",
        sure=wording.explanation if wording.rating else "",
        exhibits=exhibits_in(incoming, wording),
        chat_id=incoming.chat_id,
        message_id=incoming.message_id,
        bot_id=incoming.bot_id or None,
        update_id=incoming.update_id or None,
        album=incoming.album,
    )


def exhibits_in(incoming: Incoming, wording: Wording) -> tuple[Exhibit, ...]:
    """The evidence in a message: forward, files, links with their places, each once."""
    found: list[Exhibit] = []
    if incoming.origin is not None:
        found.append(_forward(incoming, incoming.origin))
    found += [_file(attachment) for attachment in incoming.attachments]
    found += [
        Exhibit(EvidenceKind.LINK, url=link.url, locator=link.locator) for link in wording.links
    ]
    return tuple(dict.fromkeys(found))


def merged(earlier: Draft, later: Draft) -> Draft:
    """Both answers in one; a later verdict wins, and its message is the one to edit."""
    words = replace(later, explanation=earlier.explanation).with_words(later.explanation)
    sure = "\n".join(part for part in (earlier.sure, later.sure) if part)
    rated = replace(
        words,
        rating=later.rating or earlier.rating,
        exhibits=earlier.exhibits,
        earlier_ids=earlier.message_ids,
        sure=sure,
    )
    return rated.with_exhibits(later.exhibits)


def draft_of_verdict(verdict: Verdict, evidence: Sequence[Evidence]) -> Draft:
    """A recorded answer as it would be given again."""
    return Draft(
        rating=verdict.rating,
        explanation=verdict.explanation,
        sure=verdict.explanation,
        exhibits=tuple(
            Exhibit(row.kind, row.url, row.locator, row.note, row.file_id, row.file_name)
            for row in evidence
        ),
        chat_id=verdict.chat_id,
        message_id=verdict.message_id,
    )


def content_of(draft: Draft) -> dict[str, Any]:
    """A draft as the JSON of a pending input."""
    content = asdict(draft)
    content["evidence"] = content.pop("exhibits")
    return {key: value for key, value in content.items() if value not in (None, "", ())}


def draft_from(content: Mapping[str, Any]) -> Draft:
    """The draft in the JSON of a pending input."""
    known = {key: value for key, value in content.items() if key in Draft.__dataclass_fields__}
    exhibits = [
        Exhibit(**{**item, "kind": EvidenceKind(item["kind"])})
        for item in content.get("evidence", ())
    ]
    rating = content.get("rating")
    own = {
        "rating": Rating(rating) if rating else None,
        "earlier_ids": tuple(content.get("earlier_ids", ())),
    }
    return Draft(**{**known, **own}).with_exhibits(exhibits)


def evidence_rows(exhibits: Sequence[Exhibit], *, now: datetime) -> list[Evidence]:
    """Rows for the evidence table, without their verdict yet."""
    return [Evidence(**asdict(exhibit), added_at=now) for exhibit in exhibits]


def _forward(incoming: Incoming, origin: Mapping[str, Any]) -> Exhibit:
    name = str(origin.get("name") or "")
    words = " ".join(incoming.text.split())[:NOTE_CHARS]
    note = ": ".join(part for part in (name, words) if part)
    return Exhibit(EvidenceKind.FORWARD, url=origin.get("url"), note=note or None)


def _file(attachment: Attachment) -> Exhibit:
    kind = EvidenceKind(attachment.kind)
    if kind is EvidenceKind.FILE and attachment.mime == "application/pdf":
        kind = EvidenceKind.DOCUMENT
    return Exhibit(kind, file_id=attachment.file_id, file_name=attachment.file_name)
