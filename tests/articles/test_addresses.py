"""One spelling, one identity per article, and a link to a sentence."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.addresses import normal_url, sentence_link, url_key
from bot.errors import AddressForbidden

NAMES = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=12)
SEGMENTS = st.lists(
    st.one_of(NAMES, st.sampled_from(["amp", "print", "a.amp.html", "%D1%88"])), max_size=5
)
PARAMETERS = st.lists(
    st.tuples(st.sampled_from(["id", "utm_source", "amp", "p", "print", "b", "fbclid"]), NAMES),
    max_size=4,
)


@st.composite
def addresses(draw):
    scheme = draw(st.sampled_from(["http", "https", "HTTPS"]))
    host = draw(st.sampled_from(["www.", "m.", "", "amp.", "WWW.m."])) + draw(NAMES) + ".example"
    port = draw(st.sampled_from(["", ":80", ":443", ":8080"]))
    path = "/".join(["", *draw(SEGMENTS), *draw(st.sampled_from([[], [""], ["index.html"]]))])
    query = "&".join(f"{name}={value}" for name, value in draw(PARAMETERS))
    return f"{scheme}://{host}{port}{path}?{query}#part"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("example.org/story", "https://example.org/story"),
        ("  HTTP://Example.ORG", "http://example.org/"),
        ("//example.org/a", "https://example.org/a"),
        ("example.org:8080/a?b=1", "https://example.org:8080/a?b=1"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("https://пошта.укр/шлях", "https://xn--80a1acn3a.xn--j1amh/%D1%88%D0%BB%D1%8F%D1%85"),
        ("https://exam\u202eple.org/\u200bstory\n", "https://example.org/story"),
        ("https://apnews.example@other.example/x", "https://other.example/x"),
        ("https://editor:secret@cms.example/x", "https://cms.example/x"),
        ("http://localhost:8080/story", "http://localhost:8080/story"),
        ("http://[2606:4700::1111]:80/", "http://[2606:4700::1111]/"),
        ("https://example.org/a b", "https://example.org/a%20b"),
    ],
)
def test_an_address_gets_one_spelling(typed, meant):
    assert normal_url(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["", "hello", "3.5", "two words.org", "http://", "https://exa mple.org/", "http://a..b/",
     "http://example.org:99999/", "http://example.org\\@other.example/", f"http://{'a' * 64}.org/",
     "https://example.org/" + "a" * 5000],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(AddressForbidden) as refused:
        normal_url(text)

    assert refused.value.reason == "address"


@pytest.mark.parametrize(
    "text",
    ["ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "mailto:desk@example.org",
     "tg://resolve?domain=desk", "data:text/html,x", "java\u200bscript:alert(1)"],
)  # fmt: skip
def test_other_schemes_are_refused(text):
    with pytest.raises(AddressForbidden) as refused:
        normal_url(text)

    assert refused.value.reason == "scheme"


@pytest.mark.parametrize(
    "twin",
    [
        "http://www.example.org/2024/rents-rise/",
        "https://m.example.org/2024/rents-rise",
        "https://amp.example.org/2024/rents-rise",
        "https://example.org/2024/rents-rise/amp/",
        "https://example.org/amp/2024/rents-rise",
        "https://example.org/2024/amp/rents-rise",
        "https://example.org/2024/rents-rise?amp=1",
        "https://example.org/2024/rents-rise?outputType=amp",
        "https://example.org/2024/rents-rise/print",
        "https://example.org/2024/rents-rise?print=1",
        "https://example.org/2024/rents-rise?utm_source=x&utm_medium=y&fbclid=z&gclid=q",
        "https://touch.example.org/2024/rents-rise?_amp=true&__twitter_impression=true",
        "https://example.org/2024/rents-rise?guccounter=1&guce_referrer=x&fb_action_ids=3",
        "https://example.org/2024/rents-rise?share=twitter&unlocked_article_code=x&sfnsn=mo",
        "https://example.org/2024/rents-rise?partner=rss&emc=rss&src=newsletter",
        "https://example.org:443/2024/rents-rise/index.html#comments",
        "https://example.org/2024/rents-rise;jsessionid=1F",
        "https://www.google.com/amp/s/www.example.org/2024/rents-rise/amp",
        "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/2024/rents-rise?usqp=mq",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.org%2F2024%2Frents-rise&usg=x",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2F2024%2Frents-rise&h=x",
    ],
)
def test_twins_of_an_article_have_its_key(twin):
    assert url_key(twin) == "https://example.org/2024/rents-rise"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/a-1", "https://example.org/a-2"),
        ("https://example.org/A-1", "https://example.org/a-1"),
        ("https://example.org/tag/amp", "https://example.org/tag"),
        ("https://example.org/?q=%EF%F0", "https://example.org/?q=%F0%EF"),
        ("https://example.org/view?print=1234", "https://example.org/view?print=1235"),
        ("https://example.org/view?share=41", "https://example.org/view?share=42"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://m.co.uk/a", "https://co.uk/a"),
        ("https://news.example.org/a", "https://example.org/a"),
        ("https://www.google.com/url?q=notes", "https://www.google.com/url?q=other"),
    ],
)
def test_different_articles_keep_different_keys(one, other):
    assert url_key(one) != url_key(other)


def test_the_order_of_parameters_makes_no_difference():
    assert url_key("https://example.org/a?b=2&a=1") == url_key("https://example.org/a?a=1&b=2")


@settings(deadline=None)
@given(addresses())
def test_normalising_twice_changes_nothing(address):
    assert normal_url(normal_url(address)) == normal_url(address)


@settings(deadline=None)
@given(addresses())
def test_the_key_of_a_key_is_the_key(address):
    assert url_key(url_key(address)) == url_key(address)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_is_refused(text):
    try:
        once = normal_url(text)
    except AddressForbidden:
        return

    assert normal_url(once) == once
    assert url_key(url_key(once)) == url_key(once)


@settings(deadline=None)
@given(st.text("ab.:/@?#[]%-\\ шß1\u202e&=;", max_size=30).map("http://".__add__))
def test_odd_addresses_are_stable_or_refused(text):
    try:
        once = normal_url(text)
        key = url_key(once)
    except AddressForbidden:
        return

    assert normal_url(once) == once
    assert url_key(key) == key


def test_a_short_quotation_is_linked_whole():
    link = sentence_link(
        "https://example.org/a#top", "There were 78, at first – “half-hearted” & late"
    )

    assert link == (
        "https://example.org/a#:~:text=There%20were%2078%2C%20at%20first%20%E2%80%93%20"
        "%E2%80%9Chalf%2Dhearted%E2%80%9D%20%26%20late"
    )


def test_a_long_quotation_is_linked_by_its_ends():
    quote = "one two three four five six seven eight nine ten eleven twelve"

    assert sentence_link("https://example.org/a", quote) == (
        "https://example.org/a#:~:text=one%20two%20three%20four%20five,eight%20nine%20ten%20eleven%20twelve"
    )


def test_a_quotation_over_two_paragraphs_is_linked_by_its_ends():
    assert sentence_link("https://example.org/a", "First line.\n\nLast line.") == (
        "https://example.org/a#:~:text=First%20line.,Last%20line."
    )


def test_without_a_quotation_the_link_is_the_page():
    assert sentence_link("https://example.org/a#top", "  ") == "https://example.org/a"
