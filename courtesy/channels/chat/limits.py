"""How often one conversation or one address may ask: fixed windows, counted in the cache."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` within each window of ``seconds``."""

    name: str
    count: int
    seconds: int


OPENINGS = Limit("openings", 20, 600)  # new conversations of one address
MESSAGES = Limit("messages", 40, 60)  # of one conversation
UPLOADS = Limit("uploads", 20, 600)  # of one conversation
CALLS = Limit("calls", 600, 60)  # everything else, of one address


def is_within(limit: Limit, key: str) -> bool:
    """Count one more; False when this window is used up."""
    name = f"chat:{limit.name}:{key}"
    if cache.add(name, 1, limit.seconds):
        return True
    try:
        return cache.incr(name) <= limit.count
    except ValueError:  # the window ended between the two lines
        cache.add(name, 1, limit.seconds)
        return True


def address_of(request: HttpRequest) -> str:
    """The asking address; an IPv6 one by its /64, which is what one household has."""
    written = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return written
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return written


def is_own_machine(request: HttpRequest) -> bool:
    """Measuring and tests on this machine, or a proxy that does not say who is asking: no window would be fair."""
    try:
        return ipaddress.ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False
