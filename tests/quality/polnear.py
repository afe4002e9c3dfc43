"""Attributions as PolNeAR's annotators marked them, and how found ones are scored against them.

Source: Newell, Margolin, Ruths, "An Attribution Relations Corpus for Political News", LREC 2018.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.claims.findings import Findings, Span

SOFT = 0.5  # intersection over union of letters and digits from which two contents are the same

# The slice "reported speech": what somebody said or wrote, not what he wants, thinks or attacks.
# Kept here, apart from the product's own list, so that a change there moves no goalposts.
_WORDS = """
    say says said saying tell tells told telling according announce announces announced
    announcing claim claims claimed claiming state states stated stating add adds added adding argue
    argues argued arguing warn warns warned warning explain explains explained explaining insist
    insists insisted insisting note notes noted noting report reports reported reporting write
    writes wrote written writing declare declares declared declaring allege alleges alleged alleging
    assert asserts asserted asserting admit admits admitted admitting acknowledge acknowledges
    acknowledged acknowledging confirm confirms confirmed confirming deny denies denied denying
    reveal reveals revealed revealing disclose discloses disclosed disclosing suggest suggests
    suggested suggesting predict predicts predicted predicting recall recalls recalled recalling
    reply replies replied replying respond responds responded responding stress stresses stressed
    stressing emphasize emphasizes emphasized emphasizing testify testifies testified testifying
    tweet tweets tweeted tweeting post posted complain complains complained complaining concede
    concedes conceded conceding contend contends contended contending maintain maintains maintained
    maintaining mention mentions mentioned mentioning remark remarks remarked remarking reiterate
    reiterates reiterated reiterating repeat repeated promise promises promised promising pledge
    pledges pledged pledging vow vows vowed vowing answer answers answered joke jokes joked joking
    conclude concludes concluded concluding continue continued ask asks asked asking inform informs
    informed assure assures assured assuring remind reminds reminded reminding indicate indicates
    indicated indicating clarify clarified caution cautions cautioned lament lamented quip quipped
    boast boasts boasted boasting point points pointed
"""
_SAYING = frozenset(_WORDS.split())


@dataclass(frozen=True)
class Labelled:
    """One gold attribution; `speech`: it has a source, and its cue is a word of saying."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    speech: bool


@dataclass(frozen=True)
class Told:
    """One attribution that was found."""

    content: tuple[Span, ...]
    source: Span | None


@dataclass
class Tally:
    """Counts over articles."""

    labelled: int = 0
    found: int = 0
    soft: int = 0
    exact: int = 0
    speaker: int = 0

    def f1(self, right: int) -> float:
        """F1 where `right` of what was found and of what was labelled are the same."""
        return 2 * right / (self.labelled + self.found)


@dataclass
class Outcome:
    """How one article's attributions pair with the labelled ones, for looking at the errors."""

    pairs: list[tuple[Labelled, Told]] = field(default_factory=list)
    missed: list[Labelled] = field(default_factory=list)
    wrong: list[Told] = field(default_factory=list)


def articles(folder: Path) -> list[tuple[str, list[Labelled]]]:
    """(text, gold attributions) of every article that has text and annotation, by file name.

    Where several people annotated an article, the first of them counts.
    """
    read = []
    for path in sorted((folder / "text").glob("*.txt")):
        annotated = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        if annotated:
            text = path.read_bytes().decode("utf-8")
            read.append((text, _labelled(text, annotated[0].read_text("utf-8"))))
    return read


def told(findings: Findings) -> list[Told]:
    """What was found, as far as it has content."""
    return [Told(one.content, one.source) for one in findings.attributions if one.content]


def compare(text: str, labelled: Sequence[Labelled], found: Sequence[Told]) -> Outcome:
    """Pair one to one, the greatest overlap first; what matches other gold is left out."""
    outcome = Outcome()
    speech = [one for one in labelled if one.speech]
    ours = [_letters(text, one.content) for one in found]
    pairs = sorted(_alike([_letters(text, one.content) for one in speech], ours), reverse=True)
    taken: set[int] = set()
    paired: set[int] = set()
    for _, gold, index in pairs:
        if gold not in paired and index not in taken:
            paired.add(gold)
            taken.add(index)
            outcome.pairs.append((speech[gold], found[index]))
    other = [_letters(text, one.content) for one in labelled if not one.speech]
    matched = {index for _, _, index in _alike(other, ours)}
    outcome.missed = [one for index, one in enumerate(speech) if index not in paired]
    outcome.wrong = [one for index, one in enumerate(found) if index not in taken | matched]
    return outcome


def count(tally: Tally, text: str, outcome: Outcome) -> None:
    """Add one article to the counts."""
    tally.labelled += len(outcome.pairs) + len(outcome.missed)
    tally.found += len(outcome.pairs) + len(outcome.wrong)
    tally.soft += len(outcome.pairs)
    for gold, ours in outcome.pairs:
        tally.exact += _bare(text, gold.content) == _bare(text, ours.content)
        tally.speaker += same_speaker(gold, ours)


def same_speaker(gold: Labelled, ours: Told) -> bool:
    """The spans of the two sources overlap."""
    span = ours.source
    return span is not None and any(span[0] < end and start < span[1] for start, end in gold.source)


def _alike(gold: Sequence[set[int]], ours: Sequence[set[int]]) -> Iterable[tuple[float, int, int]]:
    """(overlap, number of the labelled, number of ours) of everything that overlaps enough."""
    for first, left in enumerate(gold):
        for second, right in enumerate(ours):
            shared = len(left & right)
            if shared and shared >= SOFT * len(left | right):
                yield shared / len(left | right), first, second


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end) if text[place].isalnum()}


def _bare(text: str, spans: Iterable[Span]) -> set[int]:
    """The places of letters and digits, without a "that" at the beginning."""
    spans = sorted(spans)
    if spans and (that := re.compile(r"\W*that\b").match(text, *spans[0])):
        spans[0] = (that.end(), spans[0][1])
    return _letters(text, spans)


def _labelled(text: str, annotation: str) -> list[Labelled]:
    """The events of a brat file: "E1<tab>Attribution:T4 Content:T3 Cue:T2 Source:T1"."""
    places: dict[str, tuple[Span, ...]] = {}
    events = []
    for line in annotation.splitlines():
        name, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", name):
            spans = rest.partition("\t")[0].partition(" ")[2]
            places[name] = tuple(_span(part) for part in spans.split(";"))
        elif re.fullmatch(r"E\d+", name):
            events.append([part.split(":") for part in rest.split()])
    found = []
    for event in events:
        content, cue, source = (
            tuple(span for part, name in event if part.startswith(role) for span in places[name])
            for role in ("Content", "Cue", "Source")
        )
        words = {word for span in cue for word in re.findall(r"\w+", text[slice(*span)].lower())}
        found.append(Labelled(content, source, cue, bool(source) and bool(words & _SAYING)))
    return found


def _span(written: str) -> Span:
    start, end = written.split()
    return int(start), int(end)
