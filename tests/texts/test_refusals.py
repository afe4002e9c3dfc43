"""Every refusal has words, and each word has one owner."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.errors import ArticleUnreachable, NotPermitted, Refusal, SettingsProblem
from bot.texts.refusals import FLOWS, refusal, refusal_in_words, without_markup
from bot.workflow.may import Deed

PACKAGE = Path(bot.__file__).parent
OWN_WORDS = "extract"  # the command line's commands of this name word their refusals themselves


def is_refusal(node: ast.AST) -> bool:
    """Whether a Refusal or NotPermitted is made here, with its key written out."""
    return (
        isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in ("Refusal", "NotPermitted")
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
    )


def refused() -> Iterator[str]:
    """The key of every Refusal and NotPermitted that the program raises."""
    for path in [*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "handlers").rglob("*.py")]:
        if path.parent.name == "cli" and path.stem.startswith(OWN_WORDS):
            continue
        calls = filter(is_refusal, ast.walk(ast.parse(path.read_text())))
        yield from (str(call.args[0].value) for call in calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("what", sorted(set(refused()) - {"not_permitted"}))
def test_whatever_is_refused_has_words(what: str) -> None:
    assert any(what in flow for flow in FLOWS)


@pytest.mark.parametrize("what", sorted({what for flow in FLOWS for what in flow}))
def test_words_are_found_whatever_details_are_missing(what: str) -> None:
    assert len(refusal_in_words({"what": what})) > 10


def test_no_two_flows_word_the_same_refusal() -> None:
    owners = Counter(key for flow in FLOWS for key in flow)

    assert [key for key, count in owners.items() if count > 1] == []


@pytest.mark.parametrize("deed", Deed)
def test_each_deed_says_who_may_do_it_instead(deed: Deed) -> None:
    words = refusal(NotPermitted("not_permitted", deed=deed.value))

    assert words != refusal(NotPermitted("not_permitted", deed="unknown"))


def test_a_refusal_without_words_of_its_own_still_says_where_to_go_on() -> None:
    assert "/help" in refusal(Refusal("never_heard_of"))


def test_a_page_that_was_not_read_says_why_and_what_to_do() -> None:
    problem = {"what": "timeout", "type": "ArticleUnreachable"}

    assert "did not answer in time" in refusal(ArticleUnreachable("https://a.example", "timeout"))
    assert refusal_in_words(problem) == refusal(ArticleUnreachable("", "timeout"))


def test_what_a_person_typed_is_shown_escaped() -> None:
    words = refusal(Refusal("unknown_zone", written="<b>Mars</b> & moon"))

    assert "&lt;b&gt;Mars&lt;/b&gt; &amp; moon" in words
    assert "<b>Mars</b> & moon" in without_markup(words)


def test_a_wrong_setting_is_named() -> None:
    assert refusal(SettingsProblem("TIMEZONE", "is no zone", "UTC")).startswith("TIMEZONE: ")
