"""HTML as Telegram reads it: what becomes an entity, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import Entity, as_html, find_entities, utf16_length
from bot.sandbox.failures import BadRequest
from bot.sandbox.markup import parse_html, read_text


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("u", "underline"),
        ("s", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
        ("tg-spoiler", "spoiler"),
    ],
)
def test_each_tag_becomes_its_entity(tag: str, kind: str):
    assert parse_html(f"a <{tag}>bc</{tag}>") == ("a bc", [Entity(kind, 2, 2)])


def test_an_expandable_quotation_is_a_kind_of_its_own():
    source = "<blockquote expandable><b>4</b> more</blockquote>"

    assert parse_html(source)[1] == [Entity("bold", 0, 1), Entity("expandable_blockquote", 0, 6)]


def test_a_link_keeps_its_address():
    text, entities = parse_html('see <a href="https://a.example/?q=1&amp;p=2#:~:text=x">here</a>')

    assert text == "see here"
    assert entities == [Entity("text_link", 4, 4, url="https://a.example/?q=1&p=2#:~:text=x")]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "http://localhost/", "/budget"])
def test_a_link_that_leads_nowhere_is_plain_text(href: str):
    assert parse_html(f'<a href="{href}">here</a>') == ("here", [])


def test_offsets_count_utf16_units():
    assert parse_html("😀 <b>x</b>") == ("😀 x", [Entity("bold", 3, 1)])


def test_four_names_and_numbers_stand_for_characters():
    assert parse_html("&lt;&gt;&amp;&quot;&#39;&#x2014;&nbsp;& &") == ("<>&\"'—&nbsp;& &", [])


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("1 <b>two", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("я <h1>x</h1>", 'Unsupported start tag "h1" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
    ],
)
def test_html_that_telegram_refuses(source: str, refusal: str):
    with pytest.raises(BadRequest) as refused:
        parse_html(source)

    assert refused.value.description == f"Bad Request: can't parse entities: {refusal}"


def test_white_space_at_the_ends_goes_and_entities_move_along():
    formatted = read_text("\n <b> ok </b> \n", "HTML")

    assert (formatted.text, formatted.entities) == ("ok", [Entity("bold", 0, 2)])


def test_other_parse_modes_are_not_spoken():
    with pytest.raises(BadRequest, match="unsupported parse_mode"):
        read_text("*x*", "MarkdownV2")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("😀 https://a.example/x?y=1).", [Entity("url", 3, 23)]),
        ("see stats.example/q3, p. 3", [Entity("url", 4, 16)]),
        ("/check@deskcheck_bot now", [Entity("bot_command", 0, 20)]),
        ("and/or, 24/7", []),
        ("ask @olha_writes", [Entity("mention", 4, 12)]),
        ("olha@a.example", [Entity("email", 0, 14)]),
        ("https://a.example/@olha_writes#budget", [Entity("url", 0, 37)]),
    ],
)
def test_links_commands_and_names_are_marked_in_what_people_write(text: str, found: list[Entity]):
    assert find_entities(text) == found


def test_the_page_shows_formatting_and_nothing_of_a_strangers_markup():
    text, entities = parse_html("<b>a &lt;script&gt; <i>b</i></b>")

    assert as_html(text, entities) == "<b>a &lt;script&gt; <i>b</i></b>"


@given(st.text(alphabet="ab<>&/ bi=\"'😀;", max_size=60))
def test_any_text_is_either_read_or_refused(source: str):
    try:
        text, entities = parse_html(source)
    except BadRequest:
        return
    assert all(entity.offset + entity.length <= utf16_length(text) for entity in entities)
    as_html(text, entities)
