"""Which addresses may be dialled on a stranger's word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.guard import is_public, parse_allow


@pytest.mark.parametrize(
    "ip",
    ["1.1.1.1", "93.184.216.34", "168.63.129.15", "172.15.255.255", "172.32.0.0", "223.255.255.255",
     "2606:4700::1111", "2a00:1450::1", "2001:200::1"],
)  # fmt: skip
def test_public_addresses_may_be_dialled(ip):
    assert is_public(ip)


@pytest.mark.parametrize(
    "ip",
    ["0.1.2.3", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
     "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1",
     "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9",
     "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"],
)  # fmt: skip
def test_special_ipv4_addresses_are_not_dialled(ip):
    assert not is_public(ip)


@pytest.mark.parametrize(
    ("ip", "what"),
    [
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "mapped loopback"),
        ("::ffff:8.8.8.8", "mapped"),
        ("::127.0.0.1", "compatible"),
        ("64:ff9b::a00:1", "NAT64"),
        ("64:ff9b:1::a00:1", "local NAT64"),
        ("100::1", "discard"),
        ("2001::1", "Teredo"),
        ("2001:2::1", "benchmarks"),
        ("2001:10::1", "ORCHID"),
        ("2001:20::1", "ORCHID 2"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4 of loopback"),
        ("2002:808:808::", "6to4"),
        ("2606:4700::5efe:a00:1", "ISATAP of a private address"),
        ("2606:4700::200:5efe:a00:1", "ISATAP of a private address"),
        ("3fff::1", "documentation"),
        ("3ffe::1", "former test network"),
        ("5f00::1", "segment routing"),
        ("fc00::1", "unique local"),
        ("fd00:ec2::254", "cloud metadata"),
        ("fe80::1%eth0", "link-local"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
        ("4000::1", "not given out"),
    ],
)
def test_special_ipv6_addresses_are_not_dialled(ip, what):
    assert not is_public(ip), what


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f000001", "1.1.1.1/32", "1.1.1.1 "])
def test_what_is_no_address_is_not_public(text):
    assert not is_public(text)


@settings(deadline=None)
@given(st.ip_addresses())
def test_nothing_is_public_that_the_registry_calls_private(ip):
    if ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved:
        assert not is_public(ip)


def test_allowed_pairs_are_read_from_the_setting():
    assert parse_allow("CMS.local:8080, 10.0.0.5:80 [fd00::05]:443,") == {
        ("cms.local", 8080),
        ("10.0.0.5", 80),
        ("fd00::5", 443),
    }
    assert parse_allow("") == frozenset()


@pytest.mark.parametrize("part", ["cms.local", "http://cms.local:80", "fd00::5:80", ":80", "[]:80"])
def test_a_pair_without_host_or_port_is_named(part):
    with pytest.raises(ValueError, match="is not host:port") as wrong:
        parse_allow(f"10.0.0.5:80, {part}")

    assert part in str(wrong.value)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "٨٠"])
def test_a_port_that_is_none_is_named(port):
    with pytest.raises(ValueError, match="needs a port between 1 and 65535"):
        parse_allow(f"cms.local:{port}")
