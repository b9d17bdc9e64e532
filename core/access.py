"""Access policies: every view wears exactly one, and tests/test_access.py fails on a view without.

LoginRequiredMiddleware closes every view by default; `public` opens one.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.decorators import login_required as django_login_required
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def with_policy(view: Callable, policy: str) -> Callable:
    """Write the policy on the view, for tests/test_access.py to read. A second policy would hide which one counts."""
    if hasattr(view, "access_policy"):
        raise ImproperlyConfigured(f"{view.__qualname__} has the policy {view.access_policy!r} and cannot have {policy!r} too.")
    view.access_policy = policy
    return view


def public(view: Callable) -> Callable:
    """Anybody may open this page."""
    return with_policy(login_not_required(view), "public")


def read_only(view: Callable) -> Callable:
    """A page that is only read. Other methods are told so (405), instead of being asked for the token of a form."""
    return csrf_exempt(require_safe(view))


def login_required(view: Callable) -> Callable:
    """Anybody with an account; others are sent to the login page."""
    return with_policy(django_login_required(view), "login_required")


def staff_only(view: Callable) -> Callable:
    """The coordination team; to all others the page does not exist."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not request.user.is_active or not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return with_policy(wrapped, "staff_only")
