"""Who says what, through what: the forms that news English has for it."""

import pytest

from bot.articles.reading import read_text
from bot.claims.finding import find_claims


def said(text: str) -> list[tuple[str, str | None, str | None]]:
    """(content, speaker under the fullest name, via) of every attribution."""
    article = read_text(text)
    findings = find_claims(article)
    names = {source.id: source.name for source in findings.sources}
    return [
        (
            " … ".join(article.text[start:end] for start, end in one.content),
            names[one.source_id] if one.source_id else None,
            one.via,
        )
        for one in findings.attributions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It leaks,” Ada Novak said.", ("“It leaks,”", "Ada Novak", None)),
        ("“It leaks,” said Ada Novak, a diver.", ("“It leaks,”", "Ada Novak", None)),
        ("Ada Novak, a diver, said that it leaks badly.", ("it leaks badly", "Ada Novak", None)),
        ("Ada Novak said the wall leaks.", ("the wall leaks", "Ada Novak", None)),
        ("The wall leaks, Ada Novak said.", ("The wall leaks", "Ada Novak", None)),
        ("The wall leaks, said Ada Novak.", ("The wall leaks", "Ada Novak", None)),
        ("According to Ada Novak, the wall leaks.", ("the wall leaks", "Ada Novak", None)),
        ("The wall leaks, according to Ada Novak.", ("The wall leaks", "Ada Novak", None)),
        (
            "The board, which owns the wall, denied that it leaks.",
            ("it leaks", "board", None),
        ),
        (
            "The report, published on Monday, found that the wall leaks.",
            ("the wall leaks", "report", None),
        ),
        (
            "“It leaks,” the diver, Ada Novak, told the Evening Courier.",
            ("“It leaks,”", "Ada Novak", "Evening Courier"),
        ),
        (
            "Ada Novak, head of the Open Quay Foundation, a group of divers, told The Evening "
            "Courier that the wall leaks.",
            ("the wall leaks", "Ada Novak", "The Evening Courier"),
        ),
        (
            "The Open Quay Foundation said in a statement that the wall leaks.",
            ("the wall leaks", "Open Quay Foundation", "a statement"),
        ),
        (
            "The wall leaks, the diver, Ada Novak, said in a video distributed by Quay Radio.",
            ("The wall leaks", "Ada Novak", "a video distributed by Quay Radio"),
        ),
        (
            "The wall leaks, according to a report by the fire department.",
            ("The wall leaks", "fire department", "a report"),
        ),
        (
            "Reuters reported on Monday, citing Ada Novak, that the wall leaks.",
            ("the wall leaks", "Ada Novak", "Reuters"),
        ),
        (
            "The board issued a statement saying the wall leaks every night.",
            ("the wall leaks every night", "board", "a statement"),
        ),
        ("“It leaks,” Ada Novak is heard saying.", ("“It leaks,”", "Ada Novak", None)),
    ],
)
def test_speech_is_found_with_speaker_and_channel(text, expected):
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The report of the council is long.",
        "She declined to say who paid for it.",
        "He did not say why the wall leaks.",
        "He plans to say that the wall leaks.",
        "It was reported to the police.",
    ],
)
def test_what_only_looks_like_speech_is_none(text):
    assert said(text) == []


def test_an_interrupted_quotation_is_one_statement_with_two_spans():
    (one,) = said("“The wall,” Ada Novak said, “has been leaking for years.”")

    assert one == ("“The wall,” … “has been leaking for years.”", "Ada Novak", None)


def test_a_quotation_that_goes_on_beside_it_belongs_to_the_same_statement():
    article = read_text("“It leaks,” Ada Novak told us. “We measured it in March.”")

    findings = find_claims(article)

    (one,) = findings.attributions
    assert [article.text[start:end] for start, end in one.content] == [
        "“It leaks,”",
        "“We measured it in March.”",
    ]
    assert all(claim.attributions == (one.id,) for claim in findings.claims)


def test_the_sentences_of_a_long_quotation_are_one_span():
    sentence = "We counted every stone of the wall by hand that week. "
    article = read_text("“" + (sentence * 12).rstrip(" .") + ",” Ada Novak said.")

    (one,) = find_claims(article).attributions

    ((start, end),) = one.content
    assert article.text[start:end].count("We counted") == 12


def test_a_quotation_in_the_next_paragraph_keeps_its_speaker_and_says_so():
    article = read_text("“It leaks,” Ada Novak told us.\n\n“We measured it in March.”")

    first, second = find_claims(article).attributions

    assert (first.inferred, second.inferred) == (False, True)
    assert first.source_id == second.source_id
    assert second.cue is None
    assert second.direct


def test_a_speaker_is_carried_into_the_next_paragraph_of_a_quotation():
    contents = said("“It leaks,” Ada Novak said.\n\n“We measured it in March and in May.”")

    assert [speaker for _, speaker, _ in contents] == ["Ada Novak", "Ada Novak"]


def test_a_second_turn_in_a_sentence_ends_the_first():
    first, second = said("Ada Novak said the wall leaks, but Piet Larsen denied that it is wet.")

    assert first == ("the wall leaks", "Ada Novak", None)
    assert second == ("it is wet", "Piet Larsen", None)


def test_surnames_and_pronouns_get_the_fullest_name():
    text = (
        "“It leaks,” said Ada Novak, a diver. Piet Larsen smiled.\n\n"
        "“It is wet,” Novak said.\n\nShe said that the pumps had failed, too."
    )

    assert [speaker for _, speaker, _ in said(text)] == ["Ada Novak"] * 3


def test_a_pronoun_means_the_person_the_sentence_before_begins_with():
    text = (
        "“It leaks,” said Ada Novak, a diver.\n\nMayor Jonas Brandt opened the pumps on Monday. "
        "He said that the wall was safe."
    )

    assert [speaker for _, speaker, _ in said(text)] == ["Ada Novak", "Jonas Brandt"]


def test_the_company_means_the_body_that_was_cited_last():
    text = (
        "Larsen Marine denied that it had been favoured. “Our offer was the lowest of three,” "
        "the company said in a statement."
    )

    assert [speaker for _, speaker, _ in said(text)] == ["Larsen Marine", "Larsen Marine"]


def test_an_outlet_that_relays_a_statement_is_its_channel():
    (first, second) = said("“It leaks,” she said, according to The Evening Courier.")[:2]

    assert "The Evening Courier" in (first[2], second[2])


def test_a_phrase_is_somebody_known_only_by_its_own_noun():
    text = (
        "“It leaks,” said Ada Novak, the mother of one of the soldiers.\n\nThe wives of the "
        "soldiers said that the pumps had failed. The mother said that nobody came."
    )

    speakers = [speaker for _, speaker, _ in said(text)]

    assert speakers == ["Ada Novak", "wives of the soldiers", "Ada Novak"]
