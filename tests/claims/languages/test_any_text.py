"""Whatever is pasted in whatever language: nothing breaks, and every span is in the text."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.article import Article
from bot.claims.contract import to_json
from bot.claims.finding import find_claims
from bot.claims.lexicons import word_lists
from tests.claims.languages.read import LANGUAGES

MARKS = [*"«»„“”\"—–-,.!?:;…‚‘’'()%", "1.234,5", "12\u00a0500"]
NAMES = ["Ada", "Novak", "Радіо", "Обрій", "Küstenfunk", "Коваль", "l’eau", "a-t-elle", "д."]


def texts_in(language: str) -> st.SearchStrategy[str]:
    lists = word_lists(language)
    words = [*lists["reporting"]["verbs"].split(), *lists["reporting"]["according"].split()]
    for group in ("joins", "determiners", "prepositions", "auxiliaries", "mediums", "as_words"):
        words.extend(lists["words"].get(group, "").split())
    pieces = st.sampled_from([*MARKS, *NAMES, "\n\n", *(word.replace("_", " ") for word in words)])
    return st.lists(pieces, max_size=80).map(" ".join)


def every_span_is_in_the_text(text: str, language: str) -> None:
    paragraphs, at = [], 0
    for paragraph in text.split("\n\n"):
        paragraphs.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    filled = tuple(span for span in paragraphs if span[0] < span[1])
    article = Article(text=text, paragraphs=filled, language=language)

    record = to_json(article, find_claims(article))

    spans = [[one["start"], one["end"]] for one in (*record["sentences"], *record["claims"])]
    for one in record["attributions"]:
        spans.extend([*one["content"], *filter(None, (one["cue"], one["source"]))])
    for one in record["sources"]:
        spans.extend(one["mentions"])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in record["claims"])
    json.dumps(record, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(st.data())
@pytest.mark.parametrize("language", [*LANGUAGES, "tr"])
def test_any_mixture_of_its_words(language, data):
    mixture = data.draw(texts_in(language if language in LANGUAGES else "de"))

    every_span_is_in_the_text(mixture, language)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
@pytest.mark.parametrize("language", [*LANGUAGES, "tr"])
def test_any_text(language, text):
    every_span_is_in_the_text(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "piece",
    [
        "«A. ",
        "«",
        "«» ",
        "« a — b ",
        "— a, — ",
        "„",
        "Ada Novak, ",
        "a, ",
        "1 234 ",
        "{verb} ",
        "{verb} Ada, ",
        "{according} ",
        "«Ada» {verb}, ",
        "(",
    ],
)
def test_hostile_repetition_ends_within_the_suites_time_limit(language, piece):
    reporting = word_lists(language)["reporting"]
    words = {
        "verb": reporting["verbs"].split()[0],
        "according": reporting["according"].split()[0].replace("_", " "),
    }

    every_span_is_in_the_text(piece.format(**words) * 4000, language)
