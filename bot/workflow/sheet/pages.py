"""Which claims stand on which page of a sheet, and which of them in full."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.workflow.sheet_states import live
from storage.models import Claim

FULL_PER_PAGE = 3  # of five or six lines each: more would not fit on a phone's screen


@dataclass(frozen=True)
class SheetPage:
    """The claims of one page in reading order: some in full, the others in a line each."""

    number: int  # from 0
    pages: int
    full: tuple[Claim, ...]
    brief: tuple[Claim, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Everything on the page, in the order in which it is read."""
        return self.full + self.brief


def page_of(claims: Sequence[Claim], number: int, *, per_page: int) -> SheetPage:
    """The page `number` of a sheet; the nearest one there is when claims went away.

    The order is priority and then number, which no tap changes, so that nothing jumps under a
    finger.
    """
    ordered = sorted(live(claims), key=lambda claim: (claim.priority, claim.number))
    pages = max(1, -(-len(ordered) // per_page))
    number = min(max(number, 0), pages - 1)
    here = ordered[number * per_page : (number + 1) * per_page]
    starred = sum(1 for claim in here if claim.priority == 1)
    in_full = min(starred, FULL_PER_PAGE) or FULL_PER_PAGE
    return SheetPage(number, pages, tuple(here[:in_full]), tuple(here[in_full:]))
