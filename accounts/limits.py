import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many_requests(request: HttpRequest, *, retry_after: int = 60) -> HttpResponse:
    """`retry_after` in seconds. Also the site's handler429, which django-allauth calls."""
    response = render(request, "429.html", {"minutes": retry_after // 60}, status=429)
    response.headers["Retry-After"] = str(retry_after)
    return response


def seconds_to_wait(request: HttpRequest, action: str, *, amount: int, seconds: int) -> int:
    """Count a request against the limit of its address; 0, or how long until it may come again.

    In windows of fixed length: counters, not lists of times, in the cache that all workers share.
    """
    window, elapsed = divmod(int(time.time()), seconds)
    key = f"limit:{action}:{window}:{_network(request)}"
    if cache.add(key, 1, timeout=seconds):
        return 0
    try:
        count = cache.incr(key)
    except ValueError:  # the window has just ended
        return 0
    return 0 if count <= amount else seconds - elapsed


def _network(request: HttpRequest) -> str:
    """The address, of IPv6 the network: one household has billions of them."""
    address = get_adapter().get_client_ip(request)
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if version == 6 else address
