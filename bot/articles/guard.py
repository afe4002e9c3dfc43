"""Which addresses this server may dial on a stranger's word.

A link comes from outside, this server stands inside: what it opens must be on the public internet.
The check sits where the socket is made, because nothing earlier sees every address: IP literals
never reach a resolver, a name may answer differently the second time, a redirect may lead anywhere.
"""

import errno
import re
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

Allow = frozenset[tuple[str, int]]
AddressInfo = tuple[int, int, int, str, tuple[object, ...]]  # as getaddrinfo gives it

NOT_PUBLIC_V4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this host on this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT, also cloud metadata (100.100.100.200)
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's own service, reachable from inside every machine of it
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # automatic multicast tunnelling
        "192.88.99.0/24",  # former 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
GLOBAL_V6 = IPv6Network("2000::/3")  # the only part of IPv6 that is given out to the public
NOT_PUBLIC_V6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries an IPv4 address, private ones too
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # the former test network
        "3fff::/20",  # documentation
    )
)
# Before the last 32 bits of an IPv6 address these say that the rest is an IPv4 address.
ISATAP_MARKS = (0x00005EFE, 0x02005EFE)


class ForbiddenDial(OSError):
    """The guard made no socket; as an OSError it counts as one failed address of several."""

    def __init__(self, address: str) -> None:
        super().__init__(errno.EACCES, f"{address} is not a public address")


def is_public(ip: str | IPv4Address | IPv6Address) -> bool:
    """Whether the address is given out on the public internet; False for what is no address."""
    try:
        address = ip_address(ip.partition("%")[0]) if isinstance(ip, str) else ip
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in block for block in NOT_PUBLIC_V4)
    return _is_public_v6(address)


def guarded_connector(
    allow: Allow = frozenset(), *, resolver: AbstractResolver | None = None
) -> aiohttp.TCPConnector:
    """A connector that dials public addresses only, and of the others those that `allow` names.

    `allow` holds (host, port) pairs; a name stands for the addresses it resolves to at that moment.
    Every request opens a connection of its own, so every request is checked. Needs a running loop.
    """
    noting = _NotingResolver(resolver or ThreadedResolver(), allow)
    return aiohttp.TCPConnector(
        resolver=noting,
        socket_factory=_socket_factory(allow, noting.allowed),
        use_dns_cache=False,
        force_close=True,
    )


def parse_allow(text: str) -> Allow:
    """The pairs in "cms.local:8080, 10.0.0.5:80, [fd00::5]:80"; empty for an empty text.

    Raises:
        ValueError: a part is not host:port; the message names the part.
    """
    return frozenset(_parse_pair(part) for part in re.split(r"[,\s]+", text) if part)


def _parse_pair(part: str) -> tuple[str, int]:
    host, _, port = part.rpartition(":")
    bracketed = host.startswith("[") and host.endswith("]")
    host = host[1:-1] if bracketed else host
    if not host or "/" in host or (":" in host) != bracketed:
        raise ValueError(f'"{part}" is not host:port')
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError(f'"{part}" needs a port between 1 and 65535')
    return _plain_host(host), int(port)


def _plain_host(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        return host.rstrip(".").lower()


def _is_public_v6(address: IPv6Address) -> bool:
    if address not in GLOBAL_V6 or any(address in block for block in NOT_PUBLIC_V6):
        return False
    interface = int(address) & 0xFFFF_FFFF_FFFF_FFFF
    if interface >> 32 in ISATAP_MARKS:
        return is_public(IPv4Address(interface & 0xFFFF_FFFF))
    return True


class _NotingResolver(AbstractResolver):
    """Resolves as the one inside it does, and notes what the allowed names resolve to."""

    def __init__(self, inner: AbstractResolver, allow: Allow) -> None:
        self._inner, self._allow = inner, allow
        self._noted: dict[tuple[str, int], frozenset[str]] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        results = await self._inner.resolve(host, port, family)
        pair = (_plain_host(host), port)
        if pair in self._allow:
            self._noted[pair] = frozenset(_plain_host(result["host"]) for result in results)
        return results

    async def close(self) -> None:
        await self._inner.close()

    def allowed(self, address: str, port: int) -> bool:
        """Whether an allowed name on this port has resolved to this address."""
        return any(
            port == noted_port and address in addresses
            for (_, noted_port), addresses in self._noted.items()
        )


def _socket_factory(
    allow: Allow, allowed: Callable[[str, int], bool]
) -> Callable[[AddressInfo], socket.socket]:
    def make_socket(address_info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, destination = address_info
        host, port = str(destination[0]).partition("%")[0], int(str(destination[1]))
        address = _plain_host(host)
        if not (is_public(address) or (address, port) in allow or allowed(address, port)):
            raise ForbiddenDial(address)
        return socket.socket(family=family, type=kind, proto=protocol)

    return make_socket
