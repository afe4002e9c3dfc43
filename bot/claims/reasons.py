"""Why a claim is on the sheet, in words, and what kind of claim it is."""

from collections.abc import Sequence

from bot.claims.findings import Attribution, ClaimKind, Source, SourceKind
from bot.claims.signals import Signals

NUMBER = "number"
ACCUSATION = "accusation"
LAW = "law"
CAUSE = "cause and effect"
COMPARISON = "comparison"
SCIENCE = "health or science"
LEAD = "opens the article"
NO_SOURCE = "no source given"
ONE_SOURCE = "one interested source"
ANONYMOUS_SOURCE = "unnamed source"
UNNAMED_OTHERS = "speaks of others whom it does not name"
RELAYED = "second hand"
NO_LINK = "no link"

NO_NETWORK = "ranked by rules alone: the model that ranks claims is missing or damaged"

INTERESTED = (SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OTHER)


def reasons_for(
    signals: Signals,
    *,
    attributions: Sequence[Attribution],
    sources: Sequence[Source],
    has_link: bool,
    unsourced: bool,
) -> tuple[str, ...]:
    """The reasons that apply, the strongest kinds of claim first, then how it is sourced."""
    found = [
        reason
        for reason, applies in (
            (NUMBER, signals["number"] or signals["money"]),
            (ACCUSATION, signals["accusation"]),
            (LAW, signals["law"]),
            (CAUSE, signals["cause"] >= 1.0),
            (COMPARISON, signals["comparison"] >= 1.0),
            (SCIENCE, signals["science"] >= 1.0),
            (LEAD, signals["lead"]),
        )
        if applies
    ]
    ids = {one.source_id for one in attributions}
    kinds = [source.kind for source in sources if source.id in ids]  # a channel claims nothing
    if unsourced:
        found.append(NO_SOURCE)
        if signals.get("others"):
            found.append(UNNAMED_OTHERS)
    elif SourceKind.ANONYMOUS in kinds:
        found.append(ANONYMOUS_SOURCE)
    elif len(kinds) == 1 and kinds[0] in INTERESTED:
        found.append(ONE_SOURCE)
    if any(attribution.via for attribution in attributions):
        found.append(RELAYED)
    if not has_link and not unsourced:
        found.append(NO_LINK)
    return tuple(found)


def kind_of_claim(signals: Signals, attributions: Sequence[Attribution]) -> ClaimKind:
    """The kind that tells a checker where to look; a quotation as a whole counts as one."""
    if signals["number"] and (signals["money"] or signals["numbers"] >= 0.25):
        return ClaimKind.NUMBER
    if any(one.direct for one in attributions) and signals["quoted"] > 0.6:
        return ClaimKind.QUOTATION
    for name, enough, kind in (
        ("law", 1.0, ClaimKind.LAW),
        ("science", 1.0, ClaimKind.SCIENCE),
        ("cause", 1.0, ClaimKind.CAUSE),
        ("comparison", 1.0, ClaimKind.COMPARISON),
        ("biography", 1.0, ClaimKind.BIOGRAPHY),
    ):
        if signals[name] >= enough:
            return kind
    if signals["past"]:
        return ClaimKind.EVENT
    return ClaimKind.LAW if signals["law"] else ClaimKind.OTHER
