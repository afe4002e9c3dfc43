"""Whatever people, claims and loads there are, the rules of handing out hold."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.workflow.choosing import Candidate, Obstacle, choose, obstacle
from bot.workflow.hours.working import WorkingHours
from bot.workflow.policy import Policy, hours_of
from storage.models import Member
from tests.builders import MONDAY

HOURS: WorkingHours = hours_of(Member(name="Any", joined_at=MONDAY), (), Policy())

people = st.lists(
    st.builds(
        lambda capacity, load, away: (capacity, load, away),
        st.integers(0, 4),
        st.integers(0, 5),
        st.booleans(),
    ),
    max_size=6,
)
claims = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 7), st.integers(1, 3)),  # article, editor, readers
    max_size=12,
)


def candidates_of(drawn: list[tuple[int, int, bool]]) -> list[Candidate]:
    return [
        Candidate(member_id, HOURS, capacity, load, away)
        for member_id, (capacity, load, away) in enumerate(drawn, 1)
    ]


def hand_out(
    pool: list[Candidate], wanted: list[tuple[int, int, int]]
) -> list[tuple[int, int, int, int]]:
    """(claim, article, editor, member) of every reading, in the order of giving."""
    given_out: list[tuple[int, int, int, int]] = []
    editors = {article: editor for article, editor, _ in wanted}
    teams: dict[int, set[int]] = {}
    for claim, (article, _, readers) in enumerate(wanted):
        had: set[int] = set()
        for _ in range(readers):
            team = teams.setdefault(article, set())
            choice = choose(pool, submitter_id=editors[article], had=had, team=team)
            if choice is None:
                break
            member = choice.candidate.member_id
            choice.candidate.load += 1
            had.add(member)
            team.add(member)
            given_out.append((claim, article, editors[article], member))
    return given_out


@given(people, claims)
@settings(max_examples=200, deadline=None)
def test_the_rules_hold(
    drawn: list[tuple[int, int, bool]], wanted: list[tuple[int, int, int]]
) -> None:
    given_out = hand_out(candidates_of(drawn), wanted)

    taken = Counter(member for _, _, _, member in given_out)
    for member_id, (capacity, load, away) in enumerate(drawn, 1):
        assert not (away and taken[member_id])
        assert taken[member_id] <= max(0, capacity - load)
    assert all(editor != member for _, _, editor, member in given_out)
    assert len(set(given_out)) == len(given_out)  # nobody reads a claim twice


@given(people, claims)
@settings(max_examples=200, deadline=None)
def test_nobody_new_joins_an_article_while_those_on_it_can_take_the_claim(
    drawn: list[tuple[int, int, bool]], wanted: list[tuple[int, int, int]]
) -> None:
    pool = candidates_of(drawn)
    for claim in range(len(wanted)):
        editor = wanted[claim][1]
        team = {1, 2}

        choice = choose(pool, submitter_id=editor, had=set(), team=team)

        free = [
            one
            for one in pool
            if one.member_id in team and obstacle(one, submitter_id=editor, had=set()) is None
        ]
        if choice is None:
            assert not free
            continue
        assert choice.candidate.member_id in team or not free
        choice.candidate.load += 1


@given(people, claims)
@settings(max_examples=50, deadline=None)
def test_the_same_desk_chooses_the_same_people(
    drawn: list[tuple[int, int, bool]], wanted: list[tuple[int, int, int]]
) -> None:
    assert hand_out(candidates_of(drawn), wanted) == hand_out(candidates_of(drawn), wanted)


def test_each_obstacle_has_its_name() -> None:
    free = Candidate(1, HOURS, capacity=1)

    assert obstacle(free, submitter_id=1, had=set()) is Obstacle.SUBMITTER
    assert obstacle(free, submitter_id=2, had={1}) is Obstacle.HAD_IT
    assert obstacle(Candidate(1, HOURS, 1, away=True), submitter_id=2, had=()) is Obstacle.AWAY
    assert obstacle(Candidate(1, HOURS, 1, load=1), submitter_id=2, had=()) is Obstacle.FULL
    assert obstacle(free, submitter_id=2, had=set()) is None
