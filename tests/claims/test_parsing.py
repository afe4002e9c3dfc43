"""The parser of indirect speech: what it adds to the rules, and what happens without it."""

import shutil

import pytest

from bot.articles.article import Article
from bot.claims import parsing
from bot.claims.finding import find_claims
from bot.claims.findings import Method
from bot.texts.extraction import sheet

pytest.importorskip("spacy", reason="the extra `parser` is not installed")


def an_article(text: str) -> Article:
    return Article(text=text, paragraphs=((0, len(text)),))


def said(text: str) -> list[tuple[str, str | None]]:
    """(content, words of the speaker) of every attribution."""
    found = find_claims(an_article(text)).attributions
    return [
        (
            " … ".join(text[start:end] for start, end in one.content),
            one.source and text[slice(*one.source)],
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "The larger danger, she said, is a flood that nobody in the town expects.",
            "The larger danger … is a flood that nobody in the town expects",
            "she",
        ),
        (
            "Even a former mayor said the town would have to pay for the wall.",
            "the town would have to pay for the wall",
            "a former mayor",
        ),
        (
            "Ada Novak regretted the delay and said the wall was safe.",
            "the wall was safe",
            "Ada Novak",
        ),
    ],
)
def test_indirect_speech_is_read_off_the_grammar(text, content, speaker):
    assert said(text) == [(content, speaker)]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "As Ada Novak (R-Nore) noted this week, the wall has never been safe.",
            "the wall has never been safe",
            "Ada Novak",
        ),
        (
            "The wall has never been safe, as the Courier reported on Monday.",
            "The wall has never been safe",
            "Courier",
        ),
        (
            "In the smaller towns on the coast, she said, the pumps could fail again.",
            "In the smaller towns on the coast … the pumps could fail again",
            "she",
        ),
    ],
)
def test_reporting_words_may_stand_aside(text, content, speaker):
    assert said(text) == [(content, speaker)]


def test_where_somebody_spoke_is_no_part_of_the_quotation():
    text = "At a meeting on the coast, she said, “It leaks. I have seen it.”"

    assert said(text) == [("“It leaks. I have seen it.”", "she")]


def test_the_second_verb_of_a_sentence_begins_a_statement_of_its_own():
    text = "Ada Novak said the wall was safe and denied that the pumps had failed."

    assert said(text) == [
        ("the wall was safe", "Ada Novak"),
        ("the pumps had failed", "Ada Novak"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The report exceeded the hopes of the council.",
        "Claims that the wall leaks are old.",
        "The town was angry at rivals who promised a higher wall.",
        "The wall is now called “the sieve” by everybody in the town.",
    ],
)
def test_a_noun_that_looks_like_a_reporting_verb_says_nothing(text):
    assert said(text) == []


def test_the_findings_say_by_what_speakers_were_found():
    article = an_article("Ada Novak said the wall was safe.")

    assert find_claims(article).method is Method.PARSER
    assert find_claims(article, may_parse=False).method is Method.RULES


def test_without_the_parser_rules_find_speakers_and_the_sheet_says_so():
    article = an_article("Ada Novak said the wall was safe.")

    findings = find_claims(article, may_parse=False)

    assert len(findings.attributions) == 1
    assert "Speakers by rules alone" in sheet(article, findings, columns=80)
    assert "rules alone" not in sheet(article, find_claims(article), columns=80)


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_a_parser_with_damaged_files_is_not_loaded(damage, tmp_path, caplog):
    folder = tmp_path / "model"
    shutil.copytree(parsing._folder(), folder)
    weights = folder / "parser" / "model"
    if damage == "changed":
        weights.write_bytes(weights.read_bytes()[:-1] + b"\0")
    else:
        weights.unlink()

    assert parsing.parser_from(folder) is None
    assert caplog.records[0].files == ["parser/model"]


def test_an_endless_sentence_is_left_to_the_rules():
    text = "He said that " * 100 + "it leaks."

    assert parsing.the_parser().grammars(text, [(0, len(text))]) == {}


def test_a_sentence_of_broken_characters_is_parsed_all_the_same():
    text = "Ada\xa0Novak said \ud800 that the wall leaks."

    (grammar,) = parsing.the_parser().grammars(text, [(0, len(text))]).values()

    assert [text[word.start : word.end] for word in grammar.words][:3] == ["Ada", "Novak", "said"]
