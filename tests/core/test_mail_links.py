from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.mail_links import MailLink

LINK = MailLink("test")
LATER = timedelta(days=3)


def test_a_token_gives_back_its_numbers():
    assert LINK.read(LINK.token(4, 7, until=timezone.now() + LATER)) == [4, 7]


def test_the_same_link_is_the_same_each_time():
    until = timezone.now() + LATER
    assert LINK.token(4, until=until) == LINK.token(4, until=until)


@pytest.mark.parametrize("token", ["", "x", "a:b", "WzFd:abc", "é", "a" * 5000])
def test_what_we_did_not_sign_is_worth_nothing(token):
    assert LINK.read(token) is None


def test_a_token_serves_one_purpose():
    assert MailLink("other").read(LINK.token(4, until=timezone.now() + LATER)) is None


def test_an_altered_token_is_worth_nothing():
    token = LINK.token(4, until=timezone.now() + LATER)
    assert LINK.read(("A" if token[0] != "A" else "B") + token[1:]) is None


def test_a_token_ends():
    now = timezone.now()
    token = LINK.token(4, until=now + LATER)
    with time_machine.travel(now + LATER + timedelta(seconds=1), tick=False):
        assert LINK.read(token) is None


def test_tokens_survive_a_new_secret_key(settings):
    token = LINK.token(4, until=timezone.now() + LATER)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-key-of-sufficient-length-for-this-test"
    assert LINK.read(token) == [4]
