"""Each check of the deployment finds the fault planted for it, and a good deployment has none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from volubilis import checks

GOOD = {
    "SECRET_KEY": "zq9-only-for-this-test-8Jx0mGdYw2LkPuEr5tNbVcXs7aHfQoZi4",
    "ALLOWED_HOSTS": "portal.example.org",
    "SITE_URL": "https://portal.example.org",
    "LEGAL_EMAIL": "contact@example.org",
    "ALLAUTH_TRUSTED_PROXY_COUNT": "1",
    "SECURE_PROXY_SSL_HEADER": "X-Forwarded-Proto: https",
}


def in_production(script, **changes):
    """Run a script under the settings of production: a new process, since settings are read once."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "DJANGO_SETTINGS_MODULE": "volubilis.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(settings.BASE_DIR),
        env=environment | GOOD | changes,
        capture_output=True,
        text=True,
    )


CHECK = """
import django
from django.core.management import call_command

django.setup()
call_command("check", deploy=True, fail_level="WARNING")
"""


def test_production_environment_passes_check_deploy():
    result = in_production(CHECK)
    assert result.returncode == 0, result.stderr


def test_a_cache_that_forgets_limits_is_refused(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}
    assert [problem.id for problem in checks.cache_has_room(None)] == ["volubilis.E012"]


def test_check_deploy_names_every_fault_of_a_careless_environment():
    result = in_production(
        CHECK,
        SECRET_KEY="short",
        ALLOWED_HOSTS="",
        SITE_URL="http://portal.example.org",
        LEGAL_EMAIL="",
        ALLAUTH_TRUSTED_PROXY_COUNT="0",
        DEBUG="1",
        SECURE_HSTS_SECONDS="0",
        SECURE_SSL_REDIRECT="0",
    )
    assert result.returncode != 0
    expected = (
        "security.W009",
        "security.W020",
        "volubilis.E009",
        "volubilis.E011",
        "volubilis.E005",
        "security.W018",
        "security.W004",
        "security.W008",
    )
    assert [identifier for identifier in expected if identifier not in result.stderr] == []


def test_check_deploy_refuses_the_flags_of_development():
    result = in_production(CHECK, VOLUBILIS_TEST="1", VOLUBILIS_LOCAL="1")
    assert result.returncode != 0
    assert "VOLUBILIS_TEST=1 relaxes" in result.stderr
    assert "VOLUBILIS_LOCAL=1 relaxes" in result.stderr


def test_demo_does_not_even_start_on_a_database_that_is_not_the_embedded_one():
    result = in_production(CHECK, VOLUBILIS_DEMO="1", DATABASE_URL="postgresql://u:p@db.example.org/volubilis")
    assert result.returncode != 0
    assert "VOLUBILIS_DEMO=1 is refused" in result.stderr


def identifiers(messages):
    return [message.id for message in messages]


def test_demo_flag_on_a_real_database_is_found():
    with override_settings(DEMO=True, EMBEDDED=False, TESTING=False):
        assert identifiers(checks.demo_is_embedded(None)) == ["volubilis.E002"]
    with override_settings(DEMO=True, EMBEDDED=True, TESTING=False):
        assert checks.demo_is_embedded(None) == []


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "dummy.DummyCache"])
def test_cache_of_one_process_is_found(backend):
    with override_settings(CACHES={"default": {"BACKEND": f"django.core.cache.backends.{backend}"}}):
        assert identifiers(checks.cache_is_shared(None)) == ["volubilis.E004"]


def test_staff_without_second_factor_are_found():
    with override_settings(STAFF_MFA_REQUIRED=False):
        assert identifiers(checks.staff_need_a_second_factor(None)) == ["volubilis.E006"]


def test_missing_content_security_policy_is_found():
    with override_settings(MIDDLEWARE=[]):
        assert "volubilis.E007" in identifiers(checks.policy_forbids_inline(None))


@pytest.mark.parametrize("source", sorted(checks.UNSAFE_SOURCES))
def test_unsafe_source_in_the_policy_is_found(source):
    with override_settings(SECURE_CSP={"default-src": ["'self'"], "style-src": ["'self'", source]}):
        assert "volubilis.E008" in identifiers(checks.policy_forbids_inline(None))


def test_policy_without_default_source_is_found():
    with override_settings(SECURE_CSP={"script-src": ["'self'"]}):
        assert "volubilis.E008" in identifiers(checks.policy_forbids_inline(None))


def test_second_driver_is_found(monkeypatch):
    monkeypatch.setattr(checks, "find_spec", lambda name: object())
    assert identifiers(checks.one_driver(None)) == ["volubilis.E001"]


@pytest.mark.parametrize("address", ["", "http://portal.example.org", "https://", "https://portal.example.org/path"])
def test_address_that_mails_cannot_link_to_is_found(address):
    with override_settings(SITE_URL=address, ALLOWED_HOSTS=["portal.example.org"]):
        assert "volubilis.E009" in identifiers(checks.site_is_named(None))


@pytest.mark.parametrize("hosts", [["*"], ["other.example.org"]])
def test_hosts_that_do_not_fit_the_address_are_found(hosts):
    with override_settings(SITE_URL="https://portal.example.org", ALLOWED_HOSTS=hosts):
        assert identifiers(checks.site_is_named(None)) == ["volubilis.E010"]
