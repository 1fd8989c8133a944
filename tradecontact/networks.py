"""From which network a request comes, as a code that keeps no address."""

from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

IPV6_PREFIX = 64  # what one household or one phone gets; its other 64 bits change at will
CODE_LENGTH = 32


def network_of(request: HttpRequest) -> str:
    """Return the network of whoever asks: one IPv4 address, or the /64 of an IPv6 address.

    ``X-Forwarded-For`` is believed only as far as ``TRUSTED_PROXY_COUNT`` proxies wrote it. Whatever is no
    address at all is one network together.
    """
    proxies = settings.TRUSTED_PROXY_COUNT
    passed_on = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    is_behind = bool(proxies) and len(passed_on) >= proxies
    text = passed_on[-proxies] if is_behind else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((int(address), IPV6_PREFIX), strict=False))
    return str(address)


def network_code(request: HttpRequest, now: datetime) -> str:
    """Return a code of the network that changes every day and cannot be turned back without our key."""
    day = timezone.localdate(now).isoformat()
    code = salted_hmac("network", f"{day} {network_of(request)}", algorithm="sha256").hexdigest()
    return code[:CODE_LENGTH]
