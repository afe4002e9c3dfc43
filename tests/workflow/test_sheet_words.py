"""Locating an editor's words and reading commands: true for any text, quick for long ones."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.workflow.sheet.locating import nearest, occurrences
from bot.workflow.sheet.parsing import Verb, is_command, parse_commands

TEXTS = st.text(alphabet=st.sampled_from("aA b\n“”\"'’–-…. \u00a0\u200b7İ"), max_size=40)


@settings(deadline=None)  # the machine may be busy
@given(TEXTS, TEXTS, TEXTS)
def test_words_taken_from_a_text_are_found_where_they_stand(before, words, after):
    text = before + words + after
    bare = words.strip(" \n\u00a0\u200b")

    spans = occurrences(text, bare)

    assert bool(spans) == bool(bare)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    if spans and "\u200b" not in text:  # unseen characters may stand at the ends of a span
        assert all(text[start:end] == text[start:end].strip() for start, end in spans)


def test_a_located_span_is_what_the_text_has_byte_for_byte():
    text = "He said: “It’s\u00a078 – or\nso” and left."

    ((start, end),) = occurrences(text, '"It\'s 78 - or so"')

    assert text[start:end] == "“It’s\u00a078 – or\nso”"


def test_capitals_count_when_that_finds_something():
    assert occurrences("may or May", "May") == [(7, 10)]
    assert occurrences("the Wall", "THE wall") == [(0, 8)]


def test_nothing_alike_has_no_nearest_passage():
    assert nearest("The wall is long.", "quantum zebra") is None


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=80))
def test_no_reply_breaks_the_reader_of_commands(text):
    try:
        commands = parse_commands(text)
    except Refusal:
        return
    assert commands
    assert is_command(text)


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=40))
def test_a_command_word_with_any_rest_is_read_or_refused(rest):
    for verb in Verb:
        try:
            parse_commands(f"{verb} {rest}")
        except Refusal:
            continue
