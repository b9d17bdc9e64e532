"""Every view wears one access policy. Who may see what is proved by the tests of the rooms."""

from collections.abc import Callable, Iterator
from types import FunctionType

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.accounts import make_user
from tests.sources import rooms

POLICIES = {"public", "login_required", "staff_only", "represents_organization"}
ADMIN_GUARDS = {
    "AdminSite.admin_view.<locals>.inner",
    "AdminSite.get_urls.<locals>.wrap.<locals>.wrapper",
    "ModelAdmin.get_urls.<locals>.wrap.<locals>.wrapper",
}
# Their views ask for a login themselves, where one is needed.
TRUSTED_PACKAGES = ("allauth.", "django.")


def views(patterns: list, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """(namespace:name, pattern) of every address of the site."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, (*namespaces, pattern.namespace) if pattern.namespace else namespaces)
        else:
            yield ":".join([*namespaces, pattern.name or str(pattern.pattern)]), pattern


SITE = list(views(get_resolver().url_patterns))
OUTSIDE_ADMIN = [(name, pattern) for name, pattern in SITE if not name.startswith("admin:")]
ADMIN = [(name, pattern) for name, pattern in SITE if name.startswith("admin:")]


def module_of(pattern: URLPattern) -> str:
    return getattr(pattern.callback, "view_class", pattern.callback).__module__


def lacks_policy(pattern: URLPattern) -> bool:
    if module_of(pattern).startswith(TRUSTED_PACKAGES):
        return False
    return getattr(pattern.callback, "access_policy", None) not in POLICIES


def test_every_view_wears_an_access_policy():
    assert [name for name, pattern in OUTSIDE_ADMIN if lacks_policy(pattern)] == []


def test_the_gate_looks_at_our_views():
    assert {module_of(pattern).partition(".")[0] for _name, pattern in OUTSIDE_ADMIN} >= {"core", "taxonomy", "accounts"}
    assert len(ADMIN) > 30
    assert not any(room.startswith(TRUSTED_PACKAGES) for room in rooms())


def guards(view: Callable, seen: set | None = None) -> set[str]:
    """The functions around and inside a view, by the names under which they were written; decorators hide them in closures."""
    seen = set() if seen is None else seen
    if isinstance(view, FunctionType) and view.__code__.co_qualname not in seen:
        seen.add(view.__code__.co_qualname)
        for cell in view.__closure__ or ():
            guards(cell.cell_contents, seen)
    return seen


def test_every_page_of_the_admin_is_wrapped_in_admin_view():
    """Django wraps its own; ModelAdmin.get_urls() must do it for ours, or anybody with an account opens them."""
    unguarded = [name for name, pattern in ADMIN if not guards(pattern.callback) & ADMIN_GUARDS and pattern.name != "login"]
    assert unguarded == []


def address(name: str, pattern: URLPattern) -> str:
    arguments = {parameter: converter.to_python("1") for parameter, converter in pattern.pattern.converters.items()}
    return reverse(name, kwargs=arguments) if arguments else reverse(name)


@pytest.mark.django_db
@pytest.mark.parametrize("member", [False, True], ids=["visitor", "member"])
def test_no_page_of_the_admin_opens_for_others(client, member):
    if member:
        client.force_login(make_user())
    opened = []
    for name, pattern in ADMIN:
        if pattern.name in {None, "login", "jsi18n", "logout"} or pattern.pattern.regex.groups > len(pattern.pattern.converters):
            continue
        response = client.get(address(name, pattern))
        if response.status_code not in {302, 403, 404, 405}:
            opened.append(f"{name}: {response.status_code}")
    assert opened == []
