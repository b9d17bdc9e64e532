"""What Django's own `check --deploy` cannot know about this portal. docs/deployment.md explains each setting.

Messages are in English only: they speak to the operator, in a terminal.
"""

from importlib.util import find_spec
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.core.checks import CheckMessage, Error, Tags, register

LEAST_CACHE_ENTRIES = 1_000_000
CACHES_OF_ONE_PROCESS = ("LocMemCache", "DummyCache")
HEADERS_MIDDLEWARE = "core.middleware.security_headers"
UNSAFE_SOURCES = {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"}


def problem(number: int, message: str, hint: str) -> CheckMessage:
    return Error(message, hint=hint, id=f"volubilis.E{number:03}")


@register(Tags.database)
def one_driver(app_configs, **kwargs) -> list[CheckMessage]:
    if find_spec("psycopg"):
        return [problem(1, "psycopg 3 is installed, and Django silently prefers it to psycopg2.", "Remove the package psycopg.")]
    return []


@register(Tags.security)
def demo_is_embedded(app_configs, **kwargs) -> list[CheckMessage]:
    if settings.DEMO and not (settings.EMBEDDED or settings.TESTING):
        return [
            problem(2, "The demo's accounts have published passwords; this database is not the demo's.", "Unset VOLUBILIS_DEMO.")
        ]
    return []


@register(Tags.security, deploy=True)
def nothing_is_relaxed(app_configs, **kwargs) -> list[CheckMessage]:
    flags = {"VOLUBILIS_DEMO": settings.DEMO, "VOLUBILIS_TEST": settings.TESTING, "VOLUBILIS_LOCAL": settings.LOCAL}
    raised = [name for name, is_set in flags.items() if is_set]
    return [problem(3, f"{name}=1 relaxes the security of a deployment.", f"Unset {name}.") for name in raised]


@register(Tags.caches, deploy=True)
def cache_is_shared(app_configs, **kwargs) -> list[CheckMessage]:
    backend = settings.CACHES["default"]["BACKEND"]
    if backend.endswith(CACHES_OF_ONE_PROCESS):
        return [
            problem(
                4,
                f"{backend} is not shared by the workers: each would count limits and one-time codes for itself.",
                "Keep the database cache, or use another one that all workers share.",
            )
        ]
    return []


@register(Tags.caches, deploy=True)
def cache_has_room(app_configs, **kwargs) -> list[CheckMessage]:
    """Django's own caches hold 300 entries unless told otherwise, then drop a third: among them the tries of a password."""
    cache = caches["default"]
    room = getattr(cache, "_max_entries", None)
    if room is not None and room < LEAST_CACHE_ENTRIES:
        return [
            problem(
                12,
                f"The cache forgets limits and one-time codes when it holds more than {room} entries.",
                f"Set MAX_ENTRIES in CACHES to {LEAST_CACHE_ENTRIES} or more.",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def proxies_are_counted(app_configs, **kwargs) -> list[CheckMessage]:
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT < 1:
        return [
            problem(
                5,
                "ALLAUTH_TRUSTED_PROXY_COUNT is 0: behind a proxy one attacker would lock every visitor out.",
                "Set it to the number of reverse proxies; the portal is not meant to face the internet without one.",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def staff_need_a_second_factor(app_configs, **kwargs) -> list[CheckMessage]:
    if not settings.STAFF_MFA_REQUIRED:
        return [problem(6, "The coordination team may log in without a second factor.", "Leave STAFF_MFA_REQUIRED on.")]
    return []


@register(Tags.security, deploy=True)
def policy_forbids_inline(app_configs, **kwargs) -> list[CheckMessage]:
    problems = []
    policy = getattr(settings, "SECURE_CSP", {})
    if HEADERS_MIDDLEWARE not in settings.MIDDLEWARE:
        problems.append(problem(7, "No Content-Security-Policy is sent.", f"Put {HEADERS_MIDDLEWARE} back into MIDDLEWARE."))
    for directive, sources in policy.items():
        for source in UNSAFE_SOURCES.intersection(sources):
            problems.append(problem(8, f"SECURE_CSP allows {source} in {directive}.", "Serve the file from the portal itself."))
    if "default-src" not in policy:
        problems.append(problem(8, "SECURE_CSP has no default-src.", "Start from default-src 'self'."))
    return problems


@register(Tags.security, deploy=True)
def contact_is_named(app_configs, **kwargs) -> list[CheckMessage]:
    if not settings.LEGAL["email"]:
        return [
            problem(
                11,
                "LEGAL_EMAIL is empty: the privacy notice and a mail ask readers to write, and name no address.",
                "LEGAL_EMAIL=contact@example.org",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def site_is_named(app_configs, **kwargs) -> list[CheckMessage]:
    problems = []
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https" or not site.hostname or site.path.strip("/"):
        problems.append(
            problem(9, "SITE_URL must be the https address of the portal: mails link to it.", "SITE_URL=https://www.example.org")
        )
    if "*" in settings.ALLOWED_HOSTS:
        problems.append(problem(10, "ALLOWED_HOSTS accepts every host name, also a forged one.", "Name the portal's hosts."))
    elif site.hostname and site.hostname not in settings.ALLOWED_HOSTS:
        problems.append(problem(10, f"ALLOWED_HOSTS does not contain {site.hostname}, the host of SITE_URL.", "Add it."))
    return problems
