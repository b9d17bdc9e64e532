"""Access policies: every view wears exactly one, and tests/test_access.py fails on a view without.

LoginRequiredMiddleware closes every view by default; `public` opens one.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.decorators import login_required as django_login_required
from django.http import Http404


def public(view: Callable) -> Callable:
    """Anybody may open this page."""
    view = login_not_required(view)
    view.access_policy = "public"
    return view


def login_required(view: Callable) -> Callable:
    """Anybody with an account; others are sent to the login page."""
    wrapped = django_login_required(view)
    wrapped.access_policy = "login_required"
    return wrapped


def staff_only(view: Callable) -> Callable:
    """The coordination team; to all others the page does not exist."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not request.user.is_active or not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    wrapped.access_policy = "staff_only"
    return wrapped
