import json
import logging
import os
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from devtools.local import lift_time_limit
from volubilis.logs import JsonFormatter
from volubilis.settings import database, proxy_header


def test_socket_folder_of_the_address_keeps_its_capitals():
    assert database("postgresql://someone@%2Ftmp%2FvPG-Aa/base")["HOST"] == "/tmp/vPG-Aa"


def test_password_of_the_address_may_hold_any_character():
    settings = database("postgresql://u:p%40ss%2Fw%3Ard@db.example.org:5433/base")
    assert (settings["PASSWORD"], settings["HOST"], settings["PORT"]) == ("p@ss/w:rd", "db.example.org", "5433")


def test_address_of_another_database_system_is_refused():
    with pytest.raises(ValueError, match="postgresql://"):
        database("sqlite:///db.sqlite3")


def test_proxy_header_is_believed_only_when_it_is_named():
    assert proxy_header("") is None
    assert proxy_header("X-Forwarded-Proto: https") == ("HTTP_X_FORWARDED_PROTO", "https")
    with pytest.raises(ImproperlyConfigured):
        proxy_header("X-Forwarded-Proto")


def test_json_log_line_is_one_object_with_the_exception():
    try:
        raise ValueError("وليلي")
    except ValueError:
        record = logging.getLogger("x").makeRecord("x", logging.ERROR, "f", 1, "a %s", ("b",), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    fields = json.loads(line)
    assert fields["message"] == "a b"
    assert "ValueError: وليلي" in fields["exception"]


@pytest.mark.parametrize(("command", "limit"), [("migrate", "0"), ("rebuild_search", "0"), ("runserver", None)])
def test_only_commands_that_may_take_long_have_no_time_limit(monkeypatch, command, limit):
    monkeypatch.delenv("DATABASE_STATEMENT_TIMEOUT_MS", raising=False)
    lift_time_limit(command)
    assert os.environ.get("DATABASE_STATEMENT_TIMEOUT_MS") == limit
