import ipaddress

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quotas.counting import Quota, QuotaSpent, spend


def too_many_requests(request: HttpRequest, *, retry_after: int = 60) -> HttpResponse:
    """`retry_after` in seconds. Also the site's handler429, which django-allauth calls."""
    response = render(request, "429.html", {"minutes": retry_after // 60}, status=429)
    response.headers["Retry-After"] = str(retry_after)
    return response


def seconds_to_wait(request: HttpRequest, quota: Quota) -> int:
    """Count a request against the limit of its address; 0, or how long until it may come again."""
    try:
        spend(quota.of(_network(request)))
    except QuotaSpent as spent:
        return spent.seconds
    return 0


def _network(request: HttpRequest) -> str:
    """The address, of IPv6 the network: one household has billions of them."""
    address = get_adapter().get_client_ip(request)
    is_v6 = ipaddress.ip_address(address).version == 6
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if is_v6 else address
