"""What is left of a whole page that was copied as text: the body, in any of the usual frames."""

import pytest

from bot.articles.reading import read_text

MENU = ["Home", "News", "Sport", "Weather", "Log in", "Subscribe", "Search"]
TITLE = "Harbour wall of Tolland cost twice the plan"
BODY = [
    "The new harbour wall of Tolland cost 8.4 million euros, twice the plan, an audit found.",
    "“There were 78 change orders in the first year alone,” said Mira Tolland, who heads the "
    "harbour office, in an interview.",
    "What went wrong",
    "The builder, Larsen Marine, had asked for more stone three times since the spring of 2023.",
    "The council knew of the cost in March and told nobody, the audit of the wall says.",
    "Residents of the lower town have asked for a hearing about the wall, and got none.",
]
TEASERS = [
    "Ferry late again: passengers wait for two hours at Skerry pier in the rain on Sunday.",
    "Library opens on Sundays from May, if the county finds four people to work there.",
    "Three held after a fight at the fish market; police look for a man in a yellow coat.",
]
COMMENTS = [
    "12 comments",
    "Piet on November 21, 2026 at 8:14 said:",
    "I have lived here for forty years and nobody ever asked me what I think about this.",
    "Reply",
    "Jo on November 21, 2026 at 9:30 said:",
    "They should have asked the fishermen, who know how the sea comes in during winter.",
    "Reply",
]
FOOTER = ["Privacy policy", "Terms of use", "© 2026 Tolland Ledger. All rights reserved."]


def page(*parts: list[str]) -> str:
    head = [TITLE, "By Ada Novak", "20 November 2026, 7:30"]
    return "\n".join(line for part in (MENU * 5, head, *parts, FOOTER) for line in part)


@pytest.mark.parametrize(
    "parts",
    [
        (BODY, ["Related stories"], TEASERS),
        (BODY, COMMENTS),
        (BODY, ["Share", "Facebook", "Twitter", "Print"], ["Most read"], TEASERS),
        (BODY[:4], ["Advertisement"], BODY[4:]),
    ],
)
def test_the_body_is_kept_whole_and_what_stands_around_it_goes(parts):
    article = read_text(page(*parts))

    assert article.text.split("\n\n") == BODY
    assert (article.title, article.authors) == (TITLE, ("Ada Novak",))


def test_a_page_that_shows_its_article_twice_is_read_once():
    assert (
        read_text(page(BODY, ["Print version"], BODY)).text.count("twice the plan, an audit") == 1
    )


def test_the_more_doubtful_the_cut_the_lower_the_confidence():
    sure = read_text(page(BODY))
    doubtful = read_text("\n".join([*MENU * 5, TEASERS[0], *MENU, TEASERS[1], *MENU, *FOOTER]))

    assert sure.confidence > 0.7 > doubtful.confidence
